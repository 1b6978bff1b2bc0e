import type { PortalBackend, TicketListElement } from '../../../src/index.js';

/** Tickets slide out, those that stay move up, new ones slide in. Whoever asks for less motion sees the result at once. */

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const leaving = { duration: 220, easing: 'ease-in', fill: 'forwards' } as const;
const moving = { duration: 320, easing: 'cubic-bezier(0.2, 0, 0, 1)' } as const;

/** Rows of a list by ticket, as its documented parts name them. */
function rowsOf(list: TicketListElement): Map<string, HTMLElement> {
  const rows = [...(list.shadowRoot?.querySelectorAll<HTMLElement>('[part~=row]') ?? [])];
  return new Map(rows.map((row) => [row.querySelector<HTMLElement>('[part=subject]')?.dataset['ticket'] ?? '', row]));
}

/** Everything that the backend's list says of each ticket, by id. */
export async function listAll(backend: PortalBackend): Promise<Map<string, string>> {
  const tickets = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<PortalBackend['listTickets']>> = await backend.listTickets({
      limit: 100,
      ...(cursor && { cursor }),
    });
    for (const ticket of page.items) tickets.set(ticket.id, JSON.stringify(ticket));
    cursor = page.nextCursor;
  } while (cursor);
  return tickets;
}

/** Brings a list up to date; `tickets` are those that it is going to have, by id. */
export async function refreshList(list: TicketListElement, tickets: ReadonlyMap<string, unknown>): Promise<void> {
  const before = rowsOf(list);
  if (calm.matches || before.size === 0) return list.refresh();
  const gone = [...before].filter(([id]) => !tickets.has(id)).map(([, row]) => row);
  const out = gone.map((row) => row.animate({ opacity: [1, 0], transform: ['none', 'translateX(-1.5rem)'] }, leaving));
  await Promise.allSettled(out.map((animation) => animation.finished));
  const places = new Map([...before].map(([id, row]) => [id, row.getBoundingClientRect().top]));
  await list.refresh();
  await list.updateComplete;
  for (const animation of out) animation.cancel();
  let arrived = 0;
  for (const [id, row] of rowsOf(list)) {
    const place = places.get(id);
    if (place === undefined) slideIn(row, Math.min(arrived++, 12) * 24);
    else slideTo(row, place - row.getBoundingClientRect().top);
  }
}

function slideIn(row: HTMLElement, delay: number): void {
  row.animate({ opacity: [0, 1], transform: ['translateX(1.5rem)', 'none'] }, { ...moving, delay, fill: 'backwards' });
}

function slideTo(row: HTMLElement, distance: number): void {
  if (distance !== 0) row.animate({ transform: [`translateY(${distance}px)`, 'none'] }, moving);
}
