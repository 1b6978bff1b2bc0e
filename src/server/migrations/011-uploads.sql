-- Files that contacts have sent for a message that they have not written yet: nobody else sees or uses them.
CREATE TABLE uploads (
  account_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  contact_id bigint NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  size bigint NOT NULL,
  file_key text NOT NULL,
  -- When it went into a write that waits for the help desk. What is written here becomes an attachment, and leaves no row.
  written_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);
CREATE INDEX uploads_contact ON uploads (account_id, contact_id);
CREATE INDEX uploads_created ON uploads (account_id, created_at);
ALTER TABLE uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE uploads FORCE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, DELETE ON uploads TO portico_app;
GRANT UPDATE (written_at) ON uploads TO portico_app;
CREATE POLICY own ON uploads TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()));

GRANT SELECT, INSERT, UPDATE, DELETE ON uploads TO portico_staff;
CREATE POLICY staff ON uploads TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));

-- Of an upload of the contact's own, to a message of their own: no key of a file is ever said by who asks.
GRANT INSERT (account_id, ticket_id, message_id, public_id, name, type, size, file_key) ON attachments TO portico_app;
CREATE POLICY write ON attachments FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account())
    AND EXISTS (SELECT FROM messages m WHERE m.account_id = attachments.account_id
      AND m.ticket_id = attachments.ticket_id AND m.id = attachments.message_id
      AND m.contact_id = (SELECT app_viewer()) OFFSET 0)
    AND EXISTS (SELECT FROM uploads u WHERE u.account_id = attachments.account_id
      AND u.public_id = attachments.public_id AND u.file_key = attachments.file_key OFFSET 0));
