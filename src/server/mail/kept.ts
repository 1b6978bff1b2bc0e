import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { createMailSealer } from './sealed.js';
import { composeMail } from './templates/compose.js';
import type { MailTransport } from './transport.js';

const list: Statement = {
  name: 'mails_kept',
  text: `SELECT message_id, sealed, created_at FROM mails
    WHERE account_id = $1 AND outcome = 'sent' AND sealed IS NOT NULL ORDER BY id DESC LIMIT 50`,
};

/** A mail that somebody would have got. */
export interface KeptMail {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  /** As BCP 47. */
  readonly language: string;
  readonly text: string;
  readonly html: string;
  /** Where its button leads. */
  readonly link: string;
}

/** Sends nothing; for the demo, where nobody has a mailbox. */
export const createKeepingTransport = (): MailTransport => ({
  keeps: true,
  send: async () => {},
  close: async () => {},
});

/** What a transport that keeps has taken in a day, the newest first. */
export async function listKeptMails(
  { database, ...deps }: Pick<AppDeps, 'database' | 'secret' | 'clock'>,
  account: number,
): Promise<KeptMail[]> {
  const sealer = createMailSealer(deps);
  const [rows] = (await database.batch({ role: 'staff', account }, [{ statement: list, params: [account] }])) as [
    { message_id: string; sealed: string; created_at: Date }[],
  ];
  const mails: KeptMail[] = [];
  for (const { message_id: id, sealed, created_at: at } of rows) {
    const mail = await sealer.open(sealed);
    if (!mail) continue;
    const { subject, language, text, html } = await composeMail(mail);
    const { email, name } = mail.to;
    const to = name === null ? email : `${name} <${email}>`;
    mails.push({ id, at: at.toISOString(), to, subject, language, text, html, link: mail.content.link });
  }
  return mails;
}
