import type { AdminPortalWire, ConfigChangeWire } from '../../../../wire/index.js';
import { readProperties } from '../contact-properties.js';
import { listDomains } from '../domains.js';
import { listInboxes } from '../inboxes.js';
import { type AdminPortalRow, adminPortals, toAdminPortal } from '../portals.js';
import { listStatuses } from '../statuses.js';
import type { AdminWriting } from '../writing.js';

/** In the place of a host: the server's own name. */
export const system = 'system';

type Named = Pick<ConfigChangeWire, 'kind' | 'name'>;

/** What an account is, in the words of a file. */
interface Now {
  readonly account: Named;
  readonly parts: readonly (Named & { readonly settings: Readonly<Record<string, unknown>> })[];
}

const portalOf = (row: AdminPortalRow) => {
  const { slug: _, version: __, address: ___, ...settings } = toAdminPortal(row, '');
  const { inboxes }: Pick<AdminPortalWire, 'inboxes'> = settings;
  return { ...settings, domain: row.host ?? system, inboxes: inboxes.map(({ name }) => name) };
};

export async function readNow(reading: AdminWriting, account: string): Promise<Now> {
  const portals = await reading.tx.query<AdminPortalRow>(adminPortals, [reading.account, null]);
  const { items: inboxes } = await listInboxes(reading);
  const { items: statuses } = await listStatuses(reading);
  const nameOf = (asked: string) => inboxes.find(({ id }) => id === asked)?.name;
  const parts = [
    (await listDomains(reading)).map(({ host, locale }) => part('domain', host ?? system, { locale })),
    inboxes.map(({ name }) => part('inbox', name, {})),
    statuses.map(({ id, category, label, inboxes: its }) =>
      part('status', id, { category, label, inboxes: its && its.map(nameOf) }),
    ),
    (await readProperties(reading)).map(({ name, label, type, options }) =>
      part('contact-property', name, { label, type, options }),
    ),
    portals.map((row) => part('portal', row.slug, portalOf(row))),
  ];
  return { account: { kind: 'account', name: account }, parts: parts.flat() };
}

const part = (kind: ConfigChangeWire['kind'], name: string, settings: Readonly<Record<string, unknown>>) => ({
  kind,
  name,
  settings,
});

/** What is new is told as a whole, and is none of the order of what was there. */
export function compare(before: Now, after: Now): ConfigChangeWire[] {
  const changes = after.parts.flatMap(({ kind, name, settings }): ConfigChangeWire[] => {
    const had = before.parts.find((one) => one.kind === kind && one.name === name);
    if (!had) return [{ kind, name, setting: null, before: null, after: settings }];
    return differences({ kind, name }, had.settings, settings);
  });
  const had = statusesOf(before);
  const order = statusesOf(after).filter((id) => had.includes(id));
  return [...changes, ...differences(after.account, { statuses: had }, { statuses: order })];
}

const statusesOf = ({ parts }: Now): readonly string[] =>
  parts.filter(({ kind }) => kind === 'status').map(({ name }) => name);

const differences = (
  of: Named,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): ConfigChangeWire[] =>
  Object.entries(after)
    .filter(([setting, value]) => JSON.stringify(value) !== JSON.stringify(before[setting]))
    .map(([setting, value]) => ({ ...of, setting, before: before[setting], after: value }));
