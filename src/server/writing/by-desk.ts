import type { MessageView, TicketDetailView } from '../../policy/index.js';
import { projectMessage, statusAfter } from '../../policy/index.js';
import { ApiError } from '../api-error.js';
import { markRead } from '../connectors/builtin/statements.js';
import type { Statement, Step, Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import type { Desk } from '../desks/desks.js';
import { type DeskWrite, deliver } from '../desks/outbox.js';
import { refreshTicket } from '../desks/refresh.js';
import { within } from '../desks/within.js';
import { contextOf } from '../identity/session.js';
import { account } from '../index/asking.js';
import { type MessageRow, messageColumns, toMessageRecord } from '../index/thread.js';
import { type TicketRow, ticketStep } from '../index/ticket.js';
import { labelOf, type PortalSettings, propertiesIn } from '../settings/portal.js';
import { markWritten } from './upload-rows.js';
import { lockUploads } from './uploads.js';
import { checkEarlier, type ContactWrites, type Writes, lockFor, viewOf } from './writes.js';

/** Milliseconds that a writer waits for a reading of the desk: there is nothing else to show, as there is to who only looks. */
const patience = 10_000;

/** The policy of the table lets in only who sees the ticket. */
const enter: Statement = {
  name: 'desk_write_enter',
  text: `INSERT INTO desk_writes (account_id, contact_id, key, request_hash, public_id, portal_id, ticket_id, request, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)`,
};
const find: Statement = {
  name: 'desk_write_find',
  text: `SELECT public_id, request_hash = $4 AS same, done_ref, answer FROM desk_writes
    WHERE account_id = $1 AND contact_id = $2 AND key = $3`,
};
const keepAnswer: Statement = {
  name: 'desk_write_answer',
  text: 'UPDATE desk_writes SET answer = $4 WHERE account_id = $1 AND contact_id = $2 AND key = $3',
};
/** One key at a time: who comes second finds what the first has entered. */
const lockKey: Statement = {
  name: 'desk_write_lock',
  text: `SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'desk write', $1::bigint, $2::bigint, $3::uuid), 0))`,
};
const inboxRef: Statement = {
  name: 'desk_inbox',
  text: 'SELECT desk_ref FROM inboxes WHERE account_id = $1 AND id = $2',
};
const ticketByRef: Statement = {
  name: 'desk_ticket',
  text: `SELECT t.public_id FROM tickets t WHERE t.account_id = ${account} AND t.desk_ref = $1`,
};
const messageByRef: Statement = {
  name: 'desk_message',
  text: `SELECT ${messageColumns} FROM messages m
    JOIN tickets t ON t.account_id = m.account_id AND t.id = m.ticket_id
    WHERE m.account_id = ${account} AND t.public_id = $1 AND m.desk_ref = $2 AND NOT m.internal`,
};

interface EnteredRow {
  readonly public_id: string;
  readonly same: boolean;
  readonly done_ref: string | null;
  readonly answer: string | null;
}

/**
 * Writes into a desk of the company's own. It is entered here first, in the transaction that asks the policy; then it is
 * delivered, by whoever asks or by the job that follows the desk; then it is read in the desk like everything else. Where
 * the way breaks, asking again with the same key goes on from there.
 */
export function createWritesByDesk(deps: AppDeps): ContactWrites {
  const context = ({ portal, session }: Writes) => contextOf(portal, session.viewer.id);
  const read = async <Row>(who: Writes, ...steps: Step[]) =>
    (await deps.database.batch(context(who), steps)) as Row[][];

  async function deskOf({ portal }: Writes): Promise<Desk> {
    const desk = await deps.desks.of(portal.account);
    if (!desk) throw new ApiError('unavailable', { retryAfter: 1 });
    return desk;
  }

  /** Enters the write unless its key is known, and answers what is known of it. @throws ApiError `rejected` */
  async function entered(
    who: Writes,
    key: string,
    request: unknown,
    write: (tx: Transaction) => Promise<{ readonly ticket: number | null; readonly write: DeskWrite }>,
  ): Promise<EnteredRow> {
    const { account: of, id: contact } = who.session.viewer;
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const row = await deps.database.tx(context(who), async (tx) => {
      await tx.query(lockKey, [of, contact, key]);
      const [known] = await tx.query<EnteredRow>(find, [of, contact, key, hash]);
      if (known) return known;
      const made = await write(tx);
      const id = deps.newId();
      const params = [of, contact, key, hash, id, who.portal.id, made.ticket, JSON.stringify(made.write), deps.clock()];
      await tx.query(enter, params);
      return { public_id: id, same: true, done_ref: null, answer: null };
    });
    if (!row.same) throw new ApiError('rejected');
    return row;
  }

  /** Delivers what was entered and answers it, the same each time. */
  async function settle<T>(
    who: Writes,
    key: string,
    desk: Desk,
    row: EnteredRow,
    answer: (ref: string) => Promise<T>,
  ): Promise<T> {
    if (row.answer !== null) return JSON.parse(row.answer) as T;
    const ref = row.done_ref ?? (await deliver(deps, desk, row.public_id));
    const given = await answer(ref);
    const { account: of, id: contact } = who.session.viewer;
    await read(who, { statement: keepAnswer, params: [of, contact, key, JSON.stringify(given)] });
    return given;
  }

  /** The ticket as it is in the desk now, marked as read: its last event is the reader's own. */
  async function readBack(who: Writes, desk: Desk, ref: string): Promise<TicketRow> {
    await refreshTicket(deps, desk, ref, null, patience);
    const [[found]] = (await read<{ public_id: string }>(who, { statement: ticketByRef, params: [ref] })) as [
      { public_id: string }[],
    ];
    const [[row]] = (await read<TicketRow>(who, ticketStep(found?.public_id ?? ''))) as [TicketRow[]];
    const { row: ticket } = viewOf(who, row);
    const { account: of, id: contact } = who.session.viewer;
    await read(who, { statement: markRead, params: [of, contact, ticket.id, ticket.updated_at] });
    return { ...ticket, read_at: ticket.updated_at };
  }

  /** The ticket's ref, after the index was brought up to date: the policy is asked about the ticket of now. @throws DeskError */
  async function current(who: Writes, desk: Desk, ticket: string): Promise<string> {
    const [[row]] = (await read<TicketRow>(who, ticketStep(ticket))) as [TicketRow[]];
    const { desk_ref: ref } = viewOf(who, row).row;
    if (ref === null) throw new ApiError('not-found');
    await refreshTicket(deps, desk, ref, null, patience);
    return ref;
  }

  /** They belong to the write from now on, and stay until it has no use for them. */
  async function takeFiles(tx: Transaction, who: Writes, ids: readonly string[] = []): Promise<DeskWrite['files']> {
    const now = deps.clock();
    const rows = await lockUploads(tx, who, ids, now);
    if (rows.length > 0) await tx.query(markWritten, [who.session.viewer.account, ids, now]);
    return rows.map(({ name, type, file_key: key }) => ({ name, type, key }));
  }

  async function inboxOf({ portal }: Writes): Promise<string> {
    const params = [portal.account, portal.inboxes[0] ?? 0];
    const [[inbox]] = (await deps.database.batch({ role: 'staff', account: portal.account }, [
      { statement: inboxRef, params },
    ])) as [{ desk_ref: string | null }[]];
    if (!inbox?.desk_ref) throw new Error(`portal ${portal.slug} has no inbox of its desk`);
    return inbox.desk_ref;
  }

  const writerOf = ({ session: { name, email } }: Writes) => ({ name, email });

  return {
    async create(who, key, input): Promise<TicketDetailView> {
      const desk = await deskOf(who);
      const inbox = await inboxOf(who);
      const { subject, message: text, properties = {}, followUp, attachments } = input;
      const row = await entered(who, key, ['create', input], async (tx) => {
        await checkEarlier(tx, who, followUp);
        const files = await takeFiles(tx, who, attachments);
        const tie = followUp === undefined ? {} : { followUp };
        const told = desk.connector.info.keepsProperties ? text : withLines(who.portal, text, properties);
        const written = { inbox, subject, text: told, files, properties, ...tie };
        return { ticket: null, write: { kind: 'create', by: writerOf(who), ...written } };
      });
      return settle(who, key, desk, row, async (ref) => viewOf(who, await readBack(who, desk, ref)).view);
    },

    async reply(who, key, ticket, input): Promise<MessageView> {
      const desk = await deskOf(who);
      const ref = await current(who, desk, ticket);
      const { body: text, attachments } = input;
      const row = await entered(who, key, ['reply', ticket, input], async (tx) => {
        const { row: locked, joins } = await lockFor(tx, who, ticket, 'reply');
        const files = await takeFiles(tx, who, attachments);
        return { ticket: locked.id, write: { kind: 'reply', by: writerOf(who), ticket: ref, text, files, joins } };
      });
      return settle(who, key, desk, row, async (message) => {
        await readBack(who, desk, ref);
        const [[kept]] = (await read<MessageRow>(who, { statement: messageByRef, params: [ticket, message] })) as [
          MessageRow[],
        ];
        const { portal, language } = who;
        const view =
          kept && projectMessage(toMessageRecord(kept, (id, former) => labelOf(portal, id, language, former)));
        if (!view) throw new ApiError('unavailable', { retryAfter: 1 });
        return view;
      });
    },

    async setState(who, ticket, action): Promise<TicketDetailView> {
      const desk = await deskOf(who);
      const ref = await current(who, desk, ticket);
      await deps.database.tx(context(who), (tx) => lockFor(tx, who, ticket, action));
      const attempt = { id: deps.newId(), again: false };
      const change = { attempt, by: writerOf(who), ticket: ref, status: statusAfter(who.portal.statuses, action) };
      await within(patience, (signal) => desk.connector.setStatus(change, signal));
      return viewOf(who, await readBack(who, desk, ref)).view;
    },
  };
}

/** What the form has asked, above the message: support reads it there where the desk has no place of its own for it. */
function withLines(portal: PortalSettings, text: string, properties: Readonly<Record<string, string>>): string {
  const lines = propertiesIn(portal, portal.locale).flatMap((property) => {
    const value = properties[property.name];
    if (value === undefined) return [];
    return `${property.label}: ${property.options?.find((option) => option.value === value)?.label ?? value}`;
  });
  return lines.length > 0 ? `${lines.join('\n')}\n\n${text}` : text;
}
