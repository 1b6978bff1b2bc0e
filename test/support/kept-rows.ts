import type { TestDatabase } from './database.js';

const columns = `SELECT format('%I', c.relname) AS "table", string_agg(format('%I', a.attname), ', ') AS names
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations' GROUP BY c.relname`;

const inEachTable = (work: string) => `DO $$ DECLARE it record; BEGIN
  FOR it IN ${columns} LOOP ${work} END LOOP;
END $$`;

/** Without triggers, which would tell and check what has been told and checked. */
const withoutTriggers = `PERFORM set_config('session_replication_role', 'replica', true);`;

/** Remembers all rows. Returns what makes the database have these and no others: for what takes long to write. */
export async function keepRows({ asSuperuser }: Pick<TestDatabase, 'asSuperuser'>): Promise<() => Promise<void>> {
  await asSuperuser('CREATE SCHEMA kept');
  await asSuperuser(inEachTable(`EXECUTE format('CREATE TABLE kept.%s AS TABLE public.%1$s', it."table");`));
  return async () => {
    await asSuperuser(
      inEachTable(`${withoutTriggers} EXECUTE format(
        'DELETE FROM public.%1$s; INSERT INTO public.%1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM kept.%1$s',
        it."table", it.names);`),
    );
  };
}
