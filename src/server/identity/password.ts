import type { AppDeps } from '../deps.js';
import type { Statement } from '../database.js';
import type { PortalSettings } from '../settings/portal.js';

const byEmail: Statement = { name: 'credential_by_email', text: 'SELECT * FROM credential_by_email($1, $2, $3)' };

interface CredentialRow {
  readonly contact_id: number;
  readonly contact_public_id: string;
  readonly password_hash: string;
}

export interface PasswordAnswer {
  /** Whose address it is; `null` for nobody who may sign in at this portal. */
  readonly contact: { readonly id: number; readonly publicId: string } | null;
  readonly right: boolean;
}

/** Checks a password. An address that is unknown costs the same work as a wrong password. */
export function createPasswordCheck(deps: AppDeps) {
  let decoy: Promise<string> | undefined;

  return async (portal: PortalSettings, email: string, password: string): Promise<PasswordAnswer> => {
    const [[row]] = (await deps.database.batch({ role: 'app' }, [
      { statement: byEmail, params: [portal.account, portal.id, email.trim()] },
    ])) as [CredentialRow[]];
    const hash = row?.password_hash ?? (await (decoy ??= deps.hasher.hash(deps.newId())));
    const right = await deps.hasher.verify(hash, password);
    return { contact: row ? { id: row.contact_id, publicId: row.contact_public_id } : null, right };
  };
}
