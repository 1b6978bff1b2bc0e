import { wordsOf } from '../../../policy/index.js';
import type { Param, Statement } from '../../database.js';

/** What the built-in connector writes; its store is the ticket index itself. */

export const nextNumber: Statement = { name: 'next_number', text: 'SELECT next_ticket_number() AS number' };

export const insertTicket: Statement = {
  name: 'ticket_insert',
  text: `INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id, properties, created_at,
      updated_at, last_contact_id, words)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $9, $7, array_to_tsvector($10::text[])) RETURNING id`,
};

export const insertTicketCompany: Statement = {
  name: 'ticket_company_insert',
  text: 'INSERT INTO ticket_companies (account_id, company_id, ticket_id) VALUES ($1, $2, $3)',
};

export const insertParticipant: Statement = {
  name: 'participant_insert',
  text: `INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role) VALUES ($1, $2, $3, 'participant')`,
};

/** A message, an internal note or a change of status. */
export const insertMessage: Statement = {
  name: 'message_insert',
  text: `INSERT INTO messages (account_id, ticket_id, public_id, kind, internal, side, contact_id, author_id, author_name, text,
      status_from, status_to, created_at, words)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, array_to_tsvector($14::text[])) RETURNING id`,
};

export interface NewMessageRow {
  readonly account: number;
  readonly ticket: number;
  readonly publicId: string;
  readonly internal?: boolean;
  /** The contact who wrote; `null` for staff. */
  readonly contact: number | null;
  readonly author: { readonly publicId: string; readonly name: string };
  readonly at: Date;
  readonly text?: string;
  /** Ids of statuses: makes it a change of status. */
  readonly status?: { readonly from: string; readonly to: string };
}

export const messageParams = (message: NewMessageRow): Param[] => [
  message.account,
  message.ticket,
  message.publicId,
  message.status ? 'status' : 'message',
  message.internal ?? false,
  message.contact === null ? 'support' : 'contact',
  message.contact,
  message.author.publicId,
  message.author.name,
  message.text ?? '',
  message.status?.from ?? null,
  message.status?.to ?? null,
  message.at,
  wordsOf(message.text ?? ''),
];

/** In the order in which they are named. */
export const attachUploads: Statement = {
  name: 'attach_uploads',
  text: `INSERT INTO attachments (account_id, ticket_id, message_id, public_id, name, type, size, file_key)
    SELECT $1, $2, $3, u.public_id, u.name, u.type, u.size, u.file_key
    FROM unnest($4::text[]) WITH ORDINALITY AS named (id, place)
    JOIN uploads u ON u.account_id = $1 AND u.public_id = named.id ORDER BY named.place`,
};

/** Their bytes are the attachments' now. */
export const removeUploads: Statement = {
  name: 'uploads_remove',
  text: 'DELETE FROM uploads WHERE account_id = $1 AND public_id = ANY ($2::text[])',
};

/**
 * One write a ticket at a time: what it reads of the ticket from here on is what the one before has left. In a statement of
 * its own, because a statement sees what was committed when it began, not when it got the lock.
 */
export const lockTicket: Statement = {
  name: 'ticket_lock',
  text: 'SELECT id FROM tickets WHERE account_id = $1 AND public_id = $2 FOR NO KEY UPDATE',
};

/**
 * After a public event: its status, its time and which contact made it, NULL for staff. No two events of a ticket have the
 * same time, so that a read mark always tells what was there from what came after.
 */
export const touchTicket: Statement = {
  name: 'ticket_touch',
  text: `UPDATE tickets SET status = $3, updated_at = greatest(updated_at + interval '1 ms', $4), last_contact_id = $5
    WHERE account_id = $1 AND id = $2 RETURNING updated_at`,
};

/** Up to which public event the contact has read. */
export const markRead: Statement = {
  name: 'read_mark',
  text: `INSERT INTO read_marks (account_id, contact_id, ticket_id, read_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, contact_id, ticket_id) DO UPDATE SET read_at = greatest(read_marks.read_at, excluded.read_at)`,
};
