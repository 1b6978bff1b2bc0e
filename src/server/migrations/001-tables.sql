-- The account comes first in every key: it is the tenant, and the distribution key of a database that shards. Only the
-- address of a portal is unique among all accounts.
-- Times are milliseconds and come from the server's clock, never from now(): what was read back equals what was written.

CREATE TABLE accounts (
  account_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  name text NOT NULL,
  next_number bigint NOT NULL DEFAULT 1
);

CREATE TABLE inboxes (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  name text NOT NULL,
  desk_ref text,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  UNIQUE (account_id, desk_ref)
);

-- Ids of statuses are words of the owner ("new", "solved"); logic depends on the category alone.
CREATE TABLE statuses (
  account_id bigint NOT NULL REFERENCES accounts,
  id text NOT NULL,
  position integer NOT NULL,
  category text NOT NULL CHECK (category IN ('open', 'waiting_on_contact', 'closed')),
  label jsonb NOT NULL,
  PRIMARY KEY (account_id, id)
);

CREATE TABLE companies (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  name text NOT NULL,
  -- Whose addresses these are belongs to the company, where a portal says so.
  email_domains text[] NOT NULL DEFAULT '{}',
  desk_ref text,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  UNIQUE (account_id, desk_ref)
);

CREATE TABLE contacts (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  locale text NOT NULL,
  properties jsonb NOT NULL DEFAULT '{}',
  enabled boolean NOT NULL DEFAULT true,
  verified boolean NOT NULL DEFAULT false,
  -- When the desk was last asked for companies and properties of who has this address.
  desk_asked_at timestamptz(3),
  desk_ref text,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id)
);
CREATE UNIQUE INDEX contacts_email ON contacts (account_id, lower(email));

CREATE TABLE contact_companies (
  account_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  company_id bigint NOT NULL,
  is_primary boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, contact_id, company_id),
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
  FOREIGN KEY (account_id, company_id) REFERENCES companies
);
CREATE UNIQUE INDEX contact_companies_primary ON contact_companies (account_id, contact_id) WHERE is_primary;

CREATE TABLE credentials (
  account_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  password_hash text NOT NULL,
  PRIMARY KEY (account_id, contact_id),
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);

CREATE TABLE staff (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  name text NOT NULL,
  desk_ref text,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  UNIQUE (account_id, desk_ref)
);

-- A portal without a host answers on the system domain. `permission` has the shape of TicketPermission in
-- src/policy/visibility.ts, `actions` that of ActionSettings in src/policy/actions.ts; `properties` names the ticket
-- properties that customers see and may send.
CREATE TABLE portals (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- The first part of the address; the others below are the server's own.
  slug text NOT NULL CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'
    AND slug NOT IN ('admin', 'staff', 'api', 'demo', 'healthz', 'readyz', 'assets')),
  host text,
  name text NOT NULL,
  locale text NOT NULL,
  locales text[] NOT NULL,
  permission jsonb NOT NULL DEFAULT '{"kind":"own"}',
  actions jsonb NOT NULL DEFAULT '{}',
  properties text[] NOT NULL DEFAULT '{articleUrl,articleTitle}',
  origins text[] NOT NULL DEFAULT '{}',
  -- Ways to sign in that are offered: `password`, `email`.
  sign_in text[] NOT NULL DEFAULT '{password,email}',
  -- Who may sign in: {"kind": "open", "emailDomains": […]}, {"kind": "access-groups"}, {"kind": "sso-only"}.
  access jsonb NOT NULL DEFAULT '{"kind":"access-groups"}',
  -- A contact whose address is proven joins the company that has its domain.
  join_companies boolean NOT NULL DEFAULT false,
  -- Minutes: a session that nobody uses ends, a code by mail is no longer taken.
  idle_minutes integer NOT NULL DEFAULT 1440 CHECK (idle_minutes IN (20, 40, 60, 1440)),
  code_minutes integer NOT NULL DEFAULT 10 CHECK (code_minutes IN (10, 15)),
  -- The owner's own words by language, each in the forms that the language counts with: {"ticket": {"en": {"one": …}}}.
  words jsonb NOT NULL DEFAULT '{"ticket":{}}',
  PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX portals_address ON portals (coalesce(host, ''), slug);

CREATE TABLE portal_inboxes (
  account_id bigint NOT NULL,
  portal_id bigint NOT NULL,
  inbox_id bigint NOT NULL,
  -- The inbox that receives new tickets.
  is_default boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, portal_id, inbox_id),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals,
  FOREIGN KEY (account_id, inbox_id) REFERENCES inboxes
);
CREATE UNIQUE INDEX portal_inboxes_default ON portal_inboxes (account_id, portal_id) WHERE is_default;

CREATE TABLE access_groups (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, name)
);

CREATE TABLE access_group_members (
  account_id bigint NOT NULL,
  group_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  PRIMARY KEY (account_id, group_id, contact_id),
  FOREIGN KEY (account_id, group_id) REFERENCES access_groups,
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);

CREATE TABLE portal_access_groups (
  account_id bigint NOT NULL,
  portal_id bigint NOT NULL,
  group_id bigint NOT NULL,
  PRIMARY KEY (account_id, portal_id, group_id),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals,
  FOREIGN KEY (account_id, group_id) REFERENCES access_groups
);

-- Public keys of sites that know their customers already and say so by a signed token.
CREATE TABLE host_keys (
  account_id bigint NOT NULL,
  portal_id bigint NOT NULL,
  -- By which a token names it, as its issuer as well.
  kid text NOT NULL,
  algorithm text NOT NULL CHECK (algorithm IN ('EdDSA', 'ES256')),
  jwk jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, portal_id, kid),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals
);

-- The token is 256 random bits and only its SHA-256 is kept: a stolen copy of the table opens no session.
CREATE TABLE sessions (
  account_id bigint NOT NULL,
  token_hash bytea NOT NULL,
  portal_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  -- How the contact has shown who they are.
  method text NOT NULL CHECK (method IN ('password', 'email', 'invitation', 'sso', 'host-token')),
  -- The page whose memory holds the token, and from which alone it is taken; NULL for a cookie.
  origin text,
  -- Who they are where they have signed in, and which session it is there: for the word from there that it has ended.
  sso_issuer text,
  sso_subject text,
  sso_sid text,
  created_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  idle_until timestamptz(3) NOT NULL,
  absolute_until timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, token_hash),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals,
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);
CREATE INDEX sessions_contact ON sessions (account_id, contact_id, created_at);
CREATE INDEX sessions_sso ON sessions (account_id, portal_id, sso_issuer, sso_subject) WHERE sso_issuer IS NOT NULL;
CREATE INDEX sessions_sso_sid ON sessions (account_id, portal_id, sso_issuer, sso_sid) WHERE sso_sid IS NOT NULL;

-- Who a contact is elsewhere: by issuer and subject, never by an address.
CREATE TABLE identities (
  account_id bigint NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  contact_id bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, issuer, subject),
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);
CREATE INDEX identities_contact ON identities (account_id, contact_id);

CREATE TABLE tickets (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  number bigint NOT NULL,
  inbox_id bigint NOT NULL,
  subject text NOT NULL,
  status text NOT NULL,
  requester_id bigint NOT NULL,
  properties jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL,
  -- Time of the last public event; an internal note never moves it.
  updated_at timestamptz(3) NOT NULL,
  -- Contact who made the last public event, NULL when it was staff: for "unread".
  last_contact_id bigint,
  deleted_at timestamptz(3),
  -- Who takes part and which companies it belongs to, by name: copies that triggers keep, because a page of tickets is read
  -- far more often than somebody is renamed, and by people whom the tables of contacts and companies stay closed to.
  parties jsonb NOT NULL DEFAULT '[]',
  companies jsonb NOT NULL DEFAULT '[]',
  desk_ref text,
  -- Which state of the desk's ticket the row shows, and which reading of it that was: an older one never replaces a newer.
  desk_stamp text,
  desk_reading bigint,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  UNIQUE (account_id, number),
  UNIQUE (account_id, desk_ref),
  FOREIGN KEY (account_id, inbox_id) REFERENCES inboxes,
  FOREIGN KEY (account_id, status) REFERENCES statuses,
  FOREIGN KEY (account_id, requester_id) REFERENCES contacts
);
CREATE INDEX tickets_updated ON tickets (account_id, updated_at DESC, id DESC);

-- The association tables carry copies of what a list filters and orders by, and of what makes a ticket unread, so that a
-- page is one index range and does not grow with the data. A trigger keeps the copies.
CREATE TABLE ticket_contacts (
  account_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  role text NOT NULL CHECK (role IN ('requester', 'contact', 'participant')),
  status text NOT NULL,
  inbox_id bigint NOT NULL,
  number bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  last_contact_id bigint,
  deleted boolean NOT NULL,
  PRIMARY KEY (account_id, contact_id, ticket_id),
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CREATE INDEX ticket_contacts_updated ON ticket_contacts (account_id, contact_id, updated_at DESC, ticket_id DESC)
  INCLUDE (status, inbox_id, role) WHERE NOT deleted;
CREATE INDEX ticket_contacts_created ON ticket_contacts (account_id, contact_id, created_at DESC, ticket_id DESC)
  INCLUDE (status, inbox_id, role) WHERE NOT deleted;
CREATE INDEX ticket_contacts_number ON ticket_contacts (account_id, contact_id, number DESC, ticket_id DESC)
  INCLUDE (status, inbox_id, role) WHERE NOT deleted;
CREATE INDEX ticket_contacts_ticket ON ticket_contacts (account_id, ticket_id);

CREATE TABLE ticket_companies (
  account_id bigint NOT NULL,
  company_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  status text NOT NULL,
  inbox_id bigint NOT NULL,
  number bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  last_contact_id bigint,
  deleted boolean NOT NULL,
  PRIMARY KEY (account_id, company_id, ticket_id),
  FOREIGN KEY (account_id, company_id) REFERENCES companies,
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CREATE INDEX ticket_companies_updated ON ticket_companies (account_id, company_id, updated_at DESC, ticket_id DESC)
  INCLUDE (status, inbox_id) WHERE NOT deleted;
CREATE INDEX ticket_companies_created ON ticket_companies (account_id, company_id, created_at DESC, ticket_id DESC)
  INCLUDE (status, inbox_id) WHERE NOT deleted;
CREATE INDEX ticket_companies_number ON ticket_companies (account_id, company_id, number DESC, ticket_id DESC)
  INCLUDE (status, inbox_id) WHERE NOT deleted;
CREATE INDEX ticket_companies_ticket ON ticket_companies (account_id, ticket_id);

-- Author's name and public id are kept as they were: a thread reads the same after somebody is renamed or erased.
CREATE TABLE messages (
  account_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('message', 'status')),
  internal boolean NOT NULL DEFAULT false,
  side text NOT NULL CHECK (side IN ('contact', 'support')),
  contact_id bigint,
  author_id text NOT NULL,
  author_name text NOT NULL,
  text text NOT NULL DEFAULT '',
  -- As it came by mail. Kept, never served.
  raw_html text,
  status_from text,
  status_to text,
  created_at timestamptz(3) NOT NULL,
  desk_ref text,
  PRIMARY KEY (account_id, ticket_id, id),
  UNIQUE (account_id, public_id),
  UNIQUE (account_id, ticket_id, desk_ref),
  CHECK (NOT internal OR side = 'support'),
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CREATE INDEX messages_thread ON messages (account_id, ticket_id, created_at, id);

CREATE TABLE attachments (
  account_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  message_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  size bigint NOT NULL,
  inline boolean NOT NULL DEFAULT false,
  -- Where its bytes are: with us, or in the desk.
  file_key text,
  desk_ref text,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  CHECK ((file_key IS NULL) <> (desk_ref IS NULL)),
  FOREIGN KEY (account_id, ticket_id, message_id) REFERENCES messages
);
CREATE INDEX attachments_message ON attachments (account_id, ticket_id, message_id);

CREATE TABLE read_marks (
  account_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  read_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, contact_id, ticket_id),
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);

-- Written in the transaction of the write that it guards: both are there, or neither.
CREATE TABLE idempotency_keys (
  account_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  key uuid NOT NULL,
  request_hash bytea NOT NULL,
  -- The answer's body as it was sent.
  answer text,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, contact_id, key),
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);

-- The help desk that a company has already, behind an account; without a row it is the built-in one. All else refers to
-- rows of ours, never to a desk's id: that is `desk_ref`, beside what it belongs to.
CREATE TABLE desks (
  account_id bigint PRIMARY KEY REFERENCES accounts,
  kind text NOT NULL,
  settings jsonb NOT NULL,
  -- What of the settings nobody may read, sealed with the server's secret.
  secret text NOT NULL,
  -- Seconds that the index may be behind.
  lag integer NOT NULL,
  -- Counts changes of the settings.
  version bigint NOT NULL DEFAULT 1,
  -- Where the connector goes on; NULL before it has seen everything once.
  cursor text,
  -- What happened in the desk until then is in the index.
  synced_at timestamptz(3),
  -- When everything is compared again.
  compare_at timestamptz(3),
  -- Counts readings of tickets.
  readings bigint NOT NULL DEFAULT 0,
  -- One process follows the desk at a time.
  follower text,
  followed_until timestamptz(3)
);

-- What contacts write into a desk that keeps no keys: claimed here before, found here after, whatever breaks in between.
CREATE TABLE desk_writes (
  account_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  -- The idempotency key.
  key uuid NOT NULL,
  request_hash bytea NOT NULL,
  -- The attempt's name in the desk.
  public_id text NOT NULL,
  portal_id bigint NOT NULL,
  -- NULL for a new one.
  ticket_id bigint,
  -- What is to be written.
  request jsonb NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- Who tries has it for themselves until then.
  held_until timestamptz(3),
  -- When the job that follows the desk tries; whoever asks for it need not wait for that.
  next_at timestamptz(3),
  -- What the desk calls the outcome.
  done_ref text,
  -- The answer's body as it was sent.
  answer text,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, contact_id, key),
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CREATE INDEX desk_writes_waiting ON desk_writes (account_id, created_at) WHERE done_ref IS NULL;
