import type { Statement } from '../database.js';
import type { PgliteSession } from './pglite-session.js';

/** The table with the most to clean up, when it is worth it and no transaction is open, which none of this could join. */
const findWorst: Statement = {
  name: 'upkeep.find',
  text: `SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables
    WHERE n_mod_since_analyze + n_dead_tup > 1000 + n_live_tup / 10 AND statement_timestamp() - now() < interval '1 s'
    ORDER BY n_mod_since_analyze + n_dead_tup DESC LIMIT 1`,
};
const publishStatistics: Statement = { name: 'upkeep.publish', text: 'SELECT pg_stat_force_next_flush()::text' };

/**
 * What background workers do for PostgreSQL and PGlite lacks: cleans up and analyses one table, and shortens the log of
 * changes. Everything else has to wait meanwhile, and must: the session is under other roles, which can read no table.
 *
 * @returns false when there is nothing to do
 * @throws DatabaseError
 */
export async function keepUp(session: PgliteSession): Promise<boolean> {
  await session.run([{ statement: publishStatistics }]);
  const [[table] = []] = (await session.run([{ statement: findWorst }])) as { name: string }[][];
  if (!table) return false;
  try {
    await session.script('SET ROLE pg_maintain');
    await session.script(`VACUUM (ANALYZE) ${table.name}`);
    await session.script('SET ROLE pg_checkpoint');
    await session.script('CHECKPOINT');
  } finally {
    await session.script('RESET ROLE');
  }
  return true;
}
