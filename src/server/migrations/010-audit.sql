-- Who did what to whom, by ids: no text, no address, no token ever comes in here. It only grows: nobody may change a row or
-- take one away, and the server's login cannot even read it.
CREATE TABLE audit_log (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz(3) NOT NULL,
  -- The portal's slug as it was then.
  portal text,
  actor text NOT NULL CHECK (actor IN ('contact', 'staff', 'admin', 'visitor')),
  -- Public ids here and in `subjects`: {"ticket": …, "contact": …}.
  actor_id text,
  event text NOT NULL,
  subjects jsonb NOT NULL DEFAULT '{}',
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
  -- Settings before and after, by name; NULL where only the name may be kept.
  change jsonb,
  -- Entries with the same are one: who asks again and again fills nothing.
  once text,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, once)
);
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON audit_log TO portico_staff;
GRANT INSERT ON audit_log TO portico_app;
CREATE POLICY read ON audit_log FOR SELECT TO portico_staff USING (account_id = (SELECT app_account()));
CREATE POLICY add ON audit_log FOR INSERT TO portico_staff WITH CHECK (account_id = (SELECT app_account()));
-- What happens to visitors and contacts; nobody of them can write in the name of others.
CREATE POLICY add_own ON audit_log FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account()) AND actor IN ('contact', 'visitor'));
