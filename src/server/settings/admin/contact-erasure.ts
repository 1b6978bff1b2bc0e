import { wordsOf } from '../../../policy/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { forgetMails } from '../../mail/forget-mails.js';
import { type AdminWriting, record } from './writing.js';

/** What stands where their name and their words stood: in their language, as most readers share it. */
const neutral = {
  en: { name: 'Former customer', text: 'Erased at the wish of its writer.' },
  pl: { name: 'Dawny klient', text: 'Usunięto na życzenie autora.' },
};

interface ContactRow {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
}

const lock: Statement = {
  name: 'erase_lock',
  text: `SELECT id, email, name, locale FROM contacts WHERE account_id = $1 AND public_id = $2 AND erased_at IS NULL
    FOR UPDATE`,
};
const readFiles: Statement = {
  name: 'erase_files',
  text: `SELECT file_key AS key FROM uploads WHERE account_id = $1 AND contact_id = $2
    UNION SELECT a.file_key FROM attachments a JOIN messages m
      ON m.account_id = a.account_id AND m.ticket_id = a.ticket_id AND m.id = a.message_id
    WHERE a.account_id = $1 AND m.contact_id = $2 AND a.file_key IS NOT NULL`,
};
/** Sessions first: whoever is signed in is out from here on. */
const removals: readonly Statement[] = [
  ...[
    ...['sessions', 'credentials', 'identities', 'sso_transactions', 'idempotency_keys', 'desk_writes', 'uploads'],
    ...['preferences', 'read_marks', 'ratings', 'contact_companies', 'access_group_members', 'consent_records'],
  ].map((table) => ({
    name: `erase_${table}`,
    text: `DELETE FROM ${table} WHERE account_id = $1 AND contact_id = $2`,
  })),
  {
    name: 'erase_attachments',
    text: `DELETE FROM attachments a USING messages m WHERE a.account_id = $1 AND m.account_id = $1
      AND m.ticket_id = a.ticket_id AND m.id = a.message_id AND m.contact_id = $2`,
  },
];
const removeFlows: Statement = {
  name: 'erase_flows',
  text: 'DELETE FROM flows WHERE account_id = $1 AND lower(email) = lower($2)',
};
const forgetAuthor: Statement = {
  name: 'erase_author',
  text: `UPDATE messages SET author_name = $3 WHERE account_id = $1 AND contact_id = $2`,
};
const eraseTexts: Statement = {
  name: 'erase_texts',
  text: `UPDATE messages SET text = $3, words = '', raw_html = NULL, html = NULL, html_version = NULL
    WHERE account_id = $1 AND contact_id = $2 AND kind = 'message'`,
};
const eraseContactRow: Statement = {
  name: 'erase_contact',
  text: `UPDATE contacts SET email = $3, name = $4, properties = '{}', enabled = false, verified = false,
      desk_ref = NULL, desk_asked_at = NULL, erased_at = $5
    WHERE account_id = $1 AND id = $2`,
};
/** After the name has changed, so that what was copied from it is new as well. */
const leaveTickets: Statement = {
  name: 'erase_ties',
  text: `DELETE FROM ticket_contacts WHERE account_id = $1 AND contact_id = $2 AND role <> 'requester'`,
};

const ofTheirs = `t.account_id = $1 AND (EXISTS (SELECT FROM ticket_contacts c
    WHERE c.account_id = $1 AND c.ticket_id = t.id AND c.contact_id = $2)
  OR EXISTS (SELECT FROM messages o WHERE o.account_id = $1 AND o.ticket_id = t.id AND o.contact_id = $2))`;
const namedIn = (text: string) => `(strpos(lower(${text}), lower($3)) > 0 OR strpos(lower(${text}), lower($4)) > 0)`;

/** Where others have written their name or address: account, contact, name, address. */
const findTickets: Statement = {
  name: 'erase_named_tickets',
  text: `SELECT t.id, t.subject, t.properties FROM tickets t
    WHERE ${ofTheirs} AND ${namedIn('t.subject || t.properties::text')}`,
};
const findMessages: Statement = {
  name: 'erase_named_messages',
  text: `SELECT m.id, m.text, m.html, m.raw_html FROM messages m JOIN tickets t ON t.account_id = $1 AND t.id = m.ticket_id
    WHERE m.account_id = $1 AND ${ofTheirs} AND ${namedIn(`concat(m.text, m.html, m.raw_html)`)}`,
};
const findAnswers: Statement = {
  name: 'erase_named_answers',
  text: `SELECT k.contact_id, k.key::text, k.answer FROM idempotency_keys k WHERE k.account_id = $1
    AND k.contact_id <> $2 AND ${namedIn('k.answer')}`,
};
const rewriteTicket: Statement = {
  name: 'erase_rewrite_ticket',
  text: `UPDATE tickets SET subject = $3, properties = $4::jsonb, words = array_to_tsvector($5::text[])
    WHERE account_id = $1 AND id = $2`,
};
const rewriteMessage: Statement = {
  name: 'erase_rewrite_message',
  text: `UPDATE messages SET text = $3, html = $4, raw_html = $5, words = array_to_tsvector($6::text[])
    WHERE account_id = $1 AND id = $2`,
};
const rewriteAnswer: Statement = {
  name: 'erase_rewrite_answer',
  text: 'UPDATE idempotency_keys SET answer = $4 WHERE account_id = $1 AND contact_id = $2 AND key = $3::uuid',
};

/**
 * Erases a person for good. Their tickets stay for the company, asked by nobody in particular. What they wrote goes, with its
 * files: nobody can tell in which of their words a telephone number or an address stands. In what others wrote in these tickets,
 * name and address are replaced.
 *
 * @returns keys of files that are no longer referred to: to be removed once this is committed
 * @throws ApiError `not-found`, also for who is erased already
 */
export async function eraseContact(
  deps: Pick<AppDeps, 'secret' | 'clock'>,
  writing: AdminWriting,
  id: string,
): Promise<readonly string[]> {
  const { tx, account, now, newId } = writing;
  const [contact] = await tx.query<ContactRow>(lock, [account, id]);
  if (!contact) throw new ApiError('not-found');
  const instead = contact.locale.startsWith('pl') ? neutral.pl : neutral.en;
  const keys = await tx.query<{ key: string }>(readFiles, [account, contact.id]);
  await tx.batch(removals.map((statement) => ({ statement, params: [account, contact.id] })));
  await tx.query(removeFlows, [account, contact.email]);
  await forgetMails(deps, tx, account, contact.email);
  await tx.query(eraseTexts, [account, contact.id, instead.text]);
  await tx.query(forgetAuthor, [account, contact.id, instead.name]);
  await replaceNames(writing, contact, instead.name);
  // No mail ever goes to `.invalid`.
  await tx.query(eraseContactRow, [account, contact.id, `${newId()}@erased.invalid`, instead.name, now]);
  await tx.query(leaveTickets, [account, contact.id]);
  await record(writing, { event: 'contact-erased', subjects: { contact: id } });
  return keys.map(({ key }) => key);
}

async function replaceNames({ tx, account }: AdminWriting, { id, name, email }: ContactRow, instead: string) {
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])(${[email, name].map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  const replaced = <T extends string | null>(text: T) => (text === null ? text : text.replace(whole, instead)) as T;
  const asked = [account, id, name, email];
  interface TicketRow {
    readonly id: number;
    readonly subject: string;
    readonly properties: object;
  }
  for (const row of await tx.query<TicketRow>(findTickets, asked)) {
    const subject = replaced(row.subject);
    const properties = replaced(JSON.stringify(row.properties));
    await tx.query(rewriteTicket, [account, row.id, subject, properties, wordsOf(subject)]);
  }
  interface MessageRow {
    readonly id: number;
    readonly text: string;
    readonly html: string | null;
    readonly raw_html: string | null;
  }
  for (const row of await tx.query<MessageRow>(findMessages, asked)) {
    const text = replaced(row.text);
    await tx.query(rewriteMessage, [account, row.id, text, replaced(row.html), replaced(row.raw_html), wordsOf(text)]);
  }
  interface AnswerRow {
    readonly contact_id: number;
    readonly key: string;
    readonly answer: string;
  }
  for (const row of await tx.query<AnswerRow>(findAnswers, asked))
    await tx.query(rewriteAnswer, [account, row.contact_id, row.key, replaced(row.answer)]);
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
