import MailComposer from 'nodemailer/lib/mail-composer';

interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/** What a mail is made of. */
export interface MailParts {
  readonly from: Mailbox;
  readonly to: Mailbox | string;
  readonly subject: string;
  /** Without brackets. */
  readonly messageId: string;
  readonly text: string;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

const addressOf = (box: Mailbox | string) => (typeof box === 'string' ? box : { name: box.name, address: box.email });

/** A mail as nodemailer takes it. Line ends in names and subjects are encoded, and make no header of their own. */
export const describeMail = ({ from, to, subject, messageId, text, html, headers = {}, files = [] }: MailParts) => ({
  from: addressOf(from),
  to: addressOf(to),
  subject,
  messageId: `<${messageId}>`,
  text,
  ...(html !== undefined && { html }),
  headers: { ...headers },
  attachments: files.map(({ name, type, bytes }) => ({
    filename: name,
    contentType: type,
    content: Buffer.from(bytes),
    contentTransferEncoding: 'base64' as const,
  })),
  // Nothing in a message may make the server read a file or ask another server.
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** The message by RFC 5322, all of it ASCII. */
export async function composeMail(mail: MailParts): Promise<string> {
  return (await new MailComposer(describeMail(mail)).compile().build()).toString('latin1');
}
