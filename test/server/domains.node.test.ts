import { beforeEach, describe, expect, test } from 'vitest';

import type { SetupWire } from '../../src/wire/index.js';
import { askAdmin } from './admin-client.js';
import { domainsOf, refusal } from './domain-asks.js';
import { named } from './matrix/world.js';
import { seedSmallWorld } from './small-world.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
const { change, connect, create, list, portal, systemOf } = domainsOf(small);

const english = { locale: 'en', locales: ['en'] };

describe('domains', () => {
  test('begin with the server’s own name, in English', async () => {
    expect(await list()).toEqual([
      { id: expect.stringMatching(/^[\w-]{22}$/) as string, kind: 'system', host: null, locale: 'en', portals: 1 },
    ]);
  });

  test('are connected, listed, given another language, and removed', async () => {
    const made = await connect('help.acme.example', 'pl');
    expect(made).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^[\w-]{22}$/) as string,
        kind: 'connected',
        host: 'help.acme.example',
        locale: 'pl',
        portals: 0,
      },
    });
    const { id } = made.body;
    expect((await list())[1]).toEqual(made.body);
    const turned = await askAdmin(small, 'PATCH', `/domains/${id}`, { locale: 'de' });
    expect(turned).toEqual({ status: 200, body: { ...made.body, locale: 'de' } });
    expect((await askAdmin(small, 'PATCH', `/domains/${id}`, {})).body).toEqual(turned.body);
    expect((await askAdmin(small, 'DELETE', `/domains/${id}`)).status).toBe(204);
    expect(await list()).toHaveLength(1);
    expect((await askAdmin(small, 'DELETE', `/domains/${id}`)).status).toBe(404);
    expect((await askAdmin(small, 'PATCH', `/domains/${id}`, { locale: 'en' })).status).toBe(404);
  });

  test('stay while a portal is on them, and the server’s own for good', async () => {
    const { body } = await connect('help.acme.example');
    await create({ slug: 'shop', name: 'Shop', domain: body.id });
    expect((await list())[1]).toMatchObject({ portals: 1 });
    expect(await askAdmin(small, 'DELETE', `/domains/${body.id}`)).toMatchObject(refusal(409, 'portals', 'in-use'));
    const system = await systemOf();
    expect(await askAdmin(small, 'DELETE', `/domains/${system.id}`)).toMatchObject(refusal(409, 'kind', 'system'));
    await change('shop', { domain: system.id });
    expect((await askAdmin(small, 'DELETE', `/domains/${body.id}`)).status).toBe(204);
  });

  test.each([
    ['Help.Acme.Example', 'help.acme.example'],
    ['pomoc.łódź.example', 'pomoc.xn--d-uga0v4h.example'],
    ['hilfe.MÜNCHEN.example', 'hilfe.xn--mnchen-3ya.example'],
    ['help。acme.example', 'help.acme.example'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['a-b.c1.example', 'a-b.c1.example'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ])('take %s in the form in which browsers ask for it', async (written, host) => {
    expect(await connect(written)).toMatchObject({ status: 201, body: { host } });
    expect(await connect(host)).toMatchObject(refusal(409, 'host', 'taken'));
  });

  const refused: [host: string, code: string][] = [
    ['', 'missing'],
    [' ', 'space'],
    ['help acme.example', 'space'],
    [' help.acme.example', 'space'],
    ['help.acme.example\n', 'space'],
    ['help.\u00a0acme.example', 'space'],
    ['https://help.acme.example', 'scheme'],
    ['HTTP://help.acme.example', 'scheme'],
    ['//help.acme.example', 'scheme'],
    ['ftp://help.acme.example/x', 'scheme'],
    ['help.acme.example/', 'path'],
    ['help.acme.example/contact', 'path'],
    ['help.acme.example?x', 'path'],
    ['help.acme.example#x', 'path'],
    ['help.acme.example\\x', 'path'],
    ['help.acme.example:443', 'port'],
    ['help.acme.example:', 'port'],
    ['javascript:alert.example', 'port'],
    ['192.0.2.7', 'ip'],
    ['127.1', 'ip'],
    ['0x7f.0.0.1', 'ip'],
    ['3221225991', 'ip'],
    ['[2001:db8::1]', 'ip'],
    ['2001:db8::1', 'ip'],
    ['help.acme.example.', 'trailing-dot'],
    ['.', 'trailing-dot'],
    ['localhost', 'local'],
    ['help.localhost', 'local'],
    ['LOCALHOST', 'local'],
    ['intranet', 'no-dot'],
    ['münchen', 'no-dot'],
    ['help_desk.acme.example', 'character'],
    ['-help.acme.example', 'character'],
    ['help-.acme.example', 'character'],
    ['help..acme.example', 'character'],
    ['.acme.example', 'character'],
    ['*.acme.example', 'character'],
    ['help.acme.example,other.example', 'character'],
    ['help@acme.example', 'character'],
    ['help%2eacme.example', 'character'],
    ['help.acme.123', 'character'],
    ['xn--a.example', 'character'],
    [`${'a'.repeat(64)}.example`, 'too-long'],
    [`${'a.'.repeat(125)}example`, 'too-long'],
  ];
  test.each(refused)('refuse "%s": %s', async (host, code) => {
    expect(await connect(host)).toMatchObject(refusal(400, 'host', code));
    expect(await list()).toHaveLength(1);
  });

  test.each([
    ['a host of 1001 letters', { host: 'a'.repeat(1001), locale: 'en' }, 'host'],
    ['a NUL', { host: 'a\0.example', locale: 'en' }, 'host'],
    ['no language', { host: 'help.acme.example' }, 'locale'],
    ['a language that is none', { host: 'help.acme.example', locale: 'not a language' }, 'locale'],
    ['a kind', { host: 'help.acme.example', locale: 'en', kind: 'system' }, 'kind'],
  ])('refuse %s', async (_, body, path) => {
    const answer = await askAdmin<{ fields: { path: string }[] }>(small, 'POST', '/domains', body);
    expect([answer.status, answer.body.fields.map((field) => field.path)]).toEqual([400, [path]]);
  });

  test('lead to their portals, whatever the port, and to no other’s', async () => {
    const { body } = await connect('help.acme.example');
    await create({ slug: 'shop', name: 'Shop', domain: body.id, access: { kind: 'open', emailDomains: [] } });
    const nameAt = async (base: string, slug: string) => {
      const headers = { 'x-test-origin': base, 'x-portal-client': 'portico-test/1' };
      const response = await small.fixture.app.request(`${base}/${slug}/api/v1/portal`, { headers });
      return response.status === 200 ? ((await response.json()) as { name: string }).name : response.status;
    };
    expect(await nameAt('https://help.acme.example', 'shop')).toBe('Shop');
    expect(await nameAt('https://help.acme.example:8443', 'shop')).toBe('Shop');
    expect(await nameAt('https://help.acme.example', 'help')).toBe(404);
    expect(await nameAt('https://other.acme.example', 'shop')).toBe(404);
    expect(await nameAt('http://localhost:4400', 'shop')).toBe(404);
    expect(await nameAt('http://localhost:4400', 'help')).toBe('Small Support');
  });

  test('never take the server’s own name from those who are there', async () => {
    await connect('support.acme.example');
    // As where a name becomes the server’s own later.
    await small.database.asSuperuser(`UPDATE domains SET host = 'localhost' WHERE kind = 'connected'`);
    await small.database.asSuperuser(`INSERT INTO portals (account_id, slug, host, name, locale, locales)
      SELECT account_id, 'other', 'localhost', 'Another', 'en', '{en}' FROM accounts`);
    const response = await small.fixture.visitor('other').request('GET', '/portal');
    expect(response.status).toBe(404);
  });
});

describe('a portal on a domain', () => {
  test('says its whole address', async () => {
    const { body } = await connect('help.acme.example');
    expect((await portal('help')).address).toBe('http://localhost:4400/help/');
    const made = await create({ slug: 'shop', name: 'Shop', domain: body.id });
    expect(made.body).toMatchObject({ domain: body.id, address: 'https://help.acme.example/shop/' });
    expect((await change('shop', { slug: 'store' })).body.address).toBe('https://help.acme.example/store/');
    expect((await askAdmin(small, 'GET', '/portals/shop')).status).toBe(404);
  });

  test('says it by whichever name its owner came', async () => {
    await connect('help.acme.example');
    const headers = { authorization: 'Bearer test-admin-token', 'x-portal-client': 'portico-test/1' };
    const response = await small.fixture.app.request('https://help.acme.example/admin/api/v1/setup', { headers });
    expect(await response.json()).toMatchObject({
      base: 'http://localhost:4400',
      portals: [{ address: 'http://localhost:4400/help/' }],
    });
  });

  test('is new in the language of its domain, and follows it', async () => {
    const { body } = await connect('help.acme.example', 'pl');
    const made = await create({ slug: 'shop', name: 'Shop', domain: body.id });
    expect(made.body).toMatchObject({ followsDomain: true, locale: 'pl', locales: ['pl'], open: true, version: 1 });
    await askAdmin(small, 'PATCH', `/domains/${body.id}`, { locale: 'de' });
    expect(await portal('shop')).toMatchObject({ followsDomain: true, locale: 'de', locales: ['de'], version: 2 });
    expect(await portal('help')).toMatchObject({ followsDomain: false, locales: ['en', 'pl'], version: 1 });
    // And comes along to another one.
    const { id } = await systemOf();
    expect((await change('shop', { domain: id })).body).toMatchObject({ domain: id, ...english, followsDomain: true });
  });

  test('follows no longer when other languages are chosen, and again when that is', async () => {
    await create({ slug: 'shop', name: 'Shop' });
    expect((await change('shop', english)).body).toMatchObject({ followsDomain: true, ...english });
    const both = { locale: 'en', locales: ['en', 'pl'] };
    expect((await change('shop', { locales: both.locales })).body).toMatchObject({ followsDomain: false, ...both });
    const { id } = await systemOf();
    await askAdmin(small, 'PATCH', `/domains/${id}`, { locale: 'pl' });
    expect(await portal('shop')).toMatchObject(both);
    expect((await change('shop', { followsDomain: true })).body).toMatchObject({
      followsDomain: true,
      locale: 'pl',
      locales: ['pl'],
    });
    expect((await change('shop', { followsDomain: false })).body).toMatchObject({ followsDomain: false, locale: 'pl' });
  });

  test('is new with the languages that are chosen, and then follows nothing', async () => {
    const made = await create({ slug: 'shop', name: 'Shop', locales: ['pl', 'en'] });
    expect(made.body).toMatchObject({ followsDomain: false, locale: 'pl', locales: ['pl', 'en'] });
    const one = await create({ slug: 'store', name: 'Store', locale: 'de' });
    expect(one.body).toMatchObject({ followsDomain: false, locale: 'de', locales: ['de'] });
    const none = await create({ slug: 'depot', name: 'Depot', followsDomain: false });
    expect(none.body).toMatchObject({ followsDomain: false, ...english });
  });

  test('keeps a label for each of its properties when the language of its domain changes', async () => {
    const { id } = await systemOf();
    const label = { en: 'Product' };
    const options = [{ value: 'hub', label: { en: 'Hub' } }];
    const propertyDefinitions = [{ name: 'product', type: 'choice', label, options }];
    await create({ slug: 'shop', name: 'Shop', properties: ['product'], propertyDefinitions });
    await askAdmin(small, 'PATCH', `/domains/${id}`, { locale: 'pl' });
    const { propertyDefinitions: kept } = await portal('shop');
    expect(kept).toEqual([
      { ...propertyDefinitions[0], label: { pl: 'Product' }, options: [{ value: 'hub', label: { pl: 'Hub' } }] },
    ]);
    expect((await change('shop', { propertyDefinitions: kept })).status).toBe(200);
  });

  test.each<[string, object, string, string]>([
    ['a domain that is none', { domain: 'A'.repeat(22) }, 'domain', 'unknown'],
    ['to follow in other languages', { followsDomain: true, locales: ['en', 'pl'] }, 'locales', 'follows-domain'],
  ])('refuses %s, and stays as it is', async (_, body, path, code) => {
    const before = await portal('help');
    expect(await change('help', { name: 'Half', ...body })).toMatchObject(refusal(400, path, code));
    expect(await portal('help')).toEqual(before);
    expect(await create({ slug: 'shop', name: 'Shop', ...body })).toMatchObject(refusal(400, path, code));
    expect((await askAdmin(small, 'GET', '/portals/shop')).status).toBe(404);
  });

  test('refuses a slug that the account has already, on whichever domain', async () => {
    const { body } = await connect('help.acme.example');
    const slugTaken = refusal(409, 'slug', 'taken');
    expect(await create({ slug: 'help', name: 'Again', domain: body.id })).toMatchObject(slugTaken);
    await create({ slug: 'shop', name: 'Shop', domain: body.id });
    expect(await change('shop', { slug: 'help', name: 'Half' })).toMatchObject(slugTaken);
    expect(await portal('shop')).toMatchObject({ name: 'Shop', version: 1 });
  });
});

describe('the second wall alone', () => {
  const ask = (role: 'app' | 'staff', account: number | null, text: string) =>
    small.database
      .tx({ role, ...(account !== null && { account }) }, (tx) => tx.query<Record<string, unknown>>(named(text)))
      .catch(({ code }: { code: string }) => code);

  test.each(['domains', 'seen_pages'])('shows an account its own %s, and a visitor none', async (table) => {
    const other = await addAccount();
    const read = `SELECT DISTINCT account_id FROM ${table}`;
    expect(await ask('staff', other, read)).toEqual([{ account_id: other }]);
    expect(await ask('staff', small.world.account, read)).toEqual([{ account_id: small.world.account }]);
    expect(await ask('staff', null, read)).toEqual([]);
    expect(await ask('app', other, read)).toBe('42501');
  });

  test.each([
    ['domain', `INSERT INTO domains (account_id, kind, host, locale) VALUES (OTHER, 'connected', 'a.example', 'en')`],
    [
      'page',
      `INSERT INTO seen_pages (account_id, portal_id, url, seen_at) VALUES (OTHER, 1, 'https://a.example', now())`,
    ],
  ])('takes no %s of another account', async (_, text) => {
    const other = await addAccount();
    expect(await ask('staff', small.world.account, text.replace('OTHER', String(other)))).toBe('42501');
    const own = text.replace('OTHER', String(small.world.account)).replace('1,', '(SELECT min(id) FROM portals),');
    expect(await ask('staff', small.world.account, own)).toEqual([]);
  });

  test.each(["UPDATE domains SET locale = 'de'", 'DELETE FROM seen_pages', 'UPDATE seen_pages SET url = url'])(
    'leaves what is another’s: %s',
    async (text) => {
      const other = await addAccount();
      const changed = await ask('staff', small.world.account, `${text} RETURNING account_id`);
      expect(changed).not.toContainEqual({ account_id: other });
      expect(changed).toContainEqual({ account_id: small.world.account });
    },
  );

  /** With a portal that a page has loaded, as the one that is there. */
  async function addAccount(): Promise<number> {
    const [row] = await small.database.asSuperuser<{ id: number }>(
      `INSERT INTO accounts (public_id, name) VALUES ('other', 'Other') RETURNING account_id AS id`,
    );
    await small.database.asSuperuser(`INSERT INTO portals (account_id, slug, name, locale, locales)
      VALUES (${row!.id}, 'other', 'Other', 'en', '{en}')`);
    await small.database.asSuperuser(`INSERT INTO seen_pages (account_id, portal_id, url, seen_at)
      SELECT account_id, id, 'https://docs.acme.example/', now() FROM portals`);
    return row!.id;
  }
});

describe('another account', () => {
  let ours = '';
  let theirs = '';
  beforeEach(async () => {
    const idOf = async (account: number) => {
      const rows = await small.database.asSuperuser<{ id: string }>(
        `SELECT public_id AS id FROM accounts WHERE account_id = ${account}`,
      );
      return `?account=${rows[0]?.id}`;
    };
    await small.database.asSuperuser(`UPDATE portals SET slug = 'mine'`);
    const other = await seedSmallWorld(small.fixture.deps);
    [ours, theirs] = [await idOf(small.world.account), await idOf(other.account)];
  });

  test('has a system domain of its own, and sees no other', async () => {
    const [mine, other] = [await list(ours), await list(theirs)];
    expect([mine.length, other.length]).toEqual([1, 1]);
    expect(mine[0]?.id).not.toBe(other[0]?.id);
  });

  test('cannot have a host that is somebody’s, nor learn whose', async () => {
    await connect('help.acme.example', 'pl', ours);
    expect(await connect('HELP.acme.example', 'en', theirs)).toMatchObject(refusal(409, 'host', 'taken'));
    expect(await list(theirs)).toHaveLength(1);
    expect((await list(ours))[1]).toMatchObject({ locale: 'pl' });
  });

  test('reaches no domain of ours by its id', async () => {
    const { body } = await connect('help.acme.example', 'pl', ours);
    const { id } = body;
    const absent = await askAdmin(small, 'PATCH', `/domains/${'A'.repeat(22)}${theirs}`, { locale: 'de' });
    expect(absent.status).toBe(404);
    expect(await askAdmin(small, 'PATCH', `/domains/${id}${theirs}`, { locale: 'de' })).toEqual(absent);
    expect(await askAdmin(small, 'DELETE', `/domains/${id}${theirs}`)).toEqual(absent);
    expect(await create({ slug: 'shop', name: 'x', domain: id }, theirs)).toMatchObject(
      refusal(400, 'domain', 'unknown'),
    );
    expect(await change('help', { domain: id }, theirs)).toMatchObject(refusal(400, 'domain', 'unknown'));
    const address = await askAdmin(small, 'GET', `/address${theirs}&domain=${id}&slug=shop`);
    expect(address).toMatchObject(refusal(400, 'domain', 'unknown'));
    expect((await list(ours))[1]).toEqual(body);
  });

  test('finds our address taken, and changes nothing there', async () => {
    const { id } = await systemOf(theirs);
    const taken = await askAdmin(small, 'GET', `/address${theirs}&domain=${id}&slug=mine`);
    expect(taken.body).toMatchObject({ problem: 'taken' });
    // Whatever of theirs it is to stand in for.
    const except = await askAdmin(small, 'GET', `/address${theirs}&domain=${id}&slug=mine&except=mine`);
    expect(except.body).toMatchObject({ problem: 'taken' });
    expect(await change('help', { slug: 'mine' }, theirs)).toMatchObject(refusal(409, 'slug', 'taken'));
    for (const path of ['/portals/mine', '/portals/mine/pages']) {
      expect((await askAdmin(small, 'GET', path + theirs)).status).toBe(404);
    }
  });

  test('has a slug of ours on a domain of its own', async () => {
    const { body } = await connect('help.globex.example', 'en', theirs);
    const made = await create({ slug: 'mine', name: 'Theirs', domain: body.id }, theirs);
    expect(made.status).toBe(201);
    expect(await portal('mine', ours)).toMatchObject({ name: 'Small Support' });
    expect(await portal('mine', theirs)).toMatchObject({ name: 'Theirs' });
  });

  test('keeps its languages when ours change', async () => {
    await create({ slug: 'shop', name: 'Ours' }, ours);
    await create({ slug: 'store', name: 'Theirs' }, theirs);
    await askAdmin(small, 'PATCH', `/domains/${(await systemOf(ours)).id}${ours}`, { locale: 'de' });
    expect(await portal('shop', ours)).toMatchObject({ locale: 'de' });
    expect(await portal('store', theirs)).toMatchObject({ locale: 'en', version: 1 });
  });

  test('reads its own set-up', async () => {
    const { body } = await askAdmin<SetupWire>(small, 'GET', `/setup${theirs}`);
    expect(body.portals.map(({ slug }) => slug)).toEqual(['help']);
    expect(body.domains).toEqual(await list(theirs));
  });
});
