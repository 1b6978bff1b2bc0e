import { html } from 'lit';

import { PortalClient } from '../../src/controllers/portal-client.js';
import type { RenderRow } from '../../src/elements/ticket-list/render-row.js';
import type { TicketListElement } from '../../src/elements/ticket-list/ticket-list-element.js';
import type { Ticket } from '../../src/model/index.js';
import { fakeBackend, portal, ticketOf } from './fake-backend.js';
import { inState, until } from './screen.js';

/* Rows that the page makes, by a function or by a template. What is inside them is the page's, and lies in its own tree. */

export function template(markup: string): HTMLTemplateElement {
  const element = document.createElement('template');
  element.slot = 'row';
  element.innerHTML = markup;
  return element;
}

/** A list whose answer can be changed, with a template in it or a function on it. */
export async function stage(by: string | RenderRow, items: readonly Ticket[] = [ticketOf()]) {
  let answer = items;
  let asked = 0;
  const backend = fakeBackend({
    portal: async () => ({
      ...portal,
      properties: [{ name: 'seats', type: 'number', label: 'Seats', options: null }],
    }),
    listTickets: async () => {
      asked += 1;
      return { items: answer, nextCursor: null };
    },
  });
  const list = document.createElement('ticket-list');
  if (typeof by === 'string') list.append(template(by));
  else list.renderRow = by;
  list.backend = backend;
  document.body.append(list);
  await inState(list, 'ready');
  return {
    list,
    async changed(next: readonly Ticket[]) {
      answer = next;
      const before = asked;
      PortalClient.of(backend).changed();
      await until(() => asked > before);
      await new Promise((resolve) => setTimeout(resolve));
      await list.updateComplete;
    },
  };
}

/** Everything that changes in a list and in what lies in it. */
export function changesIn(list: TicketListElement): () => MutationRecord[] {
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((more) => records.push(...more));
  const all = { childList: true, subtree: true, characterData: true, attributes: true };
  observer.observe(list.renderRoot, all);
  for (const child of list.children) observer.observe(child, all);
  return () => [...records, ...observer.takeRecords()];
}

export const card = '<article class="card"><h3><a data-field="subject"></a></h3></article>';

export const cardRow: RenderRow = (ticket, { href, text: say }) =>
  html`<article class="card"><a href=${href}>${ticket.subject}</a> ${say.status}, ${say.turn}</article>`;
