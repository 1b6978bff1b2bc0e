import { BackendError } from '../../src/backend/backend-error.js';
import type { Database, Param, Statement } from '../../src/server/database.js';
import { publicIdOf } from '../../src/world/public-id.js';
import type { World } from '../../src/world/world.js';
import type { Owner } from './desk.js';

/** Each as staff of the account that is the first parameter. */
const sql = {
  account: 'SELECT account_id FROM accounts WHERE public_id = $1',
  remove: 'UPDATE tickets SET deleted_at = updated_at WHERE account_id = $1 AND public_id = $2',
  untie: `DELETE FROM ticket_contacts c USING tickets t
    WHERE c.account_id = $1 AND t.account_id = $1 AND c.ticket_id = t.id AND t.public_id = $2 AND c.role <> 'requester'`,
  tie: `INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
    SELECT $1, c.id, t.id, $4 FROM tickets t, contacts c
    WHERE t.account_id = $1 AND t.public_id = $2 AND c.account_id = $1 AND c.public_id = ANY ($3::text[])`,
  untieCompanies: `DELETE FROM ticket_companies c USING tickets t
    WHERE c.account_id = $1 AND t.account_id = $1 AND c.ticket_id = t.id AND t.public_id = $2`,
  tieCompanies: `INSERT INTO ticket_companies (account_id, company_id, ticket_id)
    SELECT $1, c.id, t.id FROM tickets t, companies c
    WHERE t.account_id = $1 AND t.public_id = $2 AND c.account_id = $1 AND c.public_id = ANY ($3::text[])`,
  leave: `DELETE FROM contact_companies m USING contacts c
    WHERE m.account_id = $1 AND c.account_id = $1 AND m.contact_id = c.id AND c.public_id = $2`,
  enter: `INSERT INTO contact_companies (account_id, contact_id, company_id, is_primary)
    SELECT $1, c.id, o.id, o.public_id IS NOT DISTINCT FROM $4 FROM contacts c, companies o
    WHERE c.account_id = $1 AND c.public_id = $2 AND o.account_id = $1 AND o.public_id = ANY ($3::text[])`,
  enabled: 'UPDATE contacts SET enabled = $3 WHERE account_id = $1 AND public_id = $2',
  properties: 'UPDATE contacts SET properties = $3::jsonb WHERE account_id = $1 AND public_id = $2',
  permission: 'UPDATE portals SET permission = $2::jsonb WHERE account_id = $1',
  actions: 'UPDATE portals SET actions = $2::jsonb WHERE account_id = $1',
  exists: 'SELECT FROM tickets WHERE account_id = $1 AND public_id = $2 AND deleted_at IS NULL',
} as const;

const statements = Object.fromEntries(
  Object.entries(sql).map(([name, text]) => [name, { name: `model.${name}`, text }]),
) as Record<keyof typeof sql, Statement>;

/** What no route does, or not yet: written into the database of the server, which is to notice at once. */
export async function ownerBySql(database: Database, world: World): Promise<Owner> {
  const [found] = (await database.batch({ role: 'staff' }, [
    { statement: statements.account, params: [world.account] },
  ])) as [{ account_id: number }[]];
  const account = found[0]?.account_id ?? 0;
  const ids = (kind: 'contact' | 'company', all: readonly string[]) => all.map((id) => publicIdOf(kind, id));

  type Step = readonly [keyof typeof sql, ...Param[]];
  const run = async (...steps: Step[]): Promise<unknown[][]> =>
    database.batch(
      { role: 'staff', account },
      steps.map(([name, ...params]) => ({ statement: statements[name], params: [account, ...params] })),
    );
  async function change(ticket: string, ...steps: Step[]): Promise<void> {
    const [there] = await run(['exists', ticket]);
    if (there?.length !== 1) throw new BackendError('not-found');
    await run(...steps);
  }

  return {
    remove: (ticket) => change(ticket, ['remove', ticket]),
    parties: (ticket, { contacts, participants, companies }) =>
      change(
        ticket,
        ['untie', ticket],
        ['tie', ticket, ids('contact', contacts), 'contact'],
        ['tie', ticket, ids('contact', participants), 'participant'],
        ['untieCompanies', ticket],
        ['tieCompanies', ticket, ids('company', companies)],
      ),
    async companies(contact, companies, primary) {
      const id = publicIdOf('contact', contact);
      await run(['leave', id], ['enter', id, ids('company', companies), primary && publicIdOf('company', primary)]);
    },
    enabled: async (contact, enabled) => void (await run(['enabled', publicIdOf('contact', contact), enabled])),
    properties: async (contact, properties) =>
      void (await run(['properties', publicIdOf('contact', contact), JSON.stringify(properties)])),
    permission: async (permission) => void (await run(['permission', JSON.stringify(permission)])),
    actions: async (actions) => void (await run(['actions', JSON.stringify(actions)])),
  };
}
