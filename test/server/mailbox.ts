import type { AppDeps } from '../../src/server/deps.js';
import { type SealedMail, createMailSealer } from '../../src/server/mail/sealed.js';
import type { TestDatabase } from '../support/database.js';

export interface Mailbox {
  /** Mails that are to go to an address, the oldest first. */
  mailsTo(email: string): Promise<readonly SealedMail[]>;
  /** The code of the last of them. */
  codeTo(email: string): Promise<string>;
}

/** Reads the outbox as only the server can, with its secret. */
export function createMailbox(deps: AppDeps, database: TestDatabase): Mailbox {
  const sealer = createMailSealer(deps);
  const mailsTo = async (email: string) => {
    const rows = await database.asSuperuser<{ sealed: string }>(
      'SELECT sealed FROM mails WHERE sealed IS NOT NULL ORDER BY id',
    );
    const mails = await Promise.all(rows.map(({ sealed }) => sealer.open(sealed)));
    return mails.flatMap((mail) => (mail?.deliver && mail.to.email === email ? [mail] : []));
  };
  return {
    mailsTo,
    async codeTo(email) {
      const content = (await mailsTo(email)).at(-1)?.content;
      if (!content || !('code' in content)) throw new Error(`No code was sent to ${email}`);
      return content.code;
    },
  };
}
