import { ApiError } from '../../api-error.js';
import type { Transaction } from '../../database.js';
import type { StaffMember } from '../../identity/staff.js';
import type { StaffTicketRow } from '../../index/staff.js';
import { moveTicket, staffStatuses, staffTicket } from '../../index/staff.js';
import type { PortalStatus } from '../../settings/portal.js';
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

const statusesOf = ({ tx, member }: StaffWriting) => tx.query<PortalStatus>(staffStatuses, [member.account]);

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
  const waiting = (await statusesOf(writing)).find(({ category }) => category === 'waiting_on_contact');
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

/** @throws ApiError `not-found`, `invalid` for a status that the account does not have, or an inbox that they do not answer */
export async function updateTicket(
  writing: StaffWriting,
  publicId: string,
  change: { readonly status?: string | undefined; readonly inbox?: string | undefined },
): Promise<void> {
  const { tx, member } = writing;
  const ticket = await readTicket(writing, publicId);
  const unknown = (path: string) => new ApiError('invalid', { fields: [{ path, code: 'unknown' }] });
  if (change.status !== undefined) {
    const known = (await statusesOf(writing)).some(({ id }) => id === change.status);
    if (!known) throw unknown('status');
    await changeStatus(writing, ticket, change.status);
  }
  if (change.inbox !== undefined) {
    const [moved] = await tx.query(moveTicket, [member.account, ticket.id, change.inbox, member.inboxes]);
    if (!moved) throw unknown('inbox');
  }
}
