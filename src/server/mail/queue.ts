import type { Statement, Step } from '../database.js';
import type { AppDeps } from '../deps.js';
import type { Mail } from './mail.js';
import { createMailSealer, createRecipients } from './sealed.js';

const insert: Statement = {
  name: 'mail_insert',
  text: `INSERT INTO mails (account_id, portal_id, message_id, sealed, recipient, expires_at, next_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
};

/**
 * Makes the step that puts a mail into the outbox, for the transaction of what it tells of: both are there, or neither. With
 * `deliver` false it costs the same work and is never sent.
 */
export function createMailQueue(deps: Pick<AppDeps, 'secret' | 'clock' | 'newId'>) {
  const sealer = createMailSealer(deps);
  const recipientOf = createRecipients(deps);
  return async (
    portal: { readonly account: number; readonly id: number },
    { expiresAt, ...mail }: Mail,
    deliver: boolean,
  ): Promise<Step> => {
    const sealed = await sealer.seal({ ...mail, deliver }, expiresAt);
    const recipient = await recipientOf(portal.account, mail.to.email);
    return {
      statement: insert,
      params: [portal.account, portal.id, deps.newId(), sealed, recipient, expiresAt, deps.clock()],
    };
  };
}
