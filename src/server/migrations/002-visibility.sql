-- The second wall. src/policy/visibility.ts decides; these policies hold the same rule once more, so that a forgotten
-- condition in a query shows nothing. The caller states who it is, by enter(), never what it may see: that is looked up
-- there, once a transaction. A missing context yields NULL, and so no row.

CREATE FUNCTION app_account() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.account', true), '')::bigint $$;
CREATE FUNCTION app_portal() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.portal', true), '')::bigint $$;
CREATE FUNCTION app_contact() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.contact', true), '')::bigint $$;
-- The contact of this transaction, when enabled and verified.
CREATE FUNCTION app_viewer() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.viewer', true), '')::bigint $$;
-- The company all of whose tickets the viewer sees: the primary one, where the portal's permission says so.
CREATE FUNCTION app_company() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.company', true), '')::bigint $$;
-- The inboxes whose tickets this portal shows.
CREATE FUNCTION app_inboxes() RETURNS bigint[] LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.inboxes', true), '')::bigint[] $$;

-- Does a contact with these properties pass a filter? (passes in src/policy/filter.ts: the same forms, cases and answers)
CREATE FUNCTION passes(properties jsonb, filter jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN f.found IS NULL THEN f.operator = 'is-unknown'
    WHEN f.operator = 'is-known' THEN true
    WHEN f.operator = 'is' THEN f.found = f.value
    WHEN f.operator = 'is-not' THEN f.found <> f.value
    WHEN f.operator = 'is-any-of' THEN filter -> 'value' ? f.found
    WHEN f.operator = 'contains' THEN strpos(f.found, f.value) > 0
    WHEN f.operator IN ('greater', 'less') AND f.found ~ f.number AND f.value ~ f.number THEN
      CASE f.operator WHEN 'greater' THEN f.found::numeric > f.value::numeric ELSE f.found::numeric < f.value::numeric END
    WHEN f.operator IN ('before', 'after') AND f.found ~ f.date AND f.value ~ f.date THEN
      CASE f.operator WHEN 'before' THEN f.found < f.value COLLATE "C" ELSE f.found > f.value COLLATE "C" END
    ELSE false
  END
  FROM (SELECT properties ->> (filter ->> 'property') AS found, filter ->> 'operator' AS operator, filter ->> 'value' AS value,
    '^-?[0-9]{1,9}(\.[0-9]{1,6})?$' AS number, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AS date) AS f
$$;

-- Does a TicketPermission give a contact with these properties the tickets of their company? (permissionOf in the policy)
CREATE FUNCTION permits_company(permission jsonb, properties jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE permission ->> 'kind'
    WHEN 'company' THEN true
    WHEN 'company-if' THEN EXISTS (
      SELECT FROM jsonb_array_elements(permission -> 'groups') AS g(filters)
      WHERE jsonb_array_length(filters) > 0 AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(filters) AS f(filter) WHERE NOT passes(properties, filter)))
    ELSE false
  END
$$;

-- States who asks, until the transaction ends. (plpgsql here and below: it keeps its plans, where a function in SQL is
-- planned at every call.)
CREATE FUNCTION enter(asked_account bigint, asked_portal bigint, asked_contact bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE viewer bigint; company bigint; inboxes bigint[];
BEGIN
  SELECT c.id, CASE WHEN permits_company(p.permission, c.properties) THEN cc.company_id END INTO viewer, company
  FROM contacts c
  LEFT JOIN contact_companies cc ON cc.account_id = c.account_id AND cc.contact_id = c.id AND cc.is_primary
  LEFT JOIN portals p ON p.account_id = c.account_id AND p.id = asked_portal
  WHERE c.account_id = asked_account AND c.id = asked_contact AND c.enabled AND c.verified;
  SELECT array_agg(i.inbox_id) INTO inboxes FROM portal_inboxes i
  WHERE i.account_id = asked_account AND i.portal_id = asked_portal;
  PERFORM
    set_config('app.account', coalesce(asked_account::text, ''), true),
    set_config('app.portal', coalesce(asked_portal::text, ''), true),
    set_config('app.contact', coalesce(asked_contact::text, ''), true),
    set_config('app.viewer', coalesce(viewer::text, ''), true),
    set_config('app.company', coalesce(company::text, ''), true),
    set_config('app.inboxes', coalesce(inboxes::text, ''), true);
END $$;

-- Is this an address of one of these domains? An empty list has them all.
CREATE FUNCTION has_domain(email text, domains jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_array_length(domains), 0) = 0 OR domains ? lower(substring(email FROM '[^@]*$'))
$$;

-- May this contact sign in at this portal once their address is proven? (access control)
CREATE FUNCTION admissible(account bigint, portal bigint, contact bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM contacts c JOIN portals p ON p.account_id = c.account_id AND p.id = portal
    WHERE c.account_id = account AND c.id = contact AND c.enabled AND (
      p.access ->> 'kind' = 'open' AND has_domain(c.email, p.access -> 'emailDomains')
      OR p.access ->> 'kind' IN ('open', 'access-groups') AND EXISTS (
        SELECT FROM access_group_members m
        JOIN portal_access_groups g ON g.account_id = m.account_id AND g.group_id = m.group_id
        WHERE m.account_id = c.account_id AND m.contact_id = c.id AND g.portal_id = portal)
      OR p.access ->> 'kind' = 'sso-only' AND EXISTS (
        SELECT FROM identities i WHERE i.account_id = c.account_id AND i.contact_id = c.id)));
END $$;

-- May they now?
CREATE FUNCTION admitted(account bigint, portal bigint, contact bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM contacts c WHERE c.account_id = account AND c.id = contact AND c.verified)
    AND admissible(account, portal, contact);
END $$;

-- Before a contact is known there is no context, so these three return one row each by what the caller proves to know.

CREATE FUNCTION portal_by_host(asked_host text, system_host boolean, asked_slug text) RETURNS TABLE (
  account_id bigint, id bigint, slug text, name text, locale text, locales text[], permission jsonb, actions jsonb,
  properties text[], origins text[], sign_in text[], access jsonb, join_companies boolean, idle_minutes integer,
  code_minutes integer, words jsonb, host_token boolean, connections jsonb, inboxes bigint[], statuses jsonb, desk jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT p.account_id, p.id, p.slug, p.name, p.locale, p.locales, p.permission, p.actions, p.properties,
    p.origins, p.sign_in, p.access, p.join_companies, p.idle_minutes, p.code_minutes, p.words,
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
  WHERE p.slug = asked_slug AND (p.host = asked_host OR system_host AND p.host IS NULL);
END $$;

CREATE FUNCTION credential_by_email(account bigint, portal bigint, asked_email text) RETURNS TABLE (
  contact_id bigint, contact_public_id text, password_hash text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, c.public_id, k.password_hash
  FROM contacts c JOIN credentials k ON k.account_id = c.account_id AND k.contact_id = c.id
  WHERE c.account_id = account AND lower(c.email) = lower(asked_email) AND admitted(account, portal, c.id)
$$;

-- `page`: the origin of the page whose memory the token came from; NULL for a cookie.
CREATE FUNCTION session_by_hash(account bigint, portal bigint, asked_hash bytea, at timestamptz, page text) RETURNS TABLE (
  contact_id bigint, contact_public_id text, contact_name text, email text, contact_locale text, contact_properties jsonb,
  company_id bigint, company_public_id text, company_name text, asked_at timestamptz,
  last_seen_at timestamptz, idle_until timestamptz, absolute_until timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT c.id, c.public_id, c.name, c.email, c.locale, c.properties, co.id, co.public_id, co.name,
    c.desk_asked_at, s.last_seen_at, s.idle_until, s.absolute_until
  FROM sessions s
  JOIN contacts c ON c.account_id = s.account_id AND c.id = s.contact_id
  LEFT JOIN contact_companies cc ON cc.account_id = c.account_id AND cc.contact_id = c.id AND cc.is_primary
  LEFT JOIN companies co ON co.account_id = cc.account_id AND co.id = cc.company_id
  WHERE s.account_id = account AND s.portal_id = portal AND s.token_hash = asked_hash
    AND s.idle_until > at AND s.absolute_until > at AND s.origin IS NOT DISTINCT FROM page
    AND admitted(account, portal, c.id)
    -- Who has to come by single sign-on does not stay by something else.
    AND (s.method IN ('sso', 'host-token') OR EXISTS (SELECT FROM portals p
      WHERE p.account_id = account AND p.id = portal AND p.access ->> 'kind' <> 'sso-only'));
END $$;

-- Does the viewer see the ticket? For the policy of ticket_contacts, which the policy of tickets asks.
CREATE FUNCTION sees_ticket(ticket bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM tickets t
    WHERE t.account_id = app_account() AND t.id = ticket AND t.deleted_at IS NULL AND t.inbox_id = ANY (app_inboxes())
      AND (t.requester_id = app_viewer()
        OR EXISTS (SELECT FROM ticket_contacts tc
          WHERE tc.account_id = t.account_id AND tc.contact_id = app_viewer() AND tc.ticket_id = t.id)
        OR EXISTS (SELECT FROM ticket_companies tc
          WHERE tc.account_id = t.account_id AND tc.company_id = app_company() AND tc.ticket_id = t.id)));
END $$;

-- Is the ticket one of the company through which the viewer sees more? For the policy of ticket_companies, which cannot ask
-- its own table.
CREATE FUNCTION shared_with_company(ticket bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM ticket_companies
    WHERE account_id = app_account() AND company_id = app_company() AND ticket_id = ticket);
END $$;

-- Accounts with a help desk of their own: for the job that follows these, before it enters one.
CREATE FUNCTION desk_accounts() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT account_id FROM desks ORDER BY 1 $$;

CREATE FUNCTION next_ticket_number() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE accounts SET next_number = next_number + 1 WHERE account_id = app_account() RETURNING next_number - 1
$$;

-- Order keys of the association tables. Definer: a contact may not touch the rows of others, yet theirs must move too.

CREATE FUNCTION copy_order_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT t.status, t.inbox_id, t.number, t.created_at, t.updated_at, t.last_contact_id, t.deleted_at IS NOT NULL
    INTO STRICT NEW.status, NEW.inbox_id, NEW.number, NEW.created_at, NEW.updated_at, NEW.last_contact_id, NEW.deleted
    FROM tickets t WHERE t.account_id = NEW.account_id AND t.id = NEW.ticket_id;
  RETURN NEW;
END $$;
CREATE TRIGGER copy_order_keys BEFORE INSERT ON ticket_contacts FOR EACH ROW EXECUTE FUNCTION copy_order_keys();
CREATE TRIGGER copy_order_keys BEFORE INSERT ON ticket_companies FOR EACH ROW EXECUTE FUNCTION copy_order_keys();

CREATE FUNCTION spread_order_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE ticket_contacts SET status = NEW.status, inbox_id = NEW.inbox_id, number = NEW.number, created_at = NEW.created_at,
      updated_at = NEW.updated_at, last_contact_id = NEW.last_contact_id, deleted = NEW.deleted_at IS NOT NULL
    WHERE account_id = NEW.account_id AND ticket_id = NEW.id;
  UPDATE ticket_companies SET status = NEW.status, inbox_id = NEW.inbox_id, number = NEW.number, created_at = NEW.created_at,
      updated_at = NEW.updated_at, last_contact_id = NEW.last_contact_id, deleted = NEW.deleted_at IS NOT NULL
    WHERE account_id = NEW.account_id AND ticket_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER spread_order_keys
  AFTER UPDATE OF status, inbox_id, number, created_at, updated_at, last_contact_id, deleted_at ON tickets
  FOR EACH ROW EXECUTE FUNCTION spread_order_keys();

CREATE FUNCTION associate_requester() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
    VALUES (NEW.account_id, NEW.requester_id, NEW.id, 'requester');
  RETURN NULL;
END $$;
CREATE TRIGGER associate_requester AFTER INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION associate_requester();

-- Names of the parties, beside the ticket. Definer for the same reason.

CREATE FUNCTION name_contacts(account bigint, tickets bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE tickets t SET parties = (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'publicId', c.public_id, 'name', c.name, 'role', tc.role)
        ORDER BY c.id), '[]')
      FROM ticket_contacts tc JOIN contacts c ON c.account_id = tc.account_id AND c.id = tc.contact_id
      WHERE tc.account_id = t.account_id AND tc.ticket_id = t.id)
    WHERE t.account_id = account AND t.id = ANY (name_contacts.tickets);
END $$;

CREATE FUNCTION name_companies(account bigint, tickets bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE tickets t SET companies = (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'publicId', c.public_id, 'name', c.name) ORDER BY c.id), '[]')
      FROM ticket_companies tc JOIN companies c ON c.account_id = tc.account_id AND c.id = tc.company_id
      WHERE tc.account_id = t.account_id AND tc.ticket_id = t.id)
    WHERE t.account_id = account AND t.id = ANY (name_companies.tickets);
END $$;

CREATE FUNCTION party_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE tie record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  IF TG_TABLE_NAME = 'ticket_contacts' THEN PERFORM name_contacts(tie.account_id, ARRAY[tie.ticket_id]);
  ELSE PERFORM name_companies(tie.account_id, ARRAY[tie.ticket_id]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER name_party AFTER INSERT OR DELETE OR UPDATE OF role ON ticket_contacts
  FOR EACH ROW EXECUTE FUNCTION party_changed();
CREATE TRIGGER name_party AFTER INSERT OR DELETE ON ticket_companies
  FOR EACH ROW EXECUTE FUNCTION party_changed();

CREATE FUNCTION party_renamed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'contacts' THEN
    PERFORM name_contacts(NEW.account_id, ARRAY(
      SELECT ticket_id FROM ticket_contacts WHERE account_id = NEW.account_id AND contact_id = NEW.id));
  ELSE
    PERFORM name_companies(NEW.account_id, ARRAY(
      SELECT ticket_id FROM ticket_companies WHERE account_id = NEW.account_id AND company_id = NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER name_party AFTER UPDATE OF name ON contacts FOR EACH ROW EXECUTE FUNCTION party_renamed();
CREATE TRIGGER name_party AFTER UPDATE OF name ON companies FOR EACH ROW EXECUTE FUNCTION party_renamed();

-- Who may run what.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_account(), app_portal(), app_contact(), app_viewer(), app_company(), app_inboxes(),
  permits_company(jsonb, jsonb), passes(jsonb, jsonb) TO portico_definer, portico_app, portico_staff;
GRANT EXECUTE ON FUNCTION enter(bigint, bigint, bigint), shared_with_company(bigint), sees_ticket(bigint) TO portico_app;
GRANT EXECUTE ON FUNCTION has_domain(text, jsonb) TO portico_definer, portico_staff;
GRANT EXECUTE ON FUNCTION admissible(bigint, bigint, bigint), admitted(bigint, bigint, bigint), name_contacts(bigint, bigint[]), name_companies(bigint, bigint[])
  TO portico_definer;
-- For the administrator, who asks why somebody sees nothing.
GRANT EXECUTE ON FUNCTION admissible(bigint, bigint, bigint), admitted(bigint, bigint, bigint) TO portico_staff;
GRANT EXECUTE ON FUNCTION portal_by_host(text, boolean, text), credential_by_email(bigint, bigint, text),
  session_by_hash(bigint, bigint, bytea, timestamptz, text) TO portico_app;
GRANT EXECUTE ON FUNCTION next_ticket_number() TO portico_app, portico_staff;
GRANT EXECUTE ON FUNCTION desk_accounts() TO portico_staff;

ALTER FUNCTION enter(bigint, bigint, bigint) OWNER TO portico_definer;
ALTER FUNCTION admissible(bigint, bigint, bigint) OWNER TO portico_definer;
ALTER FUNCTION admitted(bigint, bigint, bigint) OWNER TO portico_definer;
ALTER FUNCTION portal_by_host(text, boolean, text) OWNER TO portico_definer;
ALTER FUNCTION credential_by_email(bigint, bigint, text) OWNER TO portico_definer;
ALTER FUNCTION session_by_hash(bigint, bigint, bytea, timestamptz, text) OWNER TO portico_definer;
ALTER FUNCTION sees_ticket(bigint) OWNER TO portico_definer;
ALTER FUNCTION shared_with_company(bigint) OWNER TO portico_definer;
ALTER FUNCTION next_ticket_number() OWNER TO portico_definer;
ALTER FUNCTION desk_accounts() OWNER TO portico_definer;
ALTER FUNCTION copy_order_keys() OWNER TO portico_definer;
ALTER FUNCTION spread_order_keys() OWNER TO portico_definer;
ALTER FUNCTION associate_requester() OWNER TO portico_definer;
ALTER FUNCTION name_contacts(bigint, bigint[]) OWNER TO portico_definer;
ALTER FUNCTION name_companies(bigint, bigint[]) OWNER TO portico_definer;
ALTER FUNCTION party_changed() OWNER TO portico_definer;
ALTER FUNCTION party_renamed() OWNER TO portico_definer;

-- Row level security on every table, for its owner too.
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    -- Staff, administration and jobs: everything of the account that the transaction names.
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO portico_staff', name);
    IF name <> 'accounts' THEN
      EXECUTE format('CREATE POLICY staff ON %I TO portico_staff USING (account_id = (SELECT app_account()))
        WITH CHECK (account_id = (SELECT app_account()))', name);
    END IF;
  END LOOP;
END $$;
-- The tenants themselves are listed before one is chosen.
CREATE POLICY staff ON accounts TO portico_staff USING (true) WITH CHECK (true);

-- The definer functions read and keep these tables.
GRANT SELECT ON accounts, contacts, contact_companies, companies, credentials, portals, portal_inboxes, statuses, sessions,
  identities, host_keys, access_group_members, portal_access_groups, tickets, ticket_contacts, ticket_companies, desks TO portico_definer;
GRANT UPDATE (next_number) ON accounts TO portico_definer;
GRANT INSERT ON ticket_contacts TO portico_definer;
GRANT UPDATE (parties, companies) ON tickets TO portico_definer;
GRANT UPDATE (status, inbox_id, number, created_at, updated_at, last_contact_id, deleted) ON ticket_contacts, ticket_companies
  TO portico_definer;
CREATE POLICY definer ON accounts TO portico_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON contacts TO portico_definer USING (true);
CREATE POLICY definer ON contact_companies TO portico_definer USING (true);
CREATE POLICY definer ON companies TO portico_definer USING (true);
CREATE POLICY definer ON credentials TO portico_definer USING (true);
CREATE POLICY definer ON portals TO portico_definer USING (true);
CREATE POLICY definer ON portal_inboxes TO portico_definer USING (true);
CREATE POLICY definer ON statuses TO portico_definer USING (true);
CREATE POLICY definer ON host_keys TO portico_definer USING (true);
CREATE POLICY definer ON identities TO portico_definer USING (true);
CREATE POLICY definer ON sessions TO portico_definer USING (true);
CREATE POLICY definer ON access_group_members TO portico_definer USING (true);
CREATE POLICY definer ON portal_access_groups TO portico_definer USING (true);
CREATE POLICY definer ON desks TO portico_definer USING (true);
CREATE POLICY definer ON tickets TO portico_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON ticket_contacts TO portico_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON ticket_companies TO portico_definer USING (true) WITH CHECK (true);

-- What a portal's visitor may touch. OFFSET 0 keeps each EXISTS an index probe: without it the planner hashes the whole
-- visible set on every query.
GRANT SELECT ON tickets, ticket_contacts, ticket_companies, messages, attachments, read_marks, idempotency_keys, companies,
  sessions, statuses TO portico_app;
GRANT INSERT ON tickets, messages, read_marks, idempotency_keys, sessions TO portico_app;
GRANT INSERT (account_id, contact_id, ticket_id, role) ON ticket_contacts TO portico_app;
GRANT INSERT (account_id, company_id, ticket_id) ON ticket_companies TO portico_app;
GRANT UPDATE (status, updated_at, last_contact_id) ON tickets TO portico_app;
GRANT UPDATE (read_at) ON read_marks TO portico_app;
GRANT UPDATE (answer) ON idempotency_keys TO portico_app;
GRANT SELECT, INSERT ON desk_writes TO portico_app;
GRANT UPDATE (answer) ON desk_writes TO portico_app;
GRANT UPDATE (last_seen_at, idle_until) ON sessions TO portico_app;
GRANT DELETE ON sessions TO portico_app;

CREATE POLICY own ON ticket_contacts FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()));
-- Takes part by replying: only in a ticket that the contact sees already. Asked of the function, because the policy of
-- tickets asks this table.
CREATE POLICY take_part ON ticket_contacts FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()) AND role = 'participant'
    AND sees_ticket(ticket_id));

CREATE POLICY visible ON ticket_companies FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account()) AND (company_id = (SELECT app_company())
    OR EXISTS (SELECT FROM ticket_contacts tc
      WHERE tc.account_id = ticket_companies.account_id AND tc.contact_id = (SELECT app_viewer())
        AND tc.ticket_id = ticket_companies.ticket_id OFFSET 0)
    OR shared_with_company(ticket_id)));
-- A new ticket belongs to its requester's primary company.
CREATE POLICY new_ticket ON ticket_companies FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account())
    AND EXISTS (SELECT FROM ticket_contacts tc WHERE tc.account_id = ticket_companies.account_id
      AND tc.contact_id = (SELECT app_viewer()) AND tc.ticket_id = ticket_companies.ticket_id
      AND tc.role = 'requester' OFFSET 0)
    AND EXISTS (SELECT FROM contact_companies cc WHERE cc.account_id = ticket_companies.account_id
      AND cc.contact_id = (SELECT app_viewer()) AND cc.company_id = ticket_companies.company_id AND cc.is_primary OFFSET 0));

CREATE POLICY visible ON tickets FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account()) AND deleted_at IS NULL
    AND inbox_id = ANY ((SELECT app_inboxes())::bigint[])
    AND (requester_id = (SELECT app_viewer())
      OR EXISTS (SELECT FROM ticket_contacts tc WHERE tc.account_id = tickets.account_id
        AND tc.contact_id = (SELECT app_viewer()) AND tc.ticket_id = tickets.id OFFSET 0)
      OR EXISTS (SELECT FROM ticket_companies tc WHERE tc.account_id = tickets.account_id
        AND tc.company_id = (SELECT app_company()) AND tc.ticket_id = tickets.id OFFSET 0)));
CREATE POLICY new_ticket ON tickets FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account()) AND requester_id = (SELECT app_viewer())
    AND inbox_id = ANY ((SELECT app_inboxes())::bigint[]));
-- Which rows may change: the visible ones, said again because an UPDATE that reads no column skips the SELECT policy.
-- Which columns: the grant above.
CREATE POLICY touch ON tickets FOR UPDATE TO portico_app
  USING (account_id = (SELECT app_account()) AND deleted_at IS NULL
    AND inbox_id = ANY ((SELECT app_inboxes())::bigint[])
    AND (requester_id = (SELECT app_viewer())
      OR EXISTS (SELECT FROM ticket_contacts tc WHERE tc.account_id = tickets.account_id
        AND tc.contact_id = (SELECT app_viewer()) AND tc.ticket_id = tickets.id OFFSET 0)
      OR EXISTS (SELECT FROM ticket_companies tc WHERE tc.account_id = tickets.account_id
        AND tc.company_id = (SELECT app_company()) AND tc.ticket_id = tickets.id OFFSET 0)));

CREATE POLICY visible ON messages FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account()) AND NOT internal
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = messages.account_id AND t.id = messages.ticket_id OFFSET 0));
CREATE POLICY write ON messages FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account()) AND NOT internal AND side = 'contact'
    AND contact_id = (SELECT app_viewer())
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = messages.account_id AND t.id = messages.ticket_id OFFSET 0));

CREATE POLICY visible ON attachments FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account())
    AND EXISTS (SELECT FROM messages m WHERE m.account_id = attachments.account_id
      AND m.ticket_id = attachments.ticket_id AND m.id = attachments.message_id OFFSET 0));

CREATE POLICY own ON read_marks TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer())
    AND EXISTS (SELECT FROM tickets t WHERE t.account_id = read_marks.account_id AND t.id = read_marks.ticket_id OFFSET 0));

CREATE POLICY own ON idempotency_keys TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()));

-- A write that waits for the help desk: who asked for it sees whether it has arrived, and nobody else that there is one.
CREATE POLICY own ON desk_writes TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_viewer())
    AND (ticket_id IS NULL OR sees_ticket(ticket_id)));

CREATE POLICY own ON sessions TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()))
  WITH CHECK (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()) AND portal_id = (SELECT app_portal()));

CREATE POLICY own ON contact_companies FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account()) AND contact_id = (SELECT app_contact()));
GRANT SELECT ON contact_companies TO portico_app;

CREATE POLICY known ON statuses FOR SELECT TO portico_app USING (account_id = (SELECT app_account()));

-- A company's name: one's own companies, and those of tickets that one sees.
CREATE POLICY known ON companies FOR SELECT TO portico_app
  USING (account_id = (SELECT app_account())
    AND (EXISTS (SELECT FROM contact_companies cc WHERE cc.account_id = companies.account_id
        AND cc.contact_id = (SELECT app_contact()) AND cc.company_id = companies.id OFFSET 0)
      OR EXISTS (SELECT FROM ticket_companies tc
        WHERE tc.account_id = companies.account_id AND tc.company_id = companies.id OFFSET 0)));
