import type { Id } from './visibility.js';

/** A contact, as far as it matters to who may bring them into a ticket. */
export interface Member {
  readonly id: Id;
  readonly enabled: boolean;
  readonly verified: boolean;
  /** All of them, not only the primary one. */
  readonly companies: readonly Id[];
}

/**
 * May a contact bring another one into a ticket? Where it is a company's, nobody brings it to those of another.
 * (is_colleague in src/server/migrations/023-participants.sql)
 *
 * @param companies of the ticket
 */
export const mayBringIn = (one: Member, other: Member, companies: readonly Id[]): boolean =>
  other.id !== one.id &&
  other.enabled &&
  other.verified &&
  other.companies.some(
    (company) => one.companies.includes(company) && (companies.length === 0 || companies.includes(company)),
  );
