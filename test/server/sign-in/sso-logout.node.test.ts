import { type JWTPayload, exportSPKI } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { readEvents } from '../../support/event-reader.js';
import { type Visitor, base } from '../app-fixture.js';
import { whoIs } from './sign-in-fixture.js';
import { ask, connect, exchange, onward, open, startAddress, told, useTimed } from './sso-fixture.js';
import { type FakeIssuer, keyOf, makeAllKeys, openIssuer, token, unsigned } from './sso-issuer.js';
import { type Jar, openProvider } from './sso-provider.js';

const fixture = useTimed();
const event = 'http://schemas.openid.net/event/backchannel-logout';
const logoutAt = (connection: string, slug = 'help') => `${base}/${slug}/sso/${connection}/backchannel-logout`;
const seconds = () => Math.floor(Date.now() / 1000);

test('who signs out at a real provider is out here before it has said so to its page', async () => {
  let connection = '';
  const answers: number[] = [];
  const provider = await openProvider(
    async (request) => {
      const { method, headers } = request;
      const sent = new Request(logoutAt(connection), { method, headers, body: await request.text() });
      const response = await fixture.app.fetch(sent);
      answers.push(response.status);
      return response;
    },
    { backchannel_logout_uri: logoutAt('x') },
  );
  try {
    provider.people['a-1'] = { email: 'ann@example.com', email_verified: true };
    connection = await connect(fixture, { issuer: provider.issuer });
    const come = async (jar: Jar) => {
      const [visitor, asked] = [fixture.visitor(), ask()];
      const start = await open(fixture, visitor, startAddress(connection, asked));
      const back = await open(fixture, visitor, await provider.signIn(await onward(start), 'a-1', jar));
      expect((await exchange(visitor, (await told(back)).message['code'], asked)).status).toBe(200);
      return visitor;
    };
    const [office, home]: Jar[] = [new Map(), new Map()];
    const [atWork, elsewhere] = [await come(office!), await come(home!)];
    const byPassword = fixture.visitor();
    await byPassword.signIn('ann@example.com');
    const events = readEvents(await atWork.request('GET', '/events'));
    expect(await events.next()).toMatchObject({ event: 'ready' });

    await provider.signOut(office!);
    expect(answers).toEqual([200]);
    expect(await events.next()).toBeNull();
    expect(await whoIs(atWork)).toBe(null);
    expect(await whoIs(elsewhere)).toBe('ann@example.com');
    expect(await whoIs(byPassword)).toBe('ann@example.com');
    const signOuts = await fixture.database.asSuperuser(`SELECT FROM audit_log WHERE event = 'sign-out'`);
    expect(signOuts).toHaveLength(1);
  } finally {
    await provider.close();
  }
});

describe('a logout token', () => {
  let issuer: FakeIssuer;
  let connection: string;

  beforeAll(makeAllKeys);
  beforeEach(async () => {
    issuer = await openIssuer();
    connection = await connect(fixture, { issuer: issuer.issuer });
  });
  afterEach(() => issuer.close());

  async function come(person: 'ann' | 'max', sid?: string): Promise<Visitor> {
    const [visitor, asked] = [fixture.visitor(), ask()];
    const { code } = await goAndBack(visitor, asked, person, sid);
    expect((await exchange(visitor, code, asked)).status).toBe(200);
    return visitor;
  }

  async function goAndBack(visitor: Visitor, asked: ReturnType<typeof ask>, person: string, sid?: string) {
    const { searchParams } = new URL(await onward(await open(fixture, visitor, startAddress(connection, asked))));
    const email = `${person}@example.com`;
    const times = { iat: seconds(), exp: seconds() + 300 };
    const claims = { iss: issuer.issuer, aud: 'portal', sub: person, sid, email, email_verified: true, ...times };
    issuer.answer = async () => ({ id_token: await token({ ...claims, nonce: searchParams.get('nonce') }) });
    const query = new URLSearchParams({ code: 'c', state: searchParams.get('state') ?? '', iss: issuer.issuer });
    const back = await open(fixture, visitor, `${searchParams.get('redirect_uri')}?${query.toString()}`);
    return (await told(back)).message as { code: string };
  }

  const good = (change: Readonly<Record<string, unknown>> = {}): JWTPayload => ({
    iss: issuer.issuer,
    aud: 'portal',
    sub: 'ann',
    iat: seconds(),
    exp: seconds() + 120,
    jti: crypto.randomUUID(),
    events: { [event]: {} },
    ...change,
  });

  const say = async (logout: string | Promise<string>, address = logoutAt(connection)) => {
    const form = new URLSearchParams({ logout_token: await logout });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return fixture.app.request(address, { method: 'POST', headers, body: form.toString() });
  };

  test('ends the sessions of its subject at this portal, and nobody else’s', async () => {
    const visitors = [await come('ann', 's-1'), await come('ann', 's-2'), await come('ann'), await come('max', 's-3')];
    const response = await say(token(good(), { typ: 'logout+jwt' }));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await Promise.all(visitors.map(whoIs))).toEqual([null, null, null, 'max@example.com']);
  });

  test('ends one session alone where it names one, and those of which nobody knows which they are', async () => {
    const visitors = [await come('ann', 's-1'), await come('ann', 's-2'), await come('ann')];
    expect((await say(token(good({ sub: undefined, sid: 's-1' })))).status).toBe(200);
    expect(await Promise.all(visitors.map(whoIs))).toEqual([null, 'ann@example.com', 'ann@example.com']);
    expect((await say(token(good({ sid: 's-9' })))).status).toBe(200);
    expect(await Promise.all(visitors.map(whoIs))).toEqual([null, 'ann@example.com', null]);
    expect((await say(token(good({ sub: 'max', sid: 's-2' })))).status).toBe(200);
    expect(await whoIs(visitors[1]!)).toBe('ann@example.com');
  });

  test('also takes back a code that nobody has exchanged yet', async () => {
    const [visitor, asked] = [fixture.visitor(), ask()];
    const { code } = await goAndBack(visitor, asked, 'ann', 's-1');
    expect((await say(token(good({ sid: 's-1' })))).status).toBe(200);
    expect((await exchange(visitor, code, asked)).status).toBe(401);
  });

  test('is taken once', async () => {
    const logout = await token(good());
    expect((await say(logout)).status).toBe(200);
    const visitor = await come('ann');
    expect((await say(logout)).status).toBe(400);
    expect(await whoIs(visitor)).toBe('ann@example.com');
    expect((await say(token(good()))).status).toBe(200);
    expect(await whoIs(visitor)).toBe(null);
  });

  const bad: [what: string, make: () => Promise<string> | string][] = [
    ['none at all', () => ''],
    ['a word', () => 'logout'],
    ['of another issuer', () => token(good({ iss: 'https://other.example' }))],
    ['without an issuer', () => token(good({ iss: undefined }))],
    ['for somebody else', () => token(good({ aud: 'other' }))],
    ['for nobody', () => token(good({ aud: undefined }))],
    ['that is over', () => token(good({ iat: seconds() - 300, exp: seconds() - 60 }))],
    ['without an end', () => token(good({ exp: undefined }))],
    ['without a time', () => token(good({ iat: undefined }))],
    ['of the future', () => token(good({ iat: seconds() + 120 }))],
    ['of an hour ago that has no end', () => token(good({ iat: seconds() - 3600, exp: seconds() + 86_400 }))],
    ['without a name of its own', () => token(good({ jti: undefined }))],
    ['whose name is a number', () => token(good({ jti: 1 }))],
    ['without an event', () => token(good({ events: undefined }))],
    ['of another event', () => token(good({ events: { 'https://other.example': {} } }))],
    ['whose event is a word', () => token(good({ events: { [event]: 'yes' } }))],
    ['whose events are a list', () => token(good({ events: [event] }))],
    ['with a nonce', () => token(good({ nonce: 'n' }))],
    ['with a nonce that is null', () => token(good({ nonce: null }))],
    ['of nobody', () => token(good({ sub: undefined }))],
    ['of a subject that is a number', () => token(good({ sub: 1, sid: 's-1' }))],
    ['of a session that is a list', () => token(good({ sid: ['s-1'] }))],
    ['that says it is something else', () => token(good(), { typ: 'at+jwt' })],
    ['that says it is any token', () => token(good(), { typ: 'JWT' })],
    ['signed by nobody', () => unsigned(good())],
    ['signed by another key', async () => token(good(), {}, (await keyOf('other')).privateKey)],
    [
      'signed by the public key',
      async () => {
        const secret = new TextEncoder().encode(await exportSPKI((await keyOf('RS256')).publicKey));
        return token(good(), { alg: 'HS256', kid: 'RS256' }, secret);
      },
    ],
    [
      'signed by the secret of the client',
      () => {
        const secret = new TextEncoder().encode('the-secret-of-the-portal-at-its-provider');
        return token(good(), { alg: 'HS256' }, secret);
      },
    ],
  ];

  test('that is not what it must be ends nothing', async () => {
    const visitor = await come('ann', 's-1');
    for (const [what, make] of bad) expect((await say(make())).status, what).toBe(400);
    expect(bad.length).toBeGreaterThan(20);
    expect(await whoIs(visitor)).toBe('ann@example.com');
    expect(await fixture.database.asSuperuser('SELECT FROM sso_logouts')).toEqual([]);
  });

  test('of a provider that cannot be asked for its keys is to be said again', async () => {
    fixture.wait(600_000);
    issuer.instead = () => new Response(null, { status: 500 });
    const response = await say(token(good({ iat: seconds() + 600, exp: seconds() + 900 })));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  });

  test('is for one connection of one portal, in a form', async () => {
    const visitor = await come('ann');
    await fixture.admin('POST', '/portals', { slug: 'shop', name: 'Shop' });
    expect((await say(token(good()), logoutAt(connection, 'shop'))).status).toBe(404);
    expect((await say(token(good()), logoutAt('A'.repeat(22)))).status).toBe(404);
    const asJson = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await fixture.app.request(logoutAt(connection), asJson)).status).toBe(415);
    const huge = new URLSearchParams({ logout_token: 'x'.repeat(300_000) }).toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(
      (await fixture.app.request(logoutAt(connection), { method: 'POST', headers: form, body: huge })).status,
    ).toBe(413);
    expect(await whoIs(visitor)).toBe('ann@example.com');
  });

  test('is guessed a hundred times an hour by one address of the network', async () => {
    for (let times = 0; times < 100; times++) expect((await say('x')).status).toBe(400);
    expect((await say(token(good()))).status).toBe(429);
  });
});

test('what has had its time is removed', async () => {
  const { removeOutdated } = await import('../../../src/server/jobs.js');
  await makeAllKeys();
  const issuer = await openIssuer();
  try {
    const connection = await connect(fixture, { issuer: issuer.issuer });
    await open(fixture, fixture.visitor(), startAddress(connection, ask()));
    const at = { iat: seconds(), exp: seconds() + 120 };
    const logout = await token({
      iss: issuer.issuer,
      aud: 'portal',
      sub: 'a',
      jti: 'j',
      events: { [event]: {} },
      ...at,
    });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ logout_token: logout }).toString();
    expect((await fixture.app.request(logoutAt(connection), { method: 'POST', headers: form, body })).status).toBe(200);
    const kept = async () => {
      await removeOutdated(fixture.deps);
      const [row] = await fixture.database.asSuperuser<Record<string, number>>(
        'SELECT (SELECT count(*) FROM sso_transactions) AS transactions, (SELECT count(*) FROM sso_logouts) AS logouts',
      );
      return [row?.['transactions'], row?.['logouts']].map(Number);
    };
    expect(await kept()).toEqual([1, 1]);
    fixture.wait(15 * 60_000);
    expect(await kept()).toEqual([1, 0]);
    fixture.wait(60 * 60_000);
    expect(await kept()).toEqual([0, 0]);
  } finally {
    await issuer.close();
  }
});
