import { ApiError } from '../api-error.js';
import type { Connector, ConnectorFactory, DeskSettings, Feed } from '../connectors/connector.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { createSealer } from '../seal.js';

/** A help desk of a company's own that stands behind an account. */
export interface Desk {
  readonly account: number;
  readonly connector: Connector;
  readonly feed: Feed;
}

const find: Statement = {
  name: 'desk',
  text: 'SELECT kind, settings, secret, version FROM desks WHERE account_id = $1',
};
interface DeskRow {
  readonly kind: string;
  readonly settings: DeskSettings['settings'];
  readonly secret: string;
  readonly version: number;
}

/** What is kept of a desk has no end of its own. */
const century = 100 * 365 * 24 * 3600;

/** Seals passwords and tokens of desks for the database. */
export function createSecrets(deps: Pick<AppDeps, 'secret' | 'clock'>) {
  const sealer = createSealer(deps.secret, 'desk secret', deps.clock);
  return {
    seal: (secret: DeskSettings['secret']) => sealer.seal(secret, century),
    open: (text: string) => sealer.open(text) as Promise<DeskSettings['secret'] | null>,
  };
}

export interface Desks {
  /**
   * The desk behind the account; `null` for the built-in one. A connector lives until its settings change.
   *
   * @throws Error for a desk of a kind that this server does not know, or whose secret was sealed by another one
   */
  of(account: number): Promise<Desk | null>;
  /**
   * Where tickets are answered in a desk of the company's own, nobody answers them here.
   *
   * @throws ApiError `forbidden`
   */
  refuseStaff(account: number): Promise<void>;
  /** A connector for settings of the account that are not kept yet; `null` for a kind that this server does not know. @throws DeskError */
  connect(account: number, kind: string, settings: DeskSettings): Connector | null;
}

/** @param connectors by kind */
export function createDesks(
  deps: Pick<AppDeps, 'database' | 'secret' | 'clock' | 'outgoing'>,
  connectors: Readonly<Record<string, ConnectorFactory>>,
): Desks {
  const secrets = createSecrets(deps);
  const connect = (account: number, kind: string, settings: DeskSettings) =>
    Object.hasOwn(connectors, kind) ? (connectors[kind]?.(settings, deps.outgoing(account)) ?? null) : null;
  const known = new Map<number, { readonly version: number; readonly desk: Desk }>();

  async function of(account: number): Promise<Desk | null> {
    const steps = [{ statement: find, params: [account] }];
    const [[row]] = (await deps.database.batch({ role: 'staff', account }, steps)) as [DeskRow[]];
    if (!row) return null;
    const { kind, settings, version } = row;
    const before = known.get(account);
    if (before?.version === version) return before.desk;
    const secret = await secrets.open(row.secret);
    const connector = secret && connect(account, kind, { settings, secret });
    if (!connector?.feed) throw new Error(`the desk of account ${account}, of the kind ${kind}, cannot be opened`);
    const desk: Desk = { account, connector, feed: connector.feed };
    known.set(account, { version, desk });
    return desk;
  }

  return {
    of,
    connect,
    async refuseStaff(account) {
      if (await of(account)) throw new ApiError('forbidden');
    },
  };
}
