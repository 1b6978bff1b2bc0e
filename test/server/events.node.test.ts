import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { createApp } from '../../src/server/app.js';
import { readConfig } from '../../src/server/node/config.js';
import { listen } from '../../src/server/node/listen.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type EventReader, readEvents } from '../support/event-reader.js';
import { type AppFixture, type Visitor, base, createAppFixture } from './app-fixture.js';
import { type SmallWorld, seedSmallWorld } from './small-world.js';

let database: TestDatabase;
let fixture: AppFixture;
let world: SmallWorld;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.reset();
  fixture = createAppFixture(database);
  world = await seedSmallWorld(fixture.deps);
});
afterEach(() => {
  vi.useRealTimers();
  fixture.stopping.abort();
  expect(fixture.log.filter(({ level }) => level === 'error')).toEqual([]);
});

async function signIn(name: string): Promise<Visitor> {
  const visitor = fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  return visitor;
}

/** A stream that has said that it is ready, and its position then. */
async function open(visitor: Visitor, after?: string): Promise<EventReader & { readonly position: string }> {
  const headers = after === undefined ? {} : { 'last-event-id': after };
  const response = await visitor.request('GET', '/events', { headers });
  expect(response.status).toBe(200);
  const events = readEvents(response);
  const ready = await events.next();
  expect(ready).toMatchObject({ event: 'ready', data: '{}' });
  return { ...events, position: ready?.id ?? '' };
}

const staff = { authorization: 'Bearer test-admin-token' };

/** Support answers, a second later. */
async function answer(id: string, text = 'Hi'): Promise<void> {
  fixture.pass(1000);
  const path = `/staff/api/v1/tickets/${id}/messages`;
  const response = await fixture.visitor().request('POST', path, { body: { body: text }, headers: staff });
  expect(response.status).toBe(201);
}

async function change(id: string, body: object): Promise<void> {
  fixture.pass(1000);
  const response = await fixture.visitor().request('PATCH', `/staff/api/v1/tickets/${id}`, { body, headers: staff });
  expect(response.status).toBe(200);
}

const sql = <Row = unknown>(text: string) => database.asSuperuser<Row>(text);

describe('a stream', () => {
  test('says that it is ready, then sends what the list shows', async () => {
    const ann = await signIn('ann');
    const response = await ann.request('GET', '/events');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'access-control-allow-credentials': 'true',
      'x-content-type-options': 'nosniff',
    });
    const events = readEvents(response);
    expect(await events.next()).toMatchObject({ event: 'ready' });
    await answer(world.tickets.ann, 'Please restart it');
    const ticket = await events.ticket();
    const { items } = (await (await ann.request('GET', '/tickets')).json()) as { items: { id: string }[] };
    expect(ticket).toEqual(items[0]);
    expect(ticket).toMatchObject({
      id: world.tickets.ann,
      unread: true,
      turn: 'contact',
      why: { relation: 'requester' },
    });
    expect(JSON.stringify(ticket)).not.toContain('restart');
  });

  test('speaks the language of its request', async () => {
    const ann = await signIn('ann');
    const headers = { 'accept-language': 'pl' };
    const events = readEvents(await ann.request('GET', '/events', { headers }));
    await events.next();
    await answer(world.tickets.ann);
    expect((await events.ticket()).status.label).toBe('Czekamy na Twoją odpowiedź');
  });

  test('tells a colleague of a new ticket, and why they see it', async () => {
    const events = await open(await signIn('max'));
    const ann = await signIn('ann');
    await ann.request('POST', '/tickets', { body: { subject: 'New', message: 'm' }, key: crypto.randomUUID() });
    expect(await events.ticket()).toMatchObject({
      subject: 'New',
      why: { relation: 'company', company: { name: 'Acme' } },
    });
  });

  test('sends a ticket that comes into view, however old', async () => {
    const events = await open(await signIn('ann'));
    await sql(
      `UPDATE tickets SET inbox_id = (SELECT id FROM inboxes WHERE name = 'Support') WHERE subject = 'A quote please'`,
    );
    expect((await events.ticket()).id).toBe(world.tickets.sales);
    await sql(`INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
      SELECT t.account_id, c.id, t.id, 'contact' FROM tickets t, contacts c
      WHERE t.subject = 'Globex gateway' AND c.name = 'ann'`);
    expect((await events.ticket()).id).toBe(world.tickets.gus);
  });

  test('sends what looks the same only once', async () => {
    const events = await open(await signIn('ann'));
    await answer(world.tickets.ann);
    expect((await events.ticket()).id).toBe(world.tickets.ann);
    await sql(`UPDATE tickets SET status = status WHERE subject = 'Router is offline'`);
    await answer(world.tickets.closed);
    expect((await events.ticket()).id).toBe(world.tickets.closed);
  });

  test('wants a session and the header that no foreign page can send', async () => {
    expect((await fixture.visitor().request('GET', '/events')).status).toBe(401);
    const ann = await signIn('ann');
    expect((await ann.request('GET', '/events', { headers: { 'x-portal-client': null } })).status).toBe(403);
    expect((await ann.request('GET', '/events', { headers: { 'x-test-origin': 'https://evil.example' } })).status).toBe(
      403,
    );
  });
});

describe('nothing is sent', () => {
  type Act = () => Promise<unknown>;
  const note = () => ({ body: { body: 'the zebra discount' }, headers: staff });
  const cases: [title: string, viewer: string, act: Act][] = [
    ['of a stranger’s ticket', 'ann', () => answer(world.tickets.gus)],
    ['of a colleague’s ticket without the permission', 'ann', () => answer(world.tickets.max)],
    ['of another company’s ticket', 'gus', () => answer(world.tickets.ann)],
    ['of a ticket in an inbox of another portal', 'ann', () => answer(world.tickets.sales)],
    [
      'of an internal note',
      'ann',
      () => fixture.visitor().request('POST', `/staff/api/v1/tickets/${world.tickets.ann}/notes`, note()),
    ],
    [
      'of a deleted ticket',
      'ann',
      () => sql(`UPDATE tickets SET updated_at = now() WHERE subject = 'Deleted long ago'`),
    ],
    ['of a deletion', 'ann', () => sql(`UPDATE tickets SET deleted_at = now() WHERE subject = 'Router is offline'`)],
    [
      'of a move to another inbox',
      'ann',
      () =>
        sql(
          `UPDATE tickets SET inbox_id = (SELECT id FROM inboxes WHERE name = 'Sales') WHERE subject = 'Router is offline'`,
        ),
    ],
    [
      'to who takes part no longer',
      'zoe',
      async () => {
        await sql(`DELETE FROM ticket_contacts WHERE role = 'participant'`);
        await answer(world.tickets.ann);
      },
    ],
    [
      'of a ticket that is the company’s no longer',
      'max',
      async () => {
        await sql(
          `DELETE FROM ticket_companies c USING tickets t WHERE t.id = c.ticket_id AND t.subject = 'Router is offline'`,
        );
        await answer(world.tickets.ann);
      },
    ],
    ['of reading', 'ann', async () => (await signIn('ann')).request('POST', `/tickets/${world.tickets.ann}/read`)],
    ['of a hint that makes no sense', 'ann', () => sql(`SELECT pg_notify('portico', 'ann; 1:x')::text`)],
  ];

  test.each(cases)('%s (%s)', async (_, viewer, act) => {
    const events = await open(await signIn(viewer));
    await act();
    // What comes next is what happened next.
    const own = { ann: world.tickets.closed, gus: world.tickets.gus, zoe: world.tickets.zoe, max: world.tickets.max };
    const fence = own[viewer as keyof typeof own];
    await answer(fence);
    expect((await events.ticket()).id).toBe(fence);
  });
});

describe('a stream ends', () => {
  const cases: [title: string, act: (visitor: Visitor) => Promise<unknown>][] = [
    ['with its session', (max) => max.request('DELETE', '/session', { body: { scope: 'this' } })],
    [
      'when all sessions are ended elsewhere',
      async () => (await signIn('max')).request('DELETE', '/session', { body: { scope: 'others' } }),
    ],
    ['when the contact is disabled', () => sql(`UPDATE contacts SET enabled = false WHERE name = 'max'`)],
    ['when the contact may not sign in any more', () => sql(`DELETE FROM access_group_members`)],
    ['when the contact leaves the company', () => sql(`DELETE FROM contact_companies`)],
    ['when the contact is no manager any more', () => sql(`UPDATE contacts SET properties = '{}' WHERE name = 'max'`)],
    ['when the portal shows less', () => sql(`UPDATE portals SET permission = '{"kind":"own"}'`)],
    ['when the portal shows another inbox', () => sql(`DELETE FROM portal_inboxes`)],
    ['when the portal is gone', () => sql(`UPDATE portals SET slug = 'other'`)],
    ['when the server stops', async () => fixture.stopping.abort()],
  ];

  test.each(cases)('%s, and sends nothing more', async (_, act) => {
    const max = await signIn('max');
    const events = await open(max);
    await act(max);
    expect(await events.next()).toBeNull();
  });

  test('at the next event when nobody had said so', async () => {
    // A database that keeps these triggers to itself, as one may that is filled by other means.
    await sql(`ALTER TABLE contacts DISABLE TRIGGER tell_person`);
    try {
      const events = await open(await signIn('max'));
      await sql(`UPDATE contacts SET enabled = false WHERE name = 'max'`);
      await answer(world.tickets.max);
      expect(await events.next()).toBeNull();
    } finally {
      await sql(`ALTER TABLE contacts ENABLE TRIGGER tell_person`);
    }
  });

  test('with a heartbeat after the session has run out, which a heartbeat does not prolong', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const ann = await signIn('ann');
    const events = await open(ann);
    fixture.pass(23 * 3_600_000);
    vi.advanceTimersByTime(15_000);
    expect(await events.comment()).toBe(':');
    fixture.pass(3_600_001);
    vi.advanceTimersByTime(15_000);
    expect(await events.next()).toBeNull();
  });

  test('when the client does not read, which frees its place', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const ann = await signIn('ann');
    for (let at = 0; at < 3; at++) await ann.request('GET', '/events');
    expect((await ann.request('GET', '/events')).status).toBe(429);
    vi.advanceTimersByTime(30_000);
    await open(ann);
  });

  test('when the client hangs up, which frees its place', async () => {
    const ann = await signIn('ann');
    const streams = [await open(ann), await open(ann), await open(ann)];
    const refused = await ann.request('GET', '/events');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15']);
    // Another session has its own.
    await open(await signIn('ann'));
    await streams[1]?.close();
    await open(ann);
    expect((await ann.request('GET', '/events')).status).toBe(429);
  });

  test('when the client’s connection is gone, which frees its place', async () => {
    const ann = await signIn('ann');
    const cookie = [...ann.cookies].map((pair) => pair.join('=')).join('; ');
    const listening = await listen(readConfig('start', { PORT: '0' }, '/srv'), (request) => fixture.app.fetch(request));
    const origin = `http://localhost:${listening.port}`;
    const headers = { 'x-test-origin': origin, 'x-test-cookie': cookie, 'x-portal-client': 'portico-test/1' };
    const connect = (signal?: AbortSignal) =>
      fetch(`${origin}/help/api/v1/events`, { headers, signal: signal ?? null });
    const page = new AbortController();
    const streams = [readEvents(await connect()), readEvents(await connect())];
    await connect(page.signal);
    expect((await connect()).status).toBe(429);
    page.abort();
    let again = await connect();
    // Until the server has noticed.
    while (again.status === 429) again = await connect();
    streams.push(readEvents(again));
    await answer(world.tickets.ann);
    for (const stream of streams) {
      expect(await stream.next()).toMatchObject({ event: 'ready' });
      expect((await stream.ticket()).id).toBe(world.tickets.ann);
    }
    fixture.stopping.abort();
    for (const stream of streams) expect(await stream.next()).toBeNull();
    await listening.stop(0);
  });

  test('and none begins, while the server stops', async () => {
    const ann = await signIn('ann');
    fixture.stopping.abort();
    expect((await ann.request('GET', '/events')).status).toBe(503);
  });
});

describe('who comes back', () => {
  test('gets what happened meanwhile once, and the rest of it from any place in between', async () => {
    const ann = await signIn('ann');
    const before = await open(ann);
    await answer(world.tickets.closed);
    const seen = await before.next();
    await before.close();
    await answer(world.tickets.ann);
    fixture.pass(60_000);
    await change(world.tickets.closed, { status: 'working' });

    const after = await open(ann, seen?.id);
    const first = await after.next();
    expect(JSON.parse(first?.data ?? '')).toMatchObject({ ticket: { id: world.tickets.ann } });
    expect(await after.ticket()).toMatchObject({ id: world.tickets.closed, status: { id: 'working' } });
    await after.close();

    fixture.pass(600_000);
    const again = await open(ann, first?.id);
    expect(await again.ticket()).toMatchObject({ id: world.tickets.closed });
    await answer(world.tickets.ann, 'Once more');
    expect(await again.ticket()).toMatchObject({ id: world.tickets.ann });
  });

  test('may say so in the address', async () => {
    const ann = await signIn('ann');
    const { position, close } = await open(ann);
    await close();
    await answer(world.tickets.ann);
    const events = readEvents(await ann.request('GET', `/events?after=${position}`));
    expect(await events.next()).toMatchObject({ event: 'ready' });
    expect((await events.ticket()).id).toBe(world.tickets.ann);
  });

  test('gets what was committed late, with a time before the position, and nothing twice', async () => {
    const ann = await signIn('ann');
    const before = await open(ann);
    fixture.pass(8000);
    await answer(world.tickets.ann);
    const seen = await before.next();
    await before.close();
    // Began before that answer, and took until now.
    await sql(`UPDATE tickets SET updated_at = updated_at + interval '60 s', status = 'working'
      WHERE subject = 'Done and closed'`);
    const [late] = await sql<{ late: boolean }>(`SELECT bool_and(a.updated_at < b.updated_at) AS late
      FROM tickets a, tickets b WHERE a.subject = 'Done and closed' AND b.subject = 'Router is offline'`);
    expect(late).toEqual({ late: true });

    const after = await open(ann, seen?.id);
    expect((await after.ticket()).id).toBe(world.tickets.closed);
    await answer(world.tickets.closed);
    expect(await after.ticket()).toMatchObject({ id: world.tickets.closed, turn: 'contact' });
  });

  test('has to fetch anew after more than a hundred', async () => {
    const ann = await signIn('ann');
    const { position, close } = await open(ann);
    await close();
    fixture.pass(3_600_000);
    const many = (count: number) =>
      sql(`UPDATE tickets t SET updated_at = '${fixture.deps.clock().toISOString()}'::timestamptz + n.at * interval '1 ms'
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS at FROM tickets WHERE subject = 'Many') n
        WHERE n.id = t.id AND n.at <= ${count}`);
    await sql(`INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id, created_at, updated_at)
      SELECT t.account_id, 'many' || lpad(i::text, 18, '0'), 1000 + i, t.inbox_id, 'Many', 'new', t.requester_id, t.created_at,
        t.created_at - interval '1 day'
      FROM tickets t, generate_series(1, 101) i WHERE t.subject = 'Router is offline'`);
    await many(100);
    const hundred = await open(ann, position);
    for (let at = 0; at < 100; at++) await hundred.ticket();
    await hundred.close();
    await many(101);
    fixture.pass(60_000);
    const more = await open(ann, position);
    const reset = await more.next();
    expect(reset).toMatchObject({ event: 'reset', data: '{}' });
    // It goes on from there, and so does who comes back to it.
    await answer(world.tickets.ann);
    expect((await more.ticket()).id).toBe(world.tickets.ann);
    await more.close();
    const back = await open(ann, reset?.id);
    expect((await back.ticket()).id).toBe(world.tickets.ann);
  });

  test('has to fetch anew when they see something else now', async () => {
    const max = await signIn('max');
    const { position, next } = await open(max);
    await sql(`UPDATE contacts SET properties = '{}' WHERE name = 'max'`);
    expect(await next()).toBeNull();
    const events = await open(max, position);
    expect(await events.next()).toMatchObject({ event: 'reset' });
    await answer(world.tickets.ann);
    await answer(world.tickets.max);
    expect((await events.ticket()).id).toBe(world.tickets.max);
  });

  test('needs a position of their own', async () => {
    const [ann, max] = [await signIn('ann'), await signIn('max')];
    const { position } = await open(max);
    const page = (await (await ann.request('GET', '/tickets?limit=1')).json()) as { nextCursor: string };
    for (const foreign of [position, page.nextCursor, 'eyJhbGciOiJkaXIifQ', `${position}x`, '']) {
      const refused = await ann.request('GET', '/events', { headers: { 'last-event-id': foreign } });
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ code: 'invalid', fields: [{ path: 'after', code: 'unknown' }] });
    }
    expect((await max.request('GET', `/events?after=${position}&limit=1`)).status).toBe(400);
  });
});

describe('hints', () => {
  /** A ready stream of an app that hears only what it is told here. */
  async function openDeaf(visitor: Visitor) {
    let hear: (payload: string | null) => void = () => {};
    const listen = (to: typeof hear) => {
      hear = to;
      return () => {};
    };
    const app = createApp({ ...fixture.deps, database: { ...database, listen } });
    const cookie = [...visitor.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { 'x-test-origin': base, 'x-test-cookie': cookie, 'x-portal-client': 'portico-test/1' };
    const events = readEvents(await app.request(`${base}/help/api/v1/events`, { headers }));
    expect(await events.next()).toMatchObject({ event: 'ready' });
    return { events, hear: (payload: string | null) => hear(payload) };
  }

  test('that are lost unnoticed make an event late: the next heartbeat looks', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { events } = await openDeaf(await signIn('ann'));
    await answer(world.tickets.ann);
    vi.advanceTimersByTime(15_000);
    expect((await events.ticket()).id).toBe(world.tickets.ann);
    expect(await events.comment()).toBe(':');
  });

  test('that were lost are made up for when the connection is there again, without a double', async () => {
    const { events, hear } = await openDeaf(await signIn('ann'));
    await answer(world.tickets.ann);
    await answer(world.tickets.closed);
    hear(null);
    expect((await events.ticket()).id).toBe(world.tickets.ann);
    expect((await events.ticket()).id).toBe(world.tickets.closed);
    hear(null);
    fixture.pass(5000);
    await answer(world.tickets.ann, 'Again');
    hear(null);
    expect((await events.ticket()).id).toBe(world.tickets.ann);
    await events.close();
  });

  test('carry ids and no words', async () => {
    const heard: (string | null)[] = [];
    const stop = database.listen((payload) => heard.push(payload));
    const events = await open(await signIn('ann'));
    await answer(world.tickets.ann, 'secret words');
    await events.ticket();
    stop();
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.filter((payload) => payload !== null && !/^\d+:(\d+|contact:\d+|portal)$/.test(payload))).toEqual([]);
  });
});
