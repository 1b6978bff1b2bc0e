import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import { SignJWT } from 'jose';
import { beforeEach, expect, test } from 'vitest';

import type { SetupBackend } from '../../../src/backend/setup/setup-backend.js';
import type { PublicKey } from '../../../src/backend/setup/ways-in-backend.js';
import { readPublicKey } from '../../../src/elements/portal-setup/sso/public-key.js';
import { base } from '../app-fixture.js';
import { openSetupPage } from '../setup-page.js';
import { useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();
let page: SetupBackend;

beforeEach(async () => {
  page = await openSetupPage(fixture);
});

const pairs = {
  EdDSA: generateKeyPairSync('ed25519'),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
type Algorithm = keyof typeof pairs;

/** What an owner copies, as the page reads it. */
const pasted = async (algorithm: Algorithm) =>
  (await readPublicKey(pairs[algorithm].publicKey.export({ type: 'spki', format: 'pem' }).toString())) as PublicKey;

async function comeBySite(kid: string, alg: Algorithm, key: KeyObject = pairs[alg].privateKey) {
  const visitor = fixture.visitor();
  const asked = await visitor.request('POST', '/session/nonce');
  if (asked.status !== 200) return null;
  const { nonce } = (await asked.json()) as { nonce: string };
  const now = Math.floor(fixture.deps.clock().getTime() / 1000);
  const claims = { email: 'ann@example.com', email_verified: true, nonce };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg, kid, typ: 'portal-login+jwt' })
    .setIssuer(kid)
    .setAudience(`${base}/help`)
    .setSubject('7')
    .setIssuedAt(now)
    .setExpirationTime(now + 120)
    .setJti(crypto.randomUUID())
    .sign(key);
  await visitor.request('POST', '/session', { body: { method: 'host-token', token } });
  return whoIs(visitor);
}

test.each(['EdDSA', 'ES256'] as const)(
  'a key of the owner’s page signs in the customers of a site until it is removed (%s)',
  async (algorithm) => {
    expect(await page.listHostKeys('help')).toEqual([]);
    expect(await comeBySite('site.1', algorithm)).toBe(null);
    const jwk = await pasted(algorithm);
    const added = await page.addHostKey('help', { kid: 'site.1', jwk });
    expect(added).toMatchObject({ kid: 'site.1', algorithm, lastUsedAt: null });
    expect(await comeBySite('site.1', algorithm)).toBe('ann@example.com');
    const [used, ...others] = await page.listHostKeys('help');
    expect([used, others]).toEqual([{ ...added, lastUsedAt: fixture.deps.clock().toISOString() }, []]);
    // With another key beside it the portal goes on asking sites.
    await page.addHostKey('help', { kid: 'other', jwk });
    await page.removeHostKey('help', 'site.1');
    expect(await comeBySite('site.1', algorithm)).toBe(null);
    expect(await comeBySite('other', algorithm)).toBe('ann@example.com');
    expect((await page.listHostKeys('help')).map(({ kid }) => kid)).toEqual(['other']);
  },
);

test('the owner’s page hears at which field a key is wrong, and the audit log who added and removed one', async () => {
  const jwk = (await pasted('ES256')) as PublicKey & { kty: 'EC' };
  const key = { kid: 'site', jwk };
  await page.addHostKey('help', key);
  await expect(page.addHostKey('help', key)).rejects.toMatchObject({
    code: 'conflict',
    fields: [{ path: 'kid', code: 'taken' }],
  });
  await expect(page.addHostKey('help', { kid: 'new', jwk: { ...jwk, y: jwk.x } })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ path: 'jwk', code: 'malformed' }],
  });
  await page.removeHostKey('help', 'site');
  await expect(page.removeHostKey('help', 'site')).rejects.toMatchObject({ code: 'not-found' });
  const { items } = await page.listAudit({});
  expect(items.slice(0, 2).map(({ change }) => change)).toEqual([
    { hostKeys: { before: 'site', after: null } },
    { hostKeys: { before: null, after: 'site' } },
  ]);
});
