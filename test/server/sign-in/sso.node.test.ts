import { expect, test } from 'vitest';

import { base } from '../app-fixture.js';
import { problemOf, whoIs } from './sign-in-fixture.js';
import { ask, comeBack, exchange, onward, open, signInBy, startAddress, told, traces, useSso } from './sso-fixture.js';

const fixture = useSso();
const page = 'https://docs.acme.example';
const ann = { email: 'ann@example.com', email_verified: true, name: 'Ann' };
const minute = 60_000;

test('a window leads to the provider and back, and the page that opened it gets a code for its session', async () => {
  fixture.provider.people['a-1'] = ann;
  const connection = await fixture.connect();
  const portal = await (await fixture.visitor().request('GET', '/portal')).json();
  expect(portal).toMatchObject({ connections: [{ id: connection, label: 'Acme' }] });
  expect((portal as { signIn: string[] }).signIn).toContain('sso');

  const [visitor, asked] = [fixture.visitor(), ask()];
  const start = await open(fixture, visitor, startAddress(connection, asked));
  expect(await told(start)).toEqual({ message: { type: 'portal-start', state: asked.state }, origin: base });
  const address = new URL(await onward(start));
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    client_id: 'portal',
    redirect_uri: `${base}/help/sso/callback`,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge_method: 'S256',
  });
  expect(address.searchParams.get('state')).not.toBe(asked.state);
  expect(start.headers.get('set-cookie')).toMatch(
    /^__Host-portal_tx_help=[\w-]{44}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
  );

  const back = await open(fixture, visitor, await fixture.provider.signIn(address.href, 'a-1'));
  const { message, origin } = await told(back);
  expect(message).toEqual({ type: 'portal-code', state: asked.state, code: expect.stringMatching(/^[\w-]{44}$/) });
  expect(origin).toBe(base);
  expect([...visitor.cookies]).toEqual([]);
  expect(await whoIs(visitor)).toBe(null);

  const session = await exchange(visitor, message['code'], asked);
  expect(session.status).toBe(200);
  expect(await session.json()).toMatchObject({ contact: { email: 'ann@example.com' } });
  expect((await visitor.request('GET', '/tickets')).status).toBe(200);
  expect(await fixture.database.asSuperuser('SELECT method, sso_issuer, sso_subject FROM sessions')).toEqual([
    { method: 'sso', sso_issuer: fixture.provider.issuer, sso_subject: 'a-1' },
  ]);
});

test('the page that answers in the window may do nothing else, and nobody may frame or keep it', async () => {
  fixture.provider.people['a-1'] = ann;
  await fixture.setPortal({ locales: ['pl', 'en'], locale: 'pl' });
  const [visitor, asked] = [fixture.visitor(), ask()];
  const start = await open(fixture, visitor, startAddress(await fixture.connect(), asked));
  const back = await open(fixture, visitor, await fixture.provider.signIn(await onward(start), 'a-1'));
  for (const response of [start, back]) {
    const policy = response.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([\w-]{44})'/.exec(policy)?.[1];
    expect(policy).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(await response.clone().text()).toContain(`<script nonce="${nonce}">`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cross-origin-opener-policy': 'unsafe-none',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8',
    });
  }
  expect(await back.text()).toContain('<p>Zamknij to okno i wróć do tego, w którym zaczęto.</p>');
});

test('without a window the page itself goes and comes back, with the code behind the # of its address', async () => {
  fixture.provider.people['a-1'] = ann;
  const connection = await fixture.connect();
  await fixture.setPortal({ origins: [page] });
  const [visitor, asked] = [fixture.visitor(), ask()];
  const query = { mode: 'redirect', origin: page, return_to: `${page}/kb?x=1#chapter` };
  const start = await open(fixture, visitor, startAddress(connection, asked, query));
  expect(start.status).toBe(303);
  const back = await open(fixture, visitor, await fixture.provider.signIn(await onward(start), 'a-1'));
  expect(back.status).toBe(303);
  const [address, code] = (back.headers.get('location') ?? '').split(`#portal_sso=${asked.state}.`);
  expect(address).toBe(`${page}/kb?x=1`);
  expect((await exchange(visitor, code, asked, { 'x-test-origin': page })).status).toBe(200);
});

test('a client without a secret proves itself by nothing but what it has sent along', async () => {
  const { openProvider } = await import('./sso-provider.js');
  const provider = await openProvider(async () => new Response(), { token_endpoint_auth_method: 'none' });
  try {
    provider.people['a-1'] = ann;
    const connection = await fixture.connect({ issuer: provider.issuer, clientSecret: null });
    const [visitor, asked] = [fixture.visitor(), ask()];
    const start = await open(fixture, visitor, startAddress(connection, asked));
    const { message } = await told(await open(fixture, visitor, await provider.signIn(await onward(start), 'a-1')));
    expect((await exchange(visitor, message['code'], asked)).status).toBe(200);
  } finally {
    await provider.close();
  }
});

test('a session before it ends, and the next one is known by the subject alone', async () => {
  fixture.provider.people['a-1'] = ann;
  const connection = await fixture.connect();
  const first = await signInBy(fixture, connection, 'a-1');
  fixture.provider.people['a-1'] = { name: 'Ann, whose address is nobody’s any more' };
  const visitor = fixture.visitor();
  await visitor.signIn('gus@example.com');
  const token = [...visitor.cookies.values()][0];
  const { code, asked } = await comeBack(fixture, visitor, connection, 'a-1');
  expect((await exchange(visitor, code, asked)).status).toBe(200);
  expect(await whoIs(visitor)).toBe('ann@example.com');
  expect(await whoIs(first)).toBe('ann@example.com');
  const sessions = await fixture.database.asSuperuser('SELECT FROM sessions');
  expect(sessions).toHaveLength(2);
  expect([...visitor.cookies.values()][0]).not.toBe(token);
});

test('a code is for who has the verifier, at the same page of the same portal, within a minute, once', async () => {
  fixture.provider.people['a-1'] = ann;
  const connection = await fixture.connect();
  await fixture.setPortal({ origins: [page] });
  await fixture.admin('POST', '/portals', { slug: 'shop', name: 'Shop', accessGroups: ['Customers'] });
  const get = () => comeBack(fixture, fixture.visitor(), connection, 'a-1');
  const wrong = { status: 401, code: 'unauthenticated', fields: [{ path: 'code', code: 'wrong' }] };
  const expired = { status: 401, code: 'unauthenticated', fields: [{ path: 'code', code: 'expired' }] };

  const right = await get();
  const visitor = fixture.visitor();
  expect(await problemOf(await exchange(visitor, right.code, ask()))).toEqual(wrong);
  // Whoever shows it without the verifier has used it up.
  expect(await problemOf(await exchange(visitor, right.code, right.asked))).toEqual(expired);

  const elsewhere = await get();
  const from = { 'x-test-origin': page };
  expect(await problemOf(await exchange(visitor, elsewhere.code, elsewhere.asked, from))).toEqual(wrong);

  const other = await get();
  expect(await problemOf(await exchange(fixture.visitor('shop'), other.code, other.asked))).toEqual(expired);

  const twice = await get();
  expect((await exchange(fixture.visitor(), twice.code, twice.asked)).status).toBe(200);
  expect(await problemOf(await exchange(fixture.visitor(), twice.code, twice.asked))).toEqual(expired);

  const late = await get();
  fixture.wait(minute);
  expect(await problemOf(await exchange(visitor, late.code, late.asked))).toEqual(expired);

  const shutOut = await get();
  await fixture.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE name = 'ann'`);
  expect(await problemOf(await exchange(visitor, shutOut.code, shutOut.asked))).toEqual(expired);
  expect(await problemOf(await exchange(visitor, 'A'.repeat(44), ask()))).toEqual(expired);
  for (const body of [
    { code: 'short', verifier: 'v'.repeat(43) },
    { code: 'A'.repeat(44), verifier: 'short' },
  ]) {
    expect((await visitor.request('POST', '/session', { body: { method: 'exchange', ...body } })).status).toBe(400);
  }
  expect(await fixture.database.asSuperuser('SELECT method FROM sessions')).toEqual([{ method: 'sso' }]);
});

test('of many who show one code at once, one comes in', async () => {
  fixture.provider.people['a-1'] = ann;
  const { code, asked } = await comeBack(fixture, fixture.visitor(), await fixture.connect(), 'a-1');
  const all = await Promise.all(Array.from({ length: 8 }, () => exchange(fixture.visitor(), code, asked)));
  expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('only the browser that went comes back, once, with the state that it was given, within ten minutes', async () => {
  fixture.provider.people['a-1'] = ann;
  const connection = await fixture.connect();
  const before = await traces(fixture);
  const go = async () => {
    const visitor = fixture.visitor();
    const start = await open(fixture, visitor, startAddress(connection, ask()));
    return { visitor, back: await fixture.provider.signIn(await onward(start), 'a-1') };
  };
  const lost = async (response: Response) => {
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).toContain('This sign-in has ended.');
    expect(text).not.toContain('<script');
  };

  // Somebody else is sent to where it leads, to be signed in as them: with no transaction, or with one of their own.
  const mine = await go();
  await lost(await open(fixture, fixture.visitor(), mine.back));
  const theirs = await go();
  await lost(await open(fixture, theirs.visitor, mine.back));
  // None of that has cost anybody theirs.
  const came = await told(await open(fixture, mine.visitor, mine.back));
  expect(came.message).toHaveProperty('code');
  const cookie = { 'x-test-cookie': '' };
  await lost(await open(fixture, mine.visitor, mine.back, cookie));

  const replayed = await go();
  const kept = new Map(replayed.visitor.cookies);
  await open(fixture, replayed.visitor, replayed.back);
  for (const [name, value] of kept) replayed.visitor.cookies.set(name, value);
  await lost(await open(fixture, replayed.visitor, replayed.back));

  const altered = await go();
  const address = new URL(altered.back);
  for (const state of ['x'.repeat(44), '']) {
    address.searchParams.set('state', state);
    await lost(await open(fixture, altered.visitor, address.href));
  }
  address.searchParams.delete('state');
  await lost(await open(fixture, altered.visitor, address.href));

  const late = await go();
  fixture.wait(10 * minute);
  await lost(await open(fixture, late.visitor, late.back));
  expect(await traces(fixture)).toMatchObject([{ sessions: (before[0] as { sessions: number }).sessions }]);
});

test('who turns back at the provider is told so, and no more', async () => {
  const connection = await fixture.connect();
  const { error, code } = await comeBack(fixture, fixture.visitor(), connection, null);
  expect([error, code]).toEqual(['denied', undefined]);

  const [visitor, asked] = [fixture.visitor(), ask()];
  const query = { mode: 'redirect', return_to: `${base}/help/` };
  const start = await open(fixture, visitor, startAddress(connection, asked, query));
  const back = await open(fixture, visitor, await fixture.provider.signIn(await onward(start), null));
  expect(back.headers.get('location')).toBe(`${base}/help/#portal_sso=${asked.state}.denied`);
  const refusals = fixture.log.filter(({ event }) => event === 'sso-refused');
  expect(refusals).toMatchObject([{ reason: 'denied' }, { reason: 'denied' }]);
});

const badStarts: [why: string, change: Record<string, string | null>, status: number][] = [
  ['a page that the portal does not know', { origin: 'https://evil.example' }, 403],
  ['a page that only begins like one', { origin: `${base}.evil.example` }, 403],
  ['an origin that is an address', { origin: `${base}/` }, 400],
  ['a way back to another page', { mode: 'redirect', return_to: 'https://evil.example/' }, 400],
  ['a way back by a name in front', { mode: 'redirect', return_to: `http://me@localhost:4400/` }, 400],
  ['a way back that is a script', { mode: 'redirect', return_to: 'javascript:alert(1)' }, 400],
  ['no way back', { mode: 'redirect' }, 400],
  ['another mode', { mode: 'frame' }, 400],
  ['no challenge', { challenge: null }, 400],
  ['a challenge that is no hash', { challenge: 'plain' }, 400],
  ['a short state', { state: 'short' }, 400],
  ['a state that could break out', { state: `${'x'.repeat(22)}.</script>` }, 400],
  ['something else', { prompt: 'none' }, 400],
];

test('begins nothing for a page, a way back or a proof that it does not take', async () => {
  const connection = await fixture.connect();
  for (const [why, change, status] of badStarts) {
    const response = await open(fixture, fixture.visitor(), startAddress(connection, ask(), change));
    expect(response.status, why).toBe(status);
  }
  expect(await fixture.database.asSuperuser('SELECT FROM sso_transactions')).toEqual([]);
});

test('begins nothing in a frame, for a script, at a connection of another portal, or without one', async () => {
  const connection = await fixture.connect();
  const status = async (address: string, headers = {}) =>
    (await open(fixture, fixture.visitor(), address, headers)).status;
  const start = startAddress(connection, ask());
  expect(await status(start, { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' })).toBe(403);
  expect(await status(start, { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' })).toBe(403);
  expect(await status(start, { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' })).toBe(403);
  expect(await status(start, { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' })).toBe(200);
  await fixture.admin('POST', '/portals', { slug: 'shop', name: 'Shop' });
  expect(await status(start.replace('/help/', '/shop/'))).toBe(404);
  expect(await status(start.replace('/help/', '/nowhere/'))).toBe(404);
  expect(await status(startAddress('A'.repeat(22), ask()))).toBe(404);
  expect(await status(startAddress('%00', ask()))).toBe(404);
  expect((await fixture.app.request(`${base}/help/sso/callback`)).status).toBe(400);
});

test('one address of the network begins sixty an hour', async () => {
  const connection = await fixture.connect();
  const begin = async (ip: string) =>
    (await open(fixture, fixture.visitor(), startAddress(connection, ask()), { 'x-test-ip': ip })).status;
  for (let times = 0; times < 60; times++) expect(await begin('192.0.2.1')).toBe(200);
  expect(await begin('192.0.2.1')).toBe(429);
  expect(await begin('192.0.2.2')).toBe(200);
});

test('a provider that is away is told to the page at once', async () => {
  const connection = await fixture.connect();
  await fixture.provider.close();
  const asked = ask();
  const response = await open(fixture, fixture.visitor(), startAddress(connection, asked));
  expect((await told(response)).message).toEqual({ type: 'portal-code', state: asked.state, error: 'failed' });
  expect(fixture.log).toContainEqual(expect.objectContaining({ event: 'sso-refused', detail: 'unreachable' }));
});

test('the database and the log have nothing of it to sign in with', async () => {
  fixture.provider.people['a-1'] = ann;
  const connection = await fixture.connect();
  const waiting = fixture.visitor();
  const asked = ask();
  const start = await open(fixture, waiting, startAddress(connection, asked));
  const { searchParams } = new URL(await onward(start));
  const came = await comeBack(fixture, fixture.visitor(), connection, 'a-1');
  const secrets = [
    ...waiting.cookies.values(),
    asked.state,
    asked.verifier,
    searchParams.get('state') ?? '',
    searchParams.get('nonce') ?? '',
    came.code ?? '',
    came.asked.verifier,
    'the-secret-of-the-portal-at-its-provider',
  ];
  expect(secrets.every((secret) => secret.length > 20)).toBe(true);
  const rows = await fixture.database.asSuperuser<{ row: string }>(
    `SELECT to_jsonb(t)::text AS row FROM sso_transactions t UNION ALL SELECT to_jsonb(c)::text FROM sso_connections c
      UNION ALL SELECT to_jsonb(a)::text FROM audit_log a`,
  );
  const text = rows.map(({ row }) => row).join() + JSON.stringify(fixture.log);
  const spellings = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('hex')]);
  expect(spellings.filter((secret) => text.includes(secret))).toEqual([]);
  expect(JSON.stringify(fixture.log)).not.toMatch(/ann@|a-1|Ann/);
});
