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
        locale: 'en',
        locales: ['en', 'pl'],
        permission: { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] },
        actions: {},
        properties: ['articleUrl', 'articleTitle'],
        origins: [],
        inboxes: [{ id: expect.any(String) as string, name: 'Support' }],
        accessGroups: ['Customers'],
        access: { kind: 'access-groups' },
        signIn: ['password', 'email'],
        joinCompanies: false,
        idleMinutes: 1440,
        codeMinutes: 10,
        words: { ticket: {} },
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
    expect(changed).toEqual({ status: 200, body: { ...before, permission: { kind: 'own' } } });
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
