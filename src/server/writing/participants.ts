import type { NewParticipant } from '../../model/index.js';
import type { TicketDetailView } from '../../policy/index.js';
import { ApiError } from '../api-error.js';
import { insertParticipant } from '../connectors/builtin/statements.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { auditStep } from '../identity/audit.js';
import { createLimits } from '../identity/limits.js';
import { contextOf } from '../identity/session.js';
import { lockFor, readView, type Writes } from './writes.js';

const find: Statement = { name: 'invited_by_email', text: 'SELECT * FROM invited_by_email($1, $2)' };

interface Invited {
  readonly contact_id: number;
  readonly contact_public_id: string;
}

/**
 * Brings a colleague into a ticket: they take part from now on. Whoever is nobody of the writer's companies is told of like
 * nobody at all. It is no public event: no time moves.
 */
export function createAddParticipant(deps: AppDeps) {
  const limits = createLimits(deps);

  /** @throws ApiError `rate-limited`, `not-found`, `forbidden` where the policy allows it not, `invalid` */
  return async (who: Writes, ticket: string, { email }: NewParticipant): Promise<TicketDetailView> => {
    const { portal, session } = who;
    // Found or not: nobody tries a list of addresses.
    await limits.participant(portal, session.publicId);
    return deps.database.tx(contextOf(portal, session.viewer.id), async (tx) => {
      const { row } = await lockFor(tx, who, ticket, 'add-participant');
      const [invited] = await tx.query<Invited>(find, [row.id, email.trim()]);
      if (!invited) throw new ApiError('invalid', { fields: [{ path: 'email', code: 'unknown' }] });
      const { contact_id: contact, contact_public_id: id } = invited;
      if (!row.parties.some((party) => party.id === contact)) {
        await tx.query(insertParticipant, [portal.account, contact, row.id]);
        const entry = {
          actor: 'contact',
          actorId: session.publicId,
          event: 'parties-changed',
          portal: portal.slug,
        } as const;
        await tx.batch([auditStep(portal.account, deps.clock(), { ...entry, subjects: { ticket, contact: id } })]);
      }
      return readView(tx, who, ticket);
    });
  };
}
