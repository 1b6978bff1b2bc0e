-- What a search reads: the words of each ticket, made by the server (src/policy/search.ts) and kept here together with who
-- may see the ticket, so that one index answers "has this word, and is ours". The operators of text search are not
-- leakproof, so that no policy may let them near an index: a definer function asks instead. It takes what is looked for,
-- never who looks, and answers with ids alone, which its caller then reads under the policies as always.

-- Words of the subject, and of the message. '' where there are none.
ALTER TABLE tickets ADD words tsvector NOT NULL DEFAULT '';
ALTER TABLE messages ADD words tsvector NOT NULL DEFAULT '';

CREATE TABLE ticket_search (
  account_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  -- Of subject, number and public messages; an internal note never gets here.
  words tsvector NOT NULL,
  -- Contacts ('p12') and companies ('c5') that the ticket is associated with.
  parties text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (account_id, ticket_id),
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
) WITH (toast_tuple_target = 8160);
-- As they are, beside the rest of the row: a search looks at many, and unpacking costs more than reading.
ALTER TABLE ticket_search ALTER words SET STORAGE EXTERNAL;
-- A write enters its words at once: a list of what is pending would cost every search, and one write in hundreds the time of
-- all. Some 2 ms a message.
CREATE INDEX ticket_search_words ON ticket_search USING gin (words, parties) WITH (fastupdate = off);

-- The same for internal notes; there is a row where there is one.
CREATE TABLE note_search (
  account_id bigint NOT NULL,
  ticket_id bigint NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (account_id, ticket_id),
  FOREIGN KEY (account_id, ticket_id) REFERENCES tickets
);
CREATE INDEX note_search_words ON note_search USING gin (words) WITH (fastupdate = off);

-- Keeping them. A vector holds a megabyte, and a word has at most 128 bytes: 8,000 always fit. The words that came first
-- stay, so that no reply ever fails for what was said before.

CREATE FUNCTION more_words(known tsvector, further text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
  SELECT known || array_to_tsvector(ARRAY(
    SELECT word FROM (SELECT DISTINCT unnest(further) AS word EXCEPT SELECT unnest(tsvector_to_array(known))) AS n
    LIMIT greatest(0, 8000 - length(known))))
$$;

-- Everything from the start, after a change other than one more message.
CREATE FUNCTION gather_words(account bigint, ticket bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gathered tsvector := '';
  notes tsvector := '';
  said record;
BEGIN
  SELECT array_to_tsvector(ARRAY[t.number::text]) || t.words INTO STRICT gathered
    FROM tickets t WHERE t.account_id = account AND t.id = ticket;
  FOR said IN SELECT m.internal, m.words FROM messages m
    WHERE m.account_id = account AND m.ticket_id = ticket AND m.words <> '' ORDER BY m.created_at, m.id
  LOOP
    IF said.internal THEN notes := more_words(notes, tsvector_to_array(said.words));
    ELSE gathered := more_words(gathered, tsvector_to_array(said.words));
    END IF;
  END LOOP;
  UPDATE ticket_search SET words = gathered WHERE account_id = account AND ticket_id = ticket;
  DELETE FROM note_search WHERE account_id = account AND ticket_id = ticket;
  IF notes <> '' THEN INSERT INTO note_search (account_id, ticket_id, words) VALUES (account, ticket, notes); END IF;
END $$;

CREATE FUNCTION search_ticket_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ticket_search (account_id, ticket_id, words)
    VALUES (NEW.account_id, NEW.id, array_to_tsvector(ARRAY[NEW.number::text]) || NEW.words);
  RETURN NULL;
END $$;
-- Triggers run in the order of their names: this one before "associate_requester", which adds a party.
CREATE TRIGGER add_to_search AFTER INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION search_ticket_added();

CREATE FUNCTION search_messages_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE ticket_search s SET words = more_words(s.words, n.words)
    FROM (SELECT a.account_id, a.ticket_id, array_agg(w.word) AS words
      FROM added a, unnest(tsvector_to_array(a.words)) AS w(word)
      WHERE a.kind = 'message' AND NOT a.internal GROUP BY a.account_id, a.ticket_id) AS n
    WHERE s.account_id = n.account_id AND s.ticket_id = n.ticket_id;
  INSERT INTO note_search AS s (account_id, ticket_id, words)
    SELECT a.account_id, a.ticket_id, more_words('', array_agg(w.word))
      FROM added a, unnest(tsvector_to_array(a.words)) AS w(word)
      WHERE a.internal GROUP BY a.account_id, a.ticket_id
    ON CONFLICT (account_id, ticket_id)
      DO UPDATE SET words = more_words(s.words, tsvector_to_array(excluded.words));
  RETURN NULL;
END $$;
-- Once a statement: however many messages it brings, each ticket's row is written once.
CREATE TRIGGER add_to_search AFTER INSERT ON messages REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION search_messages_added();

CREATE FUNCTION search_words_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'tickets' THEN PERFORM gather_words(NEW.account_id, NEW.id);
  ELSE PERFORM gather_words(OLD.account_id, OLD.ticket_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER gather_words AFTER UPDATE OF number, words ON tickets
  FOR EACH ROW EXECUTE FUNCTION search_words_changed();
CREATE TRIGGER gather_words AFTER UPDATE OF words, kind, internal OR DELETE ON messages
  FOR EACH ROW EXECUTE FUNCTION search_words_changed();

CREATE FUNCTION search_party_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  tie record := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
  party text;
BEGIN
  IF TG_TABLE_NAME = 'ticket_contacts' THEN party := 'p' || tie.contact_id;
  ELSE party := 'c' || tie.company_id;
  END IF;
  UPDATE ticket_search SET parties = CASE WHEN TG_OP = 'INSERT' THEN parties || party ELSE array_remove(parties, party) END
    WHERE account_id = tie.account_id AND ticket_id = tie.ticket_id;
  RETURN NULL;
END $$;
CREATE TRIGGER search_party AFTER INSERT OR DELETE ON ticket_contacts
  FOR EACH ROW EXECUTE FUNCTION search_party_changed();
CREATE TRIGGER search_party AFTER INSERT OR DELETE ON ticket_companies
  FOR EACH ROW EXECUTE FUNCTION search_party_changed();

-- The search itself.

-- Words that begin with each of these, or with '|' any.
CREATE FUNCTION prefixes(words text[], operator text DEFAULT '&') RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(format('%L:*', word), operator)::tsquery FROM unnest(words) AS w(word)
$$;

-- One page of the viewer's tickets that have a word beginning with each of those asked for: ids, in order.
--
-- The tickets of `roles` (the viewer's own) and, with `shared`, those of the company that the viewer sees; of them only those
-- of the company `of_company`, unless NULL, and with one of `statuses`. `sort` is updated, created, number or status (in the
-- order of `status_order`). The page begins after the ticket `after_id` with the sort value `after_key` (milliseconds for a
-- time), and has `wanted` rows at most.
--
-- There are two ways. A word that many tickets have fills a page soon: walk the list in its order and look at each. A word
-- that few have is quick in the index, and a walk would go on for long. So the walk goes first, for a few hundred tickets;
-- what it meets tells how common each word is, and with that which way is shorter. Both are exact. Of several words the
-- index is asked only for the rarest, as those that many tickets have would cost it more than looking at what is left.
CREATE FUNCTION find_tickets(asked text[], roles text[], shared boolean, of_company bigint, statuses text[], sort text,
  descending boolean, status_order text[], after_key bigint, after_id bigint, wanted bigint)
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
  own text := 'ticket_contacts c WHERE c.account_id = $1 AND c.contact_id = $2 AND c.role = ANY ($3)';
  ours text := 'ticket_companies c WHERE c.account_id = $1 AND c.company_id = $4';
  conditions text := ' AND NOT c.deleted AND c.inbox_id = ANY ($5) AND c.status = ANY ($6)';
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
  IF query IS NULL OR viewer IS NULL THEN RETURN; END IF;
  IF of_company = company THEN
    -- All of them are in that one range.
    roles := '{}';
  ELSIF of_company IS NOT NULL THEN
    conditions := conditions || ' AND EXISTS (SELECT FROM ticket_companies o
      WHERE o.account_id = $1 AND o.company_id = $7 AND o.ticket_id = c.ticket_id OFFSET 0)';
  END IF;
  IF ordered THEN
    conditions := conditions || format(' AND (c.%s, c.ticket_id) %s ($8::%s, $9)', walk_key, beyond, key_type);
    IF after_id IS NOT NULL THEN
      at := CASE WHEN sort = 'number' THEN after_key::text ELSE after_time::text END;
      at_id := after_id;
    END IF;
  END IF;
  own := own || conditions;
  ours := ours || conditions;
  range := format('(SELECT c.%2$s AS key, c.ticket_id FROM %%s ORDER BY c.%2$s %1$s, c.ticket_id %1$s LIMIT $10)',
    direction, walk_key);
  walk := format('SELECT k.key::text AS place, k.ticket_id, s.words @@ $11 AS found
    FROM (%1$s UNION %2$s ORDER BY 1 %3$s, 2 %3$s LIMIT $10) k
    LEFT JOIN ticket_search s ON s.account_id = $1 AND s.ticket_id = k.ticket_id ORDER BY k.key %3$s, k.ticket_id %3$s',
    format(range, own), format(range, ours), direction);

  LOOP
    complete := true;
    FOR walked IN EXECUTE walk
      USING account, viewer, roles, company, inboxes, statuses, of_company, at, at_id, reach, query
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
    IF share IS NULL AND cardinality(asked) = 1 THEN
      rarest := query;
      share := cardinality(hits)::float8 / cardinality(met);
    ELSIF share IS NULL THEN
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
    EXECUTE format('SELECT $14 || coalesce(array_agg(s.ticket_id), ''{}'')
      FROM (SELECT * FROM ticket_search s WHERE s.parties && $12 AND s.words @@ $13 OFFSET 0) s
      WHERE s.account_id = $1 AND s.words @@ $11 AND (EXISTS (SELECT FROM %s AND c.ticket_id = s.ticket_id OFFSET 0)
        OR EXISTS (SELECT FROM %s AND c.ticket_id = s.ticket_id OFFSET 0))',
      ours, own)
      INTO hits USING account, viewer, roles, company, inboxes, statuses, of_company, at, at_id, reach, query, parties,
        rarest, hits;
  END IF;

  RETURN QUERY EXECUTE format('SELECT t.id FROM unnest($2) AS h(id) JOIN tickets t ON t.account_id = $1 AND t.id = h.id
    WHERE $6 IS NULL OR (%1$s, t.id) %2$s (%4$s, $6) ORDER BY %1$s %3$s, t.id %3$s LIMIT $7',
    sort_key, beyond, direction, page_start)
    USING account, hits, status_order, after_time, after_key, after_id, wanted;
END $$;

-- The same for staff, in the order of their list: every ticket of the account, internal notes too.
CREATE FUNCTION find_tickets_for_staff(asked text[], inboxes bigint[], statuses text[], after_at timestamptz,
  after_id bigint, wanted bigint)
RETURNS SETOF bigint ROWS 25
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
SET jit = off SET max_parallel_workers_per_gather = 0 SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off AS $$
DECLARE
  farthest CONSTANT integer := 2000;
  common CONSTANT float8 := 0.1;
  account CONSTANT bigint := app_account();
  query CONSTANT tsquery := prefixes(asked);
  at timestamptz := coalesce(after_at, 'infinity');
  at_id bigint := coalesce(after_id, 0);
  reach bigint := greatest(200, 4 * wanted);
  walked record;
  met bigint[] := '{}';
  hits bigint[] := '{}';
  rarest tsquery;
  share float8;
BEGIN
  IF query IS NULL THEN RETURN; END IF;
  LOOP
    FOR walked IN
      SELECT t.id, t.updated_at, s.words @@ query OR (s.words || n.words) @@ query AS found
        FROM (SELECT * FROM tickets t WHERE t.account_id = account AND t.deleted_at IS NULL AND t.inbox_id = ANY (inboxes)
            AND t.status = ANY (statuses) AND (t.updated_at, t.id) < (at, at_id)
          ORDER BY t.updated_at DESC, t.id DESC LIMIT reach) t
        LEFT JOIN ticket_search s ON s.account_id = t.account_id AND s.ticket_id = t.id
        LEFT JOIN note_search n ON n.account_id = t.account_id AND n.ticket_id = t.id
        ORDER BY t.updated_at DESC, t.id DESC
    LOOP
      met := met || walked.id;
      IF walked.found THEN
        RETURN NEXT walked.id;
        hits := hits || walked.id;
        IF cardinality(hits) = wanted THEN RETURN; END IF;
      END IF;
      at := walked.updated_at;
      at_id := walked.id;
      reach := reach - 1;
    END LOOP;
    IF reach > 0 THEN RETURN; END IF;
    IF share IS NULL THEN
      WITH q AS MATERIALIZED (SELECT prefixes(ARRAY[word]) AS query FROM unnest(asked) AS w(word))
        SELECT q.query, avg((s.words @@ q.query)::integer) INTO rarest, share FROM q, ticket_search s
          WHERE s.account_id = account AND s.ticket_id = ANY (met)
          GROUP BY q.query ORDER BY 2, length(q.query::text) DESC LIMIT 1;
    END IF;
    EXIT WHEN share < common AND cardinality(hits) * farthest < wanted * cardinality(met);
    reach := 2 * cardinality(met);
  END LOOP;
  RETURN QUERY SELECT t.id
    FROM (SELECT s.account_id, s.ticket_id FROM ticket_search s WHERE s.words @@ rarest
      UNION SELECT n.account_id, n.ticket_id FROM note_search n WHERE n.words @@ rarest OFFSET 0) k
    JOIN tickets t ON t.account_id = k.account_id AND t.id = k.ticket_id
    JOIN ticket_search s ON s.account_id = account AND s.ticket_id = k.ticket_id
    LEFT JOIN note_search n ON n.account_id = account AND n.ticket_id = k.ticket_id
    WHERE k.account_id = account AND t.deleted_at IS NULL AND t.inbox_id = ANY (inboxes) AND t.status = ANY (statuses)
      AND (t.updated_at, t.id) < (at, at_id) AND (s.words @@ query OR (s.words || n.words) @@ query)
    ORDER BY t.updated_at DESC, t.id DESC LIMIT wanted - cardinality(hits);
END $$;

-- Who may run what.
REVOKE EXECUTE ON FUNCTION more_words(tsvector, text[]), gather_words(bigint, bigint), prefixes(text[], text),
  search_ticket_added(), search_messages_added(), search_words_changed(), search_party_changed(),
  find_tickets(text[], text[], boolean, bigint, text[], text, boolean, text[], bigint, bigint, bigint),
  find_tickets_for_staff(text[], bigint[], text[], timestamptz, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION more_words(tsvector, text[]), prefixes(text[], text) TO portico_definer, portico_app, portico_staff;
GRANT EXECUTE ON FUNCTION find_tickets(text[], text[], boolean, bigint, text[], text, boolean, text[], bigint, bigint, bigint)
  TO portico_app;
GRANT EXECUTE ON FUNCTION find_tickets_for_staff(text[], bigint[], text[], timestamptz, bigint, bigint)
  TO portico_staff;
ALTER FUNCTION gather_words(bigint, bigint) OWNER TO portico_definer;
ALTER FUNCTION search_ticket_added() OWNER TO portico_definer;
ALTER FUNCTION search_messages_added() OWNER TO portico_definer;
ALTER FUNCTION search_words_changed() OWNER TO portico_definer;
ALTER FUNCTION search_party_changed() OWNER TO portico_definer;
ALTER FUNCTION find_tickets(text[], text[], boolean, bigint, text[], text, boolean, text[], bigint, bigint, bigint)
  OWNER TO portico_definer;
ALTER FUNCTION find_tickets_for_staff(text[], bigint[], text[], timestamptz, bigint, bigint)
  OWNER TO portico_definer;

-- Visitors get nothing of the tables, not even what is theirs.
ALTER TABLE ticket_search ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket_search FORCE ROW LEVEL SECURITY;
ALTER TABLE note_search ENABLE ROW LEVEL SECURITY;
ALTER TABLE note_search FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON ticket_search, note_search TO portico_staff, portico_definer;
CREATE POLICY staff ON ticket_search TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
CREATE POLICY staff ON note_search TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
CREATE POLICY definer ON ticket_search TO portico_definer USING (true) WITH CHECK (true);
CREATE POLICY definer ON note_search TO portico_definer USING (true) WITH CHECK (true);
GRANT SELECT ON messages TO portico_definer;
CREATE POLICY definer ON messages TO portico_definer USING (true);
