import type { InspectionWire } from '../../wire/index.js';
import type { Database, Statement } from '../database.js';

/** What the database tells of a server, whoever its accounts are. */
export type Inspection = Omit<InspectionWire, 'seen'>;

const readServer: Statement = {
  name: 'inspection_server',
  text: `SELECT clock_timestamp() AS time, current_setting('server_version') AS version, staff_admin_exists() AS has_admin,
    (SELECT max(name) FROM schema_migrations) AS migration`,
};
const listAccounts: Statement = { name: 'inspection_accounts', text: 'SELECT account_id FROM accounts ORDER BY 1' };
const enterAccount: Statement = {
  name: 'inspection_enter',
  text: `SELECT set_config('app.account', $1::bigint::text, true)`,
};
const listPortals: Statement = {
  name: 'inspection_portals',
  text: 'SELECT slug, host, origins FROM portals ORDER BY id',
};

interface ServerRow {
  readonly time: Date;
  readonly version: string;
  readonly has_admin: boolean;
  readonly migration: string;
}

export const readInspection = (database: Database): Promise<Inspection> =>
  database.snapshot(async (tx) => {
    const [server] = (await tx.query(readServer)) as [ServerRow];
    const portals: Inspection['portals'] = [];
    for (const { account_id: account } of await tx.query<{ account_id: number }>(listAccounts)) {
      await tx.query(enterAccount, [account]);
      portals.push(...(await tx.query<Inspection['portals'][number]>(listPortals)));
    }
    return {
      time: server.time.toISOString(),
      databaseVersion: server.version.split(' ')[0] ?? '',
      migration: server.migration,
      hasAdmin: server.has_admin,
      portals,
    };
  });
