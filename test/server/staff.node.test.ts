import { describe, expect, onTestFinished, test } from 'vitest';

import { askAdmin } from './admin-client.js';
import { admin, agent, ask, onAdmin, refusedAt, staffOf } from './staff-asks.js';
import { addStaff } from './staff-visitor.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
const { entries, join, rows } = staffOf(small);

describe('who is of the staff', () => {
  test('is listed with role, inboxes and whether they have a password', async () => {
    const [support] = await inboxes();
    await join(admin);
    await addStaff(small.fixture, { ...agent, inboxes: [support.id] });
    const { body } = await askAdmin<{ items: unknown[] }>(small, 'GET', '/staff');
    const common = { id: expect.any(String) as string, enabled: true };
    expect(body.items).toEqual([
      { ...common, name: 'Sam', email: null, role: 'agent', inboxes: null, welcomed: false },
      { ...common, name: 'olga', email: 'olga@staff.example', role: 'admin', inboxes: null, welcomed: true },
      { ...common, name: 'adam', email: 'adam@staff.example', role: 'agent', inboxes: [support], welcomed: false },
    ]);
  });

  test('has an address that nobody else on the server has', async () => {
    await join(agent);
    const again = { name: 'Adam', email: 'ADAM@staff.example', role: 'agent' };
    expect(await askAdmin(small, 'POST', '/staff', again)).toEqual(refusedAt(409, 'email', 'taken'));
    const account = await otherAccount();
    expect(await askAdmin(small, 'POST', `/staff?account=${account}`, again)).toEqual(refusedAt(409, 'email', 'taken'));
  });

  test('is changed, and the log says what', async () => {
    const [support] = await inboxes();
    const { id } = await addStaff(small.fixture, agent);
    const change = { name: 'Adam B', role: 'admin', inboxes: [support.id] };
    const { body } = await askAdmin(small, 'PATCH', `/staff/${id}`, change);
    expect(body).toMatchObject({ name: 'Adam B', role: 'admin', inboxes: [support], enabled: true });
    expect((await entries())[0]).toMatchObject({
      event: 'staff-changed',
      subjects: { staff: id },
      change: { name: null, role: { before: 'agent', after: 'admin' }, inboxes: { before: null, after: [support.id] } },
    });
    expect((await askAdmin(small, 'PATCH', `/staff/${id}`, { inboxes: null })).body).toMatchObject({ inboxes: null });
  });

  test.each([
    [{ inboxes: ['A'.repeat(22)] }, 400],
    [{ inboxes: [] }, 400],
    [{ role: 'owner' }, 400],
    [{ email: 'new@staff.example' }, 400],
    [{ name: '' }, 400],
  ])('is not changed to %j', async (change, status) => {
    const { id } = await addStaff(small.fixture, agent);
    expect((await askAdmin(small, 'PATCH', `/staff/${id}`, change)).status).toBe(status);
    const post = { name: 'x', email: 'x@staff.example', role: 'agent', ...change };
    if (!('email' in change)) expect((await askAdmin(small, 'POST', '/staff', post)).status).toBe(status);
    expect(await rows('staff')).toBe(2);
  });

  test('keeps an admin who can sign in', async () => {
    const { visitor, id } = await join(admin);
    const change = (who: string, to: object) => onAdmin(visitor, 'PATCH', `/staff/${who}`, to);
    expect(await change(id, { role: 'agent' })).toEqual(refusedAt(409, 'role', 'last-admin'));
    expect(await change(id, { enabled: false })).toEqual(refusedAt(409, 'enabled', 'last-admin'));
    // Who has chosen no password is nobody to rely on.
    const unwelcomed = await addStaff(small.fixture, { name: 'uwe', role: 'admin' });
    expect(await change(id, { role: 'agent' })).toEqual(refusedAt(409, 'role', 'last-admin'));
    expect((await change(unwelcomed.id, { enabled: false })).status).toBe(200);
    const other = await join({ name: 'other', role: 'admin' });
    expect((await change(id, { role: 'agent' })).status).toBe(200);
    expect(await onAdmin(other.visitor, 'PATCH', `/staff/${other.id}`, { enabled: false })).toEqual(
      refusedAt(409, 'enabled', 'last-admin'),
    );
  });

  test('keeps an admin when two put down each other at once', async () => {
    const one = await join(admin);
    const other = await join({ name: 'other', role: 'admin' });
    const both = await Promise.all([
      onAdmin(one.visitor, 'PATCH', `/staff/${other.id}`, { role: 'agent' }),
      onAdmin(other.visitor, 'PATCH', `/staff/${one.id}`, { role: 'agent' }),
    ]);
    const statuses = both.map(({ status }) => status).toSorted();
    expect([[200, 409].join(), [200, 403].join()]).toContain(statuses.join());
    const admins = await small.database.asSuperuser(`SELECT id FROM staff WHERE role = 'admin'`);
    expect(admins).toHaveLength(1);
  });
});

/** The small world's. */
async function inboxes(): Promise<[{ id: string; name: string }, { id: string; name: string }]> {
  const found = await small.database.asSuperuser<{ id: string; name: string }>(
    'SELECT public_id AS id, name FROM inboxes ORDER BY id',
  );
  return found as [{ id: string; name: string }, { id: string; name: string }];
}

/** Public id of one more account, with somebody and a portal in it. */
async function otherAccount(): Promise<string> {
  const id = 'B'.repeat(22);
  await small.database.asSuperuser(`WITH made AS (
      INSERT INTO accounts (public_id, name) VALUES ('${id}', 'Another') RETURNING account_id),
    person AS (INSERT INTO staff (account_id, public_id, name) SELECT account_id, '${'C'.repeat(22)}', 'Tom' FROM made)
    INSERT INTO inboxes (account_id, public_id, name) SELECT account_id, '${'D'.repeat(22)}', 'Theirs' FROM made`);
  return id;
}

describe('an admin', () => {
  test('reaches their own account, and another one as little as one that is not there', async () => {
    const { visitor } = await join(admin);
    const account = await otherAccount();
    const own = (await onAdmin(visitor, 'GET', '/session')).body['account'] as { id: string };
    expect((await onAdmin(visitor, 'GET', `/staff?account=${own.id}`)).status).toBe(200);
    for (const path of ['/staff', '/portals', '/contacts', '/audit', '/portals/help']) {
      const [there, nowhere] = [
        await onAdmin(visitor, 'GET', `${path}?account=${account}`),
        await onAdmin(visitor, 'GET', `${path}?account=${'Z'.repeat(22)}`),
      ];
      expect(there.status, path).toBe(404);
      expect(there, path).toEqual(nowhere);
    }
    const tickets = await ask(visitor, 'GET', `/staff/api/v1/tickets?account=${account}`);
    expect(tickets.status).toBe(404);
    const theirs = 'C'.repeat(22);
    expect((await onAdmin(visitor, 'PATCH', `/staff/${theirs}`, { name: 'Mine' })).status).toBe(404);
    expect((await onAdmin(visitor, 'POST', `/staff/${theirs}/link`)).status).toBe(404);
    const post = { name: 'x', email: 'x@staff.example', role: 'agent', inboxes: ['D'.repeat(22)] };
    expect(await onAdmin(visitor, 'POST', '/staff', post)).toEqual(refusedAt(400, 'inboxes.0', 'unknown'));
    expect(await rows(`staff WHERE name = 'Tom'`)).toBe(1);
  });
});

describe('an agent of one inbox', () => {
  const tickets = (path: string) => `/staff/api/v1/tickets${path}`;

  async function joinSales() {
    const [support, sales] = await inboxes();
    return { support, sales, ...(await join({ ...agent, inboxes: [sales.id] })) };
  }

  test('is not let near the set-up', async () => {
    const { visitor } = await joinSales();
    expect((await onAdmin(visitor, 'GET', '/portals')).status).toBe(403);
    expect((await onAdmin(visitor, 'PATCH', '/portals/help', { name: 'Mine' })).status).toBe(403);
  });

  const walls = [['both walls', false] as const, ['the queries alone', true] as const];

  /** Without its second wall. */
  async function lower(): Promise<void> {
    const set = async (action: string) => {
      for (const table of ['tickets', 'messages'])
        await small.database.asSuperuser(`ALTER TABLE ${table} ${action} ROW LEVEL SECURITY`);
    };
    await set('DISABLE');
    onTestFinished(() => set('ENABLE'));
  }

  test.each(walls)('lists, finds and reads its tickets alone: %s', async (_, isLow) => {
    if (isLow) await lower();
    const { visitor, support } = await joinSales();
    const { ann, sales: own } = small.world.tickets;
    const list = async (query: string) =>
      ((await ask(visitor, 'GET', tickets(query))).body['items'] as { id: string }[]).map(({ id }) => id);
    expect(await list('')).toEqual([own]);
    expect(await list('?q=quote')).toEqual([own]);
    expect(await list('?q=router')).toEqual([]);
    expect(await list(`?inbox=${support.id}`)).toEqual([]);
    expect((await ask(visitor, 'GET', tickets(`/${own}`))).status).toBe(200);
    const absent = await ask(visitor, 'GET', tickets(`/${'A'.repeat(22)}`));
    for (const path of [`/${ann}`, `/${ann}/messages`])
      expect(await ask(visitor, 'GET', tickets(path))).toEqual(absent);
  });

  test.each(walls)('answers, notes and moves its tickets alone, and into its own inboxes: %s', async (_, isLow) => {
    if (isLow) await lower();
    const { visitor, support, sales } = await joinSales();
    const { ann, sales: own } = small.world.tickets;
    const before = await rows('messages');
    for (const [method, path, body] of [
      ['POST', `/${ann}/messages`, { body: 'Hello' }],
      ['POST', `/${ann}/notes`, { body: 'Hello' }],
      ['PATCH', `/${ann}`, { status: 'working' }],
      ['PATCH', `/${ann}`, { inbox: sales.id }],
    ] as const)
      expect((await ask(visitor, method, tickets(path), body)).status, path).toBe(404);
    expect(await rows('messages')).toBe(before);
    const moved = await ask(visitor, 'PATCH', tickets(`/${own}`), { inbox: support.id });
    expect(moved).toEqual(refusedAt(400, 'inbox', 'unknown'));
    expect((await ask(visitor, 'POST', tickets(`/${own}/messages`), { body: 'Hello' })).body).toMatchObject({
      author: { name: 'adam' },
    });
    expect((await ask(visitor, 'POST', tickets(`/${own}/notes`), { body: 'Between us' })).status).toBe(201);
    expect((await ask(visitor, 'PATCH', tickets(`/${own}`), { status: 'working', inbox: sales.id })).status).toBe(200);
  });

  test.each(walls)('learns nothing of a ticket elsewhere that theirs goes on with: %s', async (_, isLow) => {
    if (isLow) await lower();
    const { visitor } = await joinSales();
    const { ann, sales: own } = small.world.tickets;
    await small.database.asSuperuser(`INSERT INTO follow_ups (account_id, ticket_id, earlier_id)
      SELECT t.account_id, t.id, e.id FROM tickets t, tickets e WHERE t.public_id = '${own}' AND e.public_id = '${ann}'`);
    expect((await ask(visitor, 'GET', tickets(`/${own}`))).body).toMatchObject({ followUpOf: null });
    const all = await join({ name: 'bert', role: 'agent' });
    expect((await ask(all.visitor, 'GET', tickets(`/${own}`))).body).toMatchObject({ followUpOf: { id: ann } });
  });

  test('is shown nothing else by the database either', async () => {
    const [, sales] = await small.database.asSuperuser<{ id: number }>('SELECT id FROM inboxes ORDER BY id');
    const context = { role: 'staff', account: small.world.account, inboxes: [Number(sales!.id)] } as const;
    const ask = async (text: string) => {
      const statement = { name: text, text };
      const [found] = await small.database.batch(context, [{ statement }]);
      return found as { v: string }[];
    };
    expect(await ask('SELECT public_id AS v FROM tickets')).toEqual([{ v: small.world.tickets.sales }]);
    expect(await ask('SELECT text AS v FROM messages')).toHaveLength(1);
    expect(await ask(`UPDATE tickets SET subject = 'mine' RETURNING public_id AS v`)).toHaveLength(1);
    expect(await ask(`UPDATE messages SET text = 'mine' RETURNING text AS v`)).toHaveLength(1);
  });
});
