import type {
  ConsentNotice,
  Counts,
  ExportQuery,
  Message,
  MessagePage,
  MessageQuery,
  NewMessage,
  NewParticipant,
  NewPassword,
  NewRating,
  NewTicket,
  Page,
  PendingSignIn,
  Portal,
  Preferences,
  Session,
  SignIn,
  SignInStart,
  SignOutScope,
  Ticket,
  TicketChange,
  TicketDetail,
  TicketQuery,
  Upload,
} from '../model/index.js';

/** Version of this interface. Elements of different versions on one page do not share a backend. */
export const backendVersion = 1;

export interface RequestOptions {
  /** Aborting rejects the call with the signal's reason, not with a `BackendError`. */
  readonly signal?: AbortSignal;
  /** BCP 47 language of labels in the answer (statuses, forms). Default: the portal's own. */
  readonly locale?: string;
}

export interface WriteOptions extends RequestOptions {
  /** The same key with the same input writes once and answers alike; with another input it is `rejected`. */
  readonly idempotencyKey: string;
}

export interface UploadOptions extends RequestOptions {
  /** Hears how many bytes of the file are on their way, now and then and ever more of them; all of them when it is there. */
  readonly progress?: (sent: number) => void;
}

/** A site's own way to say who its customer is: a signed token for a nonce, or `null` for nobody. */
export type TokenProvider = (nonce: string) => Promise<string | null>;

/**
 * The only thing that an element knows of the world behind it. The first five methods are required; an optional one that
 * is absent means "not supported", and elements hide its control. Every method rejects with a `BackendError`; what the
 * contact may not see is always `not-found`.
 */
export interface PortalBackend {
  /** Who is signed in. Resolves with `contact: null` when nobody is. */
  session(options?: RequestOptions): Promise<Session>;
  /** Public settings of the portal; needs no session. */
  portal(options?: RequestOptions): Promise<Portal>;
  /** @throws BackendError `unauthenticated`, `session-expired`, `invalid` (a cursor that is not of this contact and query) */
  listTickets(query?: TicketQuery, options?: RequestOptions): Promise<Page<Ticket>>;
  /** @throws BackendError `not-found` */
  getTicket(id: string, options?: RequestOptions): Promise<TicketDetail>;
  /** Without a cursor the newest page. @throws BackendError `not-found` */
  listMessages(ticketId: string, query?: MessageQuery, options?: RequestOptions): Promise<MessagePage>;

  /**
   * Where the portal asks for a consent, the answer of every way in may be nobody's session with `pending` of `consent`.
   *
   * @throws BackendError `unauthenticated` for a wrong password as for an unknown address, and for a code or an invitation
   *   that is wrong (`fields`: `code` is `wrong`, or `expired` when a new one must be asked for); `invalid` for a password
   *   that is too easy to guess (`fields`: `password` is `too-short`, `too-long`, `known` or `obvious`); `conflict` for a consent whose text has changed
   *   (`fields`: `version` is `changed`)
   */
  signIn?(input: SignIn, options?: RequestOptions): Promise<Session>;
  /** Sends a code for the second step. Answers alike for every address, whoever it belongs to. @throws BackendError `rate-limited` */
  startSignIn?(input: SignInStart, options?: RequestOptions): Promise<PendingSignIn>;
  /**
   * Signs in by a token of the site that the portal is part of. Resolves with `null` when the site gives none.
   *
   * @throws BackendError `unauthenticated` (`fields`: `token` is what is wrong with it)
   */
  signInByToken?(provide: TokenProvider, options?: RequestOptions): Promise<Session | null>;
  /** Ends every session of the contact. @throws BackendError as `signIn` does for codes and passwords */
  setPassword?(input: NewPassword, options?: RequestOptions): Promise<void>;
  /**
   * Signs in at one of `Portal.connections`, in a window of its own. Call it straight from a click, or the browser opens no
   * window; then the page itself goes there, the promise stays open, and `resumeSignIn` goes on when the page is back.
   *
   * @throws BackendError `unauthenticated` when nobody came back: of `fields`, `connection` is `closed` (the visitor has closed
   *   the window), `denied` (they have turned back there), `unknown` (they are nobody of this portal) or `failed`; as `code` it
   *   is `wrong` or `expired` where the portal does not take what they came back with
   */
  signInElsewhere?(connection: string, options?: RequestOptions): Promise<Session>;
  /**
   * Goes on after `signInElsewhere` has left the page.
   *
   * @param answer what the page has come back with: the part of its address after `#portal_sso=`
   * @throws BackendError as `signInElsewhere`; `connection` is `expired` for an answer that this page has not asked for
   */
  resumeSignIn?(answer: string, options?: RequestOptions): Promise<Session>;
  /**
   * What somebody is asked to agree to (`Session.pending` is `consent`), or what the contact has agreed to; `null` for nothing.
   * `signIn` takes the yes.
   *
   * @throws BackendError `unauthenticated` for who was not asked
   */
  consent?(options?: RequestOptions): Promise<ConsentNotice | null>;
  /** Takes back what the contact has agreed to, and ends all their sessions here. @throws BackendError `not-found` */
  withdrawConsent?(options?: RequestOptions): Promise<void>;
  signOut?(scope?: SignOutScope, options?: RequestOptions): Promise<void>;
  createTicket?(input: NewTicket, options: WriteOptions): Promise<TicketDetail>;
  reply?(ticketId: string, input: NewMessage, options: WriteOptions): Promise<Message>;
  /** Closes a ticket; one that is closed already is `forbidden`, like any action that it does not list. */
  close?(ticketId: string, options?: RequestOptions): Promise<TicketDetail>;
  /** Opens a closed ticket again. @throws BackendError `forbidden` as `close` */
  reopen?(ticketId: string, options?: RequestOptions): Promise<TicketDetail>;
  /**
   * Says how good the help was. What was said before is replaced.
   *
   * @throws BackendError `forbidden` as `close`, `invalid` (`fields`: `rating`, `comment`)
   */
  rate?(ticketId: string, input: NewRating, options?: RequestOptions): Promise<TicketDetail>;
  /**
   * Changes the ticket's properties, and leaves those that are not named. It is no event: no time moves, nobody has something
   * new to read. Nothing is changed when one of them is wrong.
   *
   * @throws BackendError `forbidden` as `close`, `invalid` (`fields`: `properties.<name>` is `unknown`, `invalid_value`,
   *   `invalid_format` or `too_big`)
   */
  edit?(ticketId: string, input: TicketChange, options?: RequestOptions): Promise<TicketDetail>;
  /**
   * Brings in a colleague, who sees the ticket from then on: somebody of one of the contact's companies, and of the ticket's
   * where it has one, who may use the portal. Who takes part already makes no difference. It is no event.
   *
   * @throws BackendError `forbidden` as `close`, `rate-limited`, `invalid` (`fields`: `email` is `unknown`, alike for everybody
   *   else, whether the address is known or not)
   */
  addParticipant?(ticketId: string, input: NewParticipant, options?: RequestOptions): Promise<TicketDetail>;
  /** Marks everything up to now as seen by this contact. */
  markRead?(ticketId: string, options?: RequestOptions): Promise<void>;
  /**
   * Sends a file for a message that is still to be written: its id goes into `attachments`, once and by this contact alone.
   *
   * @throws BackendError `too-large`, `unsupported-type` (a kind that is not taken, or another one than its name says),
   *   `rejected` (infected), `unavailable` (nobody can look into it now), `rate-limited`
   */
  upload?(file: File, options?: UploadOptions): Promise<Upload>;
  /** The bytes of an attachment, authorised again. */
  download?(attachmentId: string, options?: RequestOptions): Promise<Blob>;
  /** How many tickets there are: `states`, `statuses` and `requesters` of the scope, the rest of all that is visible. */
  counts?(query?: Pick<TicketQuery, 'scope'>, options?: RequestOptions): Promise<Counts>;
  preferences?(options?: RequestOptions): Promise<Preferences>;
  /** Keeps what is given and leaves the rest. @throws BackendError `invalid` (a column that there is not) */
  setPreferences?(input: Partial<Preferences>, options?: RequestOptions): Promise<Preferences>;
  /**
   * Every ticket of the query as CSV (RFC 4180, UTF-8), labels in the language of `options`. A file that does not hold them all
   * says so in its last line: a server may end it after 50,000.
   *
   * @throws BackendError `rate-limited`
   */
  exportTickets?(query?: ExportQuery, options?: RequestOptions): Promise<Blob>;
  /**
   * Calls `change` whenever something that the contact sees may have changed, until the signal aborts. Resolves once it
   * listens, or cannot for now: it goes on trying, and calls `change` for what it may have missed. Never rejects.
   */
  subscribe?(change: () => void, options: { readonly signal: AbortSignal }): Promise<void>;
}

/** Names of the optional methods, as `Portal.features` uses them. */
export type BackendFeature =
  | 'signIn'
  | 'startSignIn'
  | 'setPassword'
  | 'signInByToken'
  | 'signInElsewhere'
  | 'resumeSignIn'
  | 'consent'
  | 'withdrawConsent'
  | 'signOut'
  | 'createTicket'
  | 'reply'
  | 'close'
  | 'reopen'
  | 'rate'
  | 'edit'
  | 'addParticipant'
  | 'markRead'
  | 'upload'
  | 'download'
  | 'counts'
  | 'preferences'
  | 'setPreferences'
  | 'exportTickets'
  | 'subscribe';
