-- Tickets that go on with an earlier one, wherever the tickets lie. Each goes on with one at most, for good.
CREATE TABLE follow_ups (
  account_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  earlier_id bigint NOT NULL CHECK (earlier_id <> ticket_id),
  PRIMARY KEY (account_id, ticket_id),
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
  FOREIGN KEY (account_id, earlier_id) REFERENCES tickets
);
CREATE INDEX follow_ups_earlier ON follow_ups (account_id, earlier_id, ticket_id);
ALTER TABLE follow_ups ENABLE ROW LEVEL SECURITY;
ALTER TABLE follow_ups FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON follow_ups TO portico_staff;
CREATE POLICY staff ON follow_ups TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
GRANT SELECT, INSERT ON follow_ups TO portico_app;
-- Whoever sees one of two tickets learns nothing of the other.
CREATE POLICY visible ON follow_ups FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account())
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = follow_ups.account_id AND t.id = follow_ups.ticket_id OFFSET 0)
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = follow_ups.account_id AND t.id = follow_ups.earlier_id OFFSET 0));
-- A ticket of one's own goes on with one that one sees.
CREATE POLICY follow ON follow_ups FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account())
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = follow_ups.account_id AND t.id = follow_ups.ticket_id
      AND t.requester_id = (SELECT app_viewer()) OFFSET 0)
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = follow_ups.account_id AND t.id = follow_ups.earlier_id OFFSET 0));

-- What a follow-up that was written into a desk of the company's own goes on with, until the ticket comes back from there.
CREATE INDEX desk_writes_follow_ups ON desk_writes (account_id, done_ref) WHERE request ? 'followUp';
