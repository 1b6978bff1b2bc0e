import { ApiError } from '../../api-error.js';
import type { Transaction } from '../../database.js';
import type { StaffMember } from '../../identity/staff.js';
import type { StaffTicketRow } from '../../index/staff.js';
import { moveTicket, accountStatuses, staffTicket } from '../../index/staff.js';
import { type PortalStatus, pipelineOf } from '../../settings/portal.js';
import { insertMessage, lockTicket, messageParams, touchTicket } from './statements.js';

/** What a staff member's write needs to know. */
export interface StaffWriting {
  readonly tx: Transaction;
  readonly member: StaffMember;
  readonly now: Date;
  readonly newId: () => string;
}

/** The ticket, nobody else's to write until the transaction ends. @throws ApiError `not-found` */
async function readTicket({ tx, member }: StaffWriting, publicId: string): Promise<StaffTicketRow> {
  const params = [member.account, publicId];
  const [, [row]] = (await tx.batch([
    { statement: lockTicket, params },
    { statement: staffTicket, params: [...params, member.inboxes] },
  ])) as [unknown, StaffTicketRow[]];
  if (!row) throw new ApiError('not-found');
  return row;
}

/** What a ticket goes through there. */
const statusesIn = async ({ tx, member }: StaffWriting, inbox: number) =>
  pipelineOf(await tx.query<PortalStatus>(accountStatuses, [member.account]), inbox);

const event = ({ member, now, newId }: StaffWriting, ticket: StaffTicketRow) => ({
  account: member.account,
  ticket: ticket.id,
  publicId: newId(),
  contact: null,
  author: member,
  at: now,
});

/** Changes the status, as a public event, when it is another. */
async function changeStatus(writing: StaffWriting, ticket: StaffTicketRow, status: string): Promise<void> {
  if (status === ticket.status.id) return;
  const { tx, member, now } = writing;
  const change = { from: ticket.status.id, to: status };
  await tx.query(insertMessage, messageParams({ ...event(writing, ticket), status: change }));
  await tx.query(touchTicket, [member.account, ticket.id, status, now, null]);
}

/** A public reply; an open ticket waits for the contact from then on. Returns the message's public id. */
export async function staffReply(writing: StaffWriting, publicId: string, text: string): Promise<string> {
  const { tx, member, now } = writing;
  const ticket = await readTicket(writing, publicId);
  const message = event(writing, ticket);
  await tx.query(insertMessage, messageParams({ ...message, text }));
  await tx.query(touchTicket, [member.account, ticket.id, ticket.status.id, now, null]);
  const waiting = (await statusesIn(writing, ticket.inbox_id)).find(
    ({ category }) => category === 'waiting_on_contact',
  );
  if (waiting && ticket.status.category === 'open') await changeStatus(writing, ticket, waiting.id);
  return message.publicId;
}

/** An internal note: it moves no time, no status and no order that a customer could see. Returns its public id. */
export async function addNote(writing: StaffWriting, publicId: string, text: string): Promise<string> {
  const ticket = await readTicket(writing, publicId);
  const note = { ...event(writing, ticket), internal: true, text };
  await writing.tx.query(insertMessage, messageParams(note));
  return note.publicId;
}

/** What a ticket has in another inbox: the same, or where that is not of it the first one that means the same. */
const statusThere = (statuses: readonly PortalStatus[], { id, category }: StaffTicketRow['status']): string =>
  (statuses.some((status) => status.id === id) ? id : statuses.find((status) => status.category === category)?.id) ??
  id;

/** @throws ApiError `not-found`, `invalid` for a status that the inbox does not have, or an inbox that they do not answer */
export async function updateTicket(
  writing: StaffWriting,
  publicId: string,
  change: { readonly status?: string | undefined; readonly inbox?: string | undefined },
): Promise<void> {
  const { tx, member } = writing;
  const ticket = await readTicket(writing, publicId);
  let inbox = ticket.inbox_id;
  const unknown = (path: string) => new ApiError('invalid', { fields: [{ path, code: 'unknown' }] });
  if (change.inbox !== undefined) {
    const params = [member.account, ticket.id, change.inbox, member.inboxes];
    const [moved] = await tx.query<{ inbox_id: number }>(moveTicket, params);
    if (!moved) throw unknown('inbox');
    inbox = moved.inbox_id;
  }
  const statuses = await statusesIn(writing, inbox);
  const status = change.status ?? statusThere(statuses, ticket.status);
  if (!statuses.some(({ id }) => id === status)) throw unknown('status');
  await changeStatus(writing, ticket, status);
}
