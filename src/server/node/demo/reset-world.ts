import type { World } from '../../../world/world.js';
import type { Statement } from '../../database.js';
import { findAccount } from './statements.js';
import { nextNumberOf, prepareWorld, type SeedDeps } from './seed-world.js';

/** What belongs to an account, after what it refers to. Its own row and its audit log stay: the log only grows. */
export const resetTables = [
  ...[
    'attachments',
    'uploads',
    'messages',
    'read_marks',
    'ratings',
    'follow_ups',
    'ticket_search',
    'note_search',
    'desk_writes',
  ],
  ...['ticket_contacts', 'ticket_companies', 'tickets', 'idempotency_keys', 'file_chunks'],
  ...['sso_logouts', 'sso_transactions', 'sso_connections', 'identities', 'sessions', 'flows', 'mails'],
  ...['consent_records', 'consent_texts'],
  ...['origin_requests', 'seen_pages', 'host_keys', 'portal_inboxes', 'portal_access_groups', 'portals', 'domains'],
  ...['access_group_members', 'access_groups', 'credentials', 'contact_companies', 'preferences', 'contacts'],
  ...['contact_properties'],
  ...['staff_credentials', 'staff_sessions', 'staff_links'],
  ...['companies', 'staff', 'statuses', 'former_statuses', 'inboxes', 'desks'],
] as const;

const removals: readonly Statement[] = resetTables.map((table) => ({
  name: `reset.${table}`,
  text: `DELETE FROM ${table} WHERE account_id = $1`,
}));

const findFiles: Statement = {
  name: 'reset.files',
  text: `SELECT file_key AS key FROM attachments WHERE account_id = $1 AND file_key IS NOT NULL
    UNION SELECT file_key FROM uploads WHERE account_id = $1`,
};

const setNextNumber: Statement = {
  name: 'reset.next_number',
  text: 'UPDATE accounts SET next_number = $2 WHERE account_id = $1',
};

/** Who has tried too often may try again. */
const removeLimits: Statement = { name: 'reset.limits', text: 'DELETE FROM rate_limits' };

/**
 * Removes all that was done to a world and writes it anew, in one transaction: whoever reads meanwhile sees the one or the
 * other. Every session ends. Meant for made-up worlds alone.
 *
 * @throws Error when the world was never written
 */
export async function resetWorld(deps: SeedDeps, world: World): Promise<void> {
  const { database, files } = deps;
  const [[found]] = (await database.batch({ role: 'staff' }, [
    { statement: findAccount, params: [world.account] },
  ])) as [{ account_id: number }[]];
  if (!found) throw new Error(`There is no world "${world.account}"`);
  const account = found.account_id;
  const prepared = await prepareWorld(deps, account, world);
  const discard = async (keys: readonly string[]) => {
    for (const key of keys) await files.remove(account, key);
  };
  try {
    const outlived = await database.tx({ role: 'staff', account }, async (tx) => {
      const keys = await tx.query<{ key: string }>(findFiles, [account]);
      await tx.batch(removals.map((statement) => ({ statement, params: [account] })));
      await tx.query(removeLimits);
      await tx.query(setNextNumber, [account, nextNumberOf(world)]);
      await prepared.write(tx);
      return keys.map(({ key }) => key);
    });
    await discard(outlived);
  } catch (error) {
    await discard(prepared.keys);
    throw error;
  }
}
