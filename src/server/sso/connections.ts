import { publicIdSchema } from '../../wire/index.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { createSealer } from '../seal.js';
import type { PortalSettings } from '../settings/portal.js';

/** A provider as we are known to it. */
export interface Connection {
  readonly id: number;
  readonly issuer: string;
  readonly clientId: string;
  /** `null` for a client that has none. */
  readonly clientSecret: string | null;
}

/** As the tables have it. */
export interface ConnectionRow {
  readonly id: number;
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string | null;
}

const find: Statement = { name: 'sso_connection', text: 'SELECT * FROM sso_connection($1, $2, $3)' };

/** What is kept of a connection has no end of its own. */
const century = 100 * 365 * 24 * 3600;

/** Seals clients' secrets for the database. */
export function createClientSecrets(deps: Pick<AppDeps, 'secret' | 'clock'>) {
  const sealer = createSealer(deps.secret, 'sso client secret', deps.clock);
  return {
    seal: (secret: string): Promise<string> => sealer.seal({ secret }, century),
    async open(text: string): Promise<string> {
      const opened = await sealer.open(text);
      if (!opened) throw new Error('the secret of a connection was sealed by another server');
      return opened['secret'] as string;
    },
  };
}

export function createConnections(deps: Pick<AppDeps, 'database' | 'secret' | 'clock'>) {
  const secrets = createClientSecrets(deps);

  async function open(row: ConnectionRow): Promise<Connection> {
    const { id, issuer, client_id: clientId, client_secret: sealed } = row;
    return { id, issuer, clientId, clientSecret: sealed === null ? null : await secrets.open(sealed) };
  }

  return {
    open,

    /** The portal's connection with this public id; `null` when it has none such. */
    async find({ account, id }: PortalSettings, publicId: string): Promise<Connection | null> {
      if (!publicIdSchema.safeParse(publicId).success) return null;
      const steps = [{ statement: find, params: [account, id, publicId] }];
      const [[row]] = (await deps.database.batch({ role: 'app' }, steps)) as [ConnectionRow[]];
      return row ? open(row) : null;
    },
  };
}
