-- What somebody has asked for before it is known who they are, and proves by mail or by the site that they come from: a code
-- for the browser that asked, the link of an invitation, a token for a nonce. Only hashes of what is to be shown are kept, and those of codes, which are short, are keyed.
CREATE TABLE flows (
  account_id bigint NOT NULL,
  -- Of the token that the asking browser keeps, or that an invitation's link has.
  id_hash bytea NOT NULL,
  portal_id bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('email', 'register', 'reset', 'invitation', 'host-token')),
  -- By which the administrator knows an invitation.
  public_id text,
  email text NOT NULL,
  -- NULL when no mail was sent: then no code is the right one.
  code_hash bytea,
  -- For who registers.
  name text,
  locale text,
  password_hash text,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  PRIMARY KEY (account_id, id_hash),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals
);
CREATE INDEX flows_email ON flows (account_id, lower(email), created_at);
CREATE INDEX flows_expiry ON flows (account_id, expires_at);
ALTER TABLE flows ENABLE ROW LEVEL SECURITY;
ALTER TABLE flows FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON flows TO portico_staff;
CREATE POLICY staff ON flows TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
GRANT SELECT, INSERT, UPDATE ON flows TO portico_definer;
CREATE POLICY definer ON flows TO portico_definer USING (true) WITH CHECK (true);

-- Begins a flow for an address and says whether its mail is to be sent: to somebody who may sign in once the address is
-- proven, or to somebody who registers where that is open, and at most three times an hour. The work is the same for all.
CREATE FUNCTION start_flow(
  account bigint, portal bigint, asked_id bytea, asked_kind text, asked_email text, asked_code bytea,
  asked_name text, asked_locale text, asked_password text, at timestamptz, until timestamptz
) RETURNS TABLE (contact_name text, contact_locale text, verified boolean, deliver boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE found record; recent integer; wanted boolean;
BEGIN
  -- Many at once wait for each other, or all of them would count too few.
  PERFORM pg_advisory_xact_lock(hashtextextended('flow ' || account || ' ' || lower(asked_email), 0));
  SELECT c.name, c.locale, c.verified, c.enabled, admissible(account, portal, c.id) AS admissible INTO found
    FROM contacts c WHERE c.account_id = account AND lower(c.email) = lower(asked_email);
  SELECT count(*) INTO recent FROM flows f WHERE f.account_id = account AND lower(f.email) = lower(asked_email)
    AND f.kind NOT IN ('invitation', 'host-token') AND f.created_at > at - interval '1 hour';
  SELECT CASE
      WHEN asked_kind = 'register' THEN p.access ->> 'kind' = 'open' AND coalesce(found.enabled, true)
        AND has_domain(asked_email, p.access -> 'emailDomains')
      ELSE coalesce(found.admissible, false)
    END AND recent < 3
    INTO wanted FROM portals p WHERE p.account_id = account AND p.id = portal;
  INSERT INTO flows (account_id, id_hash, portal_id, kind, email, code_hash, name, locale, password_hash, created_at, expires_at)
    VALUES (account, asked_id, portal, asked_kind, asked_email, CASE WHEN wanted THEN asked_code END,
      asked_name, asked_locale, asked_password, at, until);
  RETURN QUERY SELECT found.name, found.locale, found.verified, wanted;
END $$;

-- What this browser has asked for and may still prove.
CREATE FUNCTION flow_by_id(account bigint, portal bigint, asked_id bytea, at timestamptz)
RETURNS TABLE (kind text, email text, expires_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT f.kind, f.email, f.expires_at::timestamptz FROM flows f WHERE f.account_id = account AND f.id_hash = asked_id
    AND f.portal_id = portal AND f.used_at IS NULL AND f.expires_at > at AND f.attempts < 5;
END $$;

REVOKE EXECUTE ON FUNCTION start_flow(bigint, bigint, bytea, text, text, bytea, text, text, text, timestamptz, timestamptz),
  flow_by_id(bigint, bigint, bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION start_flow(bigint, bigint, bytea, text, text, bytea, text, text, text, timestamptz, timestamptz),
  flow_by_id(bigint, bigint, bytea, timestamptz) TO portico_app;
ALTER FUNCTION start_flow(bigint, bigint, bytea, text, text, bytea, text, text, text, timestamptz, timestamptz)
  OWNER TO portico_definer;
ALTER FUNCTION flow_by_id(bigint, bigint, bytea, timestamptz) OWNER TO portico_definer;
