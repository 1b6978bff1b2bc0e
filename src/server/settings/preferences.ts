import type { Preferences } from '../../model/index.js';
import type { Statement, Step } from '../database.js';
import { account, contact } from '../index/asking.js';

const find: Statement = {
  name: 'preferences',
  text: `SELECT columns, follows_company FROM preferences WHERE account_id = ${account} AND contact_id = ${contact}`,
};
const keep: Statement = {
  name: 'preferences_keep',
  text: `INSERT INTO preferences AS kept (account_id, contact_id, columns, follows_company)
    VALUES (${account}, ${contact}, $2, coalesce($3, false))
    ON CONFLICT (account_id, contact_id) DO UPDATE SET
      columns = CASE WHEN $1 THEN excluded.columns ELSE kept.columns END,
      follows_company = coalesce($3, kept.follows_company)
    RETURNING columns, follows_company`,
};

interface PreferencesRow {
  readonly columns: readonly string[] | null;
  readonly follows_company: boolean;
}

type Change = { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined };

/** What who asks has chosen: at most one row. */
export const preferencesStep: Step = { statement: find };

/** Keeps what is given and leaves the rest; answers as `preferencesStep` does. */
export const keepPreferences = ({ columns, followsCompany }: Change): Step => ({
  statement: keep,
  params: [columns !== undefined, columns ?? null, followsCompany ?? null],
});

/** Of the rows of either step; whoever has never chosen has nothing. */
export function toPreferences(rows: readonly unknown[] | undefined): Preferences {
  const [row] = (rows ?? []) as PreferencesRow[];
  return { columns: row?.columns ?? null, followsCompany: row?.follows_company ?? false };
}
