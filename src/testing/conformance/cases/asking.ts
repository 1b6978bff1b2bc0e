import type { Page, Ticket, TicketQuery } from '../../../model/index.js';
import type { WorldStatus } from '../../../world/world.js';
import { ConformanceError, holds } from '../check.js';
import type { ConformanceWorld, Visitor } from '../world.js';

/** Questions that many cases ask. */

export const key = (): string => crypto.randomUUID();

/** The backend's id of the seed's ticket with this number. */
export async function ticketId(world: ConformanceWorld, number: number): Promise<string> {
  const ticket = world.seed.tickets.find((one) => one.number === number);
  if (!ticket) throw new ConformanceError(`the seed has no ticket ${number}`);
  return world.idOf('ticket', ticket.id);
}

/** Status of the seed's ticket with this number: the open one is 1, closed 2, waiting 3. Statuses are the backend's own. */
export function statusOf({ seed }: ConformanceWorld, number: number): WorldStatus {
  const id = seed.tickets.find((one) => one.number === number)?.status;
  const status = seed.statuses.find((one) => one.id === id);
  if (!status) throw new ConformanceError(`the seed has no status for ticket ${number}`);
  return status;
}

/** Every ticket that the query yields, page by page. */
export async function allTickets(visitor: Visitor, query: TicketQuery = {}): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  let page: Page<Ticket> = await visitor.listTickets(query);
  for (;;) {
    tickets.push(...page.items);
    if (page.nextCursor === null) return tickets;
    if (tickets.length > 1000) throw new ConformanceError('the list does not end');
    page = await visitor.listTickets({ ...query, cursor: page.nextCursor });
  }
}

/** Numbers of the tickets that the query yields, smallest first. */
export const numbers = async (visitor: Visitor, query: TicketQuery = {}): Promise<number[]> =>
  (await allTickets(visitor, query)).map((ticket) => ticket.number).sort((one, other) => one - other);

/** Texts of a ticket's newest page, as the visitor reads them. */
export const texts = async (visitor: Visitor, ticket: string): Promise<string[]> =>
  (await visitor.listMessages(ticket, { limit: 100 })).items
    .filter((message) => message.kind === 'message')
    .map((message) => message.text);

/** Id of who asked the ticket with this number, which the visitor sees. */
export async function requesterOf(visitor: Visitor, number: number): Promise<string> {
  const ticket = (await allTickets(visitor)).find((one) => one.number === number);
  holds(ticket !== undefined, `ticket ${number} is seen`);
  return ticket.requester.id;
}
