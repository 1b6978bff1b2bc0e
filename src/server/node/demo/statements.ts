import type { Statement } from '../../database.js';

/**
 * How the world is written: one statement a table, over rows as JSON that name each other by public id. Parameters are the
 * account and the rows.
 */

export const findAccount: Statement = {
  name: 'seed.find_account',
  text: 'SELECT account_id FROM accounts WHERE public_id = $1',
};

export const insertAccount: Statement = {
  name: 'seed.account',
  text: `INSERT INTO accounts (public_id, name, next_number, inner_addresses) VALUES ($1, $2, $3, true)
    ON CONFLICT (public_id) DO NOTHING`,
};

export const findPortal: Statement = {
  name: 'seed.find_portal',
  text: 'SELECT id FROM portals WHERE account_id = $1 LIMIT 1',
};

const insert = (table: string, text: string): Statement => ({
  name: `seed.${table}`,
  text: `INSERT INTO ${table} ${text}`,
});

export const insertInboxes = insert(
  'inboxes',
  `(account_id, public_id, name)
  SELECT $1, id, name FROM jsonb_to_recordset($2) AS r (id text, name text)`,
);

export const insertStatuses = insert(
  'statuses',
  `(account_id, id, position, category, label)
  SELECT $1, id, position, category, label
  FROM jsonb_to_recordset($2) AS r (id text, position integer, category text, label jsonb)`,
);

export const insertCompanies = insert(
  'companies',
  `(account_id, public_id, name)
  SELECT $1, id, name FROM jsonb_to_recordset($2) AS r (id text, name text)`,
);

export const insertStaff = insert(
  'staff',
  `(account_id, public_id, name, email, role)
  SELECT $1, id, name, email, CASE WHEN email IS NULL THEN 'agent' ELSE 'admin' END
  FROM jsonb_to_recordset($2) AS r (id text, name text, email text, position integer) ORDER BY position`,
);

/** The second parameter is a password's hash. */
export const insertStaffCredentials = insert(
  'staff_credentials',
  `(account_id, staff_id, password_hash) SELECT $1, id, $2 FROM staff WHERE account_id = $1 AND email IS NOT NULL`,
);

export const insertContacts = insert(
  'contacts',
  `(account_id, public_id, email, name, locale, properties, enabled, verified)
  SELECT $1, id, email, name, locale, properties, enabled, verified
  FROM jsonb_to_recordset($2) AS r
    (id text, email text, name text, locale text, properties jsonb, enabled boolean, verified boolean)`,
);

export const insertContactCompanies = insert(
  'contact_companies',
  `(account_id, contact_id, company_id, is_primary)
  SELECT $1, ct.id, co.id, r."primary"
  FROM jsonb_to_recordset($2) AS r (contact text, company text, "primary" boolean)
  JOIN contacts ct ON ct.public_id = r.contact JOIN companies co ON co.public_id = r.company`,
);

/** The second parameter is a password's hash: everybody of this account has the same. */
export const insertCredentials = insert(
  'credentials',
  `(account_id, contact_id, password_hash) SELECT $1, id, $2 FROM contacts WHERE account_id = $1`,
);

/** Every account has one from the start. */
export const insertSystemDomain = insert(
  'domains',
  `(account_id, public_id, kind, locale)
  SELECT $1, id, 'system', locale FROM jsonb_to_recordset($2) AS r (id text, locale text)
  ON CONFLICT (account_id) WHERE kind = 'system' DO UPDATE SET public_id = excluded.public_id, locale = excluded.locale`,
);

export const insertPortals = insert(
  'portals',
  `(account_id, slug, name, locale, locales, permission, actions, properties, property_definitions, words,
    forms, consent)
  SELECT $1, slug, name, locale, ARRAY(SELECT jsonb_array_elements_text(locales)), permission, actions,
    ARRAY(SELECT jsonb_array_elements_text(properties)), coalesce("propertyDefinitions", '[]'),
    coalesce(words, '{"ticket":{}}'), coalesce(forms, '[]'),
    coalesce(consent, '{"asked": false, "text": {}, "version": 0}')
  FROM jsonb_to_recordset($2) AS r
    (slug text, name text, locale text, locales jsonb, permission jsonb, actions jsonb, properties jsonb,
      "propertyDefinitions" jsonb, words jsonb, forms jsonb, consent jsonb)`,
);

export const insertConsentTexts = insert(
  'consent_texts',
  `(account_id, portal_id, version, texts, since)
  SELECT account_id, id, (consent ->> 'version')::integer, consent -> 'text', (consent ->> 'since')::timestamptz
  FROM portals WHERE account_id = $1 AND jsonb_array_length($2) > 0`,
);

export const insertPortalInboxes = insert(
  'portal_inboxes',
  `(account_id, portal_id, inbox_id, is_default)
  SELECT $1, p.id, i.id, r."default"
  FROM jsonb_to_recordset($2) AS r (inbox text, "default" boolean)
  JOIN inboxes i ON i.public_id = r.inbox JOIN portals p ON p.account_id = $1`,
);

export const insertAccessGroups = insert(
  'access_groups',
  `(account_id, name) SELECT $1, name FROM jsonb_to_recordset($2) AS r (name text)`,
);

export const insertPortalAccessGroups = insert(
  'portal_access_groups',
  `(account_id, portal_id, group_id)
  SELECT $1, p.id, g.id FROM portals p JOIN access_groups g ON g.account_id = p.account_id WHERE p.account_id = $1`,
);

export const insertAccessGroupMembers = insert(
  'access_group_members',
  `(account_id, group_id, contact_id)
  SELECT $1, g.id, c.id
  FROM jsonb_to_recordset($2) AS r (contact text)
  JOIN contacts c ON c.public_id = r.contact JOIN access_groups g ON g.account_id = $1`,
);

/** A trigger associates the requester. */
export const insertTickets = insert(
  'tickets',
  `(account_id, public_id, number, inbox_id, subject, status, requester_id, properties, created_at, updated_at,
    last_contact_id, deleted_at, words)
  SELECT $1, r.id, r.number, i.id, r.subject, r.status, c.id, r.properties, r.created_at, r.updated_at, last.id, r.deleted_at,
    array_to_tsvector(r.words)
  FROM jsonb_to_recordset($2) AS r
    (id text, number bigint, inbox text, subject text, status text, requester text, properties jsonb, created_at timestamptz,
      updated_at timestamptz, last_author text, deleted_at timestamptz, words text[])
  JOIN inboxes i ON i.public_id = r.inbox JOIN contacts c ON c.public_id = r.requester
  LEFT JOIN contacts last ON last.public_id = r.last_author
  ORDER BY r.number`,
);

export const insertTicketContacts = insert(
  'ticket_contacts',
  `(account_id, contact_id, ticket_id, role)
  SELECT $1, c.id, t.id, r.role
  FROM jsonb_to_recordset($2) AS r (ticket text, contact text, role text)
  JOIN tickets t ON t.public_id = r.ticket JOIN contacts c ON c.public_id = r.contact`,
);

export const insertTicketCompanies = insert(
  'ticket_companies',
  `(account_id, company_id, ticket_id)
  SELECT $1, c.id, t.id
  FROM jsonb_to_recordset($2) AS r (ticket text, company text)
  JOIN tickets t ON t.public_id = r.ticket JOIN companies c ON c.public_id = r.company`,
);

export const insertReadMarks = insert(
  'read_marks',
  `(account_id, contact_id, ticket_id, read_at)
  SELECT $1, c.id, t.id, t.updated_at
  FROM jsonb_to_recordset($2) AS r (ticket text, contact text)
  JOIN tickets t ON t.public_id = r.ticket JOIN contacts c ON c.public_id = r.contact`,
);

export const insertMessages = insert(
  'messages',
  `(account_id, ticket_id, public_id, kind, internal, side, contact_id, author_id, author_name, text, raw_html, html,
    html_version, status_from, status_to, created_at, words)
  SELECT $1, t.id, r.id, r.kind, r.internal, CASE WHEN c.id IS NULL THEN 'support' ELSE 'contact' END, c.id, r.author,
    coalesce(c.name, s.name), r.text, r.raw_html, r.html, r.html_version, r.status_from, r.status_to, r.created_at,
    array_to_tsvector(r.words)
  FROM jsonb_to_recordset($2) AS r
    (ticket text, id text, position integer, kind text, internal boolean, author text, text text, raw_html text,
      html text, html_version smallint, status_from text, status_to text, created_at timestamptz, words text[])
  JOIN tickets t ON t.public_id = r.ticket
  LEFT JOIN contacts c ON c.public_id = r.author LEFT JOIN staff s ON s.public_id = r.author
  ORDER BY r.position`,
);

export const insertAttachments = insert(
  'attachments',
  `(account_id, ticket_id, message_id, public_id, name, type, size, inline, content_id, file_key)
  SELECT $1, m.ticket_id, m.id, r.id, r.name, r.type, r.size, r.content_id IS NOT NULL, r.content_id, r.key
  FROM jsonb_to_recordset($2) AS r (message text, id text, position integer, name text, type text, size bigint,
    content_id text, key text)
  JOIN messages m ON m.public_id = r.message
  ORDER BY r.position`,
);
