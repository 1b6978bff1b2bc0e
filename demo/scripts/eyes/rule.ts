import type { Looker, Permission } from './scene.js';

/**
 * The rule once more, read off the tables of `test/policy/truth.md` and sharing no code with the policy that it checks.
 * The numbers are rows there.
 */

export type Relation = 'requester' | 'contact' | 'participant' | 'company';

/** A ticket as Support sees it. */
export interface RuleTicket {
  readonly inbox: { readonly name: string };
  readonly companies: readonly { readonly name: string }[];
  readonly parties: readonly { readonly email: string; readonly role: string }[];
}

/** Tickets elsewhere are nobody's: 48 to 50, 71. */
const inboxesOfThePortal = ['Support', 'Billing'];

/** The first that holds names the relation: 1 to 7, 24 to 27. */
const ties = ['requester', 'contact', 'participant'] as const;

/** Whether the primary company's tickets come on top, for a manager and for anybody else. */
const widens: Readonly<Record<Permission, { readonly manager: boolean; readonly other: boolean }>> = {
  // 8, 9
  own: { manager: false, other: false },
  // 14
  company: { manager: true, other: true },
  // 29 to 32
  'company-if': { manager: true, other: false },
};

/** How the person is tied to the ticket; `null`: it is not there for them. */
export function relationBy(permission: Permission, { person, company, role }: Looker, ticket: RuleTicket) {
  if (!inboxesOfThePortal.includes(ticket.inbox.name)) return null;
  const has = (tie: string) => ticket.parties.some((party) => party.role === tie && party.email === person.email);
  const tie: Relation | undefined = ties.find(has);
  if (tie) return tie;
  const wide = widens[permission][role === 'manager' ? 'manager' : 'other'];
  // 17, 18, 19, 20, 33, 34
  return wide && company !== null && ticket.companies.some(({ name }) => name === company)
    ? ('company' as const)
    : null;
}
