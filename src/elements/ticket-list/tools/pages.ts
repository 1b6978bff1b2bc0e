import type { Page, Ticket } from '../../../model/index.js';

const byId = ({ items }: Page<Ticket>): ReadonlyMap<string, Ticket> =>
  new Map(items.map((ticket) => [ticket.id, ticket]));

/** Tickets of a newer answer that are not shown yet. */
export function arrivalsOf(shown: Page<Ticket>, newer: Page<Ticket>): readonly Ticket[] {
  const known = byId(shown);
  return newer.items.filter(({ id }) => !known.has(id));
}

/** The rows shown, as a newer answer has them and at the places where they are. What is in it no more is taken away. */
export function keepPlaces(shown: Page<Ticket>, newer: Page<Ticket>): Page<Ticket> {
  const fresh = byId(newer);
  return { ...newer, items: shown.items.flatMap(({ id }) => fresh.get(id) ?? []) };
}

/** One page after the other; a ticket that has moved in between is there once. */
export function joinPages(first: Page<Ticket>, then: Page<Ticket>): Page<Ticket> {
  return { ...then, items: [...first.items, ...arrivalsOf(first, then)] };
}
