import type { TicketPage } from '../tickets.js';

/** A list as somebody may build one; all of them show the same rows in the same style. */
export interface Variant {
  /** Makes an empty list in the page. */
  prepare(host: HTMLElement): Promise<void>;
  /** Shows these tickets in place of those that are shown. */
  show(page: TicketPage): void;
  /** Where the rows are. */
  root(): ParentNode & Node;
  /** All is there that comes after the rows. Absent where there is nothing more. */
  isWhole?(): boolean;
}
