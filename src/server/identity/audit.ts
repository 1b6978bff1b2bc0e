import type { Statement, Step } from '../database.js';

/** Everything that is entered; `<portal-setup>` has words for each. */
export const auditEvents = [
  'sign-in',
  'sign-out',
  'password-changed',
  'consent-given',
  'consent-withdrawn',
  'access',
  'origin',
  'portal-created',
  'connection-created',
  'connection-changed',
  'connection-deleted',
  'identity-linked',
  'portal-changed',
  'invitation',
  'contact-created',
  'contact-changed',
  'contact-exported',
  'contact-erased',
  'property-created',
  'property-changed',
  'property-deleted',
  'company-created',
  'company-changed',
  'company-deleted',
  'domain-created',
  'domain-changed',
  'domain-deleted',
  'desk-changed',
  'inbox-created',
  'inbox-changed',
  'inbox-deleted',
  'status-created',
  'status-changed',
  'status-deleted',
  'parties-changed',
  'explain',
  'preview',
  'export',
  'account-created',
  'account-changed',
  'staff-created',
  'staff-changed',
  'staff-link',
  'staff-welcome',
] as const;
export type AuditEvent = (typeof auditEvents)[number];

/** One entry, of ids and settings only: never a text, an e-mail address, a token or what somebody searched for. */
export interface AuditEntry {
  readonly actor: 'contact' | 'staff' | 'admin' | 'visitor';
  /** Public id of a contact or staff member. */
  readonly actorId?: string;
  readonly event: AuditEvent;
  /** Slug. */
  readonly portal?: string;
  /** Public ids; that of a status is a word. */
  readonly subjects?: {
    readonly [Kind in 'contact' | 'company' | 'ticket' | 'file' | 'staff' | 'inbox' | 'status']?: string;
  };
  readonly refused?: boolean;
  readonly change?: AuditChange;
  /** Entries of an account with the same are one. */
  readonly once?: string;
}

/** What was changed, by name; `null` where the values are a person's own. */
export type AuditChange = Readonly<Record<string, { readonly before: unknown; readonly after: unknown } | null>>;

const insert: Statement = {
  name: 'audit_insert',
  text: `INSERT INTO audit_log (account_id, at, portal, actor, actor_id, event, subjects, outcome, change, once)
    VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9::jsonb, $10) ON CONFLICT DO NOTHING`,
};

/** Adds the entry, in the transaction of what it tells of. */
export const auditStep = (account: number, at: Date, entry: AuditEntry): Step => ({
  statement: insert,
  params: [
    account,
    at,
    entry.portal ?? null,
    entry.actor,
    entry.actorId ?? null,
    entry.event,
    JSON.stringify(entry.subjects ?? {}),
    entry.refused ? 'refused' : 'done',
    entry.change ? JSON.stringify(entry.change) : null,
    entry.once ?? null,
  ],
});

/** What differs between two sets of settings. Values of the `hidden` ones are left out. */
export function changeOf(before: object, after: object, hidden: readonly string[] = []): AuditChange {
  const old = before as Readonly<Record<string, unknown>>;
  const different = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]),
  );
  return Object.fromEntries(
    different.map(([name, value]) => [
      name,
      hidden.includes(name) ? null : { before: old[name] ?? null, after: value },
    ]),
  );
}
