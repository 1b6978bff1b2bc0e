import { readChanges, type TicketDetailView, withChanges } from '../../policy/index.js';
import type { TicketChange } from '../../model/index.js';
import { ApiError } from '../api-error.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { contextOf } from '../identity/session.js';
import { lockFor, readView, type Writes } from './writes.js';

const keep: Statement = {
  name: 'properties_keep',
  text: 'UPDATE tickets SET properties = $3::jsonb WHERE account_id = $1 AND id = $2',
};

/**
 * Changes the ticket's properties. It is no public event: no time moves.
 *
 * @throws ApiError `not-found`, `forbidden` where the policy allows it not, `invalid` for what is not theirs to set, or not so
 */
export function edit(
  deps: AppDeps,
  who: Writes,
  ticket: string,
  { properties }: TicketChange,
): Promise<TicketDetailView> {
  const { portal, session } = who;
  return deps.database.tx(contextOf(portal, session.viewer.id), async (tx) => {
    const { row } = await lockFor(tx, who, ticket, 'edit');
    const { changes, faults } = readChanges(portal.propertyDefinitions, properties);
    if (faults.length > 0) throw new ApiError('invalid', { fields: faults });
    await tx.query(keep, [portal.account, row.id, JSON.stringify(withChanges(row.properties, changes))]);
    return readView(tx, who, ticket);
  });
}
