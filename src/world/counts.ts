import type { Counts, Ticket, TicketScope } from '../model/index.js';
import { firstByName } from '../policy/index.js';
import { inScope, viewOf } from './list.js';
import type { Language } from './records.js';
import { companyOf } from './records.js';
import type { State } from './state.js';
import type { WorldContact } from './world.js';

/** Where counting stops, as on the wire: this number means "or more". */
const most = 1000;

/** How many tickets the contact sees: of the scope by state, status and requester, and of all by the rest. */
export function countTickets(
  { world, tickets }: State,
  contact: WorldContact,
  scope: TicketScope,
  language: Language,
): Counts {
  const seen = [...tickets.values()].flatMap((ticket) => {
    const view = viewOf(world, ticket, contact, undefined, language);
    return view ? { ticket, view } : [];
  });
  const ofScope = (asked: TicketScope): Ticket[] =>
    seen.filter(({ ticket, view }) => inScope(asked, contact, ticket, view)).map(({ view }) => view);
  const scoped = ofScope(scope);
  const count = (views: readonly Ticket[], wanted: (view: Ticket) => boolean = () => true): number =>
    Math.min(most, views.filter(wanted).length);

  return {
    scopes: {
      all: count(ofScope('all')),
      mine: count(ofScope('mine')),
      participating: count(ofScope('participating')),
      company: contact.companies
        .map((id) => ({ ...companyOf(world, id), isPrimary: id === contact.primaryCompany }))
        .sort((one, other) => Number(other.isPrimary) - Number(one.isPrimary) || (one.name < other.name ? -1 : 1))
        .map(({ publicId: id, name }) => ({ id, name, count: count(ofScope(`company:${id}`)) })),
    },
    states: {
      open: count(scoped, ({ status }) => status.category !== 'closed'),
      closed: count(scoped, ({ status }) => status.category === 'closed'),
    },
    statuses: Object.fromEntries(world.statuses.map(({ id }) => [id, count(scoped, ({ status }) => status.id === id)])),
    requesters: firstByName(requestersOf(newest(scoped)), language),
    unread: count(newest(ofScope('all')), ({ unread }) => unread),
  };
}

const newest = (views: readonly Ticket[]): readonly Ticket[] =>
  [...views].sort((one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt)).slice(0, most);

function requestersOf(views: readonly Ticket[]): Counts['requesters'] {
  const known = new Map<string, Counts['requesters'][number]>();
  for (const { requester } of views) {
    known.set(requester.id, { ...requester, count: (known.get(requester.id)?.count ?? 0) + 1 });
  }
  return [...known.values()];
}
