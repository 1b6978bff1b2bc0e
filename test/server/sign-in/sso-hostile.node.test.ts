import { type JWTPayload, exportSPKI } from 'jose';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { type FakeIssuer, keyOf, makeAllKeys, openIssuer, token, unsigned } from './sso-issuer.js';
import { whoIs } from './sign-in-fixture.js';
import { ask, connect, exchange, onward, open, startAddress, told, traces, useTimed } from './sso-fixture.js';

const fixture = useTimed();
let issuer: FakeIssuer;
let connection: string;

// Later would be while the portal waits for an answer.
beforeAll(makeAllKeys);
beforeEach(async () => {
  issuer = await openIssuer();
  connection = await connect(fixture, { issuer: issuer.issuer });
});
afterEach(() => issuer.close());

const seconds = () => Math.floor(Date.now() / 1000);

/** What a good provider would say. */
const claims = (nonce: string): JWTPayload => ({
  iss: issuer.issuer,
  aud: 'portal',
  sub: 'a-1',
  nonce,
  iat: seconds(),
  exp: seconds() + 300,
  email: 'ann@example.com',
  email_verified: true,
});

interface Lie {
  /** The token, made of what a good provider would say. */
  readonly token?: (good: JWTPayload) => Promise<string> | string;
  /** Instead of what the token endpoint would answer. */
  readonly answer?: Readonly<Record<string, unknown>>;
  /** Changes of what the browser brings back. */
  readonly back?: Readonly<Record<string, string | null>>;
}

/** Goes to the provider, and comes back as it lies. */
async function comeBack({ token: make = token, answer = {}, back = {} }: Lie) {
  const [visitor, asked] = [fixture.visitor(), ask()];
  const start = await open(fixture, visitor, startAddress(connection, asked));
  const { searchParams } = new URL(await onward(start));
  const good = claims(searchParams.get('nonce') ?? '');
  issuer.answer = async () => ({ id_token: await make(good), ...answer });
  const address = new URL(searchParams.get('redirect_uri') ?? '');
  const query = { code: 'a-code', state: searchParams.get('state'), iss: issuer.issuer, ...back };
  for (const [name, value] of Object.entries(query)) if (value !== null) address.searchParams.set(name, value);
  const response = await open(fixture, visitor, address.href);
  return { visitor, asked, response, message: (await told(response)).message };
}

const without = (name: string) => (good: JWTPayload) =>
  token(Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)));
const withClaims = (change: () => JWTPayload) => (good: JWTPayload) => token({ ...good, ...change() });

test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('who tells the truth comes in, signed by %s', async (alg) => {
  const { visitor, asked, message } = await comeBack({ token: (good) => token(good, { alg }) });
  expect((await exchange(visitor, message['code'], asked)).status).toBe(200);
  expect(await whoIs(visitor)).toBe('ann@example.com');
  const [form] = issuer.forms;
  expect(form?.get('code_verifier')).toMatch(/^[\w-]{44}$/);
});

const lies: [what: string, lie: Lie | (() => Lie)][] = [
  ['another issuer', { token: withClaims(() => ({ iss: 'https://other.example' })) }],
  ['its own name with a slash', { token: withClaims(() => ({ iss: `${issuer.issuer}/` })) }],
  ['no issuer', { token: without('iss') }],
  ['a token for somebody else', { token: withClaims(() => ({ aud: 'other' })) }],
  [
    'a token for somebody else as well, in whose name',
    { token: withClaims(() => ({ aud: ['portal', 'other'], azp: 'other' })) },
  ],
  ['a token for nobody', { token: without('aud') }],
  ['no nonce', { token: without('nonce') }],
  ['a nonce of its own', { token: withClaims(() => ({ nonce: 'n'.repeat(44) })) }],
  ['no subject', { token: without('sub') }],
  ['an empty subject', { token: withClaims(() => ({ sub: '' })) }],
  ['a subject that is a number', { token: withClaims(() => ({ sub: 1 as unknown as string })) }],
  ['a subject with a NUL', { token: withClaims(() => ({ sub: 'a\0' })) }],
  ['an endless subject', { token: withClaims(() => ({ sub: 'a'.repeat(256) })) }],
  ['a token that is over', { token: withClaims(() => ({ iat: seconds() - 300, exp: seconds() - 60 })) }],
  ['a token without an end', { token: without('exp') }],
  ['a token of the future', { token: withClaims(() => ({ iat: seconds() + 120 })) }],
  ['a token that begins later', { token: withClaims(() => ({ nbf: seconds() + 120 })) }],
  ['a token of yesterday', { token: withClaims(() => ({ iat: seconds() - 86_400 })) }],
  ['a token without a time', { token: without('iat') }],
  ['no signature', { token: unsigned }],
  ['a signature cut off', { token: async (good) => (await token(good)).replace(/[^.]*$/, '') }],
  [
    'the signature of another token',
    {
      token: async (good) => {
        const [head, body] = (await token(good)).split('.');
        return [head, body, (await token({ ...good, sub: 'b-1' })).split('.')[2]].join('.');
      },
    },
  ],
  ['another key under the same name', { token: async (good) => token(good, {}, (await keyOf('other')).privateKey) }],
  [
    'another key under a name of its own',
    { token: async (good) => token(good, { kid: 'other' }, (await keyOf('other')).privateKey) },
  ],
  [
    'a key that comes along',
    {
      token: async (good) => {
        const { exportJWK } = await import('jose');
        const { publicKey, privateKey } = await keyOf('other');
        return token(good, { kid: 'other', jwk: await exportJWK(publicKey), jku: `${issuer.issuer}/keys` }, privateKey);
      },
    },
  ],
  [
    'the public key as a password',
    {
      token: async (good) => {
        const secret = new TextEncoder().encode(await exportSPKI((await keyOf('RS256')).publicKey));
        return token(good, { alg: 'HS256', kid: 'RS256' }, secret);
      },
    },
  ],
  [
    'the client’s secret as a key',
    {
      token: (good) =>
        token(good, { alg: 'HS256' }, new TextEncoder().encode('the-secret-of-the-portal-at-its-provider')),
    },
  ],
  [
    'a signature of another kind',
    { token: async (good) => token(good, { alg: 'RS384', kid: 'RS256' }, await rs384()) },
  ],
  ['a header that must be understood', { token: (good) => token(good, { crit: ['b64'], b64: true }) }],
  ['an encrypted token', { token: () => 'a.b.c.d.e' }],
  ['no token', { answer: { id_token: undefined } }],
  ['a token that is none', { answer: { id_token: 'token' } }],
  ['an error for its code', { answer: { error: 'invalid_grant' }, token: () => '' }],
  ['another issuer on the way back', { back: { iss: 'https://other.example' } }],
  ['no issuer on the way back', { back: { iss: null } }],
  ['no code', { back: { code: null } }],
  ['a token on the way back', { back: { id_token: 'token' } }],
  [
    'an error with somebody’s words',
    { back: { error: 'server_error', error_description: '<script>alert(1)</script>' } },
  ],
];

async function rs384(): Promise<CryptoKey> {
  const { exportJWK, importJWK } = await import('jose');
  const key = await exportJWK((await keyOf('RS256')).privateKey);
  return (await importJWK({ ...key, alg: 'RS384' }, 'RS384')) as CryptoKey;
}

test.each(lies)('nobody comes in by %s', async (_, lie) => {
  const before = await traces(fixture);
  const { response, visitor, message } = await comeBack(typeof lie === 'function' ? lie() : lie);
  expect(message).toMatchObject({ type: 'portal-code', error: 'failed' });
  expect(message).not.toHaveProperty('code');
  expect(await response.text()).not.toContain('alert');
  expect(await whoIs(visitor)).toBe(null);
  expect(await traces(fixture)).toEqual(before);
  expect(fixture.log).toContainEqual(expect.objectContaining({ event: 'sso-refused', reason: 'failed' }));
  expect(JSON.stringify(fixture.log)).not.toMatch(/ann@|alert/);
});

test('a token of an earlier sign-in, of whomever, is not taken again', async () => {
  let stolen = '';
  const first = await comeBack({
    token: async (good) => {
      stolen = await token(good);
      return stolen;
    },
  });
  expect(first.message).toHaveProperty('code');
  expect((await comeBack({ token: () => stolen })).message).toMatchObject({ error: 'failed' });
});

test('a provider that is slow, endless, elsewhere or broken keeps nobody waiting', async () => {
  const status = async (instead: NonNullable<FakeIssuer['instead']>) => {
    issuer.instead = instead;
    const { message } = await comeBack({});
    issuer.instead = null;
    return message['error'];
  };
  const at = (path: string, response: () => Response) => status((asked) => (asked === path ? response() : undefined));
  expect(await at('/token', () => new Response('x'.repeat(300_000)))).toBe('failed');
  expect(await at('/token', () => Response.redirect('http://127.0.0.1:1/'))).toBe('failed');
  expect(await at('/token', () => new Response(null, { status: 500 }))).toBe('failed');
  expect(await at('/token', () => new Response('{"id_token": "'))).toBe('failed');
  expect(await at('/token', () => Response.json([]))).toBe('failed');
  expect(await at('/keys', () => new Response(null, { status: 500 }))).toBe('failed');
  expect((await comeBack({})).message).toHaveProperty('code');
});

test('what a provider says of itself and its keys is asked for once in ten minutes', async () => {
  const count = (path: string) => issuer.asked.filter((asked) => asked === path).length;
  const before = count('/.well-known/openid-configuration');
  await comeBack({});
  await comeBack({});
  expect([count('/.well-known/openid-configuration') - before, count('/keys')]).toEqual([1, 1]);
  fixture.wait(600_000);
  const start = await open(fixture, fixture.visitor(), startAddress(connection, ask()));
  expect(start.status).toBe(200);
  expect(count('/.well-known/openid-configuration') - before).toBe(2);
});

test('more about a person is only taken for that person', async () => {
  issuer.more = { sub: 'a-1', email: 'ann@example.com', email_verified: true };
  fixture.wait(600_000);
  fixture.tick();
  const bare = (good: JWTPayload) => token({ ...good, iat: seconds() + 600, exp: seconds() + 900, email: undefined });
  const told = await comeBack({ token: bare });
  expect(told.message).toHaveProperty('code');
  await fixture.database.asSuperuser('DELETE FROM identities');
  issuer.more = { sub: 'b-1', email: 'ann@example.com', email_verified: true };
  expect((await comeBack({ token: bare })).message).toMatchObject({ error: 'failed' });
  expect(await fixture.database.asSuperuser('SELECT FROM identities')).toEqual([]);
});
