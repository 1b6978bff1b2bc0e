import { html, nothing } from 'lit';

import type { TicketDetail } from '../../../model/index.js';
import type { Translate } from '../../templates.js';

/**
 * Who else takes part in a ticket: who asked, then the others, without the reader, whose own part is said beside the number.
 *
 * @param reader id of the contact who reads
 */
export function renderPeople(t: Translate, locale: string, ticket: TicketDetail, reader: string | undefined): unknown {
  const people = [ticket.requester, ...ticket.participants].filter(({ id }) => id !== reader);
  if (!people.length) return nothing;
  const list = new Intl.ListFormat(locale, { type: 'unit', style: 'short' });
  const pieces = list.formatToParts(people.map(({ name }) => name));
  return html`<p class="meta" part="people">
    ${t('detail.people')} ${pieces.map(({ type, value }) => (type === 'element' ? html`<bdi part="person">${value}</bdi>` : value))}
  </p>`;
}
