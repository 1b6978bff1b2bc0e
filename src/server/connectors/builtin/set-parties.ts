import type { NamedCompany, Party } from '../../../policy/index.js';
import type { PartiesWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { changeOf } from '../../identity/audit.js';
import { partySteps } from '../../index/parties.js';
import { type AdminWriting, idsOf, record } from '../../settings/admin/writing.js';
import { lockTicket } from './statements.js';

const read: Statement = {
  name: 'parties',
  text: 'SELECT id, parties, companies FROM tickets WHERE account_id = $1 AND public_id = $2 AND deleted_at IS NULL',
};

interface PartiesRow {
  readonly id: number;
  readonly parties: readonly Party[];
  readonly companies: readonly NamedCompany[];
}

/**
 * Who is tied to a ticket, from now on. It is no public event: no time moves.
 *
 * @throws ApiError `not-found`, `invalid` for a contact or company that the account does not have
 */
export async function setParties(writing: AdminWriting, publicId: string, parties: PartiesWire): Promise<PartiesWire> {
  const { tx, account } = writing;
  await tx.query(lockTicket, [account, publicId]);
  const before = await readParties(writing, publicId);
  const roles = new Map<number, Party['role']>();
  for (const id of await idsOf(writing, 'contacts', parties.participants, 'participants.*'))
    roles.set(id, 'participant');
  for (const id of await idsOf(writing, 'contacts', parties.contacts, 'contacts.*')) roles.set(id, 'contact');
  const [requester = 0] = await idsOf(writing, 'contacts', [parties.requester], 'requester');
  roles.set(requester, 'requester');
  const companies = await idsOf(writing, 'companies', parties.companies, 'companies.*');
  await tx.batch(partySteps(account, before.id, { requester, roles, companies }));
  const after = await readParties(writing, publicId);
  const change = changeOf(before.parties, after.parties);
  if (Object.keys(change).length > 0) {
    await record(writing, { event: 'parties-changed', subjects: { ticket: publicId }, change });
  }
  return after.parties;
}

async function readParties({ tx, account }: AdminWriting, publicId: string) {
  const [row] = await tx.query<PartiesRow>(read, [account, publicId]);
  if (!row) throw new ApiError('not-found');
  const having = (role: Party['role']) =>
    row.parties.filter((party) => party.role === role).map((party) => party.publicId);
  const parties: PartiesWire = {
    requester: having('requester')[0] ?? '',
    contacts: having('contact'),
    participants: having('participant'),
    companies: row.companies.map((company) => company.publicId),
  };
  return { id: row.id, parties };
}
