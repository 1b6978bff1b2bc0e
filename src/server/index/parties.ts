import type { Party } from '../../policy/index.js';
import type { Statement, Step } from '../database.js';

const setRequester: Statement = {
  name: 'parties_requester',
  text: 'UPDATE tickets SET requester_id = $3 WHERE account_id = $1 AND id = $2 AND requester_id <> $3',
};
/** Who gets another role leaves with the old one and comes back: one insertion and one deletion are heard of. */
const setContacts: readonly Statement[] = [
  {
    name: 'parties_contacts_remove',
    text: `DELETE FROM ticket_contacts t WHERE account_id = $1 AND ticket_id = $2 AND NOT EXISTS (
      SELECT FROM unnest($3::bigint[], $4::text[]) AS w (contact, role) WHERE w.contact = t.contact_id AND w.role = t.role)`,
  },
  {
    name: 'parties_contacts_add',
    text: `INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
      SELECT $1, contact, $2, role FROM unnest($3::bigint[], $4::text[]) AS w (contact, role) ON CONFLICT DO NOTHING`,
  },
];
const setCompanies: readonly Statement[] = [
  {
    name: 'parties_companies_remove',
    text: 'DELETE FROM ticket_companies WHERE account_id = $1 AND ticket_id = $2 AND company_id <> ALL ($3::bigint[])',
  },
  {
    name: 'parties_companies_add',
    text: `INSERT INTO ticket_companies (account_id, company_id, ticket_id)
      SELECT DISTINCT $1::bigint, id, $2::bigint FROM unnest($3::bigint[]) AS c (id) ON CONFLICT DO NOTHING`,
  },
];

/** Ids of ours. The requester is among the roles. */
export interface Ties {
  readonly requester: number;
  readonly roles: ReadonlyMap<number, Party['role']>;
  readonly companies: readonly number[];
}

/** Ties these and no others to the ticket. What stays as it is is not touched, and so not heard of. */
export function partySteps(account: number, ticket: number, { requester, roles, companies }: Ties): Step[] {
  const contacts = [account, ticket, [...roles.keys()], [...roles.values()]];
  return [
    { statement: setRequester, params: [account, ticket, requester] },
    ...setContacts.map((statement) => ({ statement, params: contacts })),
    ...setCompanies.map((statement) => ({ statement, params: [account, ticket, companies] })),
  ];
}
