-- The log is searched by event, and by who did it. Most of it is what contacts do, so that of kinds only the others have an index.
CREATE INDEX audit_log_event ON audit_log (account_id, event, id);
CREATE INDEX audit_log_person ON audit_log (account_id, actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_log_kind ON audit_log (account_id, actor, id) WHERE actor <> 'contact';

-- Whom a mail is for, as a keyed hash: who is erased has theirs found without opening all. NULL where its text is, and where
-- an older server has put it in.
ALTER TABLE mails ADD recipient bytea CHECK (octet_length(recipient) = 32);
CREATE INDEX mails_recipient ON mails (account_id, recipient) WHERE recipient IS NOT NULL;
GRANT INSERT (recipient) ON mails TO portico_app;

-- What statuses that were deleted were called: threads go on to name them. A new one has another id, unless its owner gives it
-- this one.
CREATE TABLE former_statuses (
  account_id bigint NOT NULL REFERENCES accounts,
  id text NOT NULL,
  label jsonb NOT NULL,
  PRIMARY KEY (account_id, id)
);
ALTER TABLE former_statuses ENABLE ROW LEVEL SECURITY;
ALTER TABLE former_statuses FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON former_statuses TO portico_staff;
CREATE POLICY staff ON former_statuses TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
GRANT SELECT ON former_statuses TO portico_app;
CREATE POLICY known ON former_statuses FOR SELECT TO portico_app USING (account_id = (SELECT app_account()));
