import type { RequestOptions } from '../portal-backend.js';
import type { Named, Page } from './people-backend.js';

/** Where tickets are, and what uses it. */
export interface Inbox extends Named {
  /** A queue of the company's own help desk: it is named there. */
  readonly desk: boolean;
  readonly tickets: number;
  readonly portals: readonly { readonly slug: string; readonly name: string; readonly receives: boolean }[];
  /** Who answers this inbox and not all of them. */
  readonly staff: readonly Named[];
}

export type Category = 'open' | 'waiting_on_contact' | 'closed';

/** By language. */
export type Label = Readonly<Record<string, string>>;

export interface OwnedStatus {
  readonly id: string;
  readonly category: Category;
  readonly label: Label;
  /** Ids of those whose tickets have it; `null` for every inbox. */
  readonly inboxes: readonly string[] | null;
  /** That have it. */
  readonly tickets: number;
}

export interface StatusChange {
  readonly category?: Category;
  /** The whole of it. */
  readonly label?: Label;
  readonly inboxes?: OwnedStatus['inboxes'];
  /** Its place among all, from 0. */
  readonly position?: number;
  /** As it was read: refused with `conflict` at `was` when somebody has changed it since. */
  readonly was?: Pick<OwnedStatus, 'category' | 'label' | 'inboxes'>;
}

/** Somebody has done something, or was refused. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  /** Slug. */
  readonly portal: string | null;
  readonly actor: { readonly kind: 'contact' | 'staff' | 'admin' | 'visitor'; readonly id: string | null };
  readonly event: string;
  /** Ids by what they are of. */
  readonly subjects: Readonly<Record<string, string>>;
  readonly outcome: 'done' | 'refused';
  /** Settings by name; `null` where the values are nobody's business. */
  readonly change: Readonly<Record<string, { readonly before?: unknown; readonly after?: unknown } | null>> | null;
  /** What is called how now: `actor`, each kind of subject, and each id in the change. */
  readonly names: Readonly<Record<string, string>>;
}

export interface AuditSearch {
  /** Names of events, separated by commas. */
  readonly event?: string;
  /** An id, or a kind of actor. */
  readonly actor?: string;
  readonly cursor?: string;
}

/** Of a connector's own shape. */
export type DeskSettings = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** The company's own help desk behind the portals. */
export interface Desk {
  readonly kind: string;
  /** Without what is secret of them. */
  readonly settings: DeskSettings;
  /** Up to when everything is here, ISO 8601; `null` before all was read once. */
  readonly syncedAt: string | null;
  readonly inboxes: readonly Named[];
}

export interface NewDesk {
  readonly kind: string;
  readonly settings: DeskSettings;
  readonly secret: Readonly<Record<string, string>>;
}

/** What all portals of an account have in common. Every method rejects with a `BackendError`. */
export interface AccountBackend {
  listInboxes(options?: RequestOptions): Promise<readonly Inbox[]>;
  /** @throws BackendError `conflict` at `name` when another one is called so, at `desk` where a help desk has them */
  createInbox(name: string): Promise<Inbox>;
  /** @param was as it was read: refused with `conflict` at `was` when somebody has changed it since */
  renameInbox(id: string, name: string, was?: string): Promise<Inbox>;
  /** @throws BackendError `conflict` at what is in the way: `portals`, `staff`, `tickets`, `desk` */
  deleteInbox(id: string): Promise<void>;

  /** In the owner's order. */
  listStatuses(options?: RequestOptions): Promise<readonly OwnedStatus[]>;
  createStatus(input: Pick<OwnedStatus, 'category' | 'label' | 'inboxes'>): Promise<OwnedStatus>;
  /** @throws BackendError `conflict` at `category` for the last one of it that every inbox has, at `inboxes` where tickets of others have it */
  updateStatus(id: string, change: StatusChange): Promise<OwnedStatus>;
  /** @param replacement what its tickets get */
  deleteStatus(id: string, replacement?: string): Promise<void>;

  /** The newest entry first. */
  listAudit(search: AuditSearch, options?: RequestOptions): Promise<Page<AuditEntry>>;

  /** @throws BackendError `not-found` where tickets are kept by the server itself */
  getDesk(options?: RequestOptions): Promise<Desk>;
  /**
   * Asks the desk before anything is kept.
   *
   * @throws BackendError `invalid` at `settings` for what the desk does not take, `conflict` where the server itself has
   *   tickets, `unavailable` where the desk does not answer
   */
  setDesk(input: NewDesk): Promise<Desk>;
}
