import type { SmtpOptions, SmtpSettings } from '../smtp.js';
import { MailFailed } from '../../mail/transport.js';
import { verifySmtp } from '../smtp.js';
import { type Finding, hint, missing, ok } from './finding.js';

/** Signs in to the mail server, and sends nothing. */
export async function checkMail(settings: SmtpSettings | null, options: SmtpOptions = {}): Promise<Finding> {
  const check = 'mail';
  if (settings === null) {
    return hint(
      check,
      'None is sent: no invitations, no codes, no forgotten passwords. Set PORTICO_SMTP_URL and PORTICO_MAIL_FROM.',
    );
  }
  const name = `${settings.host}:${settings.port}`;
  try {
    await verifySmtp(settings, options);
    return ok(check);
  } catch (error) {
    if (!(error instanceof MailFailed)) throw error;
    const { detail } = error;
    const advice = detail.startsWith('EAUTH')
      ? `${name} refuses the user or the password (${detail}). Put both right in PORTICO_SMTP_URL.`
      : `${name} cannot be used (${detail}). Is the address in PORTICO_SMTP_URL right, and does it speak TLS as said there?`;
    return missing(check, advice);
  }
}
