import type { BrandLook } from '../../brand/brand.js';
import type { SignInConnection, TicketProperty } from '../../model/index.js';
import type { Action, Category, ProjectionFacts, TicketPermission } from '../../policy/index.js';
import { ApiError } from '../api-error.js';
import type { Caller } from '../deps.js';
import type { Database, Param, Statement } from '../database.js';

export interface PortalStatus {
  readonly id: string;
  readonly category: Category;
  /** Customer label by language. */
  readonly label: Readonly<Record<string, string>>;
  /** Those whose tickets have it; `null` for every inbox. */
  readonly inboxes: readonly number[] | null;
}

/** What tickets of an inbox go through, in its order. */
export const pipelineOf = <Status extends Pick<PortalStatus, 'inboxes'>>(
  statuses: readonly Status[],
  inbox: number,
): Status[] => statuses.filter(({ inboxes }) => inboxes === null || inboxes.includes(inbox));

/** What an owner chooses from. What else is offered follows: registration from who may sign in, a new password from both. */
export type OfferedMethod = 'password' | 'email';

/** Who may sign in at all. */
export type AccessControl =
  /** Whoever registers, with an address of one of the domains; an empty list has all. Members of access groups as well. */
  | { readonly kind: 'open'; readonly emailDomains: readonly string[] }
  | { readonly kind: 'access-groups' }
  | { readonly kind: 'sso-only' };

/** The owner's own words, by language: a form by plural category, and `nominative` for many. */
export interface PortalWords {
  readonly ticket: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A ticket property that customers see, as the owner describes it. */
export interface PropertyDefinition {
  readonly name: string;
  readonly type: TicketProperty['type'];
  /** By language. */
  readonly label: Readonly<Record<string, string>>;
  /** Of a `choice`. */
  readonly options: readonly { readonly value: string; readonly label: Readonly<Record<string, string>> }[] | null;
}

/** A form that new tickets come by. */
export interface PortalFormSettings {
  readonly id: string;
  /** By language. */
  readonly label: Readonly<Record<string, string>>;
  /** Below subject and message, in their order; each is one of the portal's `properties`. */
  readonly fields: readonly { readonly property: string; readonly required: boolean }[];
}

/** What of the look is the owner's. Pictures are apart from it, and here by what they are asked for with. */
export interface PortalBrand extends BrandLook {
  readonly logo?: KeptImage;
  readonly icon?: KeptImage;
}

export interface KeptImage {
  readonly type: string;
  /** Of its bytes: another picture has another address. */
  readonly hash: string;
  /** In points. */
  readonly width: number;
  readonly height: number;
}

/** The notice that customers agree to before a session starts. */
export interface PortalConsent {
  readonly asked: boolean;
  /** By language. */
  readonly text: Readonly<Record<string, string>>;
  /** Counts texts; 0 before there was one. */
  readonly version: number;
  /** When this version was written; absent before there was one. */
  readonly since?: string;
}

/** A portal's settings, as one request reads them. */
export interface PortalSettings extends ProjectionFacts {
  readonly account: number;
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly locale: string;
  readonly locales: readonly string[];
  /** Until then visitors are told that it is not, and nothing else. */
  readonly open: boolean;
  readonly permission: TicketPermission;
  /** In the order of their columns; each is one of `properties`. */
  readonly propertyDefinitions: readonly PropertyDefinition[];
  /** Origins of foreign pages that may embed the portal. */
  readonly origins: readonly string[];
  readonly signIn: readonly OfferedMethod[];
  readonly access: AccessControl;
  /** A contact whose address is proven joins the company that has its domain. */
  readonly joinCompanies: boolean;
  /** A session that nobody uses ends after this. */
  readonly idleMinutes: number;
  /** A code by mail is taken for so long. */
  readonly codeMinutes: number;
  readonly words: PortalWords;
  /** Sites may say by a signed token who their customer is. */
  readonly hostToken: boolean;
  /** Where else people of this portal sign in. */
  readonly connections: readonly SignInConnection[];
  /** The first receives new tickets. */
  readonly inboxes: readonly number[];
  readonly statuses: readonly PortalStatus[];
  /** The company's own help desk behind the portal; `null` for the built-in one. */
  readonly desk: {
    /** Seconds that the index may be behind. */
    readonly lag: number;
    /** Up to when everything is in the index, in milliseconds since 1970; `null` before it was filled. */
    readonly syncedAt: number | null;
  } | null;
  readonly forms: readonly PortalFormSettings[];
  readonly brand: PortalBrand;
  readonly consent: PortalConsent;
}

const byHost: Statement = { name: 'portal_by_host', text: 'SELECT * FROM portal_by_host($1, $2, $3)' };

export type PortalRow = Omit<
  PortalSettings,
  | 'account'
  | 'open'
  | 'lacks'
  | 'propertyDefinitions'
  | 'signIn'
  | 'hostToken'
  | 'joinCompanies'
  | 'idleMinutes'
  | 'codeMinutes'
> & {
  readonly account_id: number;
  readonly is_open: boolean;
  readonly property_definitions: readonly PropertyDefinition[];
  readonly sign_in: readonly OfferedMethod[];
  readonly join_companies: boolean;
  readonly idle_minutes: number;
  readonly code_minutes: number;
  readonly host_token: boolean;
};

/** What `portal_by_host` finds a portal by. */
export function addressParams(caller: Caller, slug: string): Param[] {
  const { hostname } = new URL(caller.base);
  // The database takes no NUL, and no portal has no name.
  return [hostname, caller.system, slug.includes('\0') ? '' : slug];
}

/** The portal at this address. Read anew for each request: a changed permission acts on the next one. */
export async function findPortal(database: Database, caller: Caller, slug: string): Promise<PortalSettings | null> {
  const [[row]] = (await database.batch({ role: 'app' }, [
    { statement: byHost, params: addressParams(caller, slug) },
  ])) as [PortalRow[]];
  return row ? toPortal(row) : null;
}

/** What is carried out in our own tables alone: a help desk of the company's own knows nothing of it. */
export const builtinAlone: readonly Action[] = ['add-participant', 'edit'];

export const toPortal = (row: PortalRow): PortalSettings => ({
  account: row.account_id,
  id: row.id,
  slug: row.slug,
  name: row.name,
  locale: row.locale,
  locales: row.locales,
  open: row.is_open,
  permission: row.permission,
  actions: row.actions,
  lacks: row.desk ? builtinAlone : [],
  properties: row.properties,
  // What customers do not see is no column, and no filter that would tell it.
  propertyDefinitions: row.property_definitions.filter(({ name }) => row.properties.includes(name)),
  origins: row.origins,
  signIn: row.sign_in,
  access: row.access,
  joinCompanies: row.join_companies,
  idleMinutes: row.idle_minutes,
  codeMinutes: row.code_minutes,
  words: row.words,
  hostToken: row.host_token,
  connections: row.connections,
  inboxes: row.inboxes,
  statuses: row.statuses,
  desk: row.desk,
  forms: row.forms,
  brand: row.brand,
  consent: row.consent,
});

/** Up to when the index shows everything of the help desk; `null` for the built-in one. */
export const syncedAt = ({ desk }: PortalSettings): string | null => desk && new Date(desk.syncedAt ?? 0).toISOString();

/** The same, but `null` also while the index is as fresh as the desk promises. */
export const asOf = (portal: PortalSettings, now: Date): string | null =>
  portal.desk?.syncedAt && now.getTime() - portal.desk.syncedAt <= portal.desk.lag * 1000 ? null : syncedAt(portal);

/** A status' customer label in `language`, else in the portal's own, else in English, else in any. */
export const statusLabel = (
  portal: PortalSettings,
  { id, label }: Pick<PortalStatus, 'id' | 'label'>,
  language: string,
): string => labelIn(portal, label, language) ?? Object.values(label)[0] ?? id;

/** The same of any label by language. */
export const labelIn = (
  { locale }: PortalSettings,
  label: Readonly<Record<string, string>>,
  language: string,
): string | undefined => label[language] ?? label[locale] ?? label['en'];

/** The properties of tickets that customers see, with labels in `language` as those of statuses. */
export const propertiesIn = (portal: PortalSettings, language: string): TicketProperty[] =>
  portal.propertyDefinitions.map(({ name, type, label, options }) => ({
    name,
    type,
    label: labelIn(portal, label, language) ?? name,
    options:
      options?.map((option) => ({
        value: option.value,
        label: labelIn(portal, option.label, language) ?? option.value,
      })) ?? null,
  }));

/** The same by the status' id; one that the owner has deleted since by the label that it had, as far as that was kept. */
export const labelOf = (
  portal: PortalSettings,
  id: string,
  language: string,
  former: PortalStatus['label'] = {},
): string => statusLabel(portal, portal.statuses.find((one) => one.id === id) ?? { id, label: former }, language);

/**
 * A status of this portal by its id. Every ticket has one: a foreign key holds it.
 *
 * @throws ApiError `unavailable` for one that was made after the portal was read: who asks again finds it
 */
export function statusOf(portal: PortalSettings, id: string): PortalStatus {
  const status = portal.statuses.find((one) => one.id === id);
  if (!status) throw new ApiError('unavailable', { retryAfter: 1 });
  return status;
}
