import type { PortalBackend } from '../../backend/portal-backend.js';
import type { Counts, Page, Ticket, TicketProperty, TicketQuery } from '../../model/index.js';

/** What backends answer to a list that has all there is: properties of tickets, numbers, columns that are kept. */

const properties: readonly TicketProperty[] = [
  {
    name: 'product',
    type: 'choice',
    label: 'Product',
    options: [
      { value: 'hub', label: 'Hub' },
      { value: 'dial', label: 'Dial' },
    ],
  },
  { name: 'site', type: 'text', label: 'Site', options: null },
  { name: 'due', type: 'date', label: 'Due', options: null },
  { name: 'seats', type: 'number', label: 'Seats', options: null },
  { name: 'paid', type: 'boolean', label: 'Paid', options: null },
];

const valuesOf = ({ number }: Ticket): Ticket['properties'] => ({
  product: number % 2 ? 'hub' : 'dial',
  ...(number % 3 && { site: 'Hill Road' }),
  due: `2026-04-${String((number % 28) + 1).padStart(2, '0')}`,
  seats: String(number * 2),
  paid: String(number % 5 > 0),
});

async function everyTicket(backend: PortalBackend, query: TicketQuery = {}): Promise<readonly Ticket[]> {
  const items: Ticket[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Ticket> = await backend.listTickets({ ...query, limit: 100, ...(cursor && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

async function countsOf(backend: PortalBackend, scope: TicketQuery['scope'] = 'all'): Promise<Counts> {
  const numberOf = async (query: TicketQuery) => (await everyTicket(backend, query)).length;
  const [{ contact }, { statuses }, tickets] = await Promise.all([
    backend.session(),
    backend.portal(),
    everyTicket(backend, { scope }),
  ]);
  const number = (wanted: (ticket: Ticket) => boolean) => tickets.filter(wanted).length;
  const people = new Map(tickets.map(({ requester }) => [requester.id, requester]));
  const company = contact?.company;
  return {
    scopes: {
      all: await numberOf({}),
      mine: await numberOf({ scope: 'mine' }),
      participating: await numberOf({ scope: 'participating' }),
      company: company ? [{ ...company, count: await numberOf({ scope: 'company' }) }] : [],
    },
    states: {
      open: number(({ status }) => status.category !== 'closed'),
      closed: number(({ status }) => status.category === 'closed'),
    },
    statuses: Object.fromEntries(statuses.map(({ id }) => [id, number(({ status }) => status.id === id)])),
    requesters: [...people.values()].map((person) => ({
      ...person,
      count: number(({ requester }) => requester.id === person.id),
    })),
    unread: number(({ unread }) => unread),
  };
}

/** All that a list can have. Of the filters, it leaves those by properties and by turn to be looked at. */
export const everyTool = (backend: PortalBackend): Partial<PortalBackend> => ({
  async portal(options) {
    const portal = await backend.portal(options);
    return { ...portal, properties, features: [...portal.features, 'counts', 'setPreferences'] };
  },
  async listTickets({ turn: _turn, requester, properties: _properties, ...query } = {}, options) {
    const page = await backend.listTickets(query, options);
    const items = page.items.map((ticket) => ({ ...ticket, properties: valuesOf(ticket) }));
    return { ...page, items: items.filter((ticket) => !requester || ticket.requester.id === requester) };
  },
  counts: ({ scope } = {}) => countsOf(backend, scope),
  setPreferences: async ({ columns = null }) => ({ columns, followsCompany: false }),
});

/** The newest two tickets come after the first answer. */
export function arriving(backend: PortalBackend): Partial<PortalBackend> {
  let answers = 0;
  return {
    async listTickets(query, options) {
      const page = await backend.listTickets(query, options);
      return answers++ ? page : { ...page, items: page.items.slice(2) };
    },
  };
}

/** A hundred tickets a page, whatever is asked for. */
export const byHundreds = (backend: PortalBackend): Partial<PortalBackend> => ({
  listTickets: (query, options) => backend.listTickets({ ...query, limit: 100 }, options),
});
