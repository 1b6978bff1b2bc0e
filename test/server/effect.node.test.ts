import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Filter, type TicketPermission, passedGroup, relationOf } from '../../src/policy/index.js';
import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import type { EffectWire, WhatIfWire } from '../../src/wire/index.js';
import { demoWorld } from '../../src/world/demo-world.js';
import { publicIdOf } from '../../src/world/public-id.js';
import type { World, WorldContact } from '../../src/world/world.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { askAdmin } from './admin-client.js';
import { type AppFixture, createAppFixture } from './app-fixture.js';

const bob = demoWorld.contacts.find(({ id }) => id === 'bob')!;
const manager = (id: string, more: Partial<WorldContact>): WorldContact => ({
  ...bob,
  id,
  name: id,
  email: `${id}@acme.example`,
  ...more,
});
/** With managers who see nothing, and an assistant: all three take part in most of what the company has. */
const world: World = {
  ...demoWorld,
  account: 'OursOursOursOursOurs22',
  contacts: [
    ...demoWorld.contacts,
    manager('disabled', { enabled: false }),
    manager('unverified', { verified: false }),
    manager('busy', { properties: { role: 'assistant', seats: '12', since: '2025-03-01' } }),
  ],
  accessGroup: { ...demoWorld.accessGroup, members: [...demoWorld.accessGroup.members, 'busy', 'disabled'] },
  tickets: demoWorld.tickets.map((ticket) =>
    ticket.number % 3 > 0 && ticket.requester !== 'busy' && ticket.companies.includes('acme')
      ? { ...ticket, participants: [...ticket.participants, 'busy', 'disabled', 'unverified'] }
      : ticket,
  ),
};

const when = (...groups: Filter[][]): TicketPermission => ({ kind: 'company-if', groups });
const is = (property: string, value: string): Filter => ({ property, operator: 'is', value });
const permissions: readonly [name: string, permission: TicketPermission][] = [
  ['own', { kind: 'own' }],
  ['company', { kind: 'company' }],
  ['managers', when([is('role', 'manager')])],
  ['managers or assistants', when([is('role', 'manager')], [is('role', 'assistant')])],
  ['whoever has no role', when([{ property: 'role', operator: 'is-unknown' }])],
  ['more than ten seats', when([{ property: 'seats', operator: 'greater', value: '10' }])],
  ['managers since then', when([is('role', 'manager'), { property: 'since', operator: 'after', value: '2025-01-01' }])],
  ['nobody', when([is('role', 'king')])],
  ['a group without a filter', when([])],
  ['no group', when()],
];

const theirs = 'TheirsTheirsTheirs0022';
/** An address is one person on the whole server: they have none. */
const theirStaff = world.staff.map(({ id, name }) => ({ id, name }));
let database: TestDatabase;
let fixture: AppFixture;

beforeAll(async () => {
  database = await openTestDatabase();
  fixture = createAppFixture(database);
  await seedWorld(fixture.deps, world);
  // The same once more: whatever is counted of both is wrong.
  await seedWorld(fixture.deps, {
    ...world,
    account: theirs,
    staff: theirStaff,
    portal: { ...world.portal, slug: 'other' },
  });
}, 60_000);
afterAll(() => database.close());

const ours = `?account=${world.account}`;
const ask = <Body>(method: string, path: string, body?: unknown) => askAdmin<Body>({ fixture }, method, path, body);
const permit = (permission: TicketPermission) => ask('PATCH', `/portals/help${ours}`, { permission });
const effect = (permission: TicketPermission) => ask<EffectWire>('POST', `/portals/help/effect${ours}`, { permission });
const whatIf = (permission: TicketPermission, contact: string) =>
  ask<WhatIfWire>('POST', `/portals/help/what-if${ours}`, { permission, contact });

const account = 'one';
const viewers = world.contacts.map((contact) => ({ account, ...contact }));
/** How many tickets the policy shows to a contact, asked of each ticket. */
const seen = (viewer: (typeof viewers)[number], permission: TicketPermission): number =>
  world.tickets.filter((ticket) =>
    relationOf(viewer, { account, ...ticket }, { account, inboxes: world.portal.inboxes, permission }),
  ).length;

function effectByPolicy(before: TicketPermission, after: TicketPermission): EffectWire {
  const differences = viewers.map((viewer) => seen(viewer, after) - seen(viewer, before));
  const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
  return {
    contacts: differences.filter((difference) => difference !== 0).length,
    more: sum(differences.filter((difference) => difference > 0)),
    fewer: -sum(differences.filter((difference) => difference < 0)) || 0,
    matching:
      after.kind === 'company-if'
        ? viewers.filter((viewer) => viewer.enabled && passedGroup(viewer, after)).length
        : null,
  };
}

describe('the effect of another permission', () => {
  test.each(permissions)('after %s is what the policy says of each contact and ticket', async (_, before) => {
    await permit(before);
    for (const [name, after] of permissions) {
      expect((await effect(after)).body, name).toEqual(effectByPolicy(before, after));
    }
  });

  test('is a number that says something', () => {
    const { contacts, more } = effectByPolicy({ kind: 'own' }, { kind: 'company' });
    expect(contacts).toBeGreaterThan(3);
    expect(more).toBeGreaterThan(50);
    expect(seen(viewers.find(({ id }) => id === 'busy')!, { kind: 'own' })).toBeGreaterThan(5);
  });

  test('changes nothing', async () => {
    await permit({ kind: 'own' });
    const before = await ask('GET', `/portals/help${ours}`);
    await effect({ kind: 'company' });
    expect(await ask('GET', `/portals/help${ours}`)).toEqual(before);
  });

  test.each([
    ['another kind', { kind: 'all' }, 'permission.kind'],
    ['groups without company-if', { kind: 'own', groups: [] }, 'permission.groups'],
    ['half a filter', { kind: 'company-if', groups: [[{ property: 'role' }]] }, 'permission.groups.0.0.operator'],
  ])('is none of %s', async (_, permission, path) => {
    const answer = await ask<{ fields: { path: string }[] }>('POST', `/portals/help/effect${ours}`, { permission });
    expect(answer.status).toBe(400);
    expect(answer.body.fields.map((field) => field.path)).toContain(path);
  });
});

describe('what a contact would see', () => {
  interface Preview {
    readonly items: readonly { id: string; number: number; subject: string; why: unknown }[];
  }
  const preview = async (contact: string) =>
    (await ask<Preview>('GET', `/portals/help/preview${ours}&contact=${contact}&limit=100`)).body.items;

  test.each(permissions)('under %s is what their list shows then', async (_, permission) => {
    const members = world.accessGroup.members.map((id) => world.contacts.find((contact) => contact.id === id)!);
    await permit({ kind: 'own' });
    const asked = await Promise.all(members.map(({ email }) => whatIf(permission, email)));
    await permit(permission);
    for (const [at, { email, name }] of members.entries()) {
      const items = await preview(email);
      const newest = items.slice(0, 5).map(({ id, number, subject, why }) => ({ id, number, subject, why }));
      expect(asked[at], name).toMatchObject({
        status: 200,
        body: { contact: { name }, count: items.length, tickets: newest },
      });
    }
  });

  test('names their company, and says whether they see its tickets', async () => {
    const managers = permissions[2]![1];
    const acme = { id: publicIdOf('company', 'acme'), name: 'Acme' };
    expect((await whatIf(managers, bob.email)).body).toMatchObject({ permission: 'company', company: acme });
    expect((await whatIf(managers, 'alice@acme.example')).body).toMatchObject({ permission: 'own', company: acme });
    expect((await whatIf({ kind: 'company' }, 'dave@example.com')).body).toMatchObject({
      permission: 'own',
      company: null,
    });
    const byId = await whatIf(managers, publicIdOf('contact', 'bob'));
    expect(byId.body).toEqual((await whatIf(managers, 'BOB@acme.example')).body);
  });

  test.each(['disabled', 'unverified'])('is nothing when they are %s', async (name) => {
    const { body } = await whatIf({ kind: 'company' }, `${name}@acme.example`);
    expect(body).toMatchObject({ count: 0, tickets: [] });
  });

  test('is told before they may sign in', async () => {
    await permit({ kind: 'own' });
    await ask('PATCH', `/portals/help${ours}`, { accessGroups: [] });
    expect(await preview(bob.email)).toEqual([]);
    expect((await whatIf({ kind: 'company' }, bob.email)).body.count).toBe(24);
    await ask('PATCH', `/portals/help${ours}`, { accessGroups: ['Customers'] });
  });

  test('says whether they may sign in at all', async () => {
    const asked = async () => (await whatIf({ kind: 'company' }, bob.email)).body.admitted;
    expect(await asked()).toBe(true);
    const contact = `/contacts/${publicIdOf('contact', 'bob')}${ours}`;
    await ask('PATCH', contact, { enabled: false });
    expect(await asked()).toBe(false);
    await ask('PATCH', contact, { enabled: true });
    expect(await asked()).toBe(true);
  });

  test('is entered in the audit log once a day', async () => {
    const entries = () =>
      database.asSuperuser(`SELECT FROM audit_log WHERE event = 'preview' AND once LIKE 'what-if help %'
        AND subjects ->> 'contact' = '${publicIdOf('contact', 'bob')}'`);
    await whatIf({ kind: 'own' }, bob.email);
    const before = (await entries()).length;
    await whatIf({ kind: 'company' }, bob.email);
    expect(await entries()).toHaveLength(before);
    fixture.pass(86_400_000);
    await whatIf({ kind: 'company' }, bob.email);
    expect(await entries()).toHaveLength(before + 1);
  });
});

describe('another account', () => {
  test('has no contact of ours', async () => {
    await database.asSuperuser(`UPDATE contacts SET public_id = 'OnlyOursOnlyOursOnly22', email = 'only@ours.example'
      WHERE name = 'Bob Fraser' AND account_id = (SELECT account_id FROM accounts WHERE public_id = '${world.account}')`);
    const path = `/portals/other/what-if?account=${theirs}`;
    const asked = (contact: string) => ask('POST', path, { permission: { kind: 'company' }, contact });
    const absent = await asked('nobody@ours.example');
    expect(absent.status).toBe(404);
    expect(await asked('OnlyOursOnlyOursOnly22')).toEqual(absent);
    expect(await asked('only@ours.example')).toEqual(absent);
    expect((await whatIf({ kind: 'company' }, 'only@ours.example')).status).toBe(200);
  });

  test('has no portal of ours', async () => {
    const absent = await ask('POST', `/portals/none/effect?account=${theirs}`, { permission: { kind: 'company' } });
    expect(absent.status).toBe(404);
    const asked = await ask('POST', `/portals/help/effect?account=${theirs}`, { permission: { kind: 'company' } });
    expect(asked).toEqual(absent);
  });
});
