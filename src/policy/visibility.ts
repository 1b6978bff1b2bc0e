/**
 * Who sees which ticket. Every route that carries a ticket, message, attachment, count, search hit or event asks here;
 * the database holds the same rule once more as row level security. The specification is `test/policy/truth.md`.
 */

import { type Filter, passes } from './filter.js';

/** Any id that is equal when the thing is the same: a number in the server, a string in memory. */
export type Id = string | number;

export interface Viewer {
  readonly account: Id;
  readonly id: Id;
  readonly enabled: boolean;
  readonly verified: boolean;
  /** Only the primary company widens what a contact sees. */
  readonly primaryCompany: Id | null;
  readonly properties: Readonly<Record<string, string>>;
}

export interface TicketFacts {
  readonly account: Id;
  readonly inbox: Id;
  readonly deleted: boolean;
  readonly requester: Id;
  /** Associated by staff or by the help desk. */
  readonly contacts: readonly Id[];
  /** Joined by a reply or an invitation. */
  readonly participants: readonly Id[];
  /** Stored on the ticket: they do not move when a person changes employer. */
  readonly companies: readonly Id[];
}

/** `company-if` is `company` for contacts whose properties pass: groups joined by OR, filters in a group by AND. */
export type TicketPermission =
  | { readonly kind: 'own' }
  | { readonly kind: 'company' }
  | { readonly kind: 'company-if'; readonly groups: readonly (readonly Filter[])[] };

export interface PortalFacts {
  readonly account: Id;
  readonly inboxes: readonly Id[];
  readonly permission: TicketPermission;
}

export type Relation = 'requester' | 'contact' | 'participant' | 'company';

/** The filters by which this contact passes `company-if`: the first group all of which hold. */
export function passedGroup(viewer: Viewer, permission: TicketPermission): readonly Filter[] | null {
  if (permission.kind !== 'company-if') return null;
  // A group without a filter lets nobody in: a half-written setting must close the door.
  const holds = (group: readonly Filter[]) =>
    group.length > 0 && group.every((filter) => passes(viewer.properties, filter));
  return permission.groups.find(holds) ?? null;
}

/** What the contact sees beyond their own tickets. */
export function permissionOf(viewer: Viewer, permission: TicketPermission): 'own' | 'company' {
  return permission.kind === 'company' || passedGroup(viewer, permission) ? 'company' : 'own';
}

/** How the viewer is tied to the ticket, the first that holds; `null` when not at all, or when nothing may be seen. */
export function relationOf(viewer: Viewer, ticket: TicketFacts, portal: PortalFacts): Relation | null {
  if (ticket.account !== viewer.account || portal.account !== viewer.account) return null;
  if (ticket.deleted || !portal.inboxes.includes(ticket.inbox)) return null;
  if (!viewer.enabled || !viewer.verified) return null;
  if (ticket.requester === viewer.id) return 'requester';
  if (ticket.contacts.includes(viewer.id)) return 'contact';
  if (ticket.participants.includes(viewer.id)) return 'participant';
  const colleague = viewer.primaryCompany !== null && ticket.companies.includes(viewer.primaryCompany);
  return colleague && permissionOf(viewer, portal.permission) === 'company' ? 'company' : null;
}

export const visible = (viewer: Viewer, ticket: TicketFacts, portal: PortalFacts): boolean =>
  relationOf(viewer, ticket, portal) !== null;
