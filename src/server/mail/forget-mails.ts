import type { Statement, Transaction } from '../database.js';
import type { AppDeps } from '../deps.js';
import { createMailSealer, createRecipients } from './sealed.js';

const atOnce = 500;

const removeTheirs: Statement = {
  name: 'mails_forget_recipient',
  text: 'DELETE FROM mails WHERE account_id = $1 AND recipient = $2',
};
/**
 * Mails from before a recipient was noted, of which nothing is known until they are opened; a day after an update there are
 * none. Parameters: account, id before the first, how many.
 */
const readUnknown: Statement = {
  name: 'mails_of_nobody_known',
  text: `SELECT id, sealed FROM mails WHERE account_id = $1 AND sealed IS NOT NULL AND recipient IS NULL AND id > $2
    ORDER BY id LIMIT $3`,
};
const remove: Statement = {
  name: 'mails_forget',
  text: 'DELETE FROM mails WHERE account_id = $1 AND id = ANY ($2::bigint[])',
};

/** Takes every mail to an address out of the outbox: what waits is not sent, and nothing of it stays. */
export async function forgetMails(
  deps: Pick<AppDeps, 'secret' | 'clock'>,
  tx: Transaction,
  account: number,
  email: string,
): Promise<void> {
  await tx.query(removeTheirs, [account, await createRecipients(deps)(account, email)]);
  const sealer = createMailSealer(deps);
  const address = email.toLowerCase();
  const found: number[] = [];
  for (let beyond = 0; ; ) {
    const rows = await tx.query<{ id: number; sealed: string }>(readUnknown, [account, beyond, atOnce]);
    for (const { id, sealed } of rows) {
      const mail = await sealer.open(sealed);
      if (mail?.to.email.toLowerCase() === address) found.push(id);
    }
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) break;
    beyond = last.id;
  }
  if (found.length > 0) await tx.query(remove, [account, found]);
}
