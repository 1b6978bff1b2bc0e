import { describe, expect, test, vi } from 'vitest';

import { readConfig } from '../../src/server/node/config.js';
import { listen } from '../../src/server/node/listen.js';
import { readEvents } from '../support/event-reader.js';
import type { Visitor } from './app-fixture.js';
import { useEventStreams } from './event-streams.js';

const { small, signIn, open, answer, sql, staff } = useEventStreams();

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
    await answer(small.world.tickets.ann, 'Please restart it');
    const ticket = await events.ticket();
    const { items } = (await (await ann.request('GET', '/tickets')).json()) as { items: { id: string }[] };
    expect(ticket).toEqual(items[0]);
    expect(ticket).toMatchObject({
      id: small.world.tickets.ann,
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
    await answer(small.world.tickets.ann);
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
    expect((await events.ticket()).id).toBe(small.world.tickets.sales);
    await sql(`INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
      SELECT t.account_id, c.id, t.id, 'contact' FROM tickets t, contacts c
      WHERE t.subject = 'Globex gateway' AND c.name = 'ann'`);
    expect((await events.ticket()).id).toBe(small.world.tickets.gus);
  });

  test('sends what looks the same only once', async () => {
    const events = await open(await signIn('ann'));
    await answer(small.world.tickets.ann);
    expect((await events.ticket()).id).toBe(small.world.tickets.ann);
    await sql(`UPDATE tickets SET status = status WHERE subject = 'Router is offline'`);
    await answer(small.world.tickets.closed);
    expect((await events.ticket()).id).toBe(small.world.tickets.closed);
  });

  test('sends a ticket whose properties are others, though nothing of it is new', async () => {
    const [ann, max] = [await open(await signIn('ann')), await open(await signIn('max'))];
    await sql(`UPDATE tickets SET properties = '{"articleTitle":"Reset"}' WHERE subject = 'Router is offline'`);
    for (const events of [ann, max]) {
      expect(await events.ticket()).toMatchObject({
        id: small.world.tickets.ann,
        properties: { articleTitle: 'Reset' },
        updatedAt: '2026-11-01T08:59:01.000Z',
      });
    }
  });

  test('wants a session and the header that no foreign page can send', async () => {
    expect((await small.fixture.visitor().request('GET', '/events')).status).toBe(401);
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
    ['of a stranger’s ticket', 'ann', () => answer(small.world.tickets.gus)],
    ['of a colleague’s ticket without the permission', 'ann', () => answer(small.world.tickets.max)],
    ['of another company’s ticket', 'gus', () => answer(small.world.tickets.ann)],
    ['of a ticket in an inbox of another portal', 'ann', () => answer(small.world.tickets.sales)],
    [
      'of an internal note',
      'ann',
      () => small.fixture.visitor().request('POST', `/staff/api/v1/tickets/${small.world.tickets.ann}/notes`, note()),
    ],
    [
      'of a deleted ticket',
      'ann',
      () => sql(`UPDATE tickets SET updated_at = now() WHERE subject = 'Deleted long ago'`),
    ],
    [
      'of a property that the portal does not show, alone or with one that it does',
      'ann',
      () =>
        sql(`UPDATE tickets SET properties = '{"unlisted":"x"}' WHERE subject = 'Router is offline'`).then(() =>
          sql(`UPDATE tickets SET properties = '{"articleTitle":"y"}' WHERE subject = 'Router is offline'`),
        ),
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
        await answer(small.world.tickets.ann);
      },
    ],
    [
      'of a ticket that is the company’s no longer',
      'max',
      async () => {
        await sql(
          `DELETE FROM ticket_companies c USING tickets t WHERE t.id = c.ticket_id AND t.subject = 'Router is offline'`,
        );
        await answer(small.world.tickets.ann);
      },
    ],
    [
      'of reading',
      'ann',
      async () => (await signIn('ann')).request('POST', `/tickets/${small.world.tickets.ann}/read`),
    ],
    ['of a hint that makes no sense', 'ann', () => sql(`SELECT pg_notify('portico', 'ann; 1:x')::text`)],
  ];

  test.each(cases)('%s (%s)', async (_, viewer, act) => {
    const events = await open(await signIn(viewer));
    await act();
    // What comes next is what happened next.
    const own = {
      ann: small.world.tickets.closed,
      gus: small.world.tickets.gus,
      zoe: small.world.tickets.zoe,
      max: small.world.tickets.max,
    };
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
    ['when the server stops', async () => small.fixture.stopping.abort()],
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
      await answer(small.world.tickets.max);
      expect(await events.next()).toBeNull();
    } finally {
      await sql(`ALTER TABLE contacts ENABLE TRIGGER tell_person`);
    }
  });

  test('with a heartbeat after the session has run out, which a heartbeat does not prolong', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const ann = await signIn('ann');
    const events = await open(ann);
    small.fixture.pass(23 * 3_600_000);
    vi.advanceTimersByTime(15_000);
    expect(await events.comment()).toBe(':');
    small.fixture.pass(3_600_001);
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
    const listening = await listen(readConfig('start', { PORT: '0' }, '/srv'), (request) =>
      small.fixture.app.fetch(request),
    );
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
    await answer(small.world.tickets.ann);
    for (const stream of streams) {
      expect(await stream.next()).toMatchObject({ event: 'ready' });
      expect((await stream.ticket()).id).toBe(small.world.tickets.ann);
    }
    small.fixture.stopping.abort();
    for (const stream of streams) expect(await stream.next()).toBeNull();
    await listening.stop(0);
  });

  test('and none begins, while the server stops', async () => {
    const ann = await signIn('ann');
    small.fixture.stopping.abort();
    expect((await ann.request('GET', '/events')).status).toBe(503);
  });
});
