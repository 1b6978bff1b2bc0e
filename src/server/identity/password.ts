import type { AppDeps } from '../deps.js';
import type { Statement } from '../database.js';
import type { PortalSettings } from '../settings/portal.js';

const byEmail: Statement = { name: 'credential_by_email', text: 'SELECT * FROM credential_by_email($1, $2, $3)' };

interface CredentialRow {
  readonly contact_id: number;
  readonly password_hash: string;
}

/** Checks a password. An address that is unknown costs the same work as a wrong password. */
export function createPasswordCheck(deps: AppDeps) {
  let decoy: Promise<string> | undefined;

  return async (portal: PortalSettings, email: string, password: string): Promise<number | null> => {
    const [[row]] = (await deps.database.batch({ role: 'app' }, [
      { statement: byEmail, params: [portal.account, portal.id, email.trim()] },
    ])) as [CredentialRow[]];
    const hash = row?.password_hash ?? (await (decoy ??= deps.hasher.hash(deps.newId())));
    const right = await deps.hasher.verify(hash, password);
    return right && row ? row.contact_id : null;
  };
}
