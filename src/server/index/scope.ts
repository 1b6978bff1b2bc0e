import type { TicketScope } from '../../model/index.js';
import type { Param } from '../database.js';
import { account, contact } from './asking.js';

/** Adds a parameter to a statement, and names it there. */
export type Bind = (value: Param, type: string) => string;

/** The one company whose tickets a scope takes, by its number: 0 for one that there is not. `null` for a scope of none. */
export function companyOf(scope: TicketScope, bind: Bind): string | null {
  if (scope === 'company') {
    return `(SELECT coalesce((SELECT m.company_id FROM contact_companies m
      WHERE m.account_id = ${account} AND m.contact_id = ${contact} AND m.is_primary), 0))`;
  }
  if (!scope.startsWith('company:')) return null;
  const publicId = bind(scope.slice('company:'.length), 'text');
  return `(SELECT coalesce((SELECT o.id FROM companies o
    WHERE o.account_id = ${account} AND o.public_id = ${publicId}), 0))`;
}

/** What a statement is named after: the scope without whose it is. */
export const kindOf = (scope: TicketScope): string => scope.replace(/:.*/, ':');
