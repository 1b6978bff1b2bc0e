import { type Party, wordsOf } from '../../policy/index.js';
import type { DeskCompany, DeskFile, DeskMessage, DeskTicket } from '../connectors/connector.js';
import type { Statement } from '../database.js';
import { type FeedDeps, type People, resolveCompanies, resolvePeople } from './feed-people.js';
import { tieWrittenStep } from './follow-ups.js';
import { htmlColumns, type Sanitise } from './html.js';
import { partySteps } from './parties.js';

interface ReadingDeps extends FeedDeps {
  readonly sanitise: Sanitise;
}

/** All that is known of a ticket of a help desk from one reading. */
export interface Reading {
  /** Counts readings of the desk: an older one never replaces a newer. */
  readonly number: number;
  /** `null` when it is gone. */
  readonly ticket: DeskTicket | null;
  /** `null` when it was not read for a list of changes. */
  readonly stamp: string | null;
  /** What the requester belongs to, the primary company first, where the desk keeps no companies with a ticket. */
  readonly companiesOfRequester: readonly DeskCompany[];
}

/** Two readings of a ticket wait for each other, also before it has a row. */
const lock: Statement = {
  name: 'feed_lock',
  text: `SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'desk ticket', $1::bigint, $2::text), 0))`,
};
const find: Statement = {
  name: 'feed_ticket',
  text: `SELECT t.id, t.desk_reading, ARRAY(SELECT c.company_id FROM ticket_companies c
      WHERE c.account_id = t.account_id AND c.ticket_id = t.id) AS companies,
      ARRAY(SELECT m.desk_ref FROM messages m WHERE m.account_id = t.account_id AND m.ticket_id = t.id) AS messages
    FROM tickets t WHERE t.account_id = $1 AND t.desk_ref = $2 FOR NO KEY UPDATE`,
};
const findInbox: Statement = {
  name: 'feed_inbox',
  text: 'SELECT id FROM inboxes WHERE account_id = $1 AND desk_ref = $2',
};
/** One that nobody has described is called what the desk calls it, and is open: nothing is hidden as done. */
const addStatuses: Statement = {
  name: 'feed_statuses_add',
  text: `INSERT INTO statuses (account_id, id, position, category, label)
    SELECT $1, id, 1000, 'open', jsonb_build_object('en', id) FROM unnest($2::text[]) AS s (id) ON CONFLICT DO NOTHING`,
};
const remove: Statement = {
  name: 'feed_ticket_remove',
  text: `UPDATE tickets SET deleted_at = $3 WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL`,
};
const insert: Statement = {
  name: 'feed_ticket_insert',
  text: `INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id, properties, created_at,
      updated_at, last_contact_id, words, desk_ref)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $9, $7, array_to_tsvector($10::text[]), $11) RETURNING id`,
};
// Each names only columns that one trigger listens to, and touches no row that is as it should be: nobody is told of nothing.
const update: Statement = {
  name: 'feed_ticket_update',
  text: `UPDATE tickets SET subject = $3, properties = $4::jsonb, created_at = $5, words = array_to_tsvector($6::text[])
    WHERE account_id = $1 AND id = $2 AND (subject, properties, created_at) IS DISTINCT FROM ($3, $4::jsonb, $5)`,
};
const updateState: Statement = {
  name: 'feed_state_update',
  text: `UPDATE tickets SET status = $3, inbox_id = $4, updated_at = $5, last_contact_id = $6, deleted_at = NULL
    WHERE account_id = $1 AND id = $2
      AND (status, inbox_id, updated_at, last_contact_id, deleted_at) IS DISTINCT FROM ($3, $4, $5, $6, NULL)`,
};
const settle: Statement = {
  name: 'feed_settle',
  text: `UPDATE tickets SET desk_reading = $3, desk_stamp = coalesce($4, desk_stamp) WHERE account_id = $1 AND id = $2`,
};
const removeFiles: Statement = {
  name: 'feed_files_remove',
  text: `DELETE FROM attachments a USING messages m WHERE a.account_id = $1 AND a.ticket_id = $2
    AND m.account_id = a.account_id AND m.ticket_id = a.ticket_id AND m.id = a.message_id AND m.desk_ref <> ALL ($3::text[])`,
};
const removeMessages: Statement = {
  name: 'feed_messages_remove',
  text: 'DELETE FROM messages WHERE account_id = $1 AND ticket_id = $2 AND desk_ref <> ALL ($3::text[])',
};
const addMessages: Statement = {
  name: 'feed_messages_add',
  text: `INSERT INTO messages (account_id, ticket_id, public_id, kind, side, contact_id, author_id, author_name, text, raw_html,
      html, html_version, status_from, status_to, created_at, words, desk_ref)
    SELECT $1, $2, m.id, m.kind, m.side, m.contact, m.author, m.author_name, m.text, m.raw_html, m.html, m.html_version,
      m.status_from, m.status_to, m.at, array_to_tsvector(m.words), m.ref
    FROM jsonb_to_recordset($3) AS m (id text, ref text, kind text, side text, contact bigint, author text, author_name text,
      text text, raw_html text, html text, html_version smallint, status_from text, status_to text, at timestamptz, words text[])
    ORDER BY m.at ON CONFLICT (account_id, ticket_id, desk_ref) DO NOTHING`,
};
const addFiles: Statement = {
  name: 'feed_files_add',
  text: `INSERT INTO attachments (account_id, ticket_id, message_id, public_id, name, type, size, inline, content_id,
      desk_ref)
    SELECT $1, $2, m.id, f.id, f.name, f.type, f.size, f.inline, f."contentId", f.ref
    FROM jsonb_to_recordset($3) AS f (id text, ref text, message text, place integer, name text, type text, size bigint,
      inline boolean, "contentId" text)
    JOIN messages m ON m.account_id = $1 AND m.ticket_id = $2 AND m.desk_ref = f.message
    WHERE NOT EXISTS (SELECT FROM attachments a
      WHERE a.account_id = $1 AND a.ticket_id = $2 AND a.message_id = m.id AND a.desk_ref = f.ref)
    ORDER BY f.place`,
};

interface FoundTicket {
  readonly id: number;
  readonly desk_reading: number;
  readonly companies: readonly number[];
  /** Refs of those that are in the index; a message never changes. */
  readonly messages: readonly string[];
}

/**
 * Makes the index show the ticket as it was read, and the only way in which a help desk gets into it. Nothing is written
 * where nothing has changed; an older reading than the last one is let go.
 */
export async function applyReading(deps: ReadingDeps, ref: string, reading: Reading): Promise<void> {
  const { tx, account, now, newId } = deps;
  await tx.query(lock, [account, ref]);
  const [found] = await tx.query<FoundTicket>(find, [account, ref]);
  if (found && found.desk_reading >= reading.number) return;
  const { ticket } = reading;
  const [inbox] = ticket ? await tx.query<{ id: number }>(findInbox, [account, ticket.inbox]) : [];
  const done = (id: number) => ({ statement: settle, params: [account, id, reading.number, reading.stamp] });
  if (!ticket || ticket.deleted || !inbox) {
    if (found) await tx.batch([{ statement: remove, params: [account, found.id, now] }, done(found.id)]);
    return;
  }
  const { messages } = ticket;
  const people = await resolvePeople(deps, ticket);
  const companies =
    ticket.companies !== null
      ? await resolveCompanies(deps, ticket.companies)
      : (found?.companies ?? (await resolveCompanies(deps, reading.companiesOfRequester.slice(0, 1))));
  const changes = messages.flatMap(({ status }) => (status ? [status.from, status.to] : []));
  await tx.query(addStatuses, [account, [...new Set([ticket.status, ...changes])]]);

  const requester = people.contact(ticket.requester);
  const facts = [ticket.subject, JSON.stringify(ticket.properties), ticket.createdAt] as const;
  const words = wordsOf(ticket.subject);
  let id = found?.id;
  if (id === undefined) {
    const [subject, properties, created] = facts;
    const row = [account, newId(), ticket.number, inbox.id, subject, ticket.status, requester, properties, created];
    id = (await tx.query<{ id: number }>(insert, [...row, words, ref]))[0]?.id as number;
    const { statement, params = [] } = tieWrittenStep(account, ref);
    await tx.query(statement, params);
  }
  const known = new Set(found?.messages);
  const rows = messages.filter((message) => !known.has(message.ref)).map((message) => toRow(message, people, deps));
  const refs = messages.map((message) => message.ref);
  const last = messages.at(-1);
  await tx.batch([
    ...partySteps(account, id, { requester, roles: rolesOf(ticket, people), companies }),
    { statement: update, params: [account, id, ...facts, words] },
    { statement: removeFiles, params: [account, id, refs] },
    { statement: removeMessages, params: [account, id, refs] },
    { statement: addMessages, params: [account, id, JSON.stringify(rows)] },
    { statement: addFiles, params: [account, id, JSON.stringify(messages.flatMap(filesOf(newId)))] },
    {
      statement: updateState,
      params: [
        account,
        id,
        ticket.status,
        inbox.id,
        last?.at ?? ticket.createdAt,
        last ? people.author(last).id : requester,
      ],
    },
    done(id),
  ]);
}

/** Who is named in several roles has the first of requester, contact, participant. */
function rolesOf({ requester, contacts, participants }: DeskTicket, people: People): Map<number, Party['role']> {
  const roles = new Map<number, Party['role']>();
  for (const person of participants) roles.set(people.contact(person), 'participant');
  for (const person of contacts) roles.set(people.contact(person), 'contact');
  return roles.set(people.contact(requester), 'requester');
}

function toRow(message: DeskMessage, people: People, { newId, sanitise }: ReadingDeps) {
  const author = people.author(message);
  return {
    id: newId(),
    ref: message.ref,
    kind: message.kind,
    side: message.side,
    contact: author.id,
    author: author.publicId,
    author_name: message.author.name,
    text: message.text,
    ...htmlColumns(sanitise, message.html),
    status_from: message.status?.from ?? null,
    status_to: message.status?.to ?? null,
    at: message.at,
    words: message.kind === 'message' ? wordsOf(message.text) : [],
  };
}

const filesOf =
  (newId: () => string) =>
  ({
    ref: message,
    files,
  }: DeskMessage): (DeskFile & Readonly<Record<'id' | 'message', string> & { place: number }>)[] =>
    files.map((file, place) => ({ ...file, id: newId(), message, place }));
