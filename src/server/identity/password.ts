import { ApiError } from '../api-error.js';
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

/** Compares a password with its hash. Where there is none it costs the same work, and is wrong. */
export function createComparison(deps: Pick<AppDeps, 'hasher' | 'newId'>) {
  let decoy: Promise<string> | undefined;

  return async (hash: string | undefined, password: string): Promise<boolean> => {
    const right = await deps.hasher.verify(hash ?? (await (decoy ??= deps.hasher.hash(deps.newId()))), password);
    return right && hash !== undefined;
  };
}

/** Checks a password. An address that is unknown costs the same work as a wrong password. */
export function createPasswordCheck(deps: AppDeps) {
  const compare = createComparison(deps);

  return async (portal: PortalSettings, email: string, password: string): Promise<PasswordAnswer> => {
    const [[row]] = (await deps.database.batch({ role: 'app' }, [
      { statement: byEmail, params: [portal.account, portal.id, email.trim()] },
    ])) as [CredentialRow[]];
    const right = await compare(row?.password_hash, password);
    return { contact: row ? { id: row.contact_id, publicId: row.contact_public_id } : null, right };
  };
}

type PasswordDeps = Pick<AppDeps, 'hasher' | 'isKnownPassword'>;

/** Characters; the rules for a new password are those of ASVS 5.0, 6.2. */
const length = { least: 12, most: 256 };
/** What is left of a password without the words that everybody would try for this person. */
const leastOwn = 6;

/**
 * Hashes a new password of somebody.
 *
 * @param about names and addresses that a guesser would begin with
 * @throws ApiError `invalid`: `password` is `too-short`, `too-long`, `known` or `obvious`
 */
export async function hashNewPassword(deps: PasswordDeps, password: string, about: readonly string[]): Promise<string> {
  const code = problemOf(deps, password, about);
  if (code) throw new ApiError('invalid', { fields: [{ path: 'password', code }] });
  return deps.hasher.hash(password);
}

function problemOf({ isKnownPassword }: PasswordDeps, password: string, about: readonly string[]): string | null {
  if (password.length < length.least) return 'too-short';
  if (password.length > length.most) return 'too-long';
  if (isKnownPassword(password)) return 'known';
  const words = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  const own = words
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, word) => rest.replaceAll(word, ''), password.toLowerCase());
  return own.replaceAll(/[^\p{L}\p{N}]/gu, '').length < leastOwn && own !== password.toLowerCase() ? 'obvious' : null;
}
