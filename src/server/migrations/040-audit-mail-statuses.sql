-- The log is searched by event, and by who did it. Most of it is what contacts do, so that of kinds only the others have an index.
CREATE INDEX audit_log_event ON audit_log (account_id, event, id);
CREATE INDEX audit_log_person ON audit_log (account_id, actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_log_kind ON audit_log (account_id, actor, id) WHERE actor <> 'contact';
