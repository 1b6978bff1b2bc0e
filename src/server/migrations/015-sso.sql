-- Where else people of a portal sign in: OpenID providers that an administrator has named.
CREATE TABLE sso_connections (
  account_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  portal_id bigint NOT NULL,
  -- What visitors read on its button.
  label text NOT NULL,
  -- Exactly as its discovery document calls it.
  issuer text NOT NULL,
  client_id text NOT NULL,
  -- Sealed with the server's secret; NULL for a client that has none.
  client_secret text,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals
);
CREATE INDEX sso_connections_portal ON sso_connections (account_id, portal_id, id);

-- One sign-in on its way: from the page that asks to the provider, back to us, and to the page again with a code that it
-- exchanges for a session. Only hashes are kept of what somebody shows, and what we show the provider is sealed.
CREATE TABLE sso_transactions (
  account_id bigint NOT NULL,
  -- Of the token that the browser keeps while it is away.
  id_hash bytea NOT NULL,
  portal_id bigint NOT NULL,
  connection_id bigint NOT NULL,
  -- Of what the provider gives back with its answer.
  state_hash bytea NOT NULL,
  -- The code verifier and the nonce for the provider, and the page's own state.
  sealed text NOT NULL,
  -- Of the page: who shows what it was made of is the one who began.
  challenge text NOT NULL,
  origin text NOT NULL,
  mode text NOT NULL CHECK (mode IN ('popup', 'redirect')),
  return_to text,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  -- Once the provider has said who it is. The code is 256 random bits.
  code_hash bytea,
  code_expires_at timestamptz(3),
  code_used_at timestamptz(3),
  contact_id bigint,
  issuer text,
  subject text,
  sid text,
  PRIMARY KEY (account_id, id_hash),
  UNIQUE (account_id, code_hash),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals,
  FOREIGN KEY (account_id, connection_id) REFERENCES sso_connections,
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);
CREATE INDEX sso_transactions_connection ON sso_transactions (account_id, connection_id);
CREATE INDEX sso_transactions_expiry ON sso_transactions (account_id, expires_at);

-- What providers have said once of an end: the same word is not taken again.
CREATE TABLE sso_logouts (
  account_id bigint NOT NULL,
  portal_id bigint NOT NULL,
  issuer text NOT NULL,
  jti_hash bytea NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, portal_id, issuer, jti_hash),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals
);
CREATE INDEX sso_logouts_expiry ON sso_logouts (account_id, expires_at);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY '{sso_connections,sso_transactions,sso_logouts}'::text[] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO portico_staff', name);
    EXECUTE format('CREATE POLICY staff ON %I TO portico_staff USING (account_id = (SELECT app_account()))
      WITH CHECK (account_id = (SELECT app_account()))', name);
  END LOOP;
END $$;

-- Whoever begins to sign in puts it in, and sees neither it nor others.
GRANT INSERT (account_id, id_hash, portal_id, connection_id, state_hash, sealed, challenge, origin, mode, return_to, created_at,
  expires_at) ON sso_transactions TO portico_app;
CREATE POLICY add ON sso_transactions FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account()) AND portal_id = (SELECT app_portal()));

GRANT SELECT ON sso_connections TO portico_definer;
CREATE POLICY definer ON sso_connections FOR SELECT TO portico_definer USING (true);

-- One connection of a portal, for a visitor who has chosen it.
CREATE FUNCTION sso_connection(account bigint, portal bigint, asked_id text) RETURNS TABLE (
  id bigint, issuer text, client_id text, client_secret text
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT c.id, c.issuer, c.client_id, c.client_secret FROM sso_connections c
    WHERE c.account_id = account AND c.portal_id = portal AND c.public_id = asked_id;
END $$;
REVOKE EXECUTE ON FUNCTION sso_connection(bigint, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sso_connection(bigint, bigint, text) TO portico_app;
ALTER FUNCTION sso_connection(bigint, bigint, text) OWNER TO portico_definer;
