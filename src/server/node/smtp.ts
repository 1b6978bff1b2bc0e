import { createTransport } from 'nodemailer';
import { MailDeferred, MailFailed, MailRefused, type MailTransport } from '../mail/transport.js';
import { describeMail } from './mail.js';

/** How mail leaves the server. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte on, before anything of interest is said, or not at all: only to this machine. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly login: { readonly user: string; readonly password: string } | null;
  /** The address that mails come from. */
  readonly from: string;
}

export interface SmtpOptions {
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca?: string;
  /** Milliseconds that one mail may take, whatever the server does. */
  readonly patience?: number;
}

/** Milliseconds, for a step that is no work for a server that is well. */
const short = 10_000;

/** Sends mail over SMTP, through one connection that stays open for a moment. */
export function createSmtpTransport(
  settings: SmtpSettings,
  { ca, patience = 45_000 }: SmtpOptions = {},
): MailTransport {
  const { from } = settings;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const transport = createTransport({
    ...connectionOf(settings, ca, short),
    pool: true,
    maxConnections: 1,
    // Servers end a connection that has nothing to say. A mail of which no byte was sent yet takes another one.
    maxRequeues: 1,
    idleTimeout: short,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async send({ from: name, to, language, messageId, ...mail }, signal) {
      const parts = {
        ...mail,
        from: { name, email: from },
        to: { name: to.name ?? '', email: to.email },
        messageId: `${messageId}@${domain}`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      };
      const late = AbortSignal.timeout(patience);
      try {
        await transport.sendMail({ ...describeMail(parts), signal: AbortSignal.any([signal, late]) });
      } catch (error) {
        throw late.aborted ? new MailFailed('ETIMEDOUT') : toMailError(error as SmtpError);
      }
    },
    async close() {
      transport.close();
    },
  };
}

/**
 * Connects and signs in, and sends nothing.
 *
 * @throws MailFailed
 */
export async function verifySmtp(settings: SmtpSettings, { ca, patience = short }: SmtpOptions = {}): Promise<void> {
  const transport = createTransport(connectionOf(settings, ca, patience));
  try {
    await transport.verify();
  } catch (error) {
    const { code, originalCode, responseCode } = error as SmtpError;
    const detail = originalCode ?? code ?? 'unknown';
    throw new MailFailed(responseCode === undefined ? detail : `${detail} ${responseCode}`);
  } finally {
    transport.close();
  }
}

/** @param wait milliseconds for each step until the server is ready */
const connectionOf = ({ host, port, tls, login }: SmtpSettings, ca: string | undefined, wait: number) => ({
  host,
  port,
  secure: tls === 'implicit',
  requireTLS: tls === 'starttls',
  ignoreTLS: tls === 'none',
  tls: { minVersion: 'TLSv1.2' as const, ...(ca !== undefined && { ca }) },
  ...(login && { auth: { user: login.user, pass: login.password } }),
  dnsTimeout: wait,
  connectionTimeout: wait,
  greetingTimeout: wait,
  socketTimeout: 2 * wait,
});

/** What nodemailer tells of a failure, as far as it may be logged. */
interface SmtpError {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly permanent?: boolean;
}

/**
 * What a server answers to the recipient or to the text is about this mail; what it answers to anything else, the sender
 * included, is about how the server is set up, and true for all mails until somebody changes that.
 */
function toMailError({ code, originalCode, command, responseCode, permanent }: SmtpError): Error {
  // An address that cannot be written in SMTP.
  if (code === 'EENVELOPE' && responseCode === undefined) return new MailRefused(null);
  const detail = originalCode ?? code ?? 'unknown';
  if (responseCode === undefined) return new MailFailed(detail);
  // 421: the server is closing, whatever it was asked.
  if ((command !== 'RCPT TO' && command !== 'DATA') || responseCode === 421) {
    return new MailFailed(`${detail} ${responseCode}`);
  }
  return permanent ? new MailRefused(responseCode) : new MailDeferred(responseCode);
}
