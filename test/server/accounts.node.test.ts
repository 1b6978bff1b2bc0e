import { describe, expect, test } from 'vitest';

import { base } from './app-fixture.js';
import { tokenOf, staffPassword, welcomeStaff } from './staff-visitor.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

const globex = { name: 'Globex', admin: { name: 'Gina', email: 'gina@globex.example' } };

async function make(body: unknown, token = small.fixture.deps.adminToken) {
  const headers = { authorization: `Bearer ${token}` };
  const response = await small.fixture.visitor().request('POST', '/admin/api/v1/accounts', { body, headers });
  const answer = (await response.json()) as {
    readonly account: { readonly id: string };
    readonly link: string;
    readonly fields: unknown;
  };
  return { status: response.status, answer };
}

async function adminOf(link: string) {
  const visitor = small.fixture.visitor();
  const body = { token: tokenOf(link), password: staffPassword, name: 'Gina Ross' };
  const response = await visitor.request('POST', '/admin/api/v1/welcome', { body });
  expect(response.status).toBe(200);
  const read = async (path: string) => {
    const answer = await visitor.request('GET', `/admin/api/v1${path}`);
    return { status: answer.status, body: (await answer.json()) as { readonly items: readonly { event: string }[] } };
  };
  return { visitor, read };
}

describe('another account', () => {
  test('begins with an inbox, statuses and an admin who chooses a password by a link', async () => {
    const { status, answer } = await make(globex);
    expect([status, answer]).toMatchObject([201, { account: { name: 'Globex' } }]);
    expect(answer.link).toMatch(new RegExp(`^${base}/admin/#welcome=`));
    const { visitor, read } = await adminOf(answer.link);
    const setup = await read('/setup');
    expect(setup.body).toMatchObject({ account: { name: 'Globex' }, inboxes: [{ name: 'Support' }], portals: [] });
    const body = { slug: 'globex', name: 'Globex help' };
    expect((await visitor.request('POST', '/admin/api/v1/portals', { body })).status).toBe(201);
    expect((await read('/audit')).body.items.map(({ event }) => event)).toEqual([
      'portal-created',
      'sign-in',
      'staff-welcome',
      'account-created',
    ]);
  });

  test('sees nothing of the one before, nor that one of it', async () => {
    const mine = await welcomeStaff(small.fixture, { name: 'olga', role: 'admin' });
    const { answer } = await make(globex);
    const theirs = await adminOf(answer.link);
    for (const path of ['/portals', '/contacts', '/companies'])
      expect((await theirs.read(path)).body.items, path).toEqual([]);
    expect((await theirs.read('/portals/help')).status).toBe(404);
    const at = `?account=${answer.account.id}`;
    for (const path of ['/setup', '/portals', '/contacts', '/staff', '/audit'])
      expect((await mine.visitor.request('GET', `/admin/api/v1${path}${at}`)).status, path).toBe(404);
  });

  test.each([
    ['a name that is there', { ...globex, admin: { name: 'Gil', email: 'gil@globex.example' } }, 'name'],
    ['an address of somebody of the staff', { ...globex, name: 'Globex Labs' }, 'admin.email'],
  ])('is refused with %s', async (_, body, path) => {
    await make(globex);
    const { status, answer } = await make(body);
    expect([status, answer.fields]).toEqual([409, [{ path, code: 'taken' }]]);
  });

  test('reaches no inner addresses unless whoever runs the server says so, and that stands in its log', async () => {
    const { answer } = await make(globex);
    expect(answer.account).toMatchObject({ innerAddresses: false });
    const theirs = await adminOf(answer.link);
    const say = async (body: object) => {
      const headers = { authorization: `Bearer ${small.fixture.deps.adminToken}` };
      const response = await small.fixture.visitor().request('PATCH', '/admin/api/v1/accounts', { body, headers });
      return [response.status, ((await response.json()) as { account?: object }).account];
    };
    const account = { id: answer.account.id, name: 'Globex' };
    const right = (name: string) =>
      small.database.asSuperuser(`SELECT inner_addresses AS may FROM accounts WHERE name = '${name}'`);
    for (const innerAddresses of [true, true, false]) {
      const said = await say({ name: 'Globex', innerAddresses });
      expect(said).toEqual([200, { ...account, innerAddresses }]);
      expect(await right('Globex')).toEqual([{ may: innerAddresses }]);
    }
    expect(await right('Small')).toEqual([{ may: true }]);
    expect(await say({ name: 'globex', innerAddresses: true })).toEqual([404, undefined]);
    const { items } = (await theirs.read('/audit')).body as { items: readonly { event: string }[] };
    expect(items.filter(({ event }) => event === 'account-changed')).toMatchObject([
      { actor: { kind: 'admin' }, change: { innerAddresses: { before: true, after: false } } },
      { actor: { kind: 'admin' }, change: { innerAddresses: { before: false, after: true } } },
    ]);
  });

  test('gives itself no right to inner addresses', async () => {
    const { answer } = await make(globex);
    const { visitor } = await adminOf(answer.link);
    const body = { name: 'Globex', innerAddresses: true };
    expect((await visitor.request('PATCH', '/admin/api/v1/accounts', { body })).status).toBe(403);
    const another = { ...globex, name: 'Globex Labs', innerAddresses: true };
    expect((await visitor.request('POST', '/admin/api/v1/accounts', { body: another })).status).toBe(403);
    const may = await small.database.asSuperuser(`SELECT inner_addresses AS may FROM accounts WHERE name ~ '^Globex'`);
    expect(may).toEqual([{ may: false }]);
  });

  test('is made by nobody but the bearer of the token', async () => {
    const { visitor } = await welcomeStaff(small.fixture, { name: 'olga', role: 'admin' });
    expect((await visitor.request('POST', '/admin/api/v1/accounts', { body: globex })).status).toBe(403);
    expect((await make(globex, 'x'.repeat(40))).status).toBe(401);
  });
});
