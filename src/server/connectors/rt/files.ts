import type { DeskBytes } from '../connector.js';
import { isMessage, publicEvents } from './history.js';
import type { Reading } from './messages.js';
import { isFile, pagesOf, toFile } from './parts.js';
import { anyOf, isId } from './query.js';
import { findTicket } from './tickets.js';

/**
 * Bytes of a file of a public message of this ticket, as they come from RT. Ids of files are RT's and not the ticket's, so
 * that ticket, message and file are all looked up once more. @throws DeskError
 */
export async function openFile(
  { client, settings }: Reading,
  ticket: string,
  file: string,
  signal: AbortSignal,
): Promise<DeskBytes | null> {
  if (!isId(file) || !(await findTicket(client, settings, ticket, signal))) return null;
  const parts = await pagesOf(client, ticket, anyOf('id', [file]), signal);
  const part = parts.find(({ id }) => id === file);
  if (!part || !isFile(part)) return null;
  const events = await publicEvents(client, ticket, signal, part.TransactionId);
  if (!events.some((event) => event.id === part.TransactionId && isMessage(event))) return null;
  // The way of RT's own pages: its REST would hand over the whole file as text inside of JSON.
  const path = `/Ticket/Attachment/${part.TransactionId}/${part.id}/file`;
  const body = await client.stream({ name: 'read a file', path }, signal);
  const { name, type } = toFile(part);
  return body && { name, type, body };
}
