import type { AdminPortalWire, ConfigChangeWire, ConfigFileWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement, Transaction } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { createDomain, listDomains, lockDomains, updateDomain } from './domains.js';
import { readHost } from './host-name.js';
import { type AdminPortalRow, adminPortals, createPortal, toAdminPortal, updatePortal } from './portals.js';
import { type AdminWriting, refuse } from './writing.js';

type PortalInFile = NonNullable<ConfigFileWire['portals']>[number];
type DomainInFile = NonNullable<ConfigFileWire['domains']>[number];

const findAccounts: Statement = {
  name: 'config_accounts',
  text: 'SELECT account_id FROM accounts WHERE $1::text IS NULL OR name = $1 ORDER BY account_id LIMIT 2',
};
const accountInboxes: Statement = {
  name: 'config_inboxes',
  text: 'SELECT public_id, name FROM inboxes WHERE account_id = $1 ORDER BY id',
};

/** In the place of a host: the server's own name. */
const system = 'system';

/** Ends the transaction of a file that is to change nothing. */
class TakenBack extends Error {
  override readonly name = 'TakenBack';
}

/**
 * Makes an account what the file says, in one transaction, by the functions of the admin routes. What the file does not name
 * stays as it is.
 *
 * @param options without `apply` all of it is done and taken back; `ownHost` is the hostname of the system domain, as far as
 *   the server knows it
 * @returns what has changed, or would
 * @throws ApiError as those functions, with paths in the file: `invalid` as well for an account, a domain or an inbox that is
 *   not there (`unknown`), for a name that several have (`ambiguous`), and for a domain or portal that comes twice (`repeated`)
 */
export async function runConfigFile(
  { database, clock, newId, isFreeMail }: Pick<AppDeps, 'database' | 'clock' | 'newId' | 'isFreeMail'>,
  file: ConfigFileWire,
  { apply, ownHost }: { readonly apply: boolean; readonly ownHost: string },
): Promise<ConfigChangeWire[]> {
  const account = await database.tx({ role: 'staff' }, (tx) => accountNamed(tx, file.account ?? null));
  let changes: ConfigChangeWire[] = [];
  try {
    await database.tx({ role: 'staff', account }, async (tx) => {
      const writing = { tx, account, now: clock(), newId, isFreeMail };
      // Who changes a portal holds them as well: nobody else does until this is over.
      await tx.query(lockDomains, [account]);
      const before = await readNow(writing);
      await write(writing, file, ownHost);
      changes = compare(before, await readNow(writing));
      if (!apply) throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  return changes;
}

async function accountNamed(tx: Transaction, name: string | null): Promise<number> {
  const [account, another] = await tx.query<{ account_id: number }>(findAccounts, [name]);
  if (!account) throw refuse('account');
  if (another) throw refuse('account', name === null ? 'missing' : 'ambiguous');
  return account.account_id;
}

async function write(writing: AdminWriting, { domains = [], portals = [] }: ConfigFileWire, ownHost: string) {
  refuseRepeated(
    'domains',
    'host',
    domains.map(({ host }) => hostOf(host) ?? host),
  );
  refuseRepeated(
    'portals',
    'slug',
    portals.map(({ slug }) => slug),
  );
  for (const [at, domain] of domains.entries()) {
    await below(`domains.${at}`, () => writeDomain(writing, domain, ownHost));
  }
  for (const [at, portal] of portals.entries()) await below(`portals.${at}`, () => writePortal(writing, portal));
}

async function writeDomain(writing: AdminWriting, { host, locale }: DomainInFile, ownHost: string) {
  const domain = await domainNamed(writing, host);
  if (domain) await updateDomain(writing, domain.id, { locale });
  else await createDomain(writing, { host, locale }, ownHost);
}

async function writePortal(writing: AdminWriting, { domain, inboxes, ...settings }: PortalInFile) {
  const on = domain === undefined ? undefined : await domainNamed(writing, domain);
  if (domain !== undefined && !on) throw refuse('domain');
  const change = {
    ...settings,
    ...(on && { domain: on.id }),
    ...(inboxes && { inboxes: await inboxesNamed(writing, inboxes) }),
  };
  const [there] = await writing.tx.query(adminPortals, [writing.account, settings.slug]);
  await (there ? updatePortal(writing, settings.slug, change) : createPortal(writing, change));
}

/** What a portal is found by; `null` for the system domain, and `undefined` for what is no host. */
const hostOf = (text: string): string | null | undefined =>
  text === system ? null : (readHost(text).host ?? undefined);

async function domainNamed(writing: AdminWriting, text: string) {
  const host = hostOf(text);
  return (await listDomains(writing)).find((domain) => domain.host === host);
}

/** Public ids, in the order of the names. */
async function inboxesNamed({ tx, account }: AdminWriting, names: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ public_id: string; name: string }>(accountInboxes, [account]);
  return names.map((name, at) => {
    const [inbox, another] = rows.filter((row) => row.name === name);
    if (!inbox || another) throw refuse(`inboxes.${at}`, inbox ? 'ambiguous' : 'unknown');
    return inbox.public_id;
  });
}

function refuseRepeated(list: string, key: string, names: readonly string[]): void {
  const at = names.findIndex((name, place) => names.indexOf(name) < place);
  if (at >= 0) throw refuse(`${list}.${at}.${key}`, 'repeated');
}

/** Faults of a part of the file, with their paths in the whole of it. */
async function below(path: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ApiError) || !error.fields) throw error;
    throw new ApiError(error.code, {
      fields: error.fields.map((field) => ({ ...field, path: `${path}.${field.path}` })),
    });
  }
}

/** Settings by what they are of, in the words of a file. */
type Now = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const inWords = (row: AdminPortalRow) => {
  const { slug: _, version: __, address: ___, ...settings } = toAdminPortal(row, '');
  const { inboxes }: Pick<AdminPortalWire, 'inboxes'> = settings;
  return { ...settings, domain: row.host ?? system, inboxes: inboxes.map(({ name }) => name) };
};

async function readNow(reading: AdminWriting): Promise<Now> {
  const rows = await reading.tx.query<AdminPortalRow>(adminPortals, [reading.account, null]);
  const domains = await listDomains(reading);
  return new Map<string, Record<string, unknown>>([
    ...domains.map(({ host, locale }) => [`domain ${host ?? system}`, { locale }] as const),
    ...rows.map((row) => [`portal ${row.slug}`, inWords(row)] as const),
  ]);
}

function compare(before: Now, after: Now): ConfigChangeWire[] {
  return [...after].flatMap(([key, settings]): ConfigChangeWire[] => {
    const [kind, name] = key.split(' ') as [ConfigChangeWire['kind'], string];
    const had = before.get(key);
    if (!had) return [{ kind, name, setting: null, before: null, after: settings }];
    return Object.entries(settings)
      .filter(([setting, value]) => JSON.stringify(value) !== JSON.stringify(had[setting]))
      .map(([setting, value]) => ({ kind, name, setting, before: had[setting], after: value }));
  });
}
