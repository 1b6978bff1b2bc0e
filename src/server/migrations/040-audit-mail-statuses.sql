-- The log is searched by event, and by who did it. Most of it is what contacts do, so that of kinds only the others have an index.
CREATE INDEX audit_log_event ON audit_log (account_id, event, id);
CREATE INDEX audit_log_person ON audit_log (account_id, actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_log_kind ON audit_log (account_id, actor, id) WHERE actor <> 'contact';

-- Whom a mail is for, as a keyed hash: who is erased has theirs found without opening all. NULL where its text is NULL, and where an
-- older server has put it in.
ALTER TABLE mails ADD recipient bytea CHECK (octet_length(recipient) = 32);
CREATE INDEX mails_recipient ON mails (account_id, recipient) WHERE recipient IS NOT NULL;
GRANT INSERT (recipient) ON mails TO portico_app;
