import type { RequestOptions } from '../portal-backend.js';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Somebody who may sign in to portals. */
export interface Contact {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly companies: readonly Named[];
  /** Id of one of the companies. */
  readonly primaryCompany: string | null;
  readonly properties: Readonly<Record<string, string>>;
  /** The address is known to be theirs. */
  readonly verified: boolean;
  /** By name. */
  readonly accessGroups: readonly string[];
  readonly enabled: boolean;
  /** Another one as soon as something of it is. */
  readonly version: string;
}

export interface ContactChange {
  readonly name?: string;
  /** Ids. */
  readonly companies?: readonly string[];
  readonly primaryCompany?: string | null;
  /** All of them: what is not named is gone. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly verified?: boolean;
  readonly accessGroups?: readonly string[];
  readonly enabled?: boolean;
  /** Not theirs unless `verified` says so as well; all sessions end. */
  readonly email?: string;
  /** That of the contact as the owner knows it: refused with `conflict` when somebody has changed it since. */
  readonly version?: string;
}

export interface NewContact extends Omit<ContactChange, 'enabled' | 'version'> {
  readonly email: string;
  readonly name: string;
  /** BCP 47. */
  readonly locale?: string;
}

export interface Company extends Named {
  /** Of its people. */
  readonly emailDomains: readonly string[];
  /** Another one as soon as something of it is. */
  readonly version: string;
}

/** A field that every contact has, as the owner has defined it. */
export interface ContactProperty extends ContactPropertyInput {
  readonly id: string;
  /** Those whose filter asks for it. */
  readonly portals: readonly { readonly slug: string; readonly name: string }[];
}

export interface ContactPropertyInput {
  /** As filters and tables call it. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'date' | 'boolean' | 'choice';
  /** Of a `choice`; `null` for any other. */
  readonly options: readonly string[] | null;
}

export interface Search {
  /** Part of a name or an address. */
  readonly q?: string;
  readonly cursor?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A ticket as a contact sees it in their list. */
export interface SeenTicket {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: { readonly label: string };
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly why: {
    readonly relation: 'requester' | 'contact' | 'participant' | 'company';
    readonly company: Named | null;
    readonly condition: { readonly property: string; readonly value: string } | null;
  };
}

/** What became of a table of people, or would. */
export interface ImportReport {
  readonly lines: readonly ImportLine[];
  readonly created: number;
  readonly updated: number;
  readonly refused: number;
  /** Names of companies that were not there. */
  readonly companies: readonly string[];
}

export interface ImportLine {
  /** Of the text; the first is 1. */
  readonly line: number;
  readonly email: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'refused';
  /** Why it was refused. */
  readonly code?: ImportRefusal | undefined;
}

export type ImportRefusal =
  | 'malformed'
  | 'columns'
  | 'email'
  | 'repeated'
  | 'name'
  | 'company'
  | 'primary-company'
  | 'access-group'
  | 'property';

/** A link by mail that nobody has opened yet. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** That its reader would join now, by name: those that were chosen, as far as the portal still has them. */
  readonly accessGroups: readonly string[];
}

export interface Guest {
  readonly email: string;
  readonly name?: string;
}

/** What became of one who was to be invited. */
export interface InvitingLine {
  /** As it was written. */
  readonly email: string;
  /** `open`: an earlier invitation still is; `member`: they may sign in already. Both get nothing. */
  readonly outcome: 'invited' | 'open' | 'member' | 'refused';
  /** Why it was refused. */
  readonly code?: 'malformed' | 'repeated' | 'disabled' | undefined;
}

/** Contacts and companies. Every method rejects with a `BackendError`. */
export interface PeopleBackend {
  listContacts(search: Search, options?: RequestOptions): Promise<Page<Contact>>;
  getContact(id: string, options?: RequestOptions): Promise<Contact>;
  /** @throws BackendError `conflict` at `email` when somebody has the address */
  createContact(input: NewContact): Promise<Contact>;
  /** @throws BackendError `conflict` at `email` when somebody has the address, and at `version` */
  updateContact(id: string, change: ContactChange): Promise<Contact>;
  /** Everything that is kept about them. */
  exportContact(id: string): Promise<object>;
  /** For good. */
  eraseContact(id: string): Promise<void>;
  /** The list of tickets as the contact gets it at a portal; it is entered in the audit log. */
  ticketsAs(slug: string, contact: string, cursor?: string, options?: RequestOptions): Promise<Page<SeenTicket>>;
  /** @param dryRun nothing is written, and the report says what would be */
  importContacts(csv: string, dryRun: boolean): Promise<ImportReport>;

  listInvitations(slug: string, options?: RequestOptions): Promise<readonly Invitation[]>;
  /**
   * Sends a link; an earlier one to the same address ends.
   *
   * @param accessGroups that they join; without them those of the earlier one, else the first of the portal
   * @throws BackendError `invalid` at `accessGroups.0` for one that is not the portal's
   */
  invite(slug: string, guest: Guest, accessGroups?: readonly string[]): Promise<Invitation>;
  /** To at most 500. Who has an invitation, or may sign in, gets none. @throws BackendError as `invite` */
  inviteMany(
    slug: string,
    people: readonly Guest[],
    accessGroups?: readonly string[],
  ): Promise<readonly InvitingLine[]>;
  revokeInvitation(slug: string, id: string): Promise<void>;

  listContactProperties(options?: RequestOptions): Promise<readonly ContactProperty[]>;
  /** @throws BackendError `conflict` at `name` when it is defined */
  addContactProperty(input: ContactPropertyInput): Promise<ContactProperty>;
  updateContactProperty(
    id: string,
    change: { readonly label?: string; readonly options?: readonly string[] },
  ): Promise<ContactProperty>;
  /** What contacts have stays. @throws BackendError `conflict` at `portals` while a filter asks for it */
  deleteContactProperty(id: string): Promise<void>;

  listCompanies(search: Search, options?: RequestOptions): Promise<Page<Company>>;
  getCompany(id: string, options?: RequestOptions): Promise<Company>;
  /** @throws BackendError `conflict`, `invalid` at `emailDomains.0` for a domain that is another's, or anybody's */
  createCompany(input: Omit<Company, 'id' | 'version'>): Promise<Company>;
  /** @throws BackendError as `createCompany`, and `conflict` at `version` when somebody has changed it since */
  updateCompany(id: string, change: Partial<Omit<Company, 'id'>>): Promise<Company>;
  deleteCompany(id: string): Promise<void>;
}
