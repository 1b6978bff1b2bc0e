-- Where an account's portals are, and what their owner needs to set one up.

-- The system domain is the server's own name, whatever that is, and every account is on it. A host belongs to one account:
-- a portal is found by it before an account is known.
CREATE TABLE domains (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL DEFAULT translate(rtrim(encode(uuid_send(gen_random_uuid()), 'base64'), '='), '+/', '-_'),
  kind text NOT NULL CHECK (kind IN ('system', 'connected')),
  host text UNIQUE CHECK ((host IS NULL) = (kind = 'system')),
  -- The language of the portals that follow it.
  locale text NOT NULL,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  UNIQUE (account_id, host)
);
CREATE UNIQUE INDEX domains_system ON domains (account_id) WHERE kind = 'system';

-- Pages that have loaded a portal, for who waits for theirs.
CREATE TABLE seen_pages (
  account_id bigint NOT NULL,
  portal_id bigint NOT NULL,
  -- Without query and fragment.
  url text NOT NULL,
  seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, portal_id, url),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals
);

ALTER TABLE domains ENABLE ROW LEVEL SECURITY;
ALTER TABLE seen_pages ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON domains, seen_pages TO portico_staff;
CREATE POLICY staff ON domains TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
CREATE POLICY staff ON seen_pages TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
GRANT INSERT ON domains TO portico_definer;
CREATE POLICY definer ON domains FOR INSERT TO portico_definer WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON seen_pages TO portico_definer;
CREATE POLICY definer ON seen_pages TO portico_definer USING (true) WITH CHECK (true);

-- Whoever makes an account has entered none yet.
CREATE FUNCTION give_system_domain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO domains (account_id, kind, locale) VALUES (NEW.account_id, 'system', 'en');
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION give_system_domain() FROM PUBLIC;
ALTER FUNCTION give_system_domain() OWNER TO portico_definer;
CREATE TRIGGER give_system_domain AFTER INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION give_system_domain();

ALTER TABLE portals
  -- Its language is its domain's, and it has no other.
  ADD follows_domain boolean NOT NULL DEFAULT false,
  -- Until its owner has finished it, a portal says that and nothing else.
  ADD is_open boolean NOT NULL DEFAULT true,
  -- Counts changes of the settings.
  ADD version bigint NOT NULL DEFAULT 1;

-- The owner of the tables sees no row of them, unless it says so.
ALTER TABLE accounts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE portals NO FORCE ROW LEVEL SECURITY;
INSERT INTO domains (account_id, kind, locale) SELECT account_id, 'system', 'en' FROM accounts;
INSERT INTO domains (account_id, kind, host, locale)
  SELECT DISTINCT ON (host) account_id, 'connected', host, locale FROM portals WHERE host IS NOT NULL ORDER BY host, id;
UPDATE portals p SET follows_domain = true FROM domains d
  WHERE d.account_id = p.account_id AND d.host IS NOT DISTINCT FROM p.host AND p.locale = d.locale
    AND p.locales = ARRAY[d.locale];
-- No host is the system domain's.
ALTER TABLE portals ADD FOREIGN KEY (account_id, host) REFERENCES domains (account_id, host);
ALTER TABLE accounts FORCE ROW LEVEL SECURITY;
ALTER TABLE portals FORCE ROW LEVEL SECURITY;
ALTER TABLE domains FORCE ROW LEVEL SECURITY;
ALTER TABLE seen_pages FORCE ROW LEVEL SECURITY;

-- Paths of the owner's name portals by slug alone.
CREATE UNIQUE INDEX portals_slug ON portals (account_id, slug);

-- The server's own name is never found as somebody's connected domain.
DROP FUNCTION portal_by_host(text, boolean, text);
CREATE FUNCTION portal_by_host(asked_host text, system_host boolean, asked_slug text) RETURNS TABLE (
  account_id bigint, id bigint, slug text, name text, locale text, locales text[], is_open boolean, permission jsonb,
  actions jsonb, properties text[], property_definitions jsonb, origins text[], sign_in text[], access jsonb,
  join_companies boolean, idle_minutes integer, code_minutes integer, words jsonb, host_token boolean, connections jsonb,
  inboxes bigint[], statuses jsonb, desk jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT p.account_id, p.id, p.slug, p.name, p.locale, p.locales, p.is_open, p.permission, p.actions,
    p.properties, p.property_definitions, p.origins, p.sign_in, p.access, p.join_companies, p.idle_minutes, p.code_minutes,
    p.words,
    EXISTS (SELECT FROM host_keys k WHERE k.account_id = p.account_id AND k.portal_id = p.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.public_id, 'label', n.label) ORDER BY n.id), '[]')
      FROM sso_connections n WHERE n.account_id = p.account_id AND n.portal_id = p.id),
    (SELECT coalesce(array_agg(i.inbox_id ORDER BY i.is_default DESC, i.inbox_id), '{}') FROM portal_inboxes i
      WHERE i.account_id = p.account_id AND i.portal_id = p.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'category', s.category, 'label', s.label)
        ORDER BY s.position), '[]') FROM statuses s WHERE s.account_id = p.account_id),
    (SELECT jsonb_build_object('lag', d.lag, 'syncedAt', floor(extract(epoch FROM d.synced_at) * 1000))
      FROM desks d WHERE d.account_id = p.account_id)
  FROM portals p
  WHERE p.slug = asked_slug AND coalesce(p.host, '') = CASE WHEN system_host THEN '' ELSE asked_host END;
END $$;
REVOKE EXECUTE ON FUNCTION portal_by_host(text, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_by_host(text, boolean, text) TO portico_app;
ALTER FUNCTION portal_by_host(text, boolean, text) OWNER TO portico_definer;

-- Is there a portal at this address, whoever's it is, but for one of the account's own? An insert would say as much.
CREATE FUNCTION address_taken(asked_host text, asked_slug text, own_slug text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM portals p WHERE p.slug = asked_slug
    AND (coalesce(p.host, '') = coalesce(asked_host, '') OR p.account_id = app_account())
    AND (p.account_id = app_account() AND p.slug = own_slug) IS NOT TRUE)
$$;
REVOKE EXECUTE ON FUNCTION address_taken(text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION address_taken(text, text, text) TO portico_staff;
ALTER FUNCTION address_taken(text, text, text) OWNER TO portico_definer;

-- Anybody can load a portal in the name of any page: the hundred seen last are kept, each once an hour.
CREATE FUNCTION see_page(account bigint, portal bigint, page text, at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO seen_pages AS s (account_id, portal_id, url, seen_at) VALUES (account, portal, page, at)
    ON CONFLICT (account_id, portal_id, url) DO UPDATE SET seen_at = excluded.seen_at
      WHERE s.seen_at <= excluded.seen_at - interval '1 hour';
  DELETE FROM seen_pages WHERE account_id = account AND portal_id = portal AND url IN (
    SELECT url FROM seen_pages WHERE account_id = account AND portal_id = portal ORDER BY seen_at DESC, url OFFSET 100);
END $$;
REVOKE EXECUTE ON FUNCTION see_page(bigint, bigint, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION see_page(bigint, bigint, text, timestamptz) TO portico_app;
ALTER FUNCTION see_page(bigint, bigint, text, timestamptz) OWNER TO portico_definer;
