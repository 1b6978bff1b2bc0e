import { describe, expect, test } from 'vitest';

import { seedSmallWorld } from './small-world.js';
import { useSmallWorld } from './use-small-world.js';
import { askAdmin } from './admin-client.js';

const small = useSmallWorld();

interface Portal {
  readonly slug: string;
  readonly name: string;
  readonly inboxes: { id: string; name: string }[];
  readonly permission: unknown;
  readonly [setting: string]: unknown;
}

const numbers = async (name: string, slug = 'help') => {
  const visitor = small.fixture.visitor(slug);
  await visitor.signIn(`${name}@example.com`);
  const { items } = (await (await visitor.request('GET', '/tickets')).json()) as { items: { number: number }[] };
  return items.map(({ number }) => number).sort();
};

describe('portals', () => {
  test('are listed with all their settings', async () => {
    const { body } = await askAdmin<{ items: Portal[] }>(small, 'GET', '/portals');
    expect(body.items).toEqual([
      {
        slug: 'help',
        name: 'Small Support',
        domain: expect.any(String) as string,
        followsDomain: false,
        locale: 'en',
        locales: ['en', 'pl'],
        open: true,
        version: 1,
        address: 'http://localhost:4400/help/',
        permission: { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] },
        actions: {},
        properties: ['articleUrl', 'articleTitle'],
        propertyDefinitions: [],
        forms: [],
        origins: [],
        inboxes: [{ id: expect.any(String) as string, name: 'Support' }],
        accessGroups: ['Customers'],
        access: { kind: 'access-groups' },
        signIn: ['password', 'email'],
        joinCompanies: false,
        idleMinutes: 1440,
        consent: { asked: false, text: {} },
        consentInForce: null,
        codeMinutes: 10,
        words: { ticket: {} },
        brand: {},
      },
    ]);
    expect((await askAdmin(small, 'GET', '/portals/help')).body).toEqual(body.items[0]);
    expect((await askAdmin(small, 'GET', '/portals/none')).status).toBe(404);
  });

  test('are new with permission own, the first inbox, and nobody who may sign in', async () => {
    const made = await askAdmin<Portal>(small, 'POST', '/portals', { slug: 'shop', name: 'Shop' });
    expect(made).toMatchObject({ status: 201, body: { permission: { kind: 'own' }, actions: {}, accessGroups: [] } });
    expect(made.body.inboxes.map(({ name }) => name)).toEqual(['Support']);
    expect((await small.fixture.visitor('shop').signIn('ann@example.com')).status).toBe(401);
    expect((await askAdmin(small, 'PATCH', '/portals/shop', { accessGroups: ['Customers'] })).status).toBe(200);
    expect(await numbers('ann', 'shop')).toEqual([1, 7]);
  });

  test('take inboxes and groups as named, the first inbox for new tickets', async () => {
    const { body: both } = await askAdmin<Portal>(small, 'POST', '/portals', {
      slug: 'all',
      name: 'All',
      locales: ['pl', 'en'],
      inboxes: ['Sales', 'Support'].map(() => '') as string[],
    });
    expect(both).toMatchObject({ code: 'invalid' });
    const rows = await small.database.asSuperuser<{ public_id: string }>('SELECT public_id FROM inboxes ORDER BY name');
    const inboxes = rows.map((row) => row.public_id);
    const wanted = { slug: 'all', name: 'All', locales: ['pl', 'en'], inboxes, accessGroups: ['Friends', 'Customers'] };
    const made = await askAdmin<Portal>(small, 'POST', '/portals', wanted);
    expect(made.body).toMatchObject({ locale: 'pl', accessGroups: ['Customers', 'Friends'] });
    expect(made.body.inboxes.map(({ name }) => name)).toEqual(['Sales', 'Support']);
    expect(await numbers('ann', 'all')).toEqual([1, 5, 7]);
    const turned = await askAdmin<Portal>(small, 'PATCH', '/portals/all', { inboxes: inboxes.toReversed() });
    expect(turned.body.inboxes.map(({ name }) => name)).toEqual(['Support', 'Sales']);
  });

  test('change only in what is named, and at once', async () => {
    expect(await numbers('max')).toEqual([1, 2, 7]);
    const { body: before } = await askAdmin<Portal>(small, 'GET', '/portals/help');
    const changed = await askAdmin<Portal>(small, 'PATCH', '/portals/help', { permission: { kind: 'own' } });
    expect(changed).toEqual({ status: 200, body: { ...before, permission: { kind: 'own' }, version: 2 } });
    expect(await numbers('max')).toEqual([2]);
    await askAdmin(small, 'PATCH', '/portals/help', { permission: { kind: 'company' } });
    expect(await numbers('ann')).toEqual([1, 2, 7]);
  });

  test('keep one slug, whoever has it', async () => {
    const portal = { slug: 'help', name: 'Again' };
    const twice = await askAdmin(small, 'POST', '/portals', portal);
    expect(twice).toMatchObject({ status: 409, body: { fields: [{ path: 'slug', code: 'taken' }] } });
    await small.database.asSuperuser(`UPDATE portals SET slug = 'mine'`);
    const other = await seedSmallWorld(small.fixture.deps);
    const [row] = await small.database.asSuperuser<{ id: string }>(
      `SELECT public_id AS id FROM accounts WHERE account_id = ${other.account}`,
    );
    expect((await askAdmin(small, 'GET', '/portals')).body).toMatchObject({ fields: [{ path: 'account' }] });
    const mine = await askAdmin(small, 'POST', `/portals?account=${row?.id}`, { slug: 'mine', name: 'Mine' });
    expect(mine.status).toBe(409);
    expect((await askAdmin(small, 'GET', `/portals/mine?account=${row?.id}`)).status).toBe(404);
  });

  const product = {
    name: 'product',
    type: 'choice',
    label: { en: 'Product', pl: 'Produkt' },
    options: [{ value: 'hub', label: { en: 'Hub' } }],
  };
  const serial = { name: 'serial', type: 'text', label: { en: 'Serial number' } };
  const defined = { properties: ['serial', 'product'], propertyDefinitions: [product, serial] };
  const shown = async (language: string) => {
    const headers = { 'accept-language': language };
    const response = await small.fixture.visitor().request('GET', '/portal', { headers });
    return ((await response.json()) as { properties: unknown }).properties;
  };

  test('define properties, which visitors find in their language', async () => {
    expect(await shown('en')).toEqual([]);
    const changed = await askAdmin<Portal>(small, 'PATCH', '/portals/help', defined);
    expect(changed.body['propertyDefinitions']).toEqual([product, { ...serial, options: null }]);
    expect(await shown('en')).toEqual([
      { name: 'product', type: 'choice', label: 'Product', options: [{ value: 'hub', label: 'Hub' }] },
      { name: 'serial', type: 'text', label: 'Serial number', options: null },
    ]);
    // What has no label in a language has that of the portal's own.
    expect(await shown('pl')).toMatchObject([
      { label: 'Produkt', options: [{ label: 'Hub' }] },
      { label: 'Serial number' },
    ]);
    // What was read can be written.
    const { propertyDefinitions } = changed.body;
    expect(await askAdmin(small, 'PATCH', '/portals/help', { propertyDefinitions })).toMatchObject({ status: 200 });
  });

  test('define no property longer than customers see it, in no language longer than they speak it', async () => {
    await askAdmin(small, 'PATCH', '/portals/help', defined);
    const { body } = await askAdmin<Portal>(small, 'PATCH', '/portals/help', {
      properties: ['product'],
      locales: ['en'],
    });
    expect(body['propertyDefinitions']).toEqual([{ ...product, label: { en: 'Product' } }]);
    await small.database.asSuperuser(`UPDATE portals SET properties = '{}'`);
    expect(await shown('en')).toEqual([]);
    const ann = small.fixture.visitor();
    await ann.signIn('ann@example.com');
    const asked = encodeURIComponent('{"product":"hub"}');
    expect((await ann.request('GET', `/tickets?properties=${asked}`)).status).toBe(400);
  });

  const definition = (change: object) => ({ ...defined, propertyDefinitions: [{ ...product, ...change }] });
  const filter = (one: object) => ({ permission: { kind: 'company-if', groups: [[one]] } });
  const value = 'permission.groups.0.0.value';
  const inquiry = { one: 'inquiry', other: 'inquiries' };
  const word = (language: string, forms: object) => ({
    words: { ticket: { [language]: { ...forms, nominative: 'things' } } },
  });
  const refused: [why: string, path: string, body: object][] = [
    ['an unknown key', 'host', { host: 'x.example' }],
    ['an empty name', 'name', { name: ' ' }],
    ['a NUL', 'name', { name: 'a\0' }],
    ['half a letter', 'name', { name: 'a\ud800' }],
    ['a kind that is none', 'permission.kind', { permission: { kind: 'all' } }],
    ['groups without company-if', 'permission.groups', { permission: { kind: 'own', groups: [] } }],
    [
      'an operator that is none',
      'permission.groups.0.0.operator',
      filter({ property: 'p', operator: 'like', value: '' }),
    ],
    ['a value to be known', value, filter({ property: 'p', operator: 'is-known', value: 'x' })],
    ['no value to be equal to', value, filter({ property: 'p', operator: 'is' })],
    ['a list to be equal to', value, filter({ property: 'p', operator: 'is', value: ['x'] })],
    ['a word among a list', value, filter({ property: 'p', operator: 'is-any-of', value: 'x' })],
    ['more than a word', value, filter({ property: 'p', operator: 'greater', value: 'many' })],
    ['a time as a date', value, filter({ property: 'p', operator: 'before', value: '2026-01-01T00:00:00Z' })],
    ['a NUL in a filter', value, filter({ property: 'p', operator: 'is', value: '\0' })],
    ['no property', 'permission.groups.0.0.property', filter({ property: '', operator: 'is-known' })],
    ['11 groups', 'permission.groups', { permission: { kind: 'company-if', groups: Array<object>(11).fill([]) } }],
    [
      '11 filters',
      'permission.groups.0',
      { permission: { kind: 'company-if', groups: [Array(11).fill({ property: 'p', operator: 'is-known' })] } },
    ],
    ['an action that is none', 'actions.colleague.open.0', { actions: { colleague: { open: ['delete'] } } }],
    ['a relation for a role', 'actions.company', { actions: { company: { open: [] } } }],
    ['a category that is none', 'actions.requester.waiting', { actions: { requester: { waiting: [] } } }],
    ['an origin with a path', 'origins.0', { origins: ['https://docs.example/a'] }],
    ['no inbox', 'inboxes', { inboxes: [] }],
    ['an inbox that is none', 'inboxes.0', { inboxes: ['A'.repeat(22)] }],
    ['a locale that it has not', 'locale', { locale: 'de' }],
    ['a word in a language that it has not', 'words.ticket.de', word('de', { one: 'Fall', other: 'Fälle' })],
    ['a word in a language that is none', 'words.ticket.pl_PL', word('pl_PL', {})],
    ['a word without one of its forms', 'words.ticket.pl.many', word('pl', { one: 'a', few: 'b', other: 'c' })],
    ['a word without its nominative', 'words.ticket.en.nominative', { words: { ticket: { en: inquiry } } }],
    ['a form that the language does not count with', 'words.ticket.en.few', word('en', { ...inquiry, few: 'x' })],
    ['a form that is none', 'words.ticket.en.genitive', word('en', { ...inquiry, genitive: 'x' })],
    ['an empty form', 'words.ticket.en.one', word('en', { ...inquiry, one: ' ' })],
    ['a form of 61 characters', 'words.ticket.en.other', word('en', { ...inquiry, other: 'x'.repeat(61) })],
    ['a property that customers do not see', 'propertyDefinitions.0.name', { propertyDefinitions: [product] }],
    ['a property twice', 'propertyDefinitions.1.name', { ...defined, propertyDefinitions: [serial, serial] }],
    ['a type that is none', 'propertyDefinitions.0.type', definition({ type: 'colour' })],
    ['a choice without options', 'propertyDefinitions.0.options', definition({ options: null })],
    ['a choice of nothing', 'propertyDefinitions.0.options', definition({ options: [] })],
    ['options of a text', 'propertyDefinitions.0.options', definition({ type: 'text' })],
    [
      'an option twice',
      'propertyDefinitions.0.options.1.value',
      definition({ options: [...product.options, ...product.options] }),
    ],
    ['no label in its own language', 'propertyDefinitions.0.label.en', definition({ label: { pl: 'Produkt' } })],
    [
      'a label in a language that it has not',
      'propertyDefinitions.0.label.de',
      definition({ label: { en: 'Product', de: 'Produkt' } }),
    ],
    [
      'no label of an option',
      'propertyDefinitions.0.options.0.label.en',
      definition({ options: [{ value: 'hub', label: {} }] }),
    ],
    ['a label of nothing', 'propertyDefinitions.0.label.en', definition({ label: { en: ' ' } })],
    ['another part of a definition', 'propertyDefinitions.0.colour', definition({ colour: 'red' })],
    ['another word', 'words.reply', { words: { ticket: {}, reply: {} } }],
  ];

  test.each(refused)('refuse %s, naming %s, and stay as they are', async (_, path, body) => {
    const before = await askAdmin(small, 'GET', '/portals/help');
    const whole = { name: 'Half', accessGroups: ['New'], ...body };
    const answer = await askAdmin<{ fields: { path: string }[] }>(small, 'PATCH', '/portals/help', whole);
    expect(answer.status).toBe(400);
    expect(answer.body.fields.map((field) => field.path)).toContain(path);
    expect(await askAdmin(small, 'GET', '/portals/help')).toEqual(before);
    expect(await small.database.asSuperuser(`SELECT FROM access_groups WHERE name = 'New'`)).toEqual([]);
  });

  test.each(['admin', 'Help', 'a/b', '-a', '', 'x'.repeat(64)])('refuse the slug "%s"', async (slug) => {
    const answer = await askAdmin(small, 'POST', '/portals', { slug, name: 'x' });
    expect(answer).toMatchObject({ status: 400, body: { fields: [{ path: 'slug' }] } });
  });
});
