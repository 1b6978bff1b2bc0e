import type { Fetch } from '../../outgoing.js';
import type { DeskStatus } from '../connector.js';

export interface RtSettings {
  /** Where RT is, without a path of REST: `https://rt.example.com`, `https://example.com/rt`. */
  readonly url: string;
  /** The service account. It needs SeeQueue, ShowTicket, ReplyToTicket, ModifyTicket and CreateTicket in the queues, and AdminUsers and SeeGroup. */
  readonly user: string;
  readonly password: string;
  /** Names of the queues that the portal shows; new tickets go to the first. */
  readonly queues: readonly [string, ...string[]];
  /** What a company is in this RT: the organization of a user, or a user-defined group that staff add to a ticket as Cc. */
  readonly company: 'organization' | 'group';
  /**
   * How a contact's reply reaches RT. `mail-gateway`: as mail from them, which RT checks as it checks mail; the gateway must
   * be reachable from here. `service`: by the service account, with a first line that says who wrote. `contact-token`: with
   * the contact's own token; who has none, or one that RT does not take, writes as with `service`, so that nobody is locked
   * out and no word is lost.
   */
  readonly replyAs: 'mail-gateway' | 'service' | 'contact-token';
  /** RT tokens of contacts, by address in lower case. */
  readonly tokens?: ReadonlyMap<string, string>;
  /** Categories of the statuses of an own lifecycle, by status; those of RT's default lifecycle are known. */
  readonly statuses?: Readonly<Record<string, DeskStatus['category']>>;
}

/** A message as mail, before it is written out. */
export interface Mail {
  readonly from: { readonly name: string; readonly email: string };
  readonly to: string;
  readonly subject: string;
  /** Without brackets. */
  readonly messageId: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

export interface RtDeps {
  readonly fetch: Fetch;
  readonly clock: () => Date;
  /** The message by RFC 5322, in ASCII. No text in it makes a header line of its own. */
  readonly composeMail: (mail: Mail) => Promise<string>;
  /** What an HTML message says, as plain text. */
  readonly toText: (html: string) => string;
}
