import { describe, expect, test, vi } from 'vitest';

import { createApp } from '../../src/server/app.js';
import { readEvents } from '../support/event-reader.js';
import { type Visitor, base } from './app-fixture.js';
import { useEventStreams } from './event-streams.js';

const { small, signIn, open, answer, change, sql } = useEventStreams();

describe('who comes back', () => {
  test('gets what happened meanwhile once, and the rest of it from any place in between', async () => {
    const ann = await signIn('ann');
    const before = await open(ann);
    await answer(small.world.tickets.closed);
    const seen = await before.next();
    await before.close();
    await answer(small.world.tickets.ann);
    small.fixture.pass(60_000);
    await change(small.world.tickets.closed, { status: 'working' });

    const after = await open(ann, seen?.id);
    const first = await after.next();
    expect(JSON.parse(first?.data ?? '')).toMatchObject({ ticket: { id: small.world.tickets.ann } });
    expect(await after.ticket()).toMatchObject({ id: small.world.tickets.closed, status: { id: 'working' } });
    await after.close();

    small.fixture.pass(600_000);
    const again = await open(ann, first?.id);
    expect(await again.ticket()).toMatchObject({ id: small.world.tickets.closed });
    await answer(small.world.tickets.ann, 'Once more');
    expect(await again.ticket()).toMatchObject({ id: small.world.tickets.ann });
  });

  test('may say so in the address', async () => {
    const ann = await signIn('ann');
    const { position, close } = await open(ann);
    await close();
    await answer(small.world.tickets.ann);
    const events = readEvents(await ann.request('GET', `/events?after=${position}`));
    expect(await events.next()).toMatchObject({ event: 'ready' });
    expect((await events.ticket()).id).toBe(small.world.tickets.ann);
  });

  test('gets what was committed late, with a time before the position, and nothing twice', async () => {
    const ann = await signIn('ann');
    const before = await open(ann);
    small.fixture.pass(8000);
    await answer(small.world.tickets.ann);
    const seen = await before.next();
    await before.close();
    // Began before that answer, and took until now.
    await sql(`UPDATE tickets SET updated_at = updated_at + interval '60 s', status = 'working'
      WHERE subject = 'Done and closed'`);
    const [late] = await sql<{ late: boolean }>(`SELECT bool_and(a.updated_at < b.updated_at) AS late
      FROM tickets a, tickets b WHERE a.subject = 'Done and closed' AND b.subject = 'Router is offline'`);
    expect(late).toEqual({ late: true });

    const after = await open(ann, seen?.id);
    expect((await after.ticket()).id).toBe(small.world.tickets.closed);
    await answer(small.world.tickets.closed);
    expect(await after.ticket()).toMatchObject({ id: small.world.tickets.closed, turn: 'contact' });
  });

  test('has to fetch anew after more than a hundred', async () => {
    const ann = await signIn('ann');
    const { position, close } = await open(ann);
    await close();
    small.fixture.pass(3_600_000);
    const many = (count: number) =>
      sql(`UPDATE tickets t SET updated_at = '${small.fixture.deps.clock().toISOString()}'::timestamptz + n.at * interval '1 ms'
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
    small.fixture.pass(60_000);
    const more = await open(ann, position);
    const reset = await more.next();
    expect(reset).toMatchObject({ event: 'reset', data: '{}' });
    // It goes on from there, and so does who comes back to it.
    await answer(small.world.tickets.ann);
    expect((await more.ticket()).id).toBe(small.world.tickets.ann);
    await more.close();
    const back = await open(ann, reset?.id);
    expect((await back.ticket()).id).toBe(small.world.tickets.ann);
  });

  test('has to fetch anew when they see something else now', async () => {
    const max = await signIn('max');
    const { position, next } = await open(max);
    await sql(`UPDATE contacts SET properties = '{}' WHERE name = 'max'`);
    expect(await next()).toBeNull();
    const events = await open(max, position);
    expect(await events.next()).toMatchObject({ event: 'reset' });
    await answer(small.world.tickets.ann);
    await answer(small.world.tickets.max);
    expect((await events.ticket()).id).toBe(small.world.tickets.max);
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
    const app = createApp({ ...small.fixture.deps, database: { ...small.database, listen } });
    const cookie = [...visitor.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { 'x-test-origin': base, 'x-test-cookie': cookie, 'x-portal-client': 'portico-test/1' };
    const events = readEvents(await app.request(`${base}/help/api/v1/events`, { headers }));
    expect(await events.next()).toMatchObject({ event: 'ready' });
    return { events, hear: (payload: string | null) => hear(payload) };
  }

  test('that are lost unnoticed make an event late: the next heartbeat looks', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { events } = await openDeaf(await signIn('ann'));
    await answer(small.world.tickets.ann);
    vi.advanceTimersByTime(15_000);
    expect((await events.ticket()).id).toBe(small.world.tickets.ann);
    expect(await events.comment()).toBe(':');
  });

  test('that were lost are made up for when the connection is there again, without a double', async () => {
    const { events, hear } = await openDeaf(await signIn('ann'));
    await answer(small.world.tickets.ann);
    await answer(small.world.tickets.closed);
    hear(null);
    expect((await events.ticket()).id).toBe(small.world.tickets.ann);
    expect((await events.ticket()).id).toBe(small.world.tickets.closed);
    hear(null);
    small.fixture.pass(5000);
    await answer(small.world.tickets.ann, 'Again');
    hear(null);
    expect((await events.ticket()).id).toBe(small.world.tickets.ann);
    await events.close();
  });

  test('carry ids and no words', async () => {
    const heard: (string | null)[] = [];
    const stop = small.database.listen((payload) => heard.push(payload));
    const events = await open(await signIn('ann'));
    await answer(small.world.tickets.ann, 'secret words');
    await events.ticket();
    stop();
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.filter((payload) => payload !== null && !/^\d+:(\d+|contact:\d+|portal)$/.test(payload))).toEqual([]);
  });
});
