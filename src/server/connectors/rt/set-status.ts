import type { NewStatus } from '../connector.js';
import { DeskError } from '../connector.js';
import type { Reading } from './messages.js';
import { findTicket } from './tickets.js';

/** Sets the status as the service account, for whoever asked: RT knows no other way. @throws DeskError */
export async function setStatus(
  { client, settings }: Reading,
  change: Pick<NewStatus, 'ticket' | 'status'>,
  signal: AbortSignal,
): Promise<void> {
  const statusNow = async () => (await findTicket(client, settings, change.ticket, signal))?.Status ?? null;
  const before = await statusNow();
  if (before === null) throw new DeskError('refused', 'the ticket is gone');
  if (before === change.status) return;
  const path = `/REST/2.0/ticket/${change.ticket}`;
  await client.send({ name: 'set a status', method: 'PUT', path, body: { Status: change.status } }, signal);
  // RT answers a change that it refuses like one that it made.
  if ((await statusNow()) !== change.status) {
    throw new DeskError('refused', `RT did not set the status ${change.status}`);
  }
}
