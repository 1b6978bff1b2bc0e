/**
 * The SQL that makes a world of any size inside the database, out of integer hashes: the same one each time. Written with
 * triggers at rest, so it writes itself what they would keep.
 */
import { vocabulary } from './vocabulary.js';

export const account = 1;
/** The one inbox that the portal shows. */
const shownInbox = 1;
export const largestCompany = 1;
const messagesEach = 10;
const sentences = 20_000;

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const time = (at: Date): string => `${literal(at.toISOString())}::timestamptz`;

/** Of a ticket `t` that the portal shows, and of a row `c` that ties one to a contact or company. */
export const isShown = `t.account_id = ${account} AND t.inbox_id = ${shownInbox} AND t.deleted_at IS NULL`;
export const isListed = `c.account_id = ${account} AND c.inbox_id = ${shownInbox} AND NOT c.deleted`;

/** Stands in the first message of this ticket and nowhere else. */
export const rareWord = (ticket: number): string => `ref${ticket}x`;

/**
 * `u` makes a number from 0 to 1 of an id; the seed says which of many. Words follow Zipf's law: the second is half as
 * frequent as the first. Sentences are made once, and messages put together of them.
 */
export const helpers = `
  CREATE FUNCTION pg_temp.u(id bigint, seed bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$ SELECT (hashint8extended(id, seed) & 2147483647) / 2147483648.0::float8 $$;
  CREATE FUNCTION pg_temp.public_id(kind text, id bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT translate(rtrim(encode(decode(md5(kind || id), 'hex'), 'base64'), '='), '+/', '-_') $$;
  CREATE AGGREGATE pg_temp.all_words(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '');
  CREATE TEMP TABLE bench_words AS
    SELECT rank, word FROM unnest(string_to_array(${literal(vocabulary.join(' '))}, ' ')) WITH ORDINALITY AS w(word, rank);
  CREATE TEMP TABLE bench_sentences AS
    SELECT s AS id, string_agg(w.word, ' ' ORDER BY p) AS text,
      array_to_tsvector(array_agg(w.word)) AS words,
      string_agg(w.word, ' ' ORDER BY p) FILTER (WHERE p <= 5) AS beginning,
      array_to_tsvector(array_agg(w.word) FILTER (WHERE p <= 5)) AS beginning_words
    FROM generate_series(0, ${sentences - 1}) s CROSS JOIN LATERAL generate_series(1, 7 + s % 5) p
    JOIN bench_words w ON w.rank = floor(power(${vocabulary.length + 1}, pg_temp.u(s * 16 + p, 1)))
    GROUP BY s;
  ANALYZE bench_words, bench_sentences`;

/** Some sentence: which one, an id and a seed decide. */
const sentence = (id: string, seed: number) => `floor(${sentences} * pg_temp.u(${id}, ${seed}))`;

/** Indexes are made quicker at the end. Those behind a constraint have to stay. */
export const dropIndexes = `
  CREATE TEMP TABLE bench_indexes AS SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisunique;
  DO $$ DECLARE gone text; BEGIN
    FOR gone IN SELECT name FROM bench_indexes LOOP EXECUTE 'DROP INDEX ' || gone; END LOOP;
  END $$`;
export const createIndexes = `
  DO $$ DECLARE wanted text; BEGIN
    FOR wanted IN SELECT definition FROM bench_indexes LOOP EXECUTE wanted; END LOOP;
  END $$`;

/** A contact by luck that favours the first; the very first has 0.7 % of all. */
const someContact = (contacts: number, id: string, seed: number) => `
  CASE WHEN pg_temp.u(${id}, ${seed}) < 0.007 THEN 1
    ELSE 2 + floor(${contacts - 1} * power(pg_temp.u(${id}, ${seed + 1}), 1.5)) END::bigint`;

const labels = { new: 'New', working: 'In progress', waiting: 'Awaiting your reply', closed: 'Closed' };
const label = (status: keyof typeof labels) => `jsonb_build_object('en', ${literal(labels[status])})`;

/** The portal with everybody in it. Every twentieth contact is of no company, every 23rd of the largest. */
export const people = (companies: number, contacts: number, now: Date): string => `
  INSERT INTO accounts (account_id, public_id, name) OVERRIDING SYSTEM VALUE
    VALUES (${account}, pg_temp.public_id('account', 1), 'Bench');
  INSERT INTO inboxes (account_id, id, public_id, name) OVERRIDING SYSTEM VALUE VALUES
    (${account}, ${shownInbox}, pg_temp.public_id('inbox', 1), 'Support'),
    (${account}, 2, pg_temp.public_id('inbox', 2), 'Sales');
  INSERT INTO statuses (account_id, id, position, category, label) VALUES
    (${account}, 'new', 0, 'open', ${label('new')}),
    (${account}, 'working', 1, 'open', ${label('working')}),
    (${account}, 'waiting', 2, 'waiting_on_contact', ${label('waiting')}),
    (${account}, 'closed', 3, 'closed', ${label('closed')});
  INSERT INTO portals (account_id, id, slug, name, locale, locales, permission, properties, property_definitions)
    OVERRIDING SYSTEM VALUE
    VALUES (${account}, 1, 'help', 'Bench', 'en', '{en}', '{"kind":"company"}', '{product,units,articleUrl}',
      '[{"name": "product", "type": "choice", "label": {"en": "Product"}, "options": [{"value": "hub", "label": {"en": "Hub"}}]},
        {"name": "units", "type": "number", "label": {"en": "Units"}, "options": null}]');
  INSERT INTO portal_inboxes (account_id, portal_id, inbox_id, is_default) VALUES (${account}, 1, ${shownInbox}, true);
  INSERT INTO access_groups (account_id, id, name) OVERRIDING SYSTEM VALUE VALUES (${account}, 1, 'Customers');
  INSERT INTO portal_access_groups (account_id, portal_id, group_id) VALUES (${account}, 1, 1);

  INSERT INTO companies (account_id, id, public_id, name) OVERRIDING SYSTEM VALUE
    SELECT ${account}, c, pg_temp.public_id('company', c), initcap(s.beginning) || ' Ltd'
    FROM generate_series(1, ${companies}) c JOIN bench_sentences s ON s.id = ${sentence('c', 2)};
  INSERT INTO contacts (account_id, id, public_id, email, name, locale, verified) OVERRIDING SYSTEM VALUE
    SELECT ${account}, c, pg_temp.public_id('contact', c), 'contact' || c || '@example.com', 'Contact ' || c, 'en', true
    FROM generate_series(1, ${contacts}) c;
  INSERT INTO access_group_members (account_id, group_id, contact_id)
    SELECT ${account}, 1, c FROM generate_series(1, ${contacts}) c;
  INSERT INTO sessions (account_id, token_hash, portal_id, contact_id, created_at, last_seen_at, idle_until,
      absolute_until, method)
    SELECT ${account}, sha256(convert_to('session' || c, 'UTF8')), 1, c, ${time(now)}, ${time(now)}, ${time(now)}, ${time(now)}, 'password'
    FROM generate_series(1, ${contacts}, 3) c;
  INSERT INTO contact_companies (account_id, contact_id, company_id, is_primary)
    SELECT ${account}, c, CASE WHEN c % 23 = 0 THEN ${largestCompany}
      ELSE 2 + floor(${companies - 1} * power(pg_temp.u(c, 3), 2)) END, true
    FROM generate_series(1, ${contacts}) c WHERE c % 20 <> 1;
  INSERT INTO contact_companies (account_id, contact_id, company_id)
    SELECT ${account}, c, 1 + floor(${companies} * pg_temp.u(c, 4)) FROM generate_series(1, ${contacts}) c WHERE c % 17 = 0
    ON CONFLICT DO NOTHING;
  ANALYZE companies, contacts, contact_companies`;

/** Who takes part in a ticket, each in the first of their roles. */
const parties = (contacts: number, id: string, requester: string) => `
  SELECT DISTINCT ON (p.contact) p.contact, p.role FROM (
    SELECT ${requester} AS contact, 'requester' AS role, 1 AS rank
    UNION ALL SELECT ${someContact(contacts, id, 11)}, 'contact', 2 WHERE ${id} % 12 = 0
    UNION ALL SELECT ${someContact(contacts, id, 13)}, 'participant', 3 WHERE ${id} % 6 = 1) p
  ORDER BY p.contact, p.rank`;

/** Tickets of two years, with who takes part. One in twenty lies in the other inbox, one in a hundred is deleted. */
export const ticketsAndParties = (tickets: number, contacts: number, now: Date): string => `
  INSERT INTO tickets (account_id, id, public_id, number, inbox_id, subject, status, requester_id, properties, created_at,
      updated_at, last_contact_id, deleted_at, words, parties, companies) OVERRIDING SYSTEM VALUE
    SELECT ${account}, t, pg_temp.public_id('ticket', t), t, CASE WHEN t % 20 = 7 THEN 2 ELSE ${shownInbox} END,
      initcap(s.beginning), (ARRAY['new', 'working', 'working', 'waiting', 'waiting', 'closed', 'closed', 'closed', 'closed',
        'closed'])[1 + floor(10 * pg_temp.u(t, 5))::int], k.requester,
      jsonb_strip_nulls(jsonb_build_object('product', (ARRAY['hub', 'hub', 'sensor', 'valve'])[1 + t % 4],
        'units', (t % 10000)::text, 'articleUrl', CASE WHEN t % 3 = 0 THEN 'https://example.com/help/article' END)),
      k.updated - ${messagesEach - 1} * k.pause, k.updated, CASE WHEN t % 3 = 0 THEN k.requester END,
      CASE WHEN t % 100 = 50 THEN k.updated END, s.beginning_words,
      (SELECT jsonb_agg(jsonb_build_object('id', p.contact, 'publicId', pg_temp.public_id('contact', p.contact),
          'name', 'Contact ' || p.contact, 'role', p.role) ORDER BY p.contact)
        FROM (${parties(contacts, 't', 'k.requester')}) p),
      coalesce((SELECT jsonb_build_array(jsonb_build_object('id', o.id, 'publicId', o.public_id, 'name', o.name))
        FROM companies o WHERE o.account_id = ${account} AND o.id = (SELECT c.company_id FROM contact_companies c
          WHERE c.account_id = ${account} AND c.contact_id = k.requester AND c.is_primary)), '[]')
    FROM generate_series(1::bigint, ${tickets}) t
    CROSS JOIN LATERAL (SELECT ${someContact(contacts, 't', 6)} AS requester,
      ${time(now)} - make_interval(secs => floor(63e6 * pg_temp.u(t, 8))) AS updated,
      make_interval(mins => 1 + floor(3000 * pg_temp.u(t, 9))::int) AS pause) k
    JOIN bench_sentences s ON s.id = ${sentence('t', 10)};
  UPDATE accounts SET next_number = ${tickets + 1} WHERE account_id = ${account};

  INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role, status, inbox_id, number, created_at, updated_at,
      deleted, last_contact_id, requester_id)
    SELECT account_id, p.contact, id, p.role, status, inbox_id, number, created_at, updated_at, deleted_at IS NOT NULL,
      last_contact_id, requester_id
    FROM tickets CROSS JOIN LATERAL (${parties(contacts, 'id', 'requester_id')}) p;
  INSERT INTO ticket_companies (account_id, company_id, ticket_id, status, inbox_id, number, created_at, updated_at, deleted,
      last_contact_id, requester_id)
    SELECT t.account_id, c.company_id, t.id, t.status, t.inbox_id, t.number, t.created_at, t.updated_at,
      t.deleted_at IS NOT NULL, t.last_contact_id, t.requester_id
    FROM tickets t
    JOIN contact_companies c ON c.account_id = t.account_id AND c.contact_id = t.requester_id AND c.is_primary;
  INSERT INTO read_marks (account_id, contact_id, ticket_id, read_at)
    SELECT account_id, requester_id, id, updated_at FROM tickets WHERE id % 2 = 0;
  INSERT INTO ratings (account_id, ticket_id, contact_id, rating, rated_at)
    SELECT account_id, id, requester_id, 1 + id % 5, updated_at FROM tickets WHERE id % 3 = 0;
  INSERT INTO follow_ups (account_id, ticket_id, earlier_id)
    SELECT account_id, id, id - 6 FROM tickets WHERE id % 7 = 0;
  ANALYZE tickets, ticket_contacts, ticket_companies`;

/**
 * Ten messages for each ticket of a range: contact and support by turns, an internal note here and there, and what closed
 * the ticket. The first and the last are public.
 */
export const messages = (from: number, to: number): string => {
  const inRange = `account_id = ${account} AND ticket_id BETWEEN ${from} AND ${to}`;
  return `
  INSERT INTO messages (account_id, ticket_id, id, public_id, kind, internal, side, contact_id, author_id, author_name, text,
      status_from, status_to, created_at, words) OVERRIDING SYSTEM VALUE
    SELECT ${account}, t.id, m.id, 'benchmessage' || lpad(m.id::text, 10, '0'), k.kind,
      m.at = 4 AND t.id % 3 = 0 OR m.at = 8 AND t.id % 5 = 0, k.side,
      CASE WHEN k.side = 'contact' THEN c.id END, CASE WHEN k.side = 'contact' THEN c.public_id ELSE 'staff' END,
      CASE WHEN k.side = 'contact' THEN c.name ELSE 'Sam' END,
      CASE WHEN k.kind = 'status' THEN '' ELSE concat_ws('. ', first.text, second.text,
        CASE WHEN m.id % 3 = 0 THEN third.text END, CASE WHEN m.at = 1 THEN 'ref' || t.id || 'x' END) END,
      CASE WHEN k.kind = 'status' THEN 'working' END, CASE WHEN k.kind = 'status' THEN 'closed' END,
      t.updated_at - (t.updated_at - t.created_at) * (${messagesEach} - m.at) / ${messagesEach - 1},
      CASE WHEN k.kind = 'status' THEN '' ELSE first.words || second.words ||
        CASE WHEN m.id % 3 = 0 THEN third.words ELSE '' END ||
        CASE WHEN m.at = 1 THEN array_to_tsvector(ARRAY['ref' || t.id || 'x']) ELSE '' END END
    FROM tickets t
    JOIN contacts c ON c.account_id = t.account_id AND c.id = t.requester_id
    CROSS JOIN LATERAL (SELECT at, (t.id - 1) * ${messagesEach} + at AS id FROM generate_series(1, ${messagesEach}) at) m
    CROSS JOIN LATERAL (SELECT CASE WHEN m.at = 9 AND t.status = 'closed' THEN 'status' ELSE 'message' END AS kind,
      CASE WHEN m.at IN (1, 3, 5, 7) OR m.at = 10 AND t.id % 3 = 0 THEN 'contact' ELSE 'support' END AS side) k
    JOIN bench_sentences first ON first.id = ${sentence('m.id', 15)}
    JOIN bench_sentences second ON second.id = ${sentence('m.id', 16)}
    JOIN bench_sentences third ON third.id = ${sentence('m.id', 17)}
    WHERE t.id BETWEEN ${from} AND ${to}
    ORDER BY m.id;
  INSERT INTO attachments (account_id, ticket_id, message_id, id, public_id, name, type, size, file_key)
      OVERRIDING SYSTEM VALUE
    SELECT ${account}, id, (id - 1) * ${messagesEach} + 1, id, pg_temp.public_id('file', id), 'log.txt', 'text/plain', 100,
      pg_temp.public_id('file', id)
    FROM tickets WHERE id BETWEEN ${from} AND ${to} AND id % 10 = 0;

  ANALYZE messages;
  INSERT INTO ticket_search (account_id, ticket_id, words, parties)
    SELECT t.account_id, t.id, array_to_tsvector(ARRAY[t.number::text]) || t.words || m.words, p.parties
    FROM tickets t
    JOIN (SELECT ticket_id, pg_temp.all_words(words) AS words FROM messages
      WHERE ${inRange} AND kind = 'message' AND NOT internal GROUP BY ticket_id) m ON m.ticket_id = t.id
    JOIN (SELECT ticket_id, array_agg(party) AS parties
      FROM (SELECT ticket_id, 'p' || contact_id AS party FROM ticket_contacts WHERE ${inRange}
        UNION ALL SELECT ticket_id, 'c' || company_id FROM ticket_companies WHERE ${inRange}) k
      GROUP BY ticket_id) p ON p.ticket_id = t.id;
  INSERT INTO note_search (account_id, ticket_id, words)
    SELECT account_id, ticket_id, pg_temp.all_words(words) FROM messages WHERE ${inRange} AND internal GROUP BY 1, 2`;
};

/** What is added later goes on where this ended. */
export const sequences = [
  'accounts',
  'inboxes',
  'companies',
  'contacts',
  'portals',
  'access_groups',
  'tickets',
  'messages',
  'attachments',
]
  .map((table) => {
    const key = table === 'accounts' ? 'account_id' : 'id';
    return `SELECT setval(pg_get_serial_sequence('${table}', '${key}'), (SELECT max(${key}) FROM ${table}))`;
  })
  .join('; ');
