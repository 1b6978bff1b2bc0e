import type { Statement, Transaction } from '../database.js';

const insertAccount: Statement = {
  name: 'account_insert',
  text: 'INSERT INTO accounts (public_id, name, inner_addresses) VALUES ($1, $2, $3) RETURNING account_id',
};
/** The rest of the transaction is this account's. */
export const enter: Statement = { name: 'account_enter', text: `SELECT set_config('app.account', $1, true)` };
const insertInbox: Statement = {
  name: 'account_inbox',
  text: 'INSERT INTO inboxes (account_id, public_id, name) VALUES ($1, $2, $3)',
};
const insertStatus: Statement = {
  name: 'account_status',
  text: 'INSERT INTO statuses (account_id, id, position, category, label) VALUES ($1, $2, $3, $4, $5::jsonb)',
};

/** In the order of a ticket's life; the first is that of a new ticket. */
const statuses = [
  { id: 'new', category: 'open', label: { en: 'Received', pl: 'Przyjęte' } },
  { id: 'open', category: 'open', label: { en: 'In progress', pl: 'W toku' } },
  {
    id: 'waiting',
    category: 'waiting_on_contact',
    label: { en: 'Awaiting your reply', pl: 'Czekamy na Twoją odpowiedź' },
  },
  { id: 'closed', category: 'closed', label: { en: 'Closed', pl: 'Zamknięte' } },
];

/**
 * Makes an account with what every one begins with, an inbox and statuses, and enters it: the rest of the transaction is that
 * account's.
 *
 * @param innerAddresses whether the server asks addresses inside its own network for it
 * @returns its ids, internal and public
 */
export async function createAccount(
  tx: Transaction,
  name: string,
  newId: () => string,
  innerAddresses = false,
): Promise<{ readonly account: number; readonly publicId: string }> {
  const publicId = newId();
  const [made] = await tx.query<{ account_id: number }>(insertAccount, [publicId, name, innerAddresses]);
  if (!made) throw new Error('The account was not made');
  const { account_id: account } = made;
  await tx.query(enter, [String(account)]);
  await tx.batch([
    { statement: insertInbox, params: [account, newId(), 'Support'] },
    ...statuses.map(({ id, category, label }, position) => ({
      statement: insertStatus,
      params: [account, id, position, category, JSON.stringify(label)],
    })),
  ]);
  return { account, publicId };
}
