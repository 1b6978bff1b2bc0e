import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';

import type { PortalChange } from '../../src/backend/setup/setup-backend.js';
import { imageBytes } from '../../src/brand/image.js';
import { readConfigFile } from '../../src/server/node/config-file/config-command.js';
import { createAccount } from '../../src/server/settings/new-account.js';
import { type AdminPortalWire, type DomainWire, adminRoutes, configFileBytes } from '../../src/wire/index.js';
import { temporaryFolder } from '../support/folder.js';
import { administrator, askAdmin } from './admin-client.js';
import { badAccountFiles } from './config-account.cases.js';
import { badFiles, pictures, settingRows } from './config-file.cases.js';
import { createFileFollower } from './follow-file.js';
import { openSetupPage } from './setup-page.js';
import { staffPassword } from './staff-visitor.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
const { send, follow, faultsIn } = createFileFollower(small);

type Settings = Record<string, unknown>;
const host = 'help.acme.example';
let inboxes: readonly { readonly id: string; readonly name: string }[];
let domains: readonly DomainWire[];
/** What the page asks with, as an admin who has signed in. */
let page: Awaited<ReturnType<typeof openSetupPage>>;

beforeEach(async () => {
  page = await openSetupPage(small.fixture);
  await askAdmin(small, 'POST', '/domains', { host, locale: 'en' });
  ({ inboxes, domains } = (
    await askAdmin<{ inboxes: typeof inboxes; domains: DomainWire[] }>(small, 'GET', '/setup')
  ).body);
});

/** Routes have ids where a file has names. */
function withIds({ inboxes: names, domain, ...settings }: Settings): PortalChange {
  const of = (name: unknown) => inboxes.find((inbox) => inbox.name === name)?.id;
  return {
    ...settings,
    ...(names !== undefined && { inboxes: (names as string[]).map(of) }),
    ...(domain !== undefined && { domain: domains.find((one) => (one.host ?? 'system') === domain)?.id }),
  } as PortalChange;
}

function withNames(portal: object): Settings {
  const { inboxes: found, domain, ...settings } = portal as AdminPortalWire;
  const names = found.map(({ name }) => name);
  return { ...settings, inboxes: names, domain: domains.find(({ id }) => id === domain)?.host ?? 'system' };
}

const readByApi = async (slug: string) =>
  withNames((await askAdmin<AdminPortalWire>(small, 'GET', `/portals/${slug}`)).body);

/** Each way to set something; all begin with a portal as it is new. */
const ways: Readonly<Record<string, (slug: string, settings: Settings) => Promise<unknown>>> = {
  'the API': (slug, settings) => askAdmin(small, 'PATCH', `/portals/${slug}`, withIds(settings)),
  'the page': (slug, settings) => page.updatePortal(slug, withIds(settings)),
  'the file': (slug, settings) => follow({ portals: [{ slug, name: 'New', ...settings }] }, true),
};

const { slug: _, ...settings } = adminRoutes.createPortal.body.shape;

test('every setting of a portal has a row with two values', () => {
  expect(Object.keys(settingRows).sort()).toEqual(Object.keys(settings).sort());
  for (const { values } of Object.values(settingRows)) expect(values[0]).not.toEqual(values[1]);
});

describe.each(Object.entries(settingRows))('%s', (setting, { values, around = {} }) => {
  test.each(Object.keys(ways))('set by %s is read alike by API, page and file', async (way) => {
    const slug = 'tried';
    await askAdmin(small, 'POST', '/portals', { slug, name: 'New' });
    for (const value of values) {
      const set = { ...around, [setting]: value };
      await ways[way]?.(slug, set);
      expect((await readByApi(slug))[setting]).toEqual(value);
      expect(withNames(await page.getPortal(slug))[setting]).toEqual(value);
      const file = { portals: [{ slug, name: 'New', ...set }] };
      expect(await follow(file, false)).toEqual([]);
      const other = values.find((one) => one !== value);
      const changed = { portals: [{ slug, name: 'New', ...around, [setting]: other }] };
      expect(await follow(changed, false)).toContainEqual({
        kind: 'portal',
        name: slug,
        setting,
        before: value,
        after: other,
      });
      expect((await readByApi(slug))[setting]).toEqual(value);
    }
  });
});

describe('a file', () => {
  const whole = {
    account: 'Small',
    domains: [
      { host: 'system', locale: 'pl' },
      { host: 'Pomoc.Łódź.example', locale: 'pl' },
    ],
    portals: [
      { slug: 'help', name: 'Help', joinCompanies: true },
      { slug: 'pomoc', name: 'Pomoc', domain: 'pomoc.łódź.example', inboxes: ['Sales'], open: false },
    ],
  };

  test('says what it would change, changes nothing until it is applied, and then once', async () => {
    const everything = async () => ({
      portals: (await askAdmin(small, 'GET', '/portals')).body,
      domains: (await askAdmin(small, 'GET', '/domains')).body,
      audit: (await askAdmin(small, 'GET', '/audit')).body,
    });
    const before = await everything();
    const planned = await follow(whole, false);
    expect(await everything()).toEqual(before);
    expect(planned).toMatchObject([
      { kind: 'domain', name: 'system', setting: 'locale', before: 'en', after: 'pl' },
      { kind: 'domain', name: 'pomoc.xn--d-uga0v4h.example', setting: null, before: null, after: { locale: 'pl' } },
      { kind: 'portal', name: 'help', setting: 'name', before: 'Small Support', after: 'Help' },
      { kind: 'portal', name: 'help', setting: 'joinCompanies', before: false, after: true },
      { kind: 'portal', name: 'pomoc', setting: null, after: { locale: 'pl', inboxes: ['Sales'], open: false } },
    ]);
    expect(await follow(whole, true)).toEqual(planned);
    const after = await everything();
    expect(after).not.toEqual(before);
    expect(await follow(whole, true)).toEqual([]);
    expect(await everything()).toEqual(after);
  });

  test('leaves alone what it does not name', async () => {
    const before = await readByApi('help');
    await follow({ portals: [{ slug: 'help', name: 'Help' }] }, true);
    expect(await readByApi('help')).toEqual({ ...before, name: 'Help', version: 2 });
    expect(await follow({}, true)).toEqual([]);
  });

  test('is in the audit log as what the API does', async () => {
    await follow(whole, true);
    const { body } = await askAdmin<{ items: { event: string; portal: string | null }[] }>(small, 'GET', '/audit');
    expect(body.items.map(({ event, portal }) => [event, portal]).slice(0, 4)).toEqual([
      ['portal-created', 'pomoc'],
      ['portal-changed', 'help'],
      ['domain-created', null],
      ['domain-changed', null],
    ]);
  });

  test('needs the name of its account where there are several, and reaches no other', async () => {
    const { database, newId } = small.fixture.deps;
    const config = { portals: [{ slug: 'help', name: 'Theirs' }] };
    const make = () => database.tx({ role: 'staff' }, (tx) => createAccount(tx, 'Other', newId));
    await make();
    expect(await send(config, true)).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'account', code: 'missing' }] },
    });
    expect(await follow({ ...config, account: 'Small' }, false)).toMatchObject([{ name: 'help', after: 'Theirs' }]);
    // The address on the system domain is that of Small.
    expect(await send({ ...config, account: 'Other' }, true)).toMatchObject({
      status: 409,
      body: { fields: [{ path: 'portals.0.slug', code: 'taken' }] },
    });
    await make();
    expect(await send({ ...config, account: 'Other' }, true)).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'account', code: 'ambiguous' }] },
    });
  });

  test('is followed for the admin token alone', async () => {
    const visitor = small.fixture.visitor();
    await visitor.request('POST', '/admin/api/v1/session', {
      body: { email: 'olga@staff.example', password: staffPassword },
    });
    const body = { config: whole, apply: true };
    expect((await visitor.request('POST', '/admin/api/v1/config', { body })).status).toBe(403);
    expect((await small.fixture.visitor().request('POST', '/admin/api/v1/config', { body })).status).toBe(401);
    expect((await readByApi('help'))['name']).toBe('Small Support');
  });
});

describe('a large file', () => {
  /** As large as a picture can be. */
  const largest = (type: 'png' | 'ico') => {
    const [head = '', data = ''] = pictures[type].split(',');
    return `${head},${btoa(atob(data).padEnd(imageBytes, '\0'))}`;
  };
  const brand = { logo: largest('png'), icon: largest('ico') };
  const text = 'We keep what you write. '.repeat(160).trim();
  const portals = Array.from({ length: 20 }, (_, at) => ({
    slug: `shop-${at}`,
    name: `Shop ${at}`,
    locales: ['en', 'pl', 'de', 'fr', 'cs'],
    consent: { asked: true, text: { en: text, pl: text, de: text, fr: text, cs: text } },
    brand,
  }));

  test('of twenty portals, each with the largest logo and icon and long texts, is followed', async () => {
    const file = join(temporaryFolder(), 'portico.config.json');
    writeFileSync(file, JSON.stringify({ portals }, null, 2));
    expect(await follow(readConfigFile(file), true)).toHaveLength(20);
    const { brand: look, consent } = (await readByApi('shop-19')) as Pick<AdminPortalWire, 'brand' | 'consent'>;
    expect([look.logo?.length, look.icon?.length]).toEqual([brand.logo.length, brand.icon.length]);
    expect(consent.text['cs']).toBe(text);
  });

  test('is taken up to the limit, by the command and by the server, and not a byte beyond', async () => {
    const file = join(temporaryFolder(), 'portico.config.json');
    const whole = '{ "portals": [] }'.padEnd(configFileBytes);
    writeFileSync(file, whole);
    expect(readConfigFile(file)).toEqual({ portals: [] });
    writeFileSync(file, `${whole} `);
    expect(() => readConfigFile(file)).toThrow('must have at most 4096 KiB.');
    const ask = async (length: number) => {
      const body = JSON.stringify({ config: {}, apply: false }).padEnd(length);
      const options = { body, headers: administrator };
      return (await small.fixture.visitor().request('POST', '/admin/api/v1/config', options)).status;
    };
    const { bodyBytes } = adminRoutes.applyConfig;
    expect(bodyBytes).toBeGreaterThan(configFileBytes + JSON.stringify({ config: {}, apply: false }).length);
    expect(await ask(bodyBytes)).toBe(200);
    expect(await ask(bodyBytes + 1)).toBe(413);
  });
});

describe('a file that is wrong', () => {
  beforeEach(async () => {
    const { database, newId } = small.fixture.deps;
    await small.database.asSuperuser(`DELETE FROM domains WHERE host = '${host}'`);
    const { account } = await database.tx({ role: 'staff' }, (tx) => createAccount(tx, 'Other', newId));
    await small.database.asSuperuser(
      `INSERT INTO inboxes (account_id, public_id, name)
        SELECT a.account_id, 'twice' || n, 'Twice' FROM accounts a, generate_series(1, 2) AS n WHERE a.name = 'Small'`,
    );
    await small.database.asSuperuser(
      `INSERT INTO domains (account_id, public_id, kind, host, locale)
        VALUES (${account}, 'of-other', 'connected', 'help.other.example', 'en')`,
    );
    await follow({ account: 'Other', portals: [{ slug: 'of-other', name: 'Other' }] }, true);
    const seats = { name: 'seats', label: 'Seats', type: 'number' };
    await follow({ account: 'Small', contactProperties: [seats] }, true);
  });

  test.each([...badFiles, ...badAccountFiles])('%j is refused at %s: %s', async (content, path, sentence) => {
    const named =
      typeof content === 'object' && content && !Array.isArray(content) ? { account: 'Small', ...content } : content;
    const rows = () =>
      Promise.all(
        ['portals', 'domains', 'inboxes', 'statuses', 'contact_properties', 'audit_log'].map((table) =>
          small.database.asSuperuser(`SELECT * FROM ${table} ORDER BY account_id, id`),
        ),
      );
    const before = await rows();
    expect(await faultsIn(named)).toBe(`${path}: ${sentence}`);
    expect(await rows()).toEqual(before);
  });

  test('is told of all that is wrong in it at once', async () => {
    const content = {
      portals: [
        { slug: 'Shop', open: 1 },
        { slug: 'a', name: ' ', codeMinutes: 5 },
      ],
    };
    expect((await faultsIn(content)).split('\n').map((line) => line.split(':')[0])).toEqual([
      'portals.0.name',
      'portals.0.open',
      'portals.0.slug',
      'portals.1.name',
      'portals.1.codeMinutes',
    ]);
  });
});
