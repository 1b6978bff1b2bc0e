-- What contacts think of the help with a ticket, wherever the ticket lies: each their own, and the last word counts. They see
-- their own alone; staff reads them all.
CREATE TABLE ratings (
  account_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  -- 1 (very bad) to 5 (very good).
  rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
  comment text,
  rated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, ticket_id, contact_id),
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
  -- Whoever erases a contact erases this.
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts ON DELETE CASCADE
);
CREATE INDEX ratings_contact ON ratings (account_id, contact_id);
ALTER TABLE ratings ENABLE ROW LEVEL SECURITY;
ALTER TABLE ratings FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON ratings TO portico_staff;
CREATE POLICY staff ON ratings TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
GRANT SELECT, INSERT ON ratings TO portico_app;
GRANT UPDATE (rating, comment, rated_at) ON ratings TO portico_app;
-- Of a ticket that they see.
CREATE POLICY own ON ratings TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer())
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = ratings.account_id AND t.id = ratings.ticket_id OFFSET 0));
