import type { Fetch } from '../outgoing.js';

/**
 * The port: all that the server knows of a help desk. One implementation a desk. It knows no policy and never decides who
 * sees what; it tells who takes part in a ticket, what was said in it publicly, and writes what a contact was allowed to.
 *
 * A `ref` is the desk's own id of a thing, as text. Refs never leave the server. Every method takes a signal, and throws
 * `DeskError`; an abort rejects with the signal's reason.
 */
export interface Connector {
  readonly info: ConnectorInfo;
  /** What an index of its tickets is filled from, and files are read from; `null` where the index is the desk's own store. */
  readonly feed: Feed | null;
  /** Resolves when the desk answers and takes us for who we say we are. @throws DeskError */
  health(signal: AbortSignal): Promise<void>;
  /** Opens a ticket in the writer's name. Returns its ref. @throws DeskError */
  create(ticket: NewTicket, signal: AbortSignal): Promise<string>;
  /** Adds a public message in the writer's name. Returns its ref. @throws DeskError */
  reply(reply: NewReply, signal: AbortSignal): Promise<string>;
  /** @throws DeskError */
  setStatus(change: NewStatus, signal: AbortSignal): Promise<void>;
}

/** How a kind of help desk is reached. */
export interface DeskSettings {
  /** Of the connector's own shape. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Those that nobody may read again: passwords, tokens. */
  readonly secret: Readonly<Record<string, string>>;
}

/**
 * Makes connectors of one kind, which ask by this `fetch` alone.
 *
 * @throws DeskError `misconfigured` for settings that are none
 */
export type ConnectorFactory = (settings: DeskSettings, fetch: Fetch) => Connector;

export interface ConnectorInfo {
  /** `builtin`, `rt`. */
  readonly kind: string;
  /** Seconds that an index fed from it may be behind while the desk answers; 0 where the index is its store. */
  readonly lag: number;
  /** It keeps `properties` of a ticket. */
  readonly keepsProperties: boolean;
}

export interface Feed {
  /**
   * Tickets in which anything may have changed since the cursor; all that there are for `null`. A ticket may come twice, and
   * one that is gone may not come at all.
   *
   * @throws DeskError
   */
  changes(cursor: string | null, signal: AbortSignal): Promise<Changes>;
  /** The ticket as it is now, with what was said in it; `null` when it is not there, or not for us. @throws DeskError */
  ticket(ref: string, signal: AbortSignal): Promise<DeskTicket | null>;
  /**
   * Bytes of a file of a public message of this ticket; `null` when this ticket has no such file, whichever other has.
   *
   * @throws DeskError
   */
  openFile(ticket: string, file: string, signal: AbortSignal): Promise<DeskBytes | null>;
  /** The person with this address. @throws DeskError */
  contactByEmail(email: string, signal: AbortSignal): Promise<DeskContact | null>;
  /** Statuses that a ticket may have, in the order of a list. @throws DeskError */
  statuses(signal: AbortSignal): Promise<readonly DeskStatus[]>;
  /** Inboxes that new tickets may go to, the first by default. @throws DeskError */
  inboxes(signal: AbortSignal): Promise<readonly { readonly ref: string; readonly name: string }[]>;
}

export interface Changes {
  readonly tickets: readonly {
    readonly ref: string;
    /** Another one when the ticket is not as it was. */
    readonly stamp: string;
  }[];
  /** Where to go on. */
  readonly cursor: string;
  /** There are more right now. */
  readonly more: boolean;
}

export interface DeskCompany {
  readonly ref: string;
  readonly name: string;
}

/** Somebody who takes part in a ticket or wrote in it. */
export interface DeskPerson {
  readonly ref: string;
  readonly name: string;
  /** By which a contact is known; `null` for who has none, and for staff. */
  readonly email: string | null;
}

export interface DeskContact extends DeskPerson {
  readonly email: string;
  readonly enabled: boolean;
  /** Those that they belong to, the primary one first. */
  readonly companies: readonly DeskCompany[];
  /** What the desk knows of them, as text, by name. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface DeskStatus {
  readonly id: string;
  readonly category: 'open' | 'waiting_on_contact' | 'closed';
  /** Customer label by language. */
  readonly label: Readonly<Record<string, string>>;
}

export interface DeskTicket {
  readonly ref: string;
  /** What people call it by. */
  readonly number: number;
  readonly inbox: string;
  readonly subject: string;
  /** Id of a status. */
  readonly status: string;
  readonly createdAt: Date;
  readonly deleted: boolean;
  readonly requester: DeskPerson;
  /** Others whom staff tied to it. */
  readonly contacts: readonly DeskPerson[];
  /** Others who take part in it. */
  readonly participants: readonly DeskPerson[];
  /** `null` where the desk keeps none with a ticket: then it is the requester's primary one when we first see it. */
  readonly companies: readonly DeskCompany[] | null;
  readonly properties: Readonly<Record<string, string>>;
  /** Public ones and changes of status, all of them, the oldest first; none of a deleted ticket. */
  readonly messages: readonly DeskMessage[];
}

/** A public message or a change of status. Nothing internal is ever handed over. */
export interface DeskMessage {
  readonly ref: string;
  readonly kind: 'message' | 'status';
  /** No two of a ticket at the same time. */
  readonly at: Date;
  readonly side: 'contact' | 'support';
  readonly author: DeskPerson;
  readonly text: string;
  /** As the desk has it, not sanitised; `null` for plain text. */
  readonly html: string | null;
  /** Ids of statuses. */
  readonly status: { readonly from: string; readonly to: string } | null;
  readonly files: readonly DeskFile[];
}

export interface DeskFile {
  readonly ref: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  readonly inline: boolean;
  /** By which the HTML of its message refers to it (`cid:…`), without angle brackets. */
  readonly contentId: string | null;
}

export interface DeskBytes {
  readonly name: string;
  readonly type: string;
  readonly body: ReadableStream<Uint8Array> | Uint8Array;
}

/** The contact who writes. */
export interface Writer {
  readonly name: string;
  /** Verified. */
  readonly email: string;
}

/** One write, however often it is tried. */
export interface Attempt {
  /** Its id: 22 of `A-Z a-z 0-9 _ -`, never that of another. */
  readonly id: string;
  /** It was tried before and may have arrived: look before writing, and answer as if it had been written now. */
  readonly again: boolean;
}

export interface NewFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface NewTicket {
  readonly attempt: Attempt;
  readonly by: Writer;
  readonly inbox: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly NewFile[];
  readonly properties: Readonly<Record<string, string>>;
}

export interface NewReply {
  readonly attempt: Attempt;
  readonly by: Writer;
  readonly ticket: string;
  readonly text: string;
  readonly files: readonly NewFile[];
  /** The writer does not take part in the ticket yet, and does from now on. */
  readonly joins: boolean;
}

export interface NewStatus {
  readonly attempt: Attempt;
  readonly by: Writer;
  readonly ticket: string;
  /** Id of a status. */
  readonly status: string;
}

/**
 * What a desk did not do. `unavailable`: it may in a moment, and whether a write has arrived is not known. `refused`: it
 * will not, and nothing was written. `misconfigured`: somebody has to put a right or a setting right; `detail` says which.
 */
export class DeskError extends Error {
  override readonly name = 'DeskError';
  readonly kind: 'unavailable' | 'refused' | 'misconfigured';
  /** For the log and the administrator. Never a text that a customer wrote. */
  readonly detail: string;

  constructor(kind: DeskError['kind'], detail: string, options?: ErrorOptions) {
    super(`${kind}: ${detail}`, options);
    this.kind = kind;
    this.detail = detail;
  }
}
