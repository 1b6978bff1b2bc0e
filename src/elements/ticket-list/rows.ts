import { html, nothing } from 'lit';

import type { SignedInContact, Snippet, Ticket } from '../../model/index.js';
import { whyText } from '../templates.js';
import { renderCell, type Speech } from './cells.js';
import type { OwnRows } from './own-rows/own-rows.js';

/** What all rows have in common. */
export interface RowContext extends Speech {
  readonly contact: SignedInContact;
  readonly columns: readonly string[];
  /** The ticket that is open beside the list. */
  readonly open: string | null;
  readonly headingLevel: number;
  /** The address of a ticket. */
  readonly href: (ticketId: string) => string;
  readonly onSelect: (event: MouseEvent) => void;
  /** Makes rows in the page's way. */
  readonly own: OwnRows | undefined;
}

/** Where a row is in a list of which not all rows are there: counted from 1, and of how many; -1 is "not known". */
export interface RowPosition {
  readonly at: number;
  readonly of: number;
}

/** What of a ticket matches a search, marked where it does. */
const renderSnippet = ({ text, marks }: Snippet): unknown => {
  const ends = [0, ...marks.map(([, to]) => to)];
  return html`<p class="meta" part="snippet" dir="auto">${marks.map(
    ([from, to], index) => html`${text.slice(ends[index], from)}<mark part="mark">${text.slice(from, to)}</mark>`,
  )}${text.slice(ends.at(-1))}</p>`;
};

/** One ticket, as the page makes its rows, or as we do. */
export const renderRow = (context: RowContext, ticket: Ticket, position?: RowPosition): unknown =>
  html`<li part=${ticket.unread ? 'row row-unread' : 'row'} class=${context.open === ticket.id ? 'current' : ''} aria-posinset=${position?.at ?? nothing} aria-setsize=${position?.of ?? nothing}>
    ${context.own?.render(context, ticket) ?? renderOurs(context, ticket)}
  </li>`;

/** What a ticket is about, why it is here, and a cell for each column. */
function renderOurs(context: RowContext, ticket: Ticket): unknown {
  const { t, contact, columns, open, headingLevel, href, onSelect } = context;
  const { id, number, subject, requester, unread, snippet, why } = ticket;
  const facts = [
    unread && html`<b part="unread">${t('list.unread')}</b>`,
    !columns.includes('number') && html`<bdi part="number">${`#${number}`}</bdi>`,
    requester.id !== contact.id &&
      !columns.includes('requester') &&
      html`<bdi part="requester">${requester.name}</bdi>`,
    html`<span part="why">${whyText(t, why)}</span>`,
  ].filter(Boolean);
  return html`<div class="main">
      <div role="heading" aria-level=${headingLevel}>
        <a part="subject" href=${href(id)} data-ticket=${id} aria-current=${open === id || nothing} dir="auto" @click=${onSelect}>${subject}</a>
      </div>
      <p class="meta" part="meta">${facts.map((fact, index) => [index ? ' · ' : nothing, fact])}</p>
      ${snippet ? renderSnippet(snippet) : nothing}
    </div>
    ${columns.map((column) => renderCell(context, column, ticket))}`;
}
