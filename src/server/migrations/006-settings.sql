-- What all processes of a server have to agree on and nobody has set: the secret, the admin token. Whoever comes first makes
-- it. It belongs to no account, and only staff's role reads it.
CREATE TABLE server_settings (
  name text PRIMARY KEY,
  value text NOT NULL
);
ALTER TABLE server_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE server_settings FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON server_settings TO portico_staff;
CREATE POLICY read ON server_settings FOR SELECT TO portico_staff USING (true);
CREATE POLICY make ON server_settings FOR INSERT TO portico_staff WITH CHECK (true);
