import { DeskError } from '../connectors/connector.js';
import type { Step } from '../database.js';
import type { AppDeps } from '../deps.js';
import type { SignedIn } from '../identity/session.js';
import { contextOf } from '../identity/session.js';
import type { TicketRow } from '../index/ticket.js';
import type { PortalSettings } from '../settings/portal.js';
import { refreshTicket } from './refresh.js';

/** Who looks at a ticket, with what was read of it in the index. */
interface Looking {
  readonly portal: PortalSettings;
  readonly session: SignedIn;
  /** Of the first step, the ticket. */
  readonly rows: readonly (readonly unknown[])[];
}

export interface Current {
  readonly rows: readonly (readonly unknown[])[];
  /** Not of now, but of what the index had: the desk does not answer. */
  readonly isBehind: boolean;
}

/**
 * Before an answer about one ticket: reads it in the company's own desk, corrects the index and reads there again, as whoever
 * looks. Who is not shown the ticket by the index is not told of the desk either, and so learns nothing from how long it
 * takes. While the desk does not answer, the index does.
 */
export function createCurrent(deps: AppDeps) {
  /** Those who look at a ticket at the same time share a reading. */
  const reading = new Map<string, Promise<boolean>>();

  async function correct(account: number, ref: string): Promise<boolean> {
    const desk = await deps.desks.of(account);
    if (!desk) return true;
    try {
      await refreshTicket(deps, desk, ref);
      return true;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      return false;
    }
  }

  return async ({ portal, session, rows }: Looking, steps: readonly Step[]): Promise<Current> => {
    const [ticket] = (rows[0] ?? []) as TicketRow[];
    if (!portal.desk || !ticket?.desk_ref) return { rows, isBehind: false };
    const name = `${portal.account} ${ticket.desk_ref}`;
    const shared = reading.get(name) ?? correct(portal.account, ticket.desk_ref).finally(() => reading.delete(name));
    reading.set(name, shared);
    if (!(await shared)) return { rows, isBehind: true };
    return { rows: await deps.database.batch(contextOf(portal, session.viewer.id), steps), isBehind: false };
  };
}
