import type { MessageView, TicketDetailView } from '../../../policy/index.js';
import { messageFields, projectTicketDetail, wordsOf } from '../../../policy/index.js';
import { ApiError } from '../../api-error.js';
import type { Transaction } from '../../database.js';
import type { SignedIn } from '../../identity/session.js';
import type { TicketRow } from '../../index/ticket.js';
import { ticketStep, toRecord } from '../../index/ticket.js';
import type { PortalSettings } from '../../settings/portal.js';
import {
  insertMessage,
  insertParticipant,
  insertTicket,
  insertTicketCompany,
  lockTicket,
  markRead,
  messageParams,
  nextNumber,
  touchTicket,
} from './statements.js';

/** What a contact's write needs to know. */
export interface Writing {
  readonly tx: Transaction;
  readonly portal: PortalSettings;
  readonly session: SignedIn;
  readonly now: Date;
  readonly newId: () => string;
  /** Language of labels in the answer. */
  readonly language: string;
}

/** The ticket as the writer sees it, and nobody else's to write until the transaction ends. @throws ApiError `not-found` */
async function readTicket({ tx, portal, session, language }: Writing, publicId: string) {
  const [, [row]] = (await tx.batch([
    { statement: lockTicket, params: [session.viewer.account, publicId] },
    ticketStep(publicId),
  ])) as [unknown, TicketRow[]];
  const view = row ? projectTicketDetail(session.viewer, toRecord(portal, row, language), portal) : null;
  if (!row || !view) throw new ApiError('not-found');
  return { row, view };
}

/** Opens a ticket in the portal's default inbox, for the contact and their primary company. */
export async function createTicket(
  writing: Writing,
  input: {
    readonly subject: string;
    readonly message: string;
    readonly properties?: Readonly<Record<string, string>> | undefined;
  },
): Promise<TicketDetailView> {
  const { tx, portal, session, now, newId } = writing;
  const { account, id: contact, primaryCompany } = session.viewer;
  const [inbox, status] = [portal.inboxes[0], portal.statuses.find(({ category }) => category === 'open')];
  if (inbox === undefined || !status) throw new Error(`portal ${portal.slug} has no inbox or no open status`);
  const [{ number }] = (await tx.query<{ number: number }>(nextNumber)) as [{ number: number }];
  const publicId = newId();
  const properties = JSON.stringify(input.properties ?? {});
  const [{ id }] = (await tx.query<{ id: number }>(insertTicket, [
    account,
    publicId,
    number,
    inbox,
    input.subject,
    status.id,
    contact,
    properties,
    now,
    wordsOf(input.subject),
  ])) as [{ id: number }];
  if (primaryCompany !== null) await tx.query(insertTicketCompany, [account, primaryCompany, id]);
  const message = { account, ticket: id, publicId: newId(), contact, author: session, at: now, text: input.message };
  await tx.query(insertMessage, messageParams(message));
  await tx.query(markRead, [account, contact, id, now]);
  return (await readTicket(writing, publicId)).view;
}

/**
 * Adds the contact's reply. A ticket that waits for the contact or is closed goes back to the last of the open statuses: one
 * that was answered is no longer new. A colleague takes part from now on.
 *
 * @throws ApiError `not-found`, `forbidden` where the policy allows no reply
 */
export async function reply(writing: Writing, publicId: string, body: string): Promise<MessageView> {
  const { tx, portal, session, now, newId } = writing;
  const { account, id: contact } = session.viewer;
  const { row, view } = await readTicket(writing, publicId);
  const { relation } = view.why;
  if (!view.actions.includes('reply')) throw new ApiError('forbidden');
  if (relation === 'company') await tx.query(insertParticipant, [account, contact, row.id]);

  const event = { account, ticket: row.id, contact, author: session, at: now };
  const messageId = newId();
  await tx.query(insertMessage, messageParams({ ...event, publicId: messageId, text: body }));
  const reopened = portal.statuses.findLast(({ category }) => category === 'open')?.id;
  const status = view.status.category === 'open' || !reopened ? row.status : reopened;
  if (status !== row.status) {
    const change = { from: row.status, to: status };
    await tx.query(insertMessage, messageParams({ ...event, publicId: newId(), status: change }));
  }
  const [touched] = await tx.query<{ updated_at: Date }>(touchTicket, [account, row.id, status, now, contact]);
  await tx.query(markRead, [account, contact, row.id, touched?.updated_at ?? now]);
  return messageFields({
    publicId: messageId,
    kind: 'message',
    internal: false,
    createdAt: now,
    author: { publicId: session.publicId, name: session.name, side: 'contact' },
    text: body,
    status: null,
    attachments: [],
  });
}
