import { describe, expect, test } from 'vitest';

import { remakeFirstLink } from '../../src/server/identity/staff-links.js';
import { staffCookie } from '../../src/server/identity/staff-session.js';
import type { Visitor } from './app-fixture.js';
import { base } from './app-fixture.js';
import { askAdmin } from './admin-client.js';
import {
  type Entry,
  type Answer,
  admin,
  agent,
  ask,
  expired,
  hour,
  onAdmin,
  refusedAt,
  signIn,
  unauthenticated,
  welcome,
  staffOf,
} from './staff-asks.js';
import { addStaff, tokenOf } from './staff-visitor.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
const { entries, join, rows, stranger } = staffOf(small);

const look = (visitor: Visitor, token: string) => onAdmin(visitor, 'POST', '/welcome/look', { token });

describe('a link', () => {
  test('says whom it is for, lets them choose a password, and signs them in', async () => {
    const { id, email, token } = await addStaff(small.fixture, admin);
    const visitor = stranger();
    expect(await look(visitor, token)).toEqual({ status: 200, body: { kind: 'staff', name: 'olga', email } });
    const session = {
      staff: { id, name: 'Olga Tarn', email, role: 'admin' },
      account: { id: expect.any(String) as string, name: 'Small' },
      expiresAt: '2026-11-02T09:00:00.000Z',
    };
    expect(await welcome(visitor, token, { name: 'Olga Tarn' })).toEqual({ status: 200, body: session });
    expect([...visitor.cookies.keys()]).toEqual([staffCookie]);
    expect(await onAdmin(visitor, 'GET', '/session')).toEqual({ status: 200, body: session });
    expect((await onAdmin(visitor, 'GET', '/portals')).status).toBe(200);
    const found = (await entries()).filter(({ event }) => /^staff|^sign/.test(event));
    expect(found.map(({ event, actor }) => [event, actor.kind, actor.id])).toEqual([
      ['sign-in', 'staff', id],
      ['staff-welcome', 'staff', id],
      ['staff-created', 'admin', null],
    ]);
  });

  test('is answered alike when it is used, has expired, or never was', async () => {
    const used = await addStaff(small.fixture, admin);
    await welcome(stranger(), used.token);
    const old = await addStaff(small.fixture, agent);
    small.fixture.pass(24 * hour);
    const answers: Answer[] = [];
    for (const token of [used.token, old.token, 'A'.repeat(44), '.'])
      answers.push(await look(stranger(), token), await welcome(stranger(), token));
    expect(answers[0]).toEqual(unauthenticated);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('is good for 24 hours', async () => {
    const { token } = await addStaff(small.fixture, agent);
    small.fixture.pass(24 * hour - 1);
    expect((await welcome(stranger(), token)).status).toBe(200);
  });

  test('is not used up by a refusal', async () => {
    const { token } = await addStaff(small.fixture, agent);
    const refusals = [
      [{ password: 'short' }, 'password', 'too-short'],
      [{ password: 'everybody tries this' }, 'password', 'known'],
      [{ password: 'adam adam adam' }, 'password', 'obvious'],
      [{ email: 'other@staff.example' }, 'email', 'unknown'],
      [{ account: 'Other' }, 'account', 'unknown'],
    ] as const;
    for (const [more, path, code] of refusals)
      expect(await welcome(stranger(), token, more)).toEqual(refusedAt(400, path, code));
    expect((await welcome(stranger(), token, { name: ' ' })).status).toBe(400);
    expect(await rows('staff_credentials')).toBe(0);
    expect((await welcome(stranger(), token)).status).toBe(200);
  });

  test('opens nothing any more once there is another, and ends every session when it is used', async () => {
    const { visitor, id, email } = await join(admin);
    const make = async () => {
      const { body } = await askAdmin<{ link: string; expiresAt: string }>(small, 'POST', `/staff/${id}/link`);
      expect(body.link).toMatch(/^http:\/\/localhost:4400\/admin\/#welcome=/);
      expect(body.expiresAt).toBe('2026-11-02T09:00:00.000Z');
      return tokenOf(body.link);
    };
    const [first, second] = [await make(), await make()];
    expect(await look(stranger(), first)).toEqual(unauthenticated);
    expect((await onAdmin(visitor, 'GET', '/staff')).status).toBe(200);
    expect((await welcome(stranger(), second, { password: 'another one altogether' })).status).toBe(200);
    expect(await onAdmin(visitor, 'GET', '/staff')).toEqual(expired);
    expect(await signIn(stranger(), email)).toEqual(unauthenticated);
    expect((await signIn(stranger(), email, 'another one altogether')).status).toBe(200);
  });

  test('ends with its owner, and none is made for them', async () => {
    await join(admin);
    const { id, token } = await addStaff(small.fixture, agent);
    await askAdmin(small, 'PATCH', `/staff/${id}`, { enabled: false });
    expect(await welcome(stranger(), token)).toEqual(unauthenticated);
    expect(await askAdmin(small, 'POST', `/staff/${id}/link`)).toEqual(refusedAt(409, 'enabled', 'disabled'));
    const { body } = await askAdmin<{ items: { id: string; name: string }[] }>(small, 'GET', '/staff');
    const sam = body.items.find(({ name }) => name === 'Sam')!;
    expect(await askAdmin(small, 'POST', `/staff/${sam.id}/link`)).toEqual(refusedAt(409, 'email', 'missing'));
    expect((await askAdmin(small, 'POST', `/staff/${'A'.repeat(22)}/link`)).status).toBe(404);
  });

  test('is tried 100 times an hour from one address', async () => {
    const { token } = await addStaff(small.fixture, agent);
    const visitor = stranger();
    for (let tries = 0; tries < 100; tries += 1) await look(visitor, 'B'.repeat(44));
    expect((await look(visitor, token)).status).toBe(429);
    const elsewhere = { 'x-test-ip': '192.0.2.7' };
    expect((await ask(visitor, 'POST', '/admin/api/v1/welcome/look', { token }, elsewhere)).status).toBe(200);
  });
});

describe('the first link', () => {
  const remake = async () => tokenOf((await remakeFirstLink(small.fixture.deps, base))!);
  const first = { email: 'ada@new.example', account: 'Tarnfield' };

  test('makes an account with an inbox, statuses and its first admin', async () => {
    const token = await remake();
    const visitor = stranger();
    expect(await look(visitor, token)).toEqual({ status: 200, body: { kind: 'first', name: null, email: null } });
    const answer = await welcome(visitor, token, { name: 'Ada', ...first });
    expect(answer).toMatchObject({
      status: 200,
      body: { staff: { name: 'Ada', email: 'ada@new.example', role: 'admin' }, account: { name: 'Tarnfield' } },
    });
    expect(await look(stranger(), token)).toEqual(unauthenticated);
    const made = await onAdmin(visitor, 'POST', '/portals', { slug: 'tarn', name: 'Tarnfield' });
    expect(made).toMatchObject({ status: 201, body: { inboxes: [{ name: 'Support' }] } });
    const portal = await ask(small.fixture.visitor('tarn'), 'GET', '/portal');
    expect((portal.body['statuses'] as { id: string }[]).map(({ id }) => id)).toEqual([
      'new',
      'open',
      'waiting',
      'closed',
    ]);
    const { body } = await onAdmin(visitor, 'GET', '/audit');
    expect((body['items'] as Entry[]).map(({ event, actor }) => [event, actor.kind])).toEqual([
      ['portal-created', 'staff'],
      ['sign-in', 'staff'],
      ['account-created', 'staff'],
    ]);
    // Who has this link runs the server.
    expect(
      await small.database.asSuperuser(`SELECT inner_addresses AS may FROM accounts WHERE name = 'Tarnfield'`),
    ).toEqual([{ may: true }]);
  });

  test('is not used up by a refusal, which makes no account', async () => {
    await addStaff(small.fixture, { name: 'ada', role: 'agent' });
    const token = await remake();
    const missing = await welcome(stranger(), token);
    expect(missing.status).toBe(400);
    expect(missing.body['fields']).toEqual([
      { path: 'email', code: 'missing' },
      { path: 'account', code: 'missing' },
    ]);
    expect(await welcome(stranger(), token, { ...first, password: 'short' })).toEqual(
      refusedAt(400, 'password', 'too-short'),
    );
    const taken = await welcome(stranger(), token, { ...first, email: 'ADA@staff.example' });
    expect(taken).toEqual(refusedAt(409, 'email', 'taken'));
    expect(await rows('accounts')).toBe(1);
    expect((await welcome(stranger(), token, first)).status).toBe(200);
    expect(await rows('accounts')).toBe(2);
  });

  test('is made anew, lasts until it is used, and ends with the first admin', async () => {
    const [before, token] = [await remake(), await remake()];
    small.fixture.pass(1000 * hour);
    expect(await look(stranger(), before)).toEqual(unauthenticated);
    expect((await look(stranger(), token)).status).toBe(200);
    await join(agent);
    expect((await look(stranger(), token)).status).toBe(200);
    await join(admin);
    expect(await look(stranger(), token)).toEqual(unauthenticated);
    expect(await welcome(stranger(), token, first)).toEqual(unauthenticated);
    expect(await remakeFirstLink(small.fixture.deps, base)).toBeNull();
    expect(await rows('staff_links')).toBe(0);
  });

  test('is used by one of two at once', async () => {
    const token = await remake();
    const both = await Promise.all(
      ['one', 'two'].map((name) => welcome(stranger(), token, { ...first, email: `${name}@new.example` })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    expect(await rows('accounts')).toBe(2);
  });
});
