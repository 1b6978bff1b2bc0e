import type { Ticket } from '../../../model/index.js';
import type { RowContext } from '../rows.js';

/** Makes what is inside a row by what the page has given: a function, or a template. */
export interface RowFiller {
  /** No row has a link to its ticket: ours lies over each of them. */
  readonly isBare: boolean;

  /**
   * Fills a place, or brings it up to date where it is filled already.
   *
   * @returns false when the row of this ticket is left to us
   */
  fill(place: HTMLElement, context: RowContext, ticket: Ticket): boolean;

  /** The place is not in the page any more. */
  leave(place: HTMLElement): void;
}
