/** A mail as it goes out. */
export interface OutgoingMail {
  /** What the sender is called; the address is the transport's. */
  readonly from: string;
  readonly to: { readonly email: string; readonly name: string | null };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** As BCP 47. */
  readonly language: string;
  /** What the Message-ID begins with, the same for each try; the transport adds its domain. */
  readonly messageId: string;
}

export interface MailTransport {
  /** It sends nothing: what it takes stays readable in the outbox. */
  readonly keeps?: boolean;
  /**
   * Resolves when the mail is somebody else's to deliver.
   *
   * @param signal when nobody waits for it any more: what is not sent by then is not sent at all
   * @throws MailRefused for a mail that is never going to be taken
   * @throws MailDeferred for a mail that is not taken now, while others may be
   * @throws MailFailed, or anything else, when no mail gets through
   */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

// Messages and causes would quote addresses and what servers say of them: these carry nothing that may not be logged.

export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** What the server has answered; `null` for an address that no server can be asked about. */
  readonly status: number | null;

  constructor(status: number | null) {
    super('The mail was refused');
    this.status = status;
  }
}

export class MailDeferred extends Error {
  override readonly name = 'MailDeferred';
  /** What the server has answered. */
  readonly status: number;

  constructor(status: number) {
    super('The mail was put off');
    this.status = status;
  }
}

export class MailFailed extends Error {
  override readonly name = 'MailFailed';
  /** A word for it, such as `ECONNREFUSED` or `EAUTH 535`. */
  readonly detail: string;

  constructor(detail: string) {
    super('No mail gets through');
    this.detail = detail;
  }
}
