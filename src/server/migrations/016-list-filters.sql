-- What a list is filtered by besides state and status: who asked, and what stands in a ticket's properties.

-- The properties of tickets that customers see, as columns and filters: [{"name", "type", "label": {"en": …}, "options":
-- [{"value", "label"}]}]. Each is one of `properties`.
ALTER TABLE portals ADD property_definitions jsonb NOT NULL DEFAULT '[]';

DROP FUNCTION portal_by_host(text, boolean, text);
CREATE FUNCTION portal_by_host(asked_host text, system_host boolean, asked_slug text) RETURNS TABLE (
  account_id bigint, id bigint, slug text, name text, locale text, locales text[], permission jsonb, actions jsonb,
  properties text[], property_definitions jsonb, origins text[], sign_in text[], access jsonb, join_companies boolean, idle_minutes integer,
  code_minutes integer, words jsonb, host_token boolean, connections jsonb, inboxes bigint[], statuses jsonb, desk jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT p.account_id, p.id, p.slug, p.name, p.locale, p.locales, p.permission, p.actions, p.properties,
    p.property_definitions, p.origins, p.sign_in, p.access, p.join_companies, p.idle_minutes, p.code_minutes, p.words,
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
REVOKE EXECUTE ON FUNCTION portal_by_host(text, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_by_host(text, boolean, text) TO portico_app;
ALTER FUNCTION portal_by_host(text, boolean, text) OWNER TO portico_definer;

-- Who asked, beside the other copies of a ticket: the tickets of a company that one person asked are one index range.
ALTER TABLE ticket_contacts ADD requester_id bigint;
ALTER TABLE ticket_companies ADD requester_id bigint;
-- The owner sees no row of the tables it owns, unless it says so.
ALTER TABLE tickets NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket_contacts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket_companies NO FORCE ROW LEVEL SECURITY;
UPDATE ticket_contacts c SET requester_id = t.requester_id FROM tickets t
  WHERE t.account_id = c.account_id AND t.id = c.ticket_id;
UPDATE ticket_companies c SET requester_id = t.requester_id FROM tickets t
  WHERE t.account_id = c.account_id AND t.id = c.ticket_id;
ALTER TABLE tickets FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket_contacts FORCE ROW LEVEL SECURITY, ALTER requester_id SET NOT NULL;
ALTER TABLE ticket_companies FORCE ROW LEVEL SECURITY, ALTER requester_id SET NOT NULL;

CREATE INDEX ticket_contacts_requester ON ticket_contacts
  (account_id, contact_id, requester_id, updated_at DESC, ticket_id DESC) INCLUDE (status, inbox_id, role) WHERE NOT deleted;
CREATE INDEX ticket_companies_requester ON ticket_companies
  (account_id, company_id, requester_id, updated_at DESC, ticket_id DESC) INCLUDE (status, inbox_id) WHERE NOT deleted;

GRANT UPDATE (requester_id) ON ticket_contacts, ticket_companies TO portico_definer;

CREATE OR REPLACE FUNCTION copy_order_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT t.status, t.inbox_id, t.number, t.created_at, t.updated_at, t.last_contact_id, t.requester_id,
      t.deleted_at IS NOT NULL
    INTO STRICT NEW.status, NEW.inbox_id, NEW.number, NEW.created_at, NEW.updated_at, NEW.last_contact_id, NEW.requester_id,
      NEW.deleted
    FROM tickets t WHERE t.account_id = NEW.account_id AND t.id = NEW.ticket_id;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION spread_order_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE ticket_contacts SET status = NEW.status, inbox_id = NEW.inbox_id, number = NEW.number, created_at = NEW.created_at,
      updated_at = NEW.updated_at, last_contact_id = NEW.last_contact_id, requester_id = NEW.requester_id,
      deleted = NEW.deleted_at IS NOT NULL
    WHERE account_id = NEW.account_id AND ticket_id = NEW.id;
  UPDATE ticket_companies SET status = NEW.status, inbox_id = NEW.inbox_id, number = NEW.number, created_at = NEW.created_at,
      updated_at = NEW.updated_at, last_contact_id = NEW.last_contact_id, requester_id = NEW.requester_id,
      deleted = NEW.deleted_at IS NOT NULL
    WHERE account_id = NEW.account_id AND ticket_id = NEW.id;
  RETURN NULL;
END $$;
DROP TRIGGER spread_order_keys ON tickets;
CREATE TRIGGER spread_order_keys
  AFTER UPDATE OF status, inbox_id, number, created_at, updated_at, last_contact_id, requester_id, deleted_at ON tickets
  FOR EACH ROW EXECUTE FUNCTION spread_order_keys();

-- Whose tickets a filter means, for who cannot read contacts. The number says nothing: what it finds is seen under the
-- policies, or not at all.
CREATE FUNCTION contact_by_public_id(asked_id text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM contacts WHERE account_id = app_account() AND public_id = asked_id
$$;

-- Do these properties meet a condition? (meets in src/policy/property-filter.ts: the same forms and answers) One expression,
-- so that a statement takes it in, and of its cases only the one that it needs.
CREATE FUNCTION meets(properties jsonb, property text, operator text, value text, low text, high text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE operator
    WHEN 'is' THEN properties ->> property = value
    WHEN 'has' THEN strpos(lower(properties ->> property), lower(value)) > 0
    WHEN 'number' THEN CASE WHEN properties ->> property ~ '^-?[0-9]{1,9}(\.[0-9]{1,6})?$' THEN
      (low IS NULL OR (properties ->> property)::numeric >= low::numeric)
      AND (high IS NULL OR (properties ->> property)::numeric <= high::numeric) END
    WHEN 'date' THEN CASE WHEN properties ->> property ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN
      (low IS NULL OR properties ->> property >= low COLLATE "C")
      AND (high IS NULL OR properties ->> property <= high COLLATE "C") END
  END
$$;

DROP FUNCTION find_tickets(text[], text[], boolean, bigint, text[], text, boolean, text[], bigint, bigint, bigint);
-- One page of the viewer's tickets that have a word beginning with each of those asked for, unless NULL, and that meet the
-- conditions, unless NULL: ids, in order.
--
-- The tickets of `roles` (the viewer's own) and, with `shared`, those of the company that the viewer sees; of them only those
-- of the company `of_company` and of the requester `of_requester`, unless NULL, and with one of `statuses`. `sort` is updated,
-- created, number or status (in the order of `status_order`). The page begins after the ticket `after_id` with the sort
-- value `after_key` (milliseconds for a time), and has `wanted` rows at most.
--
-- There are two ways. A word that many tickets have fills a page soon: walk the list in its order and look at each. A word
-- that few have is quick in the index, and a walk would go on for long. So the walk goes first, for a few hundred tickets;
-- what it meets tells how common each word is, and with that which way is shorter. Both are exact. Of several words the
-- index is asked only for the rarest, as those that many tickets have would cost it more than looking at what is left.
-- Conditions have no index: they are looked at on the way, and without a word the walk goes on until the page is full.
CREATE FUNCTION find_tickets(asked text[], conditions jsonb, roles text[], shared boolean, of_company bigint,
  of_requester bigint, statuses text[], sort text, descending boolean, status_order text[], after_key bigint, after_id bigint,
  wanted bigint)
RETURNS SETOF bigint ROWS 25
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET jit = off SET max_parallel_workers_per_gather = 0 SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off AS $$
DECLARE
  -- Tickets that a walk may look at for a page, before the index is the shorter way.
  farthest CONSTANT integer := 2000;
  -- Share of tickets from which on a word is not worth looking up.
  common CONSTANT float8 := 0.1;
  account CONSTANT bigint := app_account();
  viewer CONSTANT bigint := app_viewer();
  company CONSTANT bigint := CASE WHEN shared THEN app_company() END;
  inboxes CONSTANT bigint[] := app_inboxes();
  parties CONSTANT text[] := array_remove(ARRAY['p' || viewer, 'c' || company], NULL);
  query CONSTANT tsquery := prefixes(asked);
  -- Only then does the walk meet tickets in the order of the page.
  ordered CONSTANT boolean := sort <> 'status';
  walk_key CONSTANT text := CASE sort WHEN 'number' THEN 'number' WHEN 'created' THEN 'created_at' ELSE 'updated_at' END;
  key_type CONSTANT text := CASE sort WHEN 'number' THEN 'bigint' ELSE 'timestamptz' END;
  direction CONSTANT text := CASE WHEN descending THEN 'DESC' ELSE 'ASC' END;
  beyond CONSTANT text := CASE WHEN descending THEN '<' ELSE '>' END;
  sort_key CONSTANT text := CASE sort WHEN 'updated' THEN 't.updated_at' WHEN 'created' THEN 't.created_at'
    WHEN 'number' THEN 't.number' WHEN 'status' THEN 'array_position($3, t.status)' END;
  after_time CONSTANT timestamptz := timestamptz 'epoch' + after_key * interval '1 ms';
  page_start CONSTANT text := CASE WHEN sort IN ('updated', 'created') THEN '$4' ELSE '$5' END;
  -- What has to hold of a ticket's properties.
  fits CONSTANT text := (SELECT string_agg(format('meets(t.properties, %L, %L, %L, %L, %L)',
      c ->> 'property', c ->> 'operator', c ->> 'value', c ->> 'from', c ->> 'to'), ' AND ')
    FROM jsonb_array_elements(conditions) AS k(c));
  -- Of a ticket that the walk meets: whether it is one, and where that stands.
  found CONSTANT text := concat_ws(' AND ', 'true', CASE WHEN asked IS NOT NULL THEN 's.words @@ $11' END, fits);
  beside CONSTANT text := concat(
    CASE WHEN asked IS NOT NULL THEN ' LEFT JOIN ticket_search s ON s.account_id = $1 AND s.ticket_id = k.ticket_id' END,
    CASE WHEN fits IS NOT NULL THEN ' LEFT JOIN tickets t ON t.account_id = $1 AND t.id = k.ticket_id' END);
  own text := 'ticket_contacts c WHERE c.account_id = $1 AND c.contact_id = $2 AND c.role = ANY ($3)';
  ours text := 'ticket_companies c WHERE c.account_id = $1 AND c.company_id = $4';
  among text := ' AND NOT c.deleted AND c.inbox_id = ANY ($5) AND c.status = ANY ($6)';
  range text;
  walk text;
  -- The place where the walk goes on, as text: of the type of its key.
  at text := CASE WHEN sort = 'number' THEN CASE WHEN descending THEN '9223372036854775807' ELSE '0' END
    WHEN descending THEN 'infinity' ELSE '-infinity' END;
  at_id bigint := 0;
  reach bigint := greatest(200, 4 * wanted);
  walked record;
  met bigint[] := '{}';
  hits bigint[] := '{}';
  complete boolean;
  rarest tsquery;
  share float8;
BEGIN
  IF viewer IS NULL OR asked IS NOT NULL AND query IS NULL THEN RETURN; END IF;
  IF of_requester IS NOT NULL THEN among := among || ' AND c.requester_id = $14'; END IF;
  IF of_company = company THEN
    -- All of them are in that one range.
    roles := '{}';
  ELSIF of_company IS NOT NULL THEN
    among := among || ' AND EXISTS (SELECT FROM ticket_companies o
      WHERE o.account_id = $1 AND o.company_id = $7 AND o.ticket_id = c.ticket_id OFFSET 0)';
  END IF;
  IF ordered THEN
    among := among || format(' AND (c.%s, c.ticket_id) %s ($8::%s, $9)', walk_key, beyond, key_type);
    IF after_id IS NOT NULL THEN
      at := CASE WHEN sort = 'number' THEN after_key::text ELSE after_time::text END;
      at_id := after_id;
    END IF;
  END IF;
  own := own || among;
  ours := ours || among;
  range := format('(SELECT c.%2$s AS key, c.ticket_id FROM %%s ORDER BY c.%2$s %1$s, c.ticket_id %1$s LIMIT $10)',
    direction, walk_key);
  walk := format('SELECT k.key::text AS place, k.ticket_id, %4$s AS found
    FROM (%1$s UNION %2$s ORDER BY 1 %3$s, 2 %3$s LIMIT $10) k%5$s ORDER BY k.key %3$s, k.ticket_id %3$s',
    format(range, own), format(range, ours), direction, found, beside);

  LOOP
    complete := true;
    FOR walked IN EXECUTE walk
      USING account, viewer, roles, company, inboxes, statuses, of_company, at, at_id, reach, query, parties, rarest,
        of_requester
    LOOP
      met := met || walked.ticket_id;
      IF walked.found THEN hits := hits || walked.ticket_id; END IF;
      complete := ordered AND cardinality(hits) >= wanted;
      EXIT WHEN complete;
      at := walked.place;
      at_id := walked.ticket_id;
      reach := reach - 1;
    END LOOP;
    EXIT WHEN complete OR reach > 0;
    IF share IS NULL AND cardinality(asked) = 1 AND fits IS NULL THEN
      rarest := query;
      share := cardinality(hits)::float8 / cardinality(met);
    ELSIF share IS NULL AND asked IS NOT NULL THEN
      WITH q AS MATERIALIZED (SELECT prefixes(ARRAY[word]) AS query FROM unnest(asked) AS w(word))
        SELECT q.query, avg((s.words @@ q.query)::integer) INTO rarest, share FROM q, ticket_search s
          WHERE s.account_id = account AND s.ticket_id = ANY (met)
          GROUP BY q.query ORDER BY 2, length(q.query::text) DESC LIMIT 1;
    END IF;
    EXIT WHEN share < common AND (NOT ordered OR cardinality(hits) * farthest < wanted * cardinality(met));
    -- Without an order there is no page to be filled early.
    reach := CASE WHEN ordered THEN 2 * cardinality(met) ELSE 1e9 END;
    IF NOT ordered THEN hits := '{}'; END IF;
  END LOOP;

  -- Stopped on the way: the index has the rest, or everything when the walk was not in order. The inner query leaves the
  -- planner no other index, whatever it believes of the data.
  IF NOT complete AND reach = 0 THEN
    IF NOT ordered THEN hits := '{}'; END IF;
    EXECUTE format('SELECT $15 || coalesce(array_agg(s.ticket_id), ''{}'')
      FROM (SELECT * FROM ticket_search s WHERE s.parties && $12 AND s.words @@ $13 OFFSET 0) s
      WHERE s.account_id = $1 AND s.words @@ $11 AND (EXISTS (SELECT FROM %s AND c.ticket_id = s.ticket_id OFFSET 0)
        OR EXISTS (SELECT FROM %s AND c.ticket_id = s.ticket_id OFFSET 0))%s',
      ours, own, CASE WHEN fits IS NOT NULL THEN format(
        ' AND EXISTS (SELECT FROM tickets t WHERE t.account_id = $1 AND t.id = s.ticket_id AND %s OFFSET 0)', fits) END)
      INTO hits USING account, viewer, roles, company, inboxes, statuses, of_company, at, at_id, reach, query, parties,
        rarest, of_requester, hits;
  END IF;

  RETURN QUERY EXECUTE format('SELECT t.id FROM unnest($2) AS h(id) JOIN tickets t ON t.account_id = $1 AND t.id = h.id
    WHERE $6 IS NULL OR (%1$s, t.id) %2$s (%4$s, $6) ORDER BY %1$s %3$s, t.id %3$s LIMIT $7',
    sort_key, beyond, direction, page_start)
    USING account, hits, status_order, after_time, after_key, after_id, wanted;
END $$;

REVOKE EXECUTE ON FUNCTION contact_by_public_id(text), meets(jsonb, text, text, text, text, text),
  find_tickets(text[], jsonb, text[], boolean, bigint, bigint, text[], text, boolean, text[], bigint, bigint, bigint)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION meets(jsonb, text, text, text, text, text) TO portico_definer;
GRANT EXECUTE ON FUNCTION contact_by_public_id(text),
  find_tickets(text[], jsonb, text[], boolean, bigint, bigint, text[], text, boolean, text[], bigint, bigint, bigint)
  TO portico_app;
ALTER FUNCTION contact_by_public_id(text) OWNER TO portico_definer;
ALTER FUNCTION find_tickets(text[], jsonb, text[], boolean, bigint, bigint, text[], text, boolean, text[], bigint, bigint, bigint)
  OWNER TO portico_definer;
