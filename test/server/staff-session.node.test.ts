import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { remakeFirstLink } from '../../src/server/identity/staff-links.js';
import { staffCookie } from '../../src/server/identity/staff-session.js';
import { removeOutdated } from '../../src/server/jobs.js';
import type { Visitor, VisitorRequest } from './app-fixture.js';
import { base, password } from './app-fixture.js';
import { askAdmin } from './admin-client.js';
import { type StaffSeed, addStaff, staffPassword, tokenOf, welcomeStaff } from './staff-visitor.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

const hour = 3_600_000;
const admin = { name: 'olga', role: 'admin' } as const;
const agent = { name: 'adam', role: 'agent' } as const;

interface Answer {
  readonly status: number;
  /** Nothing: `{}`. */
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(visitor: Visitor, method: string, path: string, body?: unknown, headers = {}): Promise<Answer> {
  const response = await visitor.request(method, path, { ...(body !== undefined && { body }), headers });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text || '{}') as Answer['body'] };
}

const onAdmin = (visitor: Visitor, method: string, path: string, body?: unknown) =>
  ask(visitor, method, `/admin/api/v1${path}`, body);
const signIn = (visitor: Visitor, email: string, secret = staffPassword, headers: VisitorRequest['headers'] = {}) =>
  ask(visitor, 'POST', '/admin/api/v1/session', { email, password: secret }, headers);
const welcome = (visitor: Visitor, token: string, more: object = {}) =>
  onAdmin(visitor, 'POST', '/welcome', { token, password: staffPassword, name: 'Somebody', ...more });
const look = (visitor: Visitor, token: string) => onAdmin(visitor, 'POST', '/welcome/look', { token });
const join = (seed: StaffSeed) => welcomeStaff(small.fixture, seed);
const stranger = () => small.fixture.visitor();

const nobody = { staff: null, account: null, expiresAt: null };
const unauthenticated = { status: 401, body: expect.objectContaining({ code: 'unauthenticated' }) as unknown };
const expired = { status: 401, body: expect.objectContaining({ code: 'session-expired' }) as unknown };
const refusedAt = (status: number, path: string, code: string) => ({
  status,
  body: expect.objectContaining({ fields: [{ path, code }] }) as unknown,
});

interface Entry {
  readonly event: string;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly subjects: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly change: unknown;
}

async function entries(): Promise<readonly Entry[]> {
  const { body } = await askAdmin<{ items: Entry[] }>(small, 'GET', '/audit?limit=100');
  return body.items;
}

const rows = async (table: string) =>
  (await small.database.asSuperuser<{ n: number }>(`SELECT count(*)::integer AS n FROM ${table}`))[0]!.n;

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
