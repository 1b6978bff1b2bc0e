import type { Database } from './database.js';
import type { Desks } from './desks/desks.js';
import type { Sanitise } from './index/html.js';
import type { Fetch } from './outgoing.js';

/** What a `Request` does not show: read from headers and socket by the Node entry, stated by the msw entry. */
export interface Caller {
  /** The `Origin` header, or `null` when it is absent. The text `null` stays text. */
  readonly origin: string | null;
  /** `Sec-Fetch-Site`. */
  readonly site: 'same-origin' | 'same-site' | 'cross-site' | 'none' | null;
  /** Address of the client, behind as many trusted proxies as are configured. */
  readonly ip: string;
  readonly cookies: Readonly<Record<string, string>>;
  /**
   * How tokens travel between the server and this browser: by cookies of the same site, by cookies that the browser keeps
   * for this page alone, or in the memory of a page whose browser keeps neither.
   */
  readonly carrier: 'same-site' | 'cross-site' | 'memory';
  /** Tokens out of the memory of a page, by the names that cookies have. */
  readonly tokens: Readonly<Record<string, string>>;
  /** The name is the server's own, and not that of one portal. */
  readonly system: boolean;
  /** Scheme and host under which the client reached us, `https://support.example.com`. */
  readonly base: string;
  /** The same of the server's own name, by whichever of its names the client came. */
  readonly ownBase: string;
}

/** Takes a token to the browser: in Node as the caller can carry it, in a page where the app runs behind msw in a variable. */
export interface Carrier {
  /** The token that came with the request, by cookie name. */
  read(caller: Caller, name: string): string | null;
  /** `maxAge` in seconds, `null` for as long as the browser runs; `null` as token removes it. */
  write(headers: Headers, caller: Caller, name: string, token: string | null, maxAge: number | null): void;
}

export interface PasswordHasher {
  /** A PHC string. */
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

/** Bytes of attachments, by account and under keys that the server makes: 4 to 128 of `A-Z a-z 0-9 _ -`. */
export interface FileStore {
  /** Replaces what is under the key, whole or not at all. */
  put(account: number, key: string, bytes: Uint8Array): Promise<void>;
  /**
   * Adds bytes behind the first `offset` of those under the key, in place of whatever came after them. They last when it
   * resolves; when it does not, those before them do.
   */
  append(account: number, key: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** Gives what is under a key another one: from then on nobody adds to it by the first. Nothing there: nothing happens. */
  move(account: number, key: string, to: string): Promise<void>;
  /** Bytes under the key; `null` when the account has nothing there. */
  size(account: number, key: string): Promise<number | null>;
  /** `null` when the account has nothing under the key. */
  get(account: number, key: string): Promise<Uint8Array | null>;
  /** The same, piece by piece: whoever cancels it reads no further. */
  open(account: number, key: string): Promise<ReadableStream<Uint8Array> | null>;
  remove(account: number, key: string): Promise<void>;
  close(): Promise<void>;
}

/** Looks for malware in what customers send. */
export interface FileScanner {
  /** Rejects when it cannot tell: then the file is not taken. */
  scan(file: ReadableStream<Uint8Array>): Promise<'clean' | 'infected'>;
}

/** The one file of a form, while it arrives. */
export interface SentFile {
  /** As its sender calls it. */
  readonly name: string;
  /** To be read once. Ends with an `ApiError` where the form turns out to be none, or to be too large. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Reads a form up to its file.
 *
 * @param most bytes that the file may have
 * @throws ApiError `unsupported-type`, `invalid` for what is no form, or begins with another field
 */
export type ReadForm = (request: Request, most: number) => Promise<SentFile>;

/** A row of a table. */
export interface CsvRow {
  /** Where it begins in the text; the first is 1. */
  readonly line: number;
  /** Without the spaces around them; `null` where it is not clear where they end. */
  readonly cells: readonly string[] | null;
}

/** Reads a table as spreadsheets write it: separated by commas or semicolons, whichever its first line has. */
export type ReadCsv = (text: string) => CsvRow[];

/** Files of one contact, as far as they have arrived. */
export interface UploadParts {
  /** @throws ApiError `too-large`, `unsupported-type`, `rate-limited` */
  begin(name: string, size: number): Promise<UploadState>;
  /** @throws ApiError `not-found` for what is not there, somebody else's, written or too old, all alike */
  find(id: string): Promise<UploadState>;
  /** Adds what arrives, as long as it does; resolves with how much there is then. @throws ApiError `conflict` when another request adds to it as well */
  append(id: string, offset: number, pieces: AsyncIterable<Uint8Array>): Promise<number>;
  /**
   * Looks into what is whole; its answer is that of `POST /attachments`, as often as it is asked.
   *
   * @throws ApiError `unsupported-type`, `rejected`, after which it is gone; `unavailable`
   */
  finish(id: string): Promise<object>;
  remove(id: string): Promise<void>;
}

export interface UploadState {
  readonly id: string;
  readonly size: number;
  /** Bytes that are there. */
  readonly received: number;
  readonly expiresAt: Date;
}

/**
 * Answers a request of the protocol tus 1.0.0.
 *
 * @param place path of the uploads, below which each has its own
 * @throws what `parts` throws; ApiError for what breaks the protocol
 */
export type AnswerTus = (request: Request, place: string, parts: UploadParts) => Promise<Response>;

/** Sends what is in the outbox. */
export interface Mailer {
  /** It sends nothing: mails stay readable in the outbox. */
  readonly keeps: boolean;
  /** Something has been put in. */
  wake(): void;
}

/** Built files that pages load: `embed.js`, hashed chunks, the hosted page. */
export interface AssetSource {
  read(path: string): Promise<{ readonly bytes: Uint8Array; readonly type: string } | null>;
}

export interface LogEntry {
  readonly level: 'info' | 'error';
  readonly event: string;
  readonly [field: string]: string | number | boolean | null;
}

export interface Demo {
  /** Writes the demo world anew; `null` where it does not lie in a folder that is marked as the demo's. */
  readonly reset: (() => Promise<void>) | null;
}

export interface AppDeps {
  readonly database: Database;
  readonly carrier: Carrier;
  readonly caller: (request: Request) => Caller;
  readonly hasher: PasswordHasher;
  /** One that everybody tries. */
  readonly isKnownPassword: (password: string) => boolean;
  /** At once where the platform can: every request asks, and waiting for another thread takes longer than hashing. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  readonly files: FileStore;
  /** Of a file that a contact sends. */
  readonly attachmentBytes: number;
  readonly readForm: ReadForm;
  /** `null`: nobody comes by a table. */
  readonly readCsv: ReadCsv | null;
  /** `null`: files that do not arrive in one go are sent anew. */
  readonly tus: AnswerTus | null;
  /** `null`: nobody looks into files, and whoever opens one is on their own. */
  readonly scanner: FileScanner | null;
  /** `null`: nothing that needs mail is offered. */
  readonly mail: Mailer | null;
  readonly sanitise: Sanitise;
  /** A domain where anybody gets an address: no company's own. */
  readonly isFreeMail: (domain: string) => boolean;
  readonly assets: AssetSource;
  readonly clock: () => Date;
  /** 128 random bits in base64url. */
  readonly newId: () => string;
  /** 32 bytes that never leave the server: keys for cursors, drafts and ETags are derived from it. */
  readonly secret: Uint8Array;
  readonly adminToken: string;
  /** Mounts the API of the demo's own pages; only `portico demo` sets it. */
  readonly demo: Demo | null;
  readonly log: (entry: LogEntry) => void;
  /** What asks other servers for an account. */
  readonly outgoing: (account: number) => Fetch;
  /** Help desks of companies' own. */
  readonly desks: Desks;
  /** All that the server keeps, as one file of one moment; `null` where nothing is kept. */
  readonly backup: (() => ReadableStream<Uint8Array>) | null;
  /** The server is about to end: streams end at once, and nobody should send new visitors here. */
  readonly stopping: AbortSignal;
}
