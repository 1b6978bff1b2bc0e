import { wordsOf } from '../../../policy/index.js';
import type { Transaction } from '../../database.js';
import type { SignedIn } from '../../identity/session.js';
import type { TicketRow } from '../../index/ticket.js';
import { type PortalSettings, pipelineOf } from '../../settings/portal.js';
import type { Connector, NewReply, NewStatus, NewTicket } from '../connector.js';
import {
  attachUploads,
  insertMessage,
  insertParticipant,
  insertTicket,
  insertTicketCompany,
  markRead,
  messageParams,
  nextNumber,
  removeUploads,
  touchTicket,
} from './statements.js';

/** Who writes, in what, and the transaction in which they do. */
export interface Writing {
  readonly tx: Transaction;
  /** Locked; `null` where there is none yet. */
  readonly ticket: TicketRow | null;
  readonly portal: PortalSettings;
  readonly session: SignedIn;
  readonly now: Date;
  /** Ids of the writer's locked uploads, for the message: their bytes are ours already. */
  readonly uploads: readonly string[];
  readonly newId: () => string;
}

/**
 * The built-in help desk. Its store is the ticket index, and what it writes is part of the transaction: there with all that
 * goes with it, or not at all. Its refs are our public ids.
 */
export function createBuiltinConnector({ tx, ticket, portal, session, now, uploads, newId }: Writing): Connector {
  const { account, id: contact, primaryCompany } = session.viewer;
  const event = (id: number) => ({ account, ticket: id, contact, author: session, at: now });

  function locked(ref: string): TicketRow {
    if (ticket?.public_id !== ref) throw new Error(`ticket ${ref} is not locked`);
    return ticket;
  }

  /** After a public event, which its author has read. */
  async function touch(id: number, status: string): Promise<void> {
    const [touched] = await tx.query<{ updated_at: Date }>(touchTicket, [account, id, status, now, contact]);
    await tx.query(markRead, [account, contact, id, touched?.updated_at ?? now]);
  }

  /** With the files that come with it. */
  async function say(ticketId: number, publicId: string, text: string): Promise<void> {
    const params = messageParams({ ...event(ticketId), publicId, text });
    const [{ id }] = (await tx.query<{ id: number }>(insertMessage, params)) as [{ id: number }];
    if (uploads.length === 0) return;
    await tx.batch([
      { statement: attachUploads, params: [account, ticketId, id, uploads] },
      { statement: removeUploads, params: [account, uploads] },
    ]);
  }

  const changeStatus = (id: number, from: string, to: string) =>
    tx.query(insertMessage, messageParams({ ...event(id), publicId: newId(), status: { from, to } }));

  return {
    info: { kind: 'builtin', lag: 0, keepsProperties: true },
    feed: null,
    // The database is our own: `/readyz` asks it.
    health: async () => {},

    /** For the writer and their primary company. */
    async create({ inbox, subject, text, properties }: NewTicket) {
      const status = pipelineOf(portal.statuses, Number(inbox)).find(({ category }) => category === 'open');
      if (!status) throw new Error(`portal ${portal.slug} has no open status`);
      const [{ number }] = (await tx.query<{ number: number }>(nextNumber)) as [{ number: number }];
      const publicId = newId();
      const [{ id }] = (await tx.query<{ id: number }>(insertTicket, [
        account,
        publicId,
        number,
        Number(inbox),
        subject,
        status.id,
        contact,
        JSON.stringify(properties),
        now,
        wordsOf(subject),
      ])) as [{ id: number }];
      if (primaryCompany !== null) await tx.query(insertTicketCompany, [account, primaryCompany, id]);
      await say(id, newId(), text);
      await tx.query(markRead, [account, contact, id, now]);
      return publicId;
    },

    /**
     * A ticket that waits for the contact or is closed goes back to the last of the open statuses: one that was answered is
     * no longer new.
     */
    async reply({ ticket: ref, text, joins }: NewReply) {
      const row = locked(ref);
      if (joins) await tx.query(insertParticipant, [account, contact, row.id]);
      const publicId = newId();
      await say(row.id, publicId, text);
      const statuses = pipelineOf(portal.statuses, row.inbox_id);
      const open = statuses.filter(({ category }) => category === 'open').map(({ id }) => id);
      const status = open.includes(row.status) ? row.status : (open.at(-1) ?? row.status);
      if (status !== row.status) await changeStatus(row.id, row.status, status);
      await touch(row.id, status);
      return publicId;
    },

    async setStatus({ ticket: ref, status }: NewStatus) {
      const row = locked(ref);
      if (row.status === status) return;
      await changeStatus(row.id, row.status, status);
      await touch(row.id, status);
    },
  };
}
