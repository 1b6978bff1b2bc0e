import { DeskError } from '../connector.js';
import type { Reading } from './messages.js';
import { findTicket } from './tickets.js';

/** Times that we begin again because somebody else was faster. */
const mostTries = 3;

/**
 * Makes the person with this address a Cc of the ticket, unless they take part in it already. RT only takes the whole list,
 * so it gets the version that the list is of, and refuses when staff have changed the ticket since. @throws DeskError
 */
export async function addCc(
  { client, settings }: Reading,
  ref: string,
  email: string,
  signal: AbortSignal,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const path = `/REST/2.0/ticket/${ref}`;
    const version = await client.send({ name: 'read the version of a ticket', path }, signal);
    const tag = version.headers.get('etag');
    if (version.status !== 200 || tag === null) throw new DeskError('refused', 'the ticket is gone');
    if (await takesPart()) return;
    const ticket = await find();
    const request = {
      name: 'add a participant',
      method: 'PUT' as const,
      path,
      // By number: a user may be called by one, and RT takes every number for one of its own.
      body: { Cc: [...ticket.Cc.map(({ id }) => id), email] },
      headers: { 'if-match': tag },
    };
    const answer = await client.send(request, signal);
    if (answer.status === 412) continue;
    if (await takesPart()) return;
    throw new DeskError('misconfigured', 'the service account may not add a Cc to tickets');
  }
  throw new DeskError('unavailable', 'add a participant: the ticket changes all the time');

  async function find() {
    const ticket = await findTicket(client, settings, ref, signal);
    if (!ticket) throw new DeskError('refused', 'the ticket is gone');
    return ticket;
  }
  async function takesPart() {
    const { Requestor, Cc } = await find();
    return [...Requestor, ...Cc].some(
      ({ type, EmailAddress }) => type === 'user' && EmailAddress.toLowerCase() === email.toLowerCase(),
    );
  }
}
