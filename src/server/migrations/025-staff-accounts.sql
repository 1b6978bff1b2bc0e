-- Owners and agents who sign in. A staff member without an address only lends a name to answers: nobody comes in as them.
ALTER TABLE staff
  ADD COLUMN email text,
  ADD COLUMN role text NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'admin')),
  ADD COLUMN enabled boolean NOT NULL DEFAULT true,
  -- The inboxes whose tickets they answer; NULL for all of the account, now and later.
  ADD COLUMN inboxes bigint[] CHECK (cardinality(inboxes) > 0);
-- One address is one person on the whole server, not in an account alone: who signs in at `/admin` names no account, and the
-- address has to lead to one. The price: an owner who adds an address that another account has learns that it is taken.
CREATE UNIQUE INDEX staff_email ON staff (lower(email));

-- Apart from `staff`, as those of contacts are: what lists people never has a hash in its hands.
CREATE TABLE staff_credentials (
  account_id bigint NOT NULL,
  staff_id bigint NOT NULL,
  password_hash text NOT NULL,
  PRIMARY KEY (account_id, staff_id),
  FOREIGN KEY (account_id, staff_id) REFERENCES staff
);

-- As `sessions`, and never the same table: no token of a contact is looked for here, and none of staff there.
CREATE TABLE staff_sessions (
  account_id bigint NOT NULL,
  token_hash bytea NOT NULL,
  staff_id bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  idle_until timestamptz(3) NOT NULL,
  absolute_until timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, token_hash),
  FOREIGN KEY (account_id, staff_id) REFERENCES staff
);
CREATE INDEX staff_sessions_member ON staff_sessions (account_id, staff_id, created_at);
CREATE INDEX staff_sessions_hash ON staff_sessions (token_hash);

-- Links that let somebody choose a password, once. Whose they are is found by the hash alone.
CREATE TABLE staff_links (
  token_hash bytea PRIMARY KEY,
  -- NULL for the very first person of a server: there is no account yet.
  account_id bigint,
  staff_id bigint,
  created_at timestamptz(3) NOT NULL,
  -- NULL: until it is used.
  expires_at timestamptz(3),
  CHECK ((account_id IS NULL) = (staff_id IS NULL)),
  FOREIGN KEY (account_id, staff_id) REFERENCES staff
);
CREATE INDEX staff_links_member ON staff_links (account_id, staff_id);
-- There is one such link at most.
CREATE UNIQUE INDEX staff_links_first ON staff_links ((account_id IS NULL)) WHERE account_id IS NULL;

ALTER TABLE staff_credentials ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_credentials FORCE ROW LEVEL SECURITY;
ALTER TABLE staff_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE staff_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_links FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_credentials, staff_sessions, staff_links TO portico_staff;
CREATE POLICY staff ON staff_credentials TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
CREATE POLICY staff ON staff_sessions TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
-- Without an account in the context: the first link, and no other.
CREATE POLICY staff ON staff_links TO portico_staff USING (account_id IS NOT DISTINCT FROM (SELECT app_account()))
  WITH CHECK (account_id IS NOT DISTINCT FROM (SELECT app_account()));

GRANT SELECT ON staff, staff_credentials, staff_sessions, staff_links TO portico_definer;
CREATE POLICY definer ON staff TO portico_definer USING (true);
CREATE POLICY definer ON staff_credentials TO portico_definer USING (true);
CREATE POLICY definer ON staff_sessions TO portico_definer USING (true);
CREATE POLICY definer ON staff_links TO portico_definer USING (true);

-- Before somebody of the staff is known there is no account. These return one row each by what the caller proves to know,
-- and only to staff's role: a portal's visitor cannot even ask.

CREATE FUNCTION staff_by_email(asked_email text) RETURNS TABLE (
  account_id bigint, staff_id bigint, staff_public_id text, enabled boolean, password_hash text
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT s.account_id, s.id, s.public_id, s.enabled, k.password_hash
  FROM staff s JOIN staff_credentials k ON k.account_id = s.account_id AND k.staff_id = s.id
  WHERE lower(s.email) = lower(asked_email);
END $$;

CREATE FUNCTION staff_session_by_hash(asked_hash bytea, at timestamptz) RETURNS TABLE (
  account_id bigint, account_public_id text, account_name text, staff_id bigint, staff_public_id text, staff_name text,
  email text, role text, inboxes bigint[], last_seen_at timestamptz, idle_until timestamptz, absolute_until timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT a.account_id, a.public_id, a.name, s.id, s.public_id, s.name, s.email, s.role, s.inboxes,
    w.last_seen_at::timestamptz, w.idle_until::timestamptz, w.absolute_until::timestamptz
  FROM staff_sessions w
  JOIN staff s ON s.account_id = w.account_id AND s.id = w.staff_id
  JOIN accounts a ON a.account_id = w.account_id
  WHERE w.token_hash = asked_hash AND w.idle_until > at AND w.absolute_until > at AND s.enabled;
END $$;

-- Is there somebody who can sign in and set up a portal?
CREATE FUNCTION staff_admin_exists() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM staff s JOIN staff_credentials k ON k.account_id = s.account_id AND k.staff_id = s.id
    WHERE s.role = 'admin' AND s.enabled);
END $$;

-- The first link opens nothing any more once somebody may set up a portal.
CREATE FUNCTION staff_link_by_hash(asked_hash bytea, at timestamptz) RETURNS TABLE (
  account_id bigint, account_name text, staff_id bigint, staff_public_id text, staff_name text, email text
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT l.account_id, a.name, l.staff_id, s.public_id, s.name, s.email
  FROM staff_links l
  LEFT JOIN staff s ON s.account_id = l.account_id AND s.id = l.staff_id
  LEFT JOIN accounts a ON a.account_id = l.account_id
  WHERE l.token_hash = asked_hash AND (l.expires_at IS NULL OR l.expires_at > at)
    AND CASE WHEN l.account_id IS NULL THEN NOT staff_admin_exists() ELSE s.enabled END;
END $$;

REVOKE EXECUTE ON FUNCTION staff_by_email(text), staff_session_by_hash(bytea, timestamptz), staff_admin_exists(),
  staff_link_by_hash(bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION staff_by_email(text), staff_session_by_hash(bytea, timestamptz), staff_admin_exists(),
  staff_link_by_hash(bytea, timestamptz) TO portico_staff;
GRANT EXECUTE ON FUNCTION staff_admin_exists() TO portico_definer;
ALTER FUNCTION staff_by_email(text) OWNER TO portico_definer;
ALTER FUNCTION staff_session_by_hash(bytea, timestamptz) OWNER TO portico_definer;
ALTER FUNCTION staff_admin_exists() OWNER TO portico_definer;
ALTER FUNCTION staff_link_by_hash(bytea, timestamptz) OWNER TO portico_definer;

-- Who answers some inboxes alone states these as it enters, in what is a portal's for its visitors; stating nothing is to
-- answer all. Restrictive: it only takes away from what the policy of the account lets through.
CREATE POLICY staff_inboxes ON tickets AS RESTRICTIVE TO portico_staff
  USING ((SELECT app_inboxes()) IS NULL OR inbox_id = ANY ((SELECT app_inboxes())::bigint[]));
CREATE POLICY staff_inboxes ON messages AS RESTRICTIVE TO portico_staff
  USING ((SELECT app_inboxes()) IS NULL
    OR EXISTS (SELECT FROM tickets t WHERE t.account_id = messages.account_id AND t.id = messages.ticket_id OFFSET 0));
