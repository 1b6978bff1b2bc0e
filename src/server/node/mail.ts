import MailComposer from 'nodemailer/lib/mail-composer';

/** What a mail is made of. */
export interface OutgoingMail {
  readonly from: { readonly name: string; readonly email: string };
  readonly to: string;
  readonly subject: string;
  /** Without brackets. */
  readonly messageId: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

/** The message by RFC 5322, all of it ASCII. Line ends in names and subjects are encoded, and make no header of their own. */
export async function composeMail({ from, to, subject, messageId, text, files }: OutgoingMail): Promise<string> {
  const composer = new MailComposer({
    from: { name: from.name, address: from.email },
    to,
    subject,
    messageId: `<${messageId}>`,
    text,
    attachments: files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
      contentTransferEncoding: 'base64',
    })),
    // Nothing in a message may make the server read a file or ask another server.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return (await composer.compile().build()).toString('latin1');
}
