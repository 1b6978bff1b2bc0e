-- The notice that customers agree to before a session starts: its texts by version, and who has agreed to which.

-- A version is never changed: what somebody has agreed to can be shown for as long as the record of it is kept.
CREATE TABLE consent_texts (
  account_id bigint NOT NULL,
  portal_id bigint NOT NULL,
  version integer NOT NULL,
  -- By language.
  texts jsonb NOT NULL,
  since timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, portal_id, version),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals
);
CREATE TABLE consent_records (
  account_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  portal_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  version integer NOT NULL,
  -- Of the text that was read.
  locale text NOT NULL,
  given_at timestamptz(3) NOT NULL,
  withdrawn_at timestamptz(3),
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, portal_id, version) REFERENCES consent_texts,
  FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);
CREATE INDEX consent_records_contact ON consent_records (account_id, contact_id, portal_id);

ALTER TABLE consent_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_texts FORCE ROW LEVEL SECURITY;
ALTER TABLE consent_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_records FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON consent_texts TO portico_staff;
GRANT SELECT, INSERT, DELETE ON consent_records TO portico_staff;
CREATE POLICY staff ON consent_texts TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
CREATE POLICY staff ON consent_records TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
-- A contact reads what they have agreed to at this portal, and withdraws it; nothing else of a record ever changes.
GRANT SELECT ON consent_texts, consent_records TO portico_app;
GRANT UPDATE (withdrawn_at) ON consent_records TO portico_app;
CREATE POLICY own ON consent_records TO portico_app
  USING (account_id = (SELECT app_account()) AND portal_id = (SELECT app_portal()) AND contact_id = (SELECT app_viewer()))
  WITH CHECK (account_id = (SELECT app_account()) AND portal_id = (SELECT app_portal())
    AND contact_id = (SELECT app_viewer()));
CREATE POLICY own ON consent_texts TO portico_app
  USING (account_id = (SELECT app_account()) AND portal_id = (SELECT app_portal()) AND EXISTS (
    SELECT FROM consent_records r WHERE r.account_id = consent_texts.account_id AND r.portal_id = consent_texts.portal_id
      AND r.version = consent_texts.version));

-- Somebody has proven who they are and has not agreed yet: what their session will be once they have.
ALTER TABLE flows
  DROP CONSTRAINT flows_kind_check,
  ADD CONSTRAINT flows_kind_check
    CHECK (kind IN ('email', 'register', 'reset', 'invitation', 'host-token', 'consent')),
  ADD contact_id bigint,
  ADD method text,
  -- As in `sessions`.
  ADD origin text,
  ADD sso_issuer text,
  ADD sso_subject text,
  ADD sso_sid text,
  ADD CONSTRAINT flows_contact CHECK ((kind = 'consent') = (contact_id IS NOT NULL AND method IS NOT NULL)),
  ADD FOREIGN KEY (account_id, contact_id) REFERENCES contacts;
CREATE INDEX flows_contact ON flows (account_id, contact_id) WHERE contact_id IS NOT NULL;

-- No mail is sent for a consent, so that none counts as one.
CREATE OR REPLACE FUNCTION start_flow(
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
    AND f.kind NOT IN ('invitation', 'host-token', 'consent') AND f.created_at > at - interval '1 hour';
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
