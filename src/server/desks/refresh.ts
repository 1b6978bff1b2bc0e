import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { applyReading } from '../index/feed.js';
import type { Desk } from './desks.js';
import { within } from './within.js';

const nextReading: Statement = {
  name: 'desk_reading',
  text: 'UPDATE desks SET readings = readings + 1 WHERE account_id = $1 RETURNING readings AS number',
};
const isKnown: Statement = {
  name: 'desk_knows',
  text: 'SELECT true AS known FROM tickets WHERE account_id = $1 AND desk_ref = $2',
};

export type RefreshDeps = Pick<AppDeps, 'database' | 'clock' | 'newId' | 'sanitise'>;

/** Milliseconds that somebody waits for a desk: less than a client waits for us, who has something to show all the same. */
const patience = 4_000;

/**
 * Reads a ticket in the desk as it is now and puts it into the index. What is read after another reading has begun never
 * gives way to that one, whichever process it was.
 *
 * @param stamp when the ticket came in a list of changes
 * @param milliseconds that the desk may take
 * @param stopping when nobody waits for it any more
 * @throws DeskError
 */
export async function refreshTicket(
  { database, clock, newId, sanitise }: RefreshDeps,
  { account, feed }: Desk,
  ref: string,
  stamp: string | null = null,
  milliseconds = patience,
  stopping?: AbortSignal,
): Promise<void> {
  const context = { role: 'staff', account } as const;
  const [[turn], [known]] = (await database.batch(context, [
    { statement: nextReading, params: [account] },
    { statement: isKnown, params: [account, ref] },
  ])) as [{ number: number }[], { known: true }[]];
  const ask = async (signal: AbortSignal) => {
    const ticket = await feed.ticket(ref, signal);
    const email = ticket?.companies === null && !known ? ticket.requester.email : null;
    const requester = email === null ? null : await feed.contactByEmail(email, signal);
    return { ticket, companiesOfRequester: requester?.companies ?? [] };
  };
  const read = await within(milliseconds, ask, stopping);
  const reading = { number: turn?.number ?? 0, stamp, ...read };
  await database.tx(context, (tx) => applyReading({ tx, account, now: clock(), newId, sanitise }, ref, reading));
}
