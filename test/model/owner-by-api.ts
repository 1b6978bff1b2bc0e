import { BackendError } from '../../src/backend/backend-error.js';
import type { Database } from '../../src/server/database.js';
import { publicIdOf } from '../../src/world/public-id.js';
import type { World } from '../../src/world/world.js';
import type { Owner } from './desk.js';

/** Asks as the administrator. @throws BackendError */
export type Ask = (method: string, path: string, body: object) => Promise<void>;

const deleteTicket = {
  name: 'model.delete_ticket',
  text: 'UPDATE tickets SET deleted_at = updated_at WHERE account_id = $1 AND public_id = $2 AND deleted_at IS NULL RETURNING id',
};
const findAccount = { name: 'model.account', text: 'SELECT account_id FROM accounts WHERE public_id = $1' };

/** The owner by the admin API. No route deletes a ticket: that is written into the server's database. */
export async function ownerByApi(ask: Ask, database: Database, world: World): Promise<Owner> {
  const [found] = (await database.batch({ role: 'staff' }, [{ statement: findAccount, params: [world.account] }])) as [
    { account_id: number }[],
  ];
  const account = found[0]?.account_id ?? 0;
  const idOf = (kind: 'contact' | 'company') => (id: string) => publicIdOf(kind, id);
  const contact = (id: string, change: object) => ask('PATCH', `contacts/${publicIdOf('contact', id)}`, change);
  const portal = (change: object) => ask('PATCH', `portals/${world.portal.slug}`, change);

  return {
    async remove(ticket) {
      const [gone] = await database.batch({ role: 'staff', account }, [
        { statement: deleteTicket, params: [account, ticket] },
      ]);
      if (gone?.length !== 1) throw new BackendError('not-found');
    },
    parties: (ticket, { requester, contacts, participants, companies }) =>
      ask('PUT', `tickets/${ticket}/parties`, {
        requester: publicIdOf('contact', requester),
        contacts: contacts.map(idOf('contact')),
        participants: participants.map(idOf('contact')),
        companies: companies.map(idOf('company')),
      }),
    companies: (id, companies, primary) =>
      contact(id, {
        companies: companies.map(idOf('company')),
        primaryCompany: primary === null ? null : publicIdOf('company', primary),
      }),
    enabled: (id, enabled) => contact(id, { enabled }),
    properties: (id, properties) => contact(id, { properties }),
    permission: (permission) => portal({ permission }),
    actions: (actions) => portal({ actions }),
  };
}
