import type { Step } from '../database.js';
import type { AppDeps } from '../deps.js';
import type { Admitted } from '../http/portal-call.js';
import type { SignedIn } from '../identity/session.js';
import { findArrival } from '../identity/arrival.js';
import { contextOf } from '../identity/session.js';
import { changedSinceStep, ticketsStep } from '../index/changes.js';
import type { TicketRow } from '../index/ticket.js';
import { toRecord } from '../index/ticket.js';
import { effectivePermission, projectTicket } from '../../policy/index.js';
import type { PortalSettings } from '../settings/portal.js';
import type { Sent } from './position.js';

/** Who a stream is for, as of now. */
export interface Who {
  readonly portal: PortalSettings;
  readonly session: SignedIn;
}

/** A ticket as the contact sees it now. */
export interface Found extends Sent {
  /** The data of its event. */
  readonly json: string;
}

/** The company all of whose tickets the contact sees. */
export const widenedTo = ({ portal, session }: Who): number | null =>
  effectivePermission(session.viewer, portal) === 'company' ? session.viewer.primaryCompany : null;

/** What makes up the contact's view of a portal: with another one, what was sent before no longer holds. */
export const scopeOf = (who: Who): string => JSON.stringify([widenedTo(who), who.portal.inboxes.toSorted()]);

/** Whose view of which portal it is. */
export const ownerOf = ({ portal, session }: Who): string =>
  JSON.stringify([portal.account, portal.id, session.viewer.id]);

/** What a stream reads, each time anew: as the contact, under row level security and through the policy. */
export interface View {
  /** The same contact with the same view as at first, else `null`. Asking renews no session. */
  who(): Promise<Who | null>;
  /** Visible tickets with a public event since then, the longest unchanged first, one more than `limit` at most. */
  since(who: Who, since: Date, limit: number): Promise<Found[]>;
  /** Those of the tickets that are visible, the longest unchanged first. */
  tickets(who: Who, ids: readonly number[]): Promise<Found[]>;
}

export function createView(deps: AppDeps, first: Admitted & Who): View {
  const [owner, scope] = [ownerOf(first), scopeOf(first)];

  async function read({ portal, session }: Who, step: Step): Promise<Found[]> {
    const [rows] = (await deps.database.batch(contextOf(portal, session.viewer.id), [step])) as [TicketRow[]];
    const found = rows.flatMap((row) => {
      const ticket = projectTicket(session.viewer, toRecord(portal, row, first.language), portal);
      return ticket ? { id: row.id, at: row.updated_at.getTime(), json: JSON.stringify({ ticket }) } : [];
    });
    return Promise.all(found.map(async (one) => ({ ...one, print: await printOf(one.json) })));
  }

  return {
    async who() {
      const arrival = await findArrival(deps, first.caller, first.portal.slug);
      const who = arrival?.session ? { portal: arrival.portal, session: arrival.session } : null;
      return who && ownerOf(who) === owner && scopeOf(who) === scope ? who : null;
    },
    since: (who, since, limit) => read(who, changedSinceStep(since, limit)),
    tickets: (who, ids) => read(who, ticketsStep(ids)),
  };
}

/** 48 bits that tell one content from another. */
async function printOf(json: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(json));
  return btoa(String.fromCharCode(...new Uint8Array(digest, 0, 6)));
}
