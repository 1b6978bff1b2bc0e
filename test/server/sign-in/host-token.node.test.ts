import { type JWTPayload, SignJWT, UnsecuredJWT, exportJWK, exportPKCS8, generateKeyPair, importPKCS8 } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { base } from '../app-fixture.js';
import { useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();
const minute = 60_000;
const audience = `${base}/help`;
const ed = await generateKeyPair('EdDSA', { extractable: true });
const ec = await generateKeyPair('ES256', { extractable: true });
const foreign = await generateKeyPair('EdDSA', { extractable: true });

beforeEach(async () => {
  for (const [kid, { publicKey }] of Object.entries({ site: ed, shop: ec })) {
    const { kty, crv, x, y } = await exportJWK(publicKey);
    const jwk = { kty, crv, x, ...(y !== undefined && { y }) };
    expect((await fixture.admin('POST', '/portals/help/host-keys', { kid, jwk })).status).toBe(201);
  }
});

const seconds = () => Math.floor(fixture.deps.clock().getTime() / 1000);
const fetchNonce = async () => {
  const response = await fixture.visitor().request('POST', '/session/nonce');
  expect(response.status).toBe(200);
  return ((await response.json()) as { nonce: string }).nonce;
};
const claimsOf = (nonce: string, changes: object = {}): JWTPayload => ({
  iss: 'site',
  aud: audience,
  sub: 'customer-1',
  email: 'ann@example.com',
  email_verified: true,
  iat: seconds(),
  exp: seconds() + 120,
  jti: crypto.randomUUID(),
  nonce,
  ...changes,
});
const sign = (claims: JWTPayload, header: object = {}, key: CryptoKey | Uint8Array = ed.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: 'site', typ: 'portal-login+jwt', ...header }).sign(key);
const send = (token: string, visitor = fixture.visitor()) =>
  visitor.request('POST', '/session', { body: { method: 'host-token', token } });
const reasonOf = async (response: Response) => {
  const { code, fields } = (await response.json()) as { code: string; fields: { path: string; code: string }[] | null };
  return [response.status, code, fields?.[0]?.code].join(' ');
};
const refusedFor = (reason: string) => `401 unauthenticated ${reason}`;

test('a site says who its customer is, by either kind of key, once a token', async () => {
  const visitor = fixture.visitor();
  const token = await sign(claimsOf(await fetchNonce()));
  expect((await send(token, visitor)).status).toBe(200);
  expect(await whoIs(visitor)).toBe('ann@example.com');
  expect(await reasonOf(await send(token))).toBe(refusedFor('nonce'));
  const other = await sign(claimsOf(await fetchNonce(), { iss: 'shop' }), { alg: 'ES256', kid: 'shop' }, ec.privateKey);
  expect((await send(other)).status).toBe(200);
});

test('a customer is known by their subject, whatever becomes of the address, and nobody else becomes them', async () => {
  await send(await sign(claimsOf(await fetchNonce())));
  const moved = fixture.visitor();
  await send(await sign(claimsOf(await fetchNonce(), { email: 'new@example.org' })), moved);
  expect(await whoIs(moved)).toBe('ann@example.com');
  const heir = await send(await sign(claimsOf(await fetchNonce(), { sub: 'customer-2' })));
  expect(await reasonOf(heir)).toBe(refusedFor('contact'));
});

test('another customer in the same browser ends the session of the one before', async () => {
  const visitor = fixture.visitor();
  await send(await sign(claimsOf(await fetchNonce())), visitor);
  const [before] = [...visitor.cookies.values()];
  await send(await sign(claimsOf(await fetchNonce(), { sub: 'customer-3', email: 'max@example.com' })), visitor);
  expect(await whoIs(visitor)).toBe('max@example.com');
  const old = fixture.visitor();
  old.cookies.set('__Host-portal_s_help', before ?? '');
  expect(await whoIs(old)).toBe(null);
});

test('who comes from the site still has to be let in, and belongs where the portal says', async () => {
  const nobody = { sub: 'customer-9', email: 'nora@example.org', name: 'Nora Quist', company: 'Acme', role: 'manager' };
  expect(await reasonOf(await send(await sign(claimsOf(await fetchNonce(), nobody))))).toBe(refusedFor('contact'));
  const eve = { sub: 'customer-8', email: 'eve@example.com' };
  expect((await send(await sign(claimsOf(await fetchNonce(), eve)))).status).toBe(401);
  await fixture.setPortal({ access: { kind: 'sso-only' } });
  const visitor = fixture.visitor();
  const signedIn = await send(await sign(claimsOf(await fetchNonce(), nobody)), visitor);
  expect(await signedIn.json()).toMatchObject({
    contact: { name: 'Nora Quist', email: 'nora@example.org', company: null },
    permission: 'own',
  });
  await fixture.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE email = 'nora@example.org'`);
  expect(await whoIs(visitor)).toBe(null);
  expect((await send(await sign(claimsOf(await fetchNonce(), nobody)))).status).toBe(401);
});

type Bad = readonly [what: string, reason: string, make: (nonce: string) => Promise<string> | string];
const claim = (what: string, changes: object, reason = 'claims'): Bad => [
  what,
  reason,
  (nonce) => sign(claimsOf(nonce, changes)),
];
const header = (what: string, changes: object, reason = 'malformed'): Bad => [
  what,
  reason,
  (nonce) => sign(claimsOf(nonce), changes),
];
const missing = (name: string): Bad => claim(`without ${name}`, { [name]: undefined });
const part = (text: object) => Buffer.from(JSON.stringify(text)).toString('base64url');
const spki = Buffer.from((await exportJWK(ed.publicKey)).x ?? '', 'base64url');
const now = () => seconds();

const bad: readonly Bad[] = [
  ...['iss', 'aud', 'sub', 'email', 'email_verified', 'iat', 'exp', 'jti', 'nonce'].map(missing),
  claim('of another issuer', { iss: 'shop' }),
  claim('for another portal', { aud: `${base}/shop` }),
  claim('for the host alone', { aud: base }),
  claim('for two portals', { aud: [audience, `${base}/shop`] }),
  claim('for the portal at another address', { aud: 'https://support.example.com/help' }),
  claim('whose address is not verified', { email_verified: false }),
  claim('whose address is verified in words', { email_verified: 'true' }),
  claim('with a number as subject', { sub: 7 }),
  claim('with an empty subject', { sub: '' }),
  claim('with a subject without end', { sub: 'x'.repeat(256) }),
  claim('with an address that is none', { email: 'ann' }),
  claim('with two addresses', { email: ['ann@example.com'] }),
  claim('with a name that is none', { name: 7 }),
  claim('with an empty jti', { jti: '' }),
  ['that has run out', 'expired', (nonce) => sign(claimsOf(nonce, { iat: now() - 200, exp: now() - 31 }))],
  [
    'that is older than five minutes',
    'expired',
    (nonce) => sign(claimsOf(nonce, { iat: now() - 331, exp: now() + 60 })),
  ],
  ['that lives longer than five minutes', 'claims', (nonce) => sign(claimsOf(nonce, { exp: now() + 301 }))],
  ['from the future', 'claims', (nonce) => sign(claimsOf(nonce, { iat: now() + 60, exp: now() + 120 }))],
  ['that is not valid yet', 'claims', (nonce) => sign(claimsOf(nonce, { nbf: now() + 60 }))],
  ['with times in words', 'claims', (nonce) => sign(claimsOf(nonce, { iat: String(now()) }))],
  claim('with a nonce that nobody gave out', { nonce: 'A'.repeat(43) }, 'nonce'),
  claim('with a nonce of another form', { nonce: 'x' }),
  header('without a type', { typ: undefined }),
  header('of another type', { typ: 'JWT' }),
  header('without a key', { kid: undefined }),
  header('of a key that is not known', { kid: 'other' }, 'key'),
  header('of a key of the other kind', { kid: 'shop' }, 'key'),
  header('that brings its key', { jwk: { kty: 'OKP', crv: 'Ed25519', x: spki.toString('base64url') } }),
  header('that says where its key is', { jku: 'https://evil.example/keys' }),
  header('that says where its certificate is', { x5u: 'https://evil.example/cert' }),
  ['signed by a stranger', 'signature', (nonce) => sign(claimsOf(nonce), {}, foreign.privateKey)],
  ['not signed at all', 'malformed', (nonce) => new UnsecuredJWT(claimsOf(nonce)).encode()],
  [
    'signed by nothing, under the name of a key',
    'malformed',
    (nonce) => `${part({ alg: 'none', kid: 'site', typ: 'portal-login+jwt' })}.${part(claimsOf(nonce))}.`,
  ],
  ['signed with the public key as a password', 'malformed', (nonce) => sign(claimsOf(nonce), { alg: 'HS256' }, spki)],
  [
    'whose claims were changed after signing',
    'signature',
    async (nonce) => {
      const [head, , signature] = (await sign(claimsOf(nonce))).split('.');
      return `${head}.${part(claimsOf(nonce, { email: 'max@example.com' }))}.${signature}`;
    },
  ],
  [
    'whose header was changed after signing',
    'key',
    async (nonce) => {
      const [, body, signature] = (await sign(claimsOf(nonce))).split('.');
      return `${part({ alg: 'ES256', kid: 'site', typ: 'portal-login+jwt' })}.${body}.${signature}`;
    },
  ],
  ['without its signature', 'signature', async (nonce) => (await sign(claimsOf(nonce))).replace(/[^.]*$/, '')],
  ['cut short', 'malformed', async (nonce) => (await sign(claimsOf(nonce))).split('.').slice(0, 2).join('.')],
  ['with a part too many', 'malformed', async (nonce) => `${await sign(claimsOf(nonce))}.x`],
  ['that is no token', 'malformed', () => 'token'],
  ['that is another token of ours', 'malformed', async () => (await fetchNonce()).repeat(3)],
];

test(`${bad.length} bad tokens are refused, each for its reason, and use up no nonce`, async () => {
  expect(bad.length).toBeGreaterThanOrEqual(40);
  for (const [at, [what, reason, make]] of bad.entries()) {
    if (at % 20 === 0) fixture.pass(61 * minute);
    const nonce = await fetchNonce();
    expect(await reasonOf(await send(await make(nonce))), what).toBe(refusedFor(reason));
    expect((await send(await sign(claimsOf(nonce)))).status, `the right one after one ${what}`).toBe(200);
  }
});

test('a nonce is of one portal, waits five minutes, and is used once by many at the same moment', async () => {
  await fixture.admin('POST', '/portals', { slug: 'shop', name: 'Shop', accessGroups: ['Customers'] });
  const { kty, crv, x } = await exportJWK(ed.publicKey);
  await fixture.admin('POST', '/portals/shop/host-keys', { kid: 'site', jwk: { kty, crv, x } });
  const elsewhere = await sign(claimsOf(await fetchNonce(), { aud: `${base}/shop` }));
  expect(await reasonOf(await send(elsewhere, fixture.visitor('shop')))).toBe(refusedFor('nonce'));
  const late = await fetchNonce();
  fixture.pass(5 * minute);
  expect(await reasonOf(await send(await sign(claimsOf(late))))).toBe(refusedFor('nonce'));
  const nonce = await fetchNonce();
  const tokens = await Promise.all(Array.from({ length: 20 }, () => sign(claimsOf(nonce))));
  const answers = await Promise.all(tokens.map((token) => send(token)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('a key that was taken away signs for nobody, and without any it is not offered', async () => {
  const offered = async () =>
    ((await (await fixture.visitor().request('GET', '/portal')).json()) as { signIn: string[] }).signIn;
  expect(await offered()).toContain('host-token');
  const token = await sign(claimsOf(await fetchNonce()));
  expect((await fixture.admin('DELETE', '/portals/help/host-keys/site')).status).toBe(204);
  expect(await reasonOf(await send(token))).toBe(refusedFor('key'));
  expect((await fixture.admin('DELETE', '/portals/help/host-keys/shop')).status).toBe(204);
  expect(await offered()).not.toContain('host-token');
  expect((await fixture.visitor().request('POST', '/session/nonce')).status).toBe(403);
});

test('with a key go the sessions of who came by a site, and no others', async () => {
  const [bySite, byPassword] = [fixture.visitor(), fixture.visitor()];
  await send(await sign(claimsOf(await fetchNonce())), bySite);
  await byPassword.signIn('ann@example.com');
  await fixture.setPortal({ consent: { asked: true, text: { en: 'Do you agree?', pl: 'Zgoda?' } } });
  const waiting = fixture.visitor();
  await send(await sign(claimsOf(await fetchNonce(), { sub: 'max', email: 'max@example.com' })), waiting);
  const agree = () => waiting.request('POST', '/session', { body: { method: 'consent', version: 1, locale: 'en' } });
  expect((await waiting.request('GET', '/consent')).status).toBe(200);
  expect(await whoIs(bySite)).toBe('ann@example.com');
  await fixture.admin('DELETE', '/portals/help/host-keys/shop');
  expect(await whoIs(bySite)).toBe(null);
  expect(await whoIs(byPassword)).toBe('ann@example.com');
  expect((await agree()).status).toBe(401);
});

test('only the public half of a key is taken', async () => {
  const { kty, crv, x, d } = await exportJWK(ed.privateKey);
  const refused = await fixture.admin('POST', '/portals/help/host-keys', { kid: 'new', jwk: { kty, crv, x, d } });
  expect(refused.status).toBe(400);
  expect(await refused.text()).not.toContain(d);
  expect((await fixture.admin('POST', '/portals/help/host-keys', { kid: 'site', jwk: { kty, crv, x } })).status).toBe(
    409,
  );
});

test('what has the form of a key and is none is refused', async () => {
  const { kty, crv, x, y } = await exportJWK(ec.publicKey);
  const add = (jwk: object) => fixture.admin('POST', '/portals/help/host-keys', { kid: 'new', jwk });
  const refused = await add({ kty, crv, x, y: x });
  expect([refused.status, await refused.json()]).toMatchObject([400, { fields: [{ path: 'jwk', code: 'malformed' }] }]);
  expect((await add({ kty, crv, x, y })).status).toBe(201);
});

test('a key says when it has signed somebody in last', async () => {
  const lastUsed = async () => {
    const { items } = (await (await fixture.admin('GET', '/portals/help/host-keys')).json()) as {
      items: { kid: string; lastUsedAt: string | null }[];
    };
    return Object.fromEntries(items.map(({ kid, lastUsedAt }) => [kid, lastUsedAt]));
  };
  await send(await sign(claimsOf(await fetchNonce(), { email: 'nora@example.org' })));
  expect(await lastUsed()).toEqual({ site: null, shop: null });
  await send(await sign(claimsOf(await fetchNonce())));
  const { site: first, shop } = await lastUsed();
  expect([first, shop]).toEqual([fixture.deps.clock().toISOString(), null]);
  fixture.pass(30 * minute);
  await send(await sign(claimsOf(await fetchNonce())));
  expect(await lastUsed()).toEqual({ site: first, shop: null });
  fixture.pass(30 * minute);
  await send(await sign(claimsOf(await fetchNonce())));
  expect(await lastUsed()).toEqual({ site: fixture.deps.clock().toISOString(), shop: null });
});

afterEach(() => void vi.unstubAllEnvs());

test('the example for a site’s own backend signs what the portal takes', async () => {
  const { kty, crv, x } = await exportJWK(ed.publicKey);
  await fixture.admin('POST', '/portals/help/host-keys', { kid: 'site-2026', jwk: { kty, crv, x } });
  vi.stubEnv('PORTAL_KEY', await exportPKCS8(ed.privateKey));
  // @ts-expect-error It is plain JavaScript, to be copied as it is.
  const { signToken } = (await import('../../../demo/host-token/sign-token.js')) as {
    signToken(customer: object, nonce: string): Promise<string>;
  };
  const nonce = await fetchNonce();
  const token = await signToken({ id: 7, email: 'ann@example.com', fullName: 'Ann' }, nonce);
  // Its portal is elsewhere and its clock the real one; all the rest is as it has to be.
  const [head, body] = token.split('.').map((text) => Buffer.from(text, 'base64url').toString()) as [string, string];
  const { aud, iat, exp, ...claims } = JSON.parse(body) as JWTPayload;
  expect([aud, Number(exp) - Number(iat)]).toEqual(['https://support.example.com/help', 120]);
  const here = await new SignJWT({ ...claims, aud: audience, iat: seconds(), exp: seconds() + 120 })
    .setProtectedHeader(JSON.parse(head) as { alg: string })
    .sign(await importPKCS8(await exportPKCS8(ed.privateKey), 'EdDSA'));
  expect((await send(here)).status).toBe(200);
});
