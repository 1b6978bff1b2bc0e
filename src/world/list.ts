import type { Page, SortKey, Ticket, TicketQuery, TicketScope } from '../model/index.js';
import { matches, meets, projectTicket, queryWords, readConditions, wordsOf } from '../policy/index.js';
import type { Cursors } from './cursors.js';
import { publicIdOf } from './public-id.js';
import type { Language } from './records.js';
import { portalFacts, publicEvents, toTicketRecord, viewerOf } from './records.js';
import type { KeptEvent, KeptTicket, State } from './state.js';
import type { World, WorldContact } from './world.js';

interface Row {
  readonly view: Ticket;
  /** Sort value and order of arrival: the row's one place in the list. */
  readonly place: readonly [key: number, position: number];
}

/** One page of the tickets that the contact sees. A cursor is a place, not a count: what arrives later shifts nothing. */
export function listTickets(
  state: State,
  cursors: Cursors,
  contact: WorldContact,
  query: TicketQuery,
  language: Language,
): Page<Ticket> {
  const { scope = 'all', state: wanted = 'all', sort = '-updated', status, turn, requester, q, limit = 25 } = query;
  const { properties = {} } = query;
  const asked = Object.entries(properties).sort(([one], [other]) => (one < other ? -1 : 1));
  const question = JSON.stringify(['tickets', contact.id, scope, wanted, status, turn, requester, asked, q, sort]);
  const after = query.cursor === undefined ? null : cursors.open(question, query.cursor, 'cursor');
  const direction = sort.startsWith('-') ? -1 : 1;
  const order = (one: readonly number[], other: readonly number[]) =>
    direction * ((one[0] ?? 0) - (other[0] ?? 0) || (one[1] ?? 0) - (other[1] ?? 0));

  const { conditions } = readConditions(state.world.portal.propertyDefinitions ?? [], properties);

  const rows: Row[] = [];
  for (const ticket of state.tickets.values()) {
    const view = viewOf(state.world, ticket, contact, q, language);
    if (!view || !inScope(scope, contact, ticket, view)) continue;
    if (wanted !== 'all' && (view.status.category === 'closed') !== (wanted === 'closed')) continue;
    if (status !== undefined && view.status.id !== status) continue;
    if (turn !== undefined && view.turn !== turn) continue;
    if (requester !== undefined && view.requester.id !== requester) continue;
    if (!conditions.every((condition) => meets(view.properties, condition))) continue;
    const place = [sortValue(state.world, view, sort.replace('-', '') as SortKey), ticket.position] as const;
    if (after === null || order(place, after) > 0) rows.push({ view, place });
  }
  rows.sort((one, other) => order(one.place, other.place));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => row.view),
    nextCursor: last && rows.length > limit ? cursors.seal(question, last.place) : null,
    asOf: null,
  };
}

/** The ticket if the contact sees it and, when something is searched for, it is found. */
export function viewOf(
  world: World,
  ticket: KeptTicket,
  contact: WorldContact,
  q: string | undefined,
  language: Language,
): Ticket | null {
  const record = toTicketRecord(world, ticket, language, contact.id);
  const viewer = viewerOf(world, contact);
  if (q === undefined) return projectTicket(viewer, record, portalFacts(world));
  const asked = queryWords(q);
  const events = publicEvents(ticket);
  const words = [...wordsOf(`${ticket.subject} ${ticket.number}`), ...events.flatMap(wordsIn)];
  if (!matches(words, asked)) return null;
  const hit = events.find((event) => asked.some((one) => matches(wordsIn(event), [one])));
  return projectTicket(viewer, record, portalFacts(world), hit ? { text: hit.text, q } : null);
}

/** The same messages are searched again with every letter that somebody types. */
const known = new WeakMap<KeptEvent, readonly string[]>();

function wordsIn(event: KeptEvent): readonly string[] {
  const words = known.get(event) ?? wordsOf(event.text);
  known.set(event, words);
  return words;
}

/** Is the ticket that the contact sees one of the scope? */
export function inScope(scope: TicketScope, contact: WorldContact, ticket: KeptTicket, view: Ticket): boolean {
  const { relation } = view.why;
  if (scope === 'all') return true;
  if (scope === 'mine') return relation === 'requester' || relation === 'contact';
  if (scope === 'participating') return relation === 'participant';
  const companies = ticket.companies.map((id) => publicIdOf('company', id));
  if (scope !== 'company') return companies.includes(scope.slice('company:'.length));
  return contact.primaryCompany !== null && ticket.companies.includes(contact.primaryCompany);
}

function sortValue(world: World, ticket: Ticket, key: SortKey): number {
  switch (key) {
    case 'updated':
      return Date.parse(ticket.updatedAt);
    case 'created':
      return Date.parse(ticket.createdAt);
    case 'number':
      return ticket.number;
    case 'status':
      return world.statuses.findIndex((status) => status.id === ticket.status.id);
  }
}
