import type { BrandLook } from '../../brand/brand.js';
import type { RequestOptions } from '../portal-backend.js';
import type { AccountBackend } from './account-backend.js';
import type { Named, PeopleBackend } from './people-backend.js';
import type { WaysInBackend } from './ways-in-backend.js';

/** Somebody of the company: an agent answers, an admin sets portals up. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'agent' | 'admin';
}

export interface StaffAccount extends Omit<StaffMember, 'email'> {
  /** `null` for who only lends a name to answers. */
  readonly email: string | null;
  /** Whose tickets they answer; `null` for all, now and later. */
  readonly inboxes: readonly Named[] | null;
  readonly enabled: boolean;
  /** Has chosen a password. */
  readonly welcomed: boolean;
}

export interface StaffInput {
  readonly name: string;
  readonly role: StaffMember['role'];
  /** Ids. */
  readonly inboxes: readonly string[] | null;
}

/** By which somebody chooses a password: shown once. */
export interface StaffLink {
  readonly link: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

export interface StaffSession {
  /** `null` when nobody is signed in. */
  readonly staff: StaffMember | null;
  readonly account: Named | null;
  /** ISO 8601. */
  readonly expiresAt: string | null;
}

/** Whom a one-time link is for. */
export interface Welcome {
  /** `first`: nobody is there yet, and an account is made. */
  readonly kind: 'first' | 'staff';
  readonly name: string | null;
  readonly email: string | null;
}

export interface WelcomeInput {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  /** Of `first`: whose account it is, and how its first admin signs in. */
  readonly account?: string;
  readonly email?: string;
}

export interface Domain {
  readonly id: string;
  /** `system` is the server's own name. */
  readonly kind: 'system' | 'connected';
  readonly host: string | null;
  /** BCP 47. */
  readonly locale: string;
  readonly portals: number;
}

/** A condition on a property of a contact. */
export interface PropertyFilter {
  readonly property: string;
  readonly operator: FilterOperator;
  readonly value?: string | readonly string[];
}

export type FilterOperator =
  | 'is'
  | 'is-not'
  | 'contains'
  | 'is-any-of'
  | 'greater'
  | 'less'
  | 'before'
  | 'after'
  | 'is-known'
  | 'is-unknown';

/** What a contact sees; groups are joined by OR, filters in a group by AND. */
export type Permission =
  | { readonly kind: 'own' | 'company' }
  | { readonly kind: 'company-if'; readonly groups: readonly (readonly PropertyFilter[])[] };

/** Who may sign in at all. */
export type Access =
  | { readonly kind: 'open'; readonly emailDomains: readonly string[] }
  | { readonly kind: 'access-groups' | 'sso-only' };

/** A word in the forms that its language counts with. */
export type WordForms = { readonly [Form in Intl.LDMLPluralRule | 'nominative']?: string | undefined };

/** A text by language of the portal. */
export type Labels = Readonly<Record<string, string>>;

/** A property of tickets that is a column and a filter of the list. */
export type PropertyDefinition = { readonly name: string; readonly label: Labels } & (
  | { readonly type: 'choice'; readonly options: readonly { readonly value: string; readonly label: Labels }[] }
  | { readonly type: 'text' | 'number' | 'date' | 'boolean'; readonly options?: null | undefined }
);

/** A form that new tickets come by. */
export interface PortalForm {
  readonly id: string;
  readonly label: Labels;
  /** Below subject and message, by names of defined properties. */
  readonly fields: readonly { readonly property: string; readonly required: boolean }[];
}

export type Action = 'reply' | 'close' | 'reopen' | 'add-participant' | 'rate' | 'edit';
export type Role = 'requester' | 'participant' | 'colleague';
/** What a status means. */
export type Category = 'open' | 'waiting_on_contact' | 'closed';
type ByCategory = Readonly<Record<Category, readonly Action[]>>;

/** What customers may do where it is not the usual. */
export type Actions = {
  readonly [R in Role]?: { readonly [C in Category]?: readonly Action[] | undefined } | undefined;
};

/** The look of the hosted page, with its pictures as `data:` addresses; what is left out is ours. */
export interface Brand extends BrandLook {
  readonly logo?: string | undefined;
  readonly icon?: string | undefined;
}

/** What an owner decides about a portal. */
export interface PortalSettings {
  readonly name: string;
  readonly slug: string;
  /** Id of its domain. */
  readonly domain: string;
  readonly locale: string;
  readonly locales: readonly string[];
  /** It speaks the language of its domain. */
  readonly followsDomain: boolean;
  readonly permission: Permission;
  readonly access: Access;
  readonly accessGroups: readonly string[];
  readonly signIn: readonly ('password' | 'email')[];
  /** Foreign pages that may embed it. */
  readonly origins: readonly string[];
  readonly open: boolean;
  /** The owner's own word for a ticket, by language: a form by plural category, and one for many without a number. */
  readonly words: { readonly ticket: Readonly<Record<string, WordForms>> };
  /** A session that nobody uses ends after so many. */
  readonly idleMinutes: 20 | 40 | 60 | 1440;
  /** A code by mail is taken for so many. */
  readonly codeMinutes: 10 | 15;
  /** Ticket properties that customers see and may send, by name. */
  readonly properties: readonly string[];
  /** Of those, the columns of the list in their order. */
  readonly propertyDefinitions: readonly PropertyDefinition[];
  /** Without any there is the one that every portal has, of subject and message alone. */
  readonly forms: readonly PortalForm[];
  readonly actions: Actions;
  /** What customers agree to before a session starts: each language needs its text where it is asked. */
  readonly consent: { readonly asked: boolean; readonly text: Readonly<Record<string, string>> };
  readonly brand: Brand;
}

export interface OwnedPortal extends PortalSettings {
  /** The first receives new tickets. */
  readonly inboxes: readonly Named[];
  /** Counts changes. */
  readonly version: number;
  /** Which text of the notice is asked, and since when (ISO 8601); `null` before there was one. */
  readonly consentInForce: { readonly version: number; readonly since: string } | null;
  /** Whole, with a slash at its end. */
  readonly address: string;
}

/** The steps of the guided set-up, after the name. */
export type SetUpStep = 'address' | 'tickets' | 'access';

export interface PortalChange extends Partial<PortalSettings> {
  /** Ids. */
  readonly inboxes?: readonly string[];
  /** Where the guided set-up goes on. */
  readonly step?: SetUpStep;
  /** That of the portal as the owner knows it: refused with `conflict` when somebody has changed it since. */
  readonly version?: number;
}

/** What is there to set portals up with. */
export interface SetupState {
  readonly account: Named;
  /** Address of the server, without a slash at its end. */
  readonly base: string;
  readonly mail: {
    readonly sends: boolean;
    /** It keeps mails to be read, and sends none. */
    readonly keeps: boolean;
  };
  /** The company's own help desk; `null` for the built-in one. */
  readonly desk: {
    readonly kind: string;
    /** False: what a form asks is written above the message. */
    readonly keepsProperties: boolean;
  } | null;
  readonly inboxes: readonly Named[];
  readonly domains: readonly Domain[];
  readonly contacts: number;
  readonly companies: number;
  /** What customers may do. */
  readonly actions: {
    /** Without a setting. */
    readonly usual: Readonly<Record<Role, ByCategory>>;
    /** What there is to allow. */
    readonly possible: ByCategory;
  };
  /** Names in use. */
  readonly contactProperties: readonly string[];
  readonly portals: readonly {
    readonly slug: string;
    readonly name: string;
    readonly open: boolean;
    readonly address: string;
    /** Where the guided set-up goes on. */
    readonly step: SetUpStep;
  }[];
}

export interface AddressQuery {
  readonly domain: string;
  readonly slug: string;
  /** The portal that has it already. */
  readonly except?: string;
}

export interface AddressAnswer {
  readonly address: string;
  readonly problem: 'taken' | 'reserved' | 'malformed' | null;
}

/** What another permission would do. */
export interface Effect {
  /** Contacts who would see another number of tickets. */
  readonly contacts: number;
  /** Tickets, summed over contacts. */
  readonly more: number;
  readonly fewer: number;
  /** Contacts whom the filter matches; `null` where there is none. */
  readonly matching: number | null;
}

/** What one contact would see. */
export interface Sight {
  readonly contact: Named;
  readonly permission: 'own' | 'company';
  /** They may sign in at the portal. */
  readonly admitted: boolean;
  readonly company: Named | null;
  readonly count: number;
  /** The newest. */
  readonly tickets: readonly {
    readonly id: string;
    readonly number: number;
    readonly subject: string;
    readonly why: { readonly relation: 'requester' | 'contact' | 'participant' | 'company' };
  }[];
}

/** A page that the portal was seen on. */
export interface SeenPage {
  readonly url: string;
  readonly seenAt: string;
}

/** What `<portal-setup>` talks to. Every method rejects with a `BackendError`. */
export interface SetupBackend extends PeopleBackend, AccountBackend, WaysInBackend {
  session(options?: RequestOptions): Promise<StaffSession>;
  signIn(input: { readonly email: string; readonly password: string }): Promise<StaffSession>;
  signOut(): Promise<void>;
  /** Whom a one-time link is for. @throws BackendError `unauthenticated` when it is used, too old or none */
  lookAtWelcome(token: string, options?: RequestOptions): Promise<Welcome>;
  welcome(input: WelcomeInput): Promise<StaffSession>;

  listStaff(options?: RequestOptions): Promise<readonly StaffAccount[]>;
  addStaff(input: StaffInput & { readonly email: string }): Promise<StaffLink & { readonly staff: StaffAccount }>;
  updateStaff(id: string, change: Partial<StaffInput> & { readonly enabled?: boolean }): Promise<StaffAccount>;
  /** Also for who has forgotten their password: earlier links end. */
  makeStaffLink(id: string): Promise<StaffLink>;

  setup(options?: RequestOptions): Promise<SetupState>;
  listPortals(options?: RequestOptions): Promise<readonly OwnedPortal[]>;
  getPortal(slug: string, options?: RequestOptions): Promise<OwnedPortal>;
  createPortal(input: PortalChange & { readonly name: string; readonly slug: string }): Promise<OwnedPortal>;
  updatePortal(slug: string, change: PortalChange): Promise<OwnedPortal>;
  createDomain(input: { readonly host: string; readonly locale: string }): Promise<Domain>;
  checkAddress(query: AddressQuery, options?: RequestOptions): Promise<AddressAnswer>;
  effectOf(slug: string, permission: Permission, options?: RequestOptions): Promise<Effect>;
  whatIf(slug: string, permission: Permission, contact: string, options?: RequestOptions): Promise<Sight>;
  seenPages(slug: string, options?: RequestOptions): Promise<readonly SeenPage[]>;
}
