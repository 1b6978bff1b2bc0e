import { ApiError, type FieldError } from '../../../api-error.js';
import type { Statement } from '../../../database.js';
import { type AdminWriting, refuse } from '../writing.js';

const accountInboxes: Statement = {
  name: 'config_inboxes',
  text: 'SELECT public_id, name FROM inboxes WHERE account_id = $1 ORDER BY id',
};

/** Public ids, in the order of the names. @throws ApiError `invalid` at `inboxes.0` for one that is none's or several have */
export async function inboxesNamed({ tx, account }: AdminWriting, names: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ public_id: string; name: string }>(accountInboxes, [account]);
  return names.map((name, at) => {
    const [inbox, another] = rows.filter((row) => row.name === name.trim());
    if (!inbox || another) throw refuse(`inboxes.${at}`, inbox ? 'ambiguous' : 'unknown');
    return inbox.public_id;
  });
}

/** @param pathOf the one at a place in the list. @throws ApiError `invalid` for a name that comes twice */
export function refuseRepeated(names: readonly string[], pathOf: (at: number) => string): void {
  const at = names.findIndex((name, place) => names.indexOf(name) < place);
  if (at >= 0) throw refuse(pathOf(at), 'repeated');
}

/**
 * Faults of a part of the file, with their paths in the whole of it.
 *
 * @param names where the file says what a settings function has another path for
 */
export async function below(
  path: string,
  run: () => Promise<unknown>,
  names: Readonly<Record<string, string>> = {},
): Promise<void> {
  const inFile = ({ path: own, code }: FieldError) => ({ path: `${path}.${names[own] ?? own}`, code });
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ApiError) || !error.fields) throw error;
    throw new ApiError(error.code, { fields: error.fields.map(inFile) });
  }
}
