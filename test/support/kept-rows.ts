import type { TestDatabase } from './database.js';
import { inEachTable, withoutTriggers } from './each-table.js';

/** Remembers all rows. Returns what makes the database have these and no others: for what takes long to write. */
export async function keepRows({ asSuperuser }: Pick<TestDatabase, 'asSuperuser'>): Promise<() => Promise<void>> {
  await asSuperuser('CREATE SCHEMA kept');
  await asSuperuser(inEachTable(`EXECUTE format('CREATE TABLE kept.%s AS TABLE public.%1$s', it."table");`));
  const putBack = inEachTable(`${withoutTriggers} EXECUTE format(
    'DELETE FROM public.%1$s; INSERT INTO public.%1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM kept.%1$s',
    it."table", it.names);`);
  return async () => void (await asSuperuser(putBack));
}
