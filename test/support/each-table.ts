const tables = `SELECT format('%I', c.relname) AS "table", string_agg(format('%I', a.attname), ', ') AS names
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations' GROUP BY c.relname`;

/** One statement of PL/pgSQL: `work` for each of our tables, `it."table"` with its columns `it.names`, then what comes `after`. */
export const inEachTable = (work: string, after = ''): string => `DO $$ DECLARE it record; BEGIN
  FOR it IN ${tables} LOOP ${work} END LOOP; ${after}
END $$`;

/** In such a statement: without triggers, which would tell and check what has been told and checked. */
export const withoutTriggers = `PERFORM set_config('session_replication_role', 'replica', true);`;
