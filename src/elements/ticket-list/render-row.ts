import type { Ticket } from '../../model/index.js';

/** What can be said of a ticket in a row, beside the properties of tickets. */
export const rowFields = [
  'subject',
  'number',
  'requester',
  'company',
  'status',
  'turn',
  'created',
  'updated',
  'unread',
  'why',
  'snippet',
] as const;

export type RowField = (typeof rowFields)[number] | `property:${string}`;

/**
 * Words as our own row has them, in the reader's language; empty where there is nothing to say. `turn` is "Your turn" or
 * "With us", `unread` is "New reply", `created` and `updated` are times such as "2 hours ago", `snippet` is what matches a
 * search, and `property:<name>` is a property that the portal has.
 */
export type RowText = Readonly<Record<(typeof rowFields)[number], string>> & {
  readonly [property: `property:${string}`]: string | undefined;
};

/** What a row is made with, beside its ticket. */
export interface RowView {
  /** The ticket's address. A link to it opens the ticket as our own does, with the events that go with it. */
  readonly href: string;
  /** The ticket is open beside the list. */
  readonly isOpen: boolean;
  /** Language of the words. */
  readonly locale: string;
  /** Level that a heading in a row has in the page's outline. */
  readonly headingLevel: number;
  readonly text: RowText;
}

/**
 * Makes what is inside a row of `<ticket-list>`: a template of Lit, a node, or a text. `nothing`, `null` and `undefined` leave
 * the row of a ticket to us, and so does an error, which is told to the console once.
 *
 * It is called for rows that are in the page, and again when something has changed of what it was called with; set another
 * function to have all of them made anew. It should have a link to `href`: without one nobody comes to the ticket. The item of the list around it stays ours, and with it what goes
 * beyond a row: its place among all, the mark of an open ticket, the focus.
 *
 * ```ts
 * list.renderRow = (ticket, { href, text }) => html`
 *   <article class="card">
 *     <h3><a href=${href}>${ticket.subject}</a></h3>
 *     <p>${text.status} · <time datetime=${ticket.updatedAt}>${text.updated}</time></p>
 *   </article>`;
 * ```
 */
export type RenderRow = (ticket: Ticket, view: RowView) => unknown;
