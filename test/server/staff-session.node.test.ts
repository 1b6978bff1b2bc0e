import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { staffCookie } from '../../src/server/identity/staff-session.js';
import { removeOutdated } from '../../src/server/jobs.js';
import { password } from './app-fixture.js';
import { askAdmin } from './admin-client.js';
import { admin, agent, ask, expired, hour, onAdmin, signIn, unauthenticated, staffOf } from './staff-asks.js';
import { addStaff, staffPassword } from './staff-visitor.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
const { entries, join, rows, stranger } = staffOf(small);

const nobody = { staff: null, account: null, expiresAt: null };

describe('signing in', () => {
  test('takes the address in any letter case, and ends the session before it', async () => {
    const { visitor, email } = await join(admin);
    const before = visitor.cookies.get(staffCookie)!;
    expect((await signIn(visitor, email.toUpperCase())).status).toBe(200);
    expect(visitor.cookies.get(staffCookie)).not.toBe(before);
    const other = stranger();
    other.cookies.set(staffCookie, before);
    expect(await onAdmin(other, 'GET', '/staff')).toEqual(expired);
    expect(other.cookies.size).toBe(0);
  });

  test('is refused alike with a wrong password, of nobody, of who is disabled and who has chosen none', async () => {
    await join(admin);
    const known = await join(agent);
    const disabled = await join({ name: 'dora', role: 'agent' });
    await askAdmin(small, 'PATCH', `/staff/${disabled.id}`, { enabled: false });
    const unwelcomed = await addStaff(small.fixture, { name: 'uwe', role: 'agent' });
    const compare = vi.spyOn(small.fixture.deps.hasher, 'verify');
    onTestFinished(() => compare.mockRestore());
    const answers = [
      await signIn(stranger(), known.email, 'not the one they chose'),
      await signIn(stranger(), 'nobody@staff.example'),
      await signIn(stranger(), disabled.email),
      await signIn(stranger(), unwelcomed.email),
    ];
    expect(answers[0]).toEqual(unauthenticated);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    // Guessing takes as long for everybody.
    expect(compare).toHaveBeenCalledTimes(4);
    const refused = (await entries()).filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ event, actor, subjects }) => [event, actor.kind, subjects['staff']])).toEqual([
      ['sign-in', 'visitor', disabled.id],
      ['sign-in', 'visitor', known.id],
    ]);
  });

  test('is slowed down for one person, whether or not there is one', async () => {
    const { email } = await join(admin);
    for (const one of [email, 'nobody@staff.example']) {
      for (let tries = 0; tries < 5; tries += 1) expect((await signIn(stranger(), one, 'wrong')).status).toBe(401);
      expect((await signIn(stranger(), one)).status).toBe(429);
    }
    expect((await signIn(stranger(), email, staffPassword, { 'x-test-ip': '192.0.2.7' })).status).toBe(200);
    small.fixture.pass(hour / 4);
    expect((await signIn(stranger(), email)).status).toBe(200);
  });
});

describe('a session', () => {
  test('ends at the server with the sign-out', async () => {
    const { visitor, id } = await join(admin);
    const token = visitor.cookies.get(staffCookie)!;
    const response = await visitor.request('DELETE', '/admin/api/v1/session');
    expect([response.status, response.headers.get('clear-site-data')]).toEqual([204, '"cache"']);
    expect(visitor.cookies.size).toBe(0);
    expect((await entries())[0]).toMatchObject({ event: 'sign-out', actor: { kind: 'staff', id } });
    visitor.cookies.set(staffCookie, token);
    expect(await onAdmin(visitor, 'GET', '/staff')).toEqual(expired);
    expect(await onAdmin(visitor, 'GET', '/session')).toEqual({ status: 200, body: nobody });
    expect((await onAdmin(visitor, 'DELETE', '/session')).status).toBe(204);
  });

  test('ends after 24 hours without use', async () => {
    const { visitor } = await join(admin);
    small.fixture.pass(24 * hour - 1);
    expect((await onAdmin(visitor, 'GET', '/staff')).status).toBe(200);
    small.fixture.pass(24 * hour);
    expect(await onAdmin(visitor, 'GET', '/staff')).toEqual(expired);
  });

  test('ends after 30 days of use', async () => {
    const { visitor } = await join(admin);
    for (let days = 0; days < 59; days += 1) {
      small.fixture.pass(12 * hour);
      expect((await onAdmin(visitor, 'GET', '/session')).body['staff']).not.toBeNull();
    }
    small.fixture.pass(12 * hour);
    expect(await onAdmin(visitor, 'GET', '/staff')).toEqual(expired);
  });

  test('is one of 20 at most', async () => {
    const { visitor, email } = await join(admin);
    for (let more = 0; more < 20; more += 1) {
      small.fixture.pass(1000);
      await signIn(stranger(), email);
    }
    expect(await onAdmin(visitor, 'GET', '/staff')).toEqual(expired);
    expect(await rows('staff_sessions')).toBe(20);
  });

  test('ends at the next request of who is disabled, and does not come back', async () => {
    await join({ name: 'other', role: 'admin' });
    const { visitor, id } = await join(admin);
    await askAdmin(small, 'PATCH', `/staff/${id}`, { enabled: false });
    await askAdmin(small, 'PATCH', `/staff/${id}`, { enabled: true });
    expect(await onAdmin(visitor, 'GET', '/staff')).toEqual(expired);
  });

  test('is not found for who is disabled, though it were still there', async () => {
    const { visitor } = await join(admin);
    await small.database.asSuperuser(`UPDATE staff SET enabled = false WHERE name = 'olga'`);
    expect(await onAdmin(visitor, 'GET', '/staff')).toEqual(expired);
  });

  test('does at the next request what the role of now may', async () => {
    await join({ name: 'other', role: 'admin' });
    const { visitor, id } = await join(admin);
    await askAdmin(small, 'PATCH', `/staff/${id}`, { role: 'agent' });
    expect((await onAdmin(visitor, 'GET', '/staff')).status).toBe(403);
    expect((await ask(visitor, 'GET', '/staff/api/v1/tickets')).status).toBe(200);
  });

  test('of an admin does not reach the backup, which is of all accounts', async () => {
    const { visitor } = await join(admin);
    expect((await onAdmin(visitor, 'GET', '/backup')).status).toBe(403);
  });

  test('enters what an admin does under their own id', async () => {
    const { visitor, id } = await join(admin);
    await onAdmin(visitor, 'PATCH', '/portals/help', { name: 'Renamed' });
    await onAdmin(visitor, 'POST', '/companies', { name: 'New' });
    expect((await entries()).slice(0, 2)).toMatchObject([
      { event: 'company-created', actor: { kind: 'staff', id } },
      { event: 'portal-changed', actor: { kind: 'staff', id } },
    ]);
  });
});

describe('sessions of staff and of contacts', () => {
  test('never open each other’s doors', async () => {
    const { visitor } = await join(admin);
    const ann = stranger();
    await ann.signIn('ann@example.com');
    const staffToken = visitor.cookies.get(staffCookie)!;
    const contactToken = ann.cookies.get('__Host-portal_s_help')!;

    const asStaff = stranger();
    asStaff.cookies.set(staffCookie, contactToken);
    for (const path of ['/admin/api/v1/staff', '/admin/api/v1/portals', '/staff/api/v1/tickets'])
      expect((await ask(asStaff, 'GET', path)).status, path).toBe(401);
    for (const path of ['/admin/api/v1/staff', '/staff/api/v1/tickets'])
      expect((await ask(ann, 'GET', path)).status, path).toBe(401);

    const asContact = stranger();
    asContact.cookies.set('__Host-portal_s_help', staffToken);
    expect((await ask(asContact, 'GET', '/tickets')).status).toBe(401);
    expect((await ask(visitor, 'GET', '/tickets')).status).toBe(401);
    for (const token of [staffToken, contactToken])
      for (const path of ['/admin/api/v1/staff', '/staff/api/v1/tickets'])
        expect((await ask(stranger(), 'GET', path, undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  test('live beside each other in one browser', async () => {
    const { visitor } = await join(admin);
    await visitor.signIn('ann@example.com');
    expect([...visitor.cookies.keys()].toSorted()).toEqual(['__Host-portal_s_help', staffCookie].toSorted());
    await onAdmin(visitor, 'DELETE', '/session');
    expect((await ask(visitor, 'GET', '/session')).body['contact']).toMatchObject({ name: 'ann' });
  });

  test('are not begun with each other’s password', async () => {
    const { email } = await join(admin);
    expect(await signIn(stranger(), 'ann@example.com', password)).toEqual(unauthenticated);
    expect((await stranger().signIn(email)).status).toBe(401);
  });
});

test('what has ended is removed within the hour, and nothing else', async () => {
  await join(admin);
  await addStaff(small.fixture, agent);
  small.fixture.pass(23 * hour);
  const { visitor } = await join({ name: 'other', role: 'admin' });
  small.fixture.pass(hour);
  await removeOutdated(small.fixture.deps);
  expect([await rows('staff_sessions'), await rows('staff_links'), await rows('staff_credentials')]).toEqual([1, 0, 2]);
  expect((await onAdmin(visitor, 'GET', '/staff')).status).toBe(200);
});

test('what is kept of staff holds no token and no password', async () => {
  const { visitor, id } = await join(admin);
  const { token } = await addStaff(small.fixture, agent);
  const secrets = [visitor.cookies.get(staffCookie)!, token];
  await onAdmin(visitor, 'POST', `/staff/${id}/link`);
  const kept = await small.database.asSuperuser<{ row: string }>(
    `SELECT w::text AS row FROM staff_sessions w UNION ALL SELECT l::text FROM staff_links l UNION ALL
      SELECT a::text FROM audit_log a`,
  );
  const text = JSON.stringify([kept, small.fixture.log]);
  expect(kept.length).toBeGreaterThan(4);
  for (const secret of [...secrets, staffPassword, 'staff.example', 'olga', 'adam']) expect(text).not.toContain(secret);
});
