import { describe, expect, test } from 'vitest';

import type { Counts } from '../../src/model/index.js';
import { countStep } from '../../src/server/index/counts.js';
import type { Visitor } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

async function signIn(name: string): Promise<Visitor> {
  const visitor = small.fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  return visitor;
}

async function countsOf(visitor: Visitor, scope?: string): Promise<Counts> {
  const response = await visitor.request('GET', scope === undefined ? '/counts' : `/counts?scope=${scope}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Counts;
}

interface Listed {
  readonly id: string;
  readonly unread: boolean;
  readonly requester: { readonly id: string; readonly name: string };
}

/** Everything that a list with these parameters leads through. */
async function listed(visitor: Visitor, query = ''): Promise<Listed[]> {
  const items: Listed[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const more: string = cursor && `&cursor=${cursor}`;
    const page = (await (await visitor.request('GET', `/tickets?limit=2${query}${more}`)).json()) as {
      items: Listed[];
      nextCursor: string | null;
    };
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

/** The counts that somebody gets who counts the rows of every list. */
async function countedByHand(visitor: Visitor, companies: Counts['scopes']['company'], scope = 'all'): Promise<Counts> {
  const many = async (query?: string) => (await listed(visitor, query)).length;
  const statuses: Record<string, number> = {};
  for (const status of ['new', 'working', 'waiting', 'closed'])
    statuses[status] = await many(`&scope=${scope}&status=${status}`);
  const people = (await listed(visitor, `&scope=${scope}`)).map(({ requester }) => requester);
  return {
    scopes: {
      all: await many(),
      mine: await many('&scope=mine'),
      participating: await many('&scope=participating'),
      company: await Promise.all(
        companies.map(async ({ id, name }) => ({ id, name, count: await many(`&scope=company:${id}`) })),
      ),
    },
    states: { open: await many(`&scope=${scope}&state=open`), closed: await many(`&scope=${scope}&state=closed`) },
    statuses,
    requesters: people
      .filter(({ id }, at) => people.findIndex((one) => one.id === id) === at)
      .map(({ id, name }) => ({ id, name, count: people.filter((one) => one.id === id).length }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    unread: (await listed(visitor)).filter(({ unread }) => unread).length,
  };
}

const staff = { authorization: 'Bearer test-admin-token' };
const answer = (id: string) =>
  [`/staff/api/v1/tickets/${id}/messages`, { body: { body: 'Hi' }, headers: staff }] as const;

/** More of everything: statuses, tickets of both companies, people at two companies, parties by hand. */
async function crowd(): Promise<void> {
  for (const name of ['ann', 'max', 'gus', 'zoe']) {
    const visitor = await signIn(name);
    for (let at = 0; at < 3; at++) {
      small.fixture.pass(1000);
      const created = await visitor.request('POST', '/tickets', {
        body: { subject: `${at} of ${name}`, message: 'Hello' },
        key: crypto.randomUUID(),
      });
      const { id } = (await created.json()) as { id: string };
      if (at === 1) await visitor.request('POST', ...answer(id));
      if (at === 2) {
        const body = { status: 'closed' };
        await visitor.request('PATCH', `/staff/api/v1/tickets/${id}`, { body, headers: staff });
      }
    }
  }
  await small.database.asSuperuser(`INSERT INTO contact_companies (account_id, contact_id, company_id)
    SELECT c.account_id, c.id, o.id FROM contacts c, companies o
    WHERE c.name = 'ann' AND o.name = 'Globex' OR c.name = 'gus' AND o.name = 'Acme' OR c.name = 'max' AND o.name = 'Globex'`);
  await small.database.asSuperuser(`INSERT INTO ticket_companies (account_id, company_id, ticket_id)
    SELECT t.account_id, o.id, t.id FROM tickets t, companies o
    WHERE o.name = 'Globex' AND (t.subject = 'Router is offline' OR t.subject = '2 of ann')`);
  await small.database.asSuperuser(`INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
    SELECT t.account_id, c.id, t.id, 'contact' FROM tickets t, contacts c
    WHERE c.name = 'max' AND t.subject IN ('0 of ann', '0 of gus', '1 of zoe')`);
}

describe('the counts', () => {
  test.each([
    ['ann', ['Acme', 'Globex']],
    ['max', ['Acme', 'Globex']],
    ['gus', ['Globex', 'Acme']],
    ['zoe', []],
  ])('of %s equal what paging through the lists gives', async (name, companies) => {
    await crowd();
    const visitor = await signIn(name);
    const counts = await countsOf(visitor);
    expect(counts.scopes.company.map((company) => company.name)).toEqual(companies);
    expect(counts.scopes.all).toBeGreaterThan(3);
    expect(counts.unread).toBeGreaterThan(0);
    expect(counts).toEqual(await countedByHand(visitor, counts.scopes.company));
    const ofCompany = counts.scopes.company.map(({ id }) => `company:${id}`);
    for (const scope of ['mine', 'participating', 'company', 'company:AAAAAAAAAAAAAAAAAAAAAA', ...ofCompany]) {
      expect(await countsOf(visitor, scope), scope).toEqual(await countedByHand(visitor, counts.scopes.company, scope));
    }
  });

  test.each([
    ['own', { kind: 'own' }],
    ['company', { kind: 'company' }],
    ['company-if nobody', { kind: 'company-if', groups: [[]] }],
  ])('of everybody follow a portal of permission %s', async (_, permission) => {
    await crowd();
    await small.database.asSuperuser(`UPDATE portals SET permission = '${JSON.stringify(permission)}'`);
    for (const name of ['ann', 'max', 'gus', 'zoe']) {
      const visitor = await signIn(name);
      const counts = await countsOf(visitor);
      for (const scope of ['all', 'company', ...counts.scopes.company.map(({ id }) => `company:${id}`)]) {
        expect(await countsOf(visitor, scope), scope).toEqual(
          await countedByHand(visitor, counts.scopes.company, scope),
        );
      }
    }
  });

  test('leave out internal notes, deleted tickets and other inboxes', async () => {
    const { company, ...scopes } = (await countsOf(await signIn('max'))).scopes;
    expect(scopes).toEqual({ all: 3, mine: 1, participating: 0 });
    expect(company).toEqual([{ id: small.world.companies.acme, name: 'Acme', count: 3 }]);
    const ann = await signIn('ann');
    const before = await countsOf(ann);
    expect(before.scopes).toMatchObject({ all: 2, mine: 2 });
    expect(before.statuses).toEqual({ new: 1, working: 0, waiting: 0, closed: 1 });
    expect(before.unread).toBe(0);
    small.fixture.pass(1000);
    await ann.request('POST', `/staff/api/v1/tickets/${small.world.tickets.ann}/notes`, {
      body: { body: 'x' },
      headers: staff,
    });
    expect(await countsOf(ann)).toEqual(before);
  });

  test('tell what is unread until it is read', async () => {
    const ann = await signIn('ann');
    small.fixture.pass(1000);
    await ann.request('POST', ...answer(small.world.tickets.ann));
    expect((await countsOf(ann)).unread).toBe(1);
    await ann.request('POST', `/tickets/${small.world.tickets.ann}/read`);
    expect((await countsOf(ann)).unread).toBe(0);
    small.fixture.pass(1000);
    const key = crypto.randomUUID();
    await ann.request('POST', `/tickets/${small.world.tickets.ann}/messages`, { body: { body: 'Thanks' }, key });
    expect((await countsOf(ann)).unread).toBe(0);
    expect((await countsOf(await signIn('max'))).unread).toBe(2);
  });

  test('lose a company at once with it, and everything with the access', async () => {
    const max = await signIn('max');
    expect((await countsOf(max)).scopes.all).toBe(3);
    await small.database.asSuperuser(
      `DELETE FROM contact_companies c USING contacts p WHERE p.id = c.contact_id AND p.name = 'max'`,
    );
    expect((await countsOf(max)).scopes).toEqual({ all: 1, mine: 1, participating: 0, company: [] });
    await small.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE name = 'max'`);
    expect((await max.request('GET', '/counts')).status).toBe(401);
    expect((await small.fixture.visitor().request('GET', '/counts')).status).toBe(401);
  });

  test('stop at 1,000, in every number that reaches it', async () => {
    await small.database.asSuperuser(`INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id,
        created_at, updated_at)
      SELECT t.account_id, 'many' || lpad(i::text, 18, '0'), 1000 + i, t.inbox_id, 'Many',
        CASE WHEN i <= 1001 THEN 'working' ELSE 'closed' END, t.requester_id, t.created_at, t.updated_at + i * interval '1 ms'
      FROM tickets t, generate_series(1, 1200) i WHERE t.subject = 'Invoice is missing'`);
    await small.database.asSuperuser(`INSERT INTO ticket_companies (account_id, company_id, ticket_id)
      SELECT t.account_id, o.id, t.id FROM tickets t, companies o WHERE t.subject = 'Many' AND o.name = 'Acme'`);
    expect(await countsOf(await signIn('max'))).toMatchObject({
      scopes: { all: 1000, mine: 1000, company: [{ name: 'Acme', count: 1000 }] },
      states: { open: 1000, closed: 200 },
      statuses: { new: 2, working: 1000, waiting: 0, closed: 200 },
      requesters: [
        { name: 'ann', count: expect.any(Number) },
        { name: 'max', count: expect.any(Number) },
      ],
      unread: 1000,
    });
    expect(await countsOf(await signIn('max'), 'mine')).toMatchObject({
      states: { open: 1000, closed: 199 },
      requesters: [{ name: 'max', count: 1000 }],
    });
    expect(await countsOf(await signIn('max'), 'participating')).toMatchObject({
      scopes: { all: 1000 },
      states: { open: 0, closed: 0 },
      requesters: [],
    });
  });

  test('name the first 200 of those who asked', async () => {
    await small.database.asSuperuser(`WITH people AS (
        INSERT INTO contacts (account_id, public_id, email, name, locale, verified)
        SELECT c.account_id, 'asker' || lpad(i::text, 17, '0'), i || '@many.example', 'Asker ' || lpad(i::text, 3, '0'), 'en', true
        FROM contacts c, generate_series(1, 210) i WHERE c.name = 'max' RETURNING account_id, id),
      asked AS (
        INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id, created_at, updated_at)
        SELECT t.account_id, 'asked' || lpad(p.id::text, 17, '0'), 5000 + p.id, t.inbox_id, 'Many', t.status, p.id,
          t.created_at, t.updated_at
        FROM tickets t, people p WHERE t.subject = 'Invoice is missing' RETURNING account_id, id)
      SELECT count(*)::int FROM asked`);
    await small.database.asSuperuser(`INSERT INTO ticket_companies (account_id, company_id, ticket_id)
      SELECT t.account_id, o.id, t.id FROM tickets t, companies o WHERE t.subject = 'Many' AND o.name = 'Acme'`);
    const { requesters } = await countsOf(await signIn('max'));
    expect(requesters).toHaveLength(200);
    // In the order of a language, to which a capital is no other letter.
    expect(requesters.slice(0, 2)).toMatchObject([{ name: 'ann' }, { name: 'Asker 001' }]);
    expect(requesters.at(-1)).toMatchObject({ name: 'Asker 199', count: 1 });
  });

  test.each(['everybody', 'company:x', ''])('of the scope "%s" are refused', async (scope) => {
    const response = await (await signIn('ann')).request('GET', `/counts?scope=${scope}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ fields: [{ path: 'scope' }] });
  });

  test('hold under row level security alone: a viewer who is disabled meanwhile counts nothing', async () => {
    const [ids] = await small.database.asSuperuser<{ contact: number; portal: number }>(
      `SELECT c.id AS contact, p.id AS portal FROM contacts c, portals p WHERE c.name = 'max'`,
    );
    if (!ids) throw new Error('max is missing');
    const ask = async () => {
      const context = { role: 'app', account: small.world.account, portal: ids.portal, contact: ids.contact } as const;
      const [[row]] = (await small.database.batch(context, [countStep('all')])) as [
        { mine: number; statuses: object; requesters: { count: number }[]; unread: number }[],
      ];
      return row;
    };
    const before = await ask();
    expect(before).toMatchObject({ mine: 1, statuses: { new: 2 } });
    // Their order is that of names in the reader's language, which the database does not know.
    expect(before?.requesters.map(({ count }) => count).sort()).toEqual([1, 2]);
    await small.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE name = 'max'`);
    expect(await ask()).toMatchObject({ mine: 0, participating: 0, statuses: {}, requesters: [], unread: 0 });
  });
});
