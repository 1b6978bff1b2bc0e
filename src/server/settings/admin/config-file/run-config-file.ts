import type { ConfigChangeWire, ConfigFileWire } from '../../../../wire/index.js';
import type { Statement, Transaction } from '../../../database.js';
import type { AppDeps } from '../../../deps.js';
import { lockContactProperties } from '../contact-properties.js';
import { createDomain, listDomains, lockDomains, updateDomain } from '../domains.js';
import { readHost } from '../host-name.js';
import { lockInboxes } from '../inboxes.js';
import { adminPortals, createPortal, updatePortal } from '../portals.js';
import { lockStatuses } from '../statuses.js';
import { type AdminWriting, refuse } from '../writing.js';
import { writeInboxes, writeProperties, writeStatuses } from './account-parts.js';
import { compare, readNow, system } from './changes.js';
import { below, inboxesNamed, refuseRepeated } from './parts.js';

type PortalInFile = NonNullable<ConfigFileWire['portals']>[number];
type DomainInFile = NonNullable<ConfigFileWire['domains']>[number];

const findAccounts: Statement = {
  name: 'config_accounts',
  text: 'SELECT account_id, name FROM accounts WHERE $1::text IS NULL OR name = $1 ORDER BY account_id LIMIT 2',
};

/**
 * Nobody else changes anything of it until this is over: who changes a portal holds the domains as well. Who connects a help
 * desk takes statuses before inboxes.
 */
const locks = [lockDomains, lockStatuses, lockInboxes, lockContactProperties];

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
 *   not there (`unknown`), for a name that several have (`ambiguous`), for what comes twice (`repeated`), and for another type
 *   of a contact property (`fixed`)
 */
export async function runConfigFile(
  { database, clock, newId, isFreeMail }: Pick<AppDeps, 'database' | 'clock' | 'newId' | 'isFreeMail'>,
  file: ConfigFileWire,
  { apply, ownHost }: { readonly apply: boolean; readonly ownHost: string },
): Promise<ConfigChangeWire[]> {
  const { account_id: account, name } = await database.tx({ role: 'staff' }, (tx) =>
    accountNamed(tx, file.account ?? null),
  );
  let changes: ConfigChangeWire[] = [];
  try {
    await database.tx({ role: 'staff', account }, async (tx) => {
      const writing = { tx, account, now: clock(), newId, isFreeMail };
      for (const lock of locks) await tx.query(lock, [account]);
      const before = await readNow(writing, name);
      await write(writing, file, ownHost);
      changes = compare(before, await readNow(writing, name));
      if (!apply) throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  return changes;
}

async function accountNamed(tx: Transaction, asked: string | null) {
  const [account, another] = await tx.query<{ account_id: number; name: string }>(findAccounts, [asked]);
  if (!account) throw refuse('account');
  if (another) throw refuse('account', asked === null ? 'missing' : 'ambiguous');
  return account;
}

/** What others refer to comes before them. */
async function write(writing: AdminWriting, file: ConfigFileWire, ownHost: string): Promise<void> {
  const { domains = [], portals = [] } = file;
  refuseRepeated(
    domains.map(({ host }) => hostOf(host) ?? host),
    (at) => `domains.${at}.host`,
  );
  refuseRepeated(
    portals.map(({ slug }) => slug),
    (at) => `portals.${at}.slug`,
  );
  for (const [at, domain] of domains.entries()) {
    await below(`domains.${at}`, () => writeDomain(writing, domain, ownHost));
  }
  await writeInboxes(writing, file.inboxes ?? []);
  await writeStatuses(writing, file.statuses ?? []);
  await writeProperties(writing, file.contactProperties ?? []);
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
