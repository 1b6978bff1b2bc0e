-- What contacts have chosen for themselves, at every portal of the account: see src/server/settings/preferences.ts.
CREATE TABLE preferences (
  account_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  -- Of the list, in their order; NULL: as the page has them.
  columns text[],
  follows_company boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, contact_id),
  -- Whoever erases a contact erases this.
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts ON DELETE CASCADE
);
ALTER TABLE preferences ENABLE ROW LEVEL SECURITY;
ALTER TABLE preferences FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON preferences TO portico_staff;
CREATE POLICY staff ON preferences TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
GRANT SELECT, INSERT ON preferences TO portico_app;
GRANT UPDATE (columns, follows_company) ON preferences TO portico_app;
CREATE POLICY own ON preferences TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()));
