import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';

import type { Caller } from '../../../src/server/deps.js';
import { type PortalSettings, findPortal } from '../../../src/server/settings/portal.js';
import { endByProvider } from '../../../src/server/sso/end-sessions.js';
import { type Visitor, base, password } from '../app-fixture.js';
import { enter, inviteTo, problemOf, start, whoIs } from './sign-in-fixture.js';
import { comeBack, exchange, useSso } from './sso-fixture.js';

const fixture = useSso();
const minute = 60_000;
const text = { en: 'We keep what you write.\n\nFor a year.', pl: 'Przechowujemy, co napiszesz.' };

const setConsent = (consent: object) => fixture.admin('PATCH', '/portals/help', { consent });
const enterByPassword = (visitor: Visitor, email = 'ann@example.com') =>
  visitor.request('POST', '/session', { body: { method: 'password', email, password } });
const agree = (visitor: Visitor, version = 1, locale = 'en') =>
  visitor.request('POST', '/session', { body: { method: 'consent', version, locale } });
const noticeOf = async (visitor: Visitor, language = 'en') => {
  const response = await visitor.request('GET', '/consent', { headers: { 'accept-language': language } });
  return ((await response.json()) as { notice: unknown }).notice;
};
const records = () =>
  fixture.database.asSuperuser(`SELECT c.email, r.version, r.locale, r.given_at, r.withdrawn_at
    FROM consent_records r JOIN contacts c ON c.account_id = r.account_id AND c.id = r.contact_id ORDER BY r.id`);
const sessions = async () => (await fixture.database.asSuperuser('SELECT FROM sessions')).length;

const asked = { contact: null, permission: null, expiresAt: null, draftKey: null, pending: { method: 'consent' } };
const waited = { status: 401, code: 'unauthenticated', fields: [{ path: 'version', code: 'expired' }] };

async function expectAsked(response: Response): Promise<void> {
  expect(response.status, await response.clone().text()).toBe(200);
  expect(await response.json()).toMatchObject(asked);
  expect(await sessions()).toBe(0);
}

beforeEach(async () => {
  await fixture.setPortal({ locales: ['en', 'pl'], followsDomain: false });
  await fixture.setPortal({ consent: { asked: true, text } });
});

describe('nobody has a session before they agree, who signs in by', () => {
  const own = 'seven quiet herons';
  const ways: Readonly<Record<string, (visitor: Visitor) => Promise<readonly [Response, email: string]>>> = {
    'a password': async (visitor) => [await enterByPassword(visitor), 'ann@example.com'],
    async 'a code'(visitor) {
      await start(visitor, { method: 'email', email: 'ann@example.com' });
      return [await enter(visitor, await fixture.codeTo('ann@example.com')), 'ann@example.com'];
    },
    async registering(visitor) {
      await fixture.setPortal({ access: { kind: 'open', emailDomains: [] } });
      await start(visitor, { method: 'register', email: 'nora@example.org', name: 'Nora', password: own });
      return [await enter(visitor, await fixture.codeTo('nora@example.org')), 'nora@example.org'];
    },
    async 'a new password'(visitor) {
      await start(visitor, { method: 'reset', email: 'ann@example.com' });
      const code = await fixture.codeTo('ann@example.com');
      expect((await visitor.request('POST', '/session/password', { body: { code, password: own } })).status).toBe(204);
      const body = { method: 'password', email: 'ann@example.com', password: own };
      return [await visitor.request('POST', '/session', { body }), 'ann@example.com'];
    },
    async 'an invitation'(visitor) {
      await inviteTo(fixture, { email: 'eve@example.com' });
      const link = (await fixture.mailsTo('eve@example.com')).at(-1)?.content.link ?? '';
      const body = { method: 'invitation', token: link.split('#portal_invitation=')[1], password: own };
      return [await visitor.request('POST', '/session', { body }), 'eve@example.com'];
    },
    async 'a provider elsewhere'(visitor) {
      fixture.provider.people['a-1'] = { email: 'ann@example.com', email_verified: true, name: 'Ann' };
      const { code, asked: begun } = await comeBack(fixture, visitor, await fixture.connect(), 'a-1');
      return [await exchange(visitor, code, begun), 'ann@example.com'];
    },
    async 'a token of the site'(visitor) {
      const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
      const { kty, crv, x } = await exportJWK(publicKey);
      await fixture.admin('POST', '/portals/help/host-keys', { kid: 'site', jwk: { kty, crv, x } });
      const { nonce } = (await (await visitor.request('POST', '/session/nonce')).json()) as { nonce: string };
      const now = Math.floor(fixture.deps.clock().getTime() / 1000);
      const who = {
        iss: 'site',
        aud: `${base}/help`,
        sub: 'customer-1',
        email: 'ann@example.com',
        email_verified: true,
      };
      const token = await new SignJWT({ ...who, iat: now, exp: now + 120, jti: crypto.randomUUID(), nonce })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'site', typ: 'portal-login+jwt' })
        .sign(privateKey);
      const body = { method: 'host-token', token };
      return [await visitor.request('POST', '/session', { body }), 'ann@example.com'];
    },
  };

  test.each(Object.keys(ways))('%s', async (way) => {
    const visitor = fixture.visitor();
    const [answer, email] = (await ways[way]?.(visitor)) ?? [];
    await expectAsked(answer as Response);
    expect((await visitor.request('GET', '/tickets')).status).toBe(401);
    expect(await records()).toEqual([]);

    const session = await agree(visitor);
    expect(session.status).toBe(200);
    expect(await session.json()).toMatchObject({ contact: { email } });
    expect((await visitor.request('GET', '/tickets')).status).toBe(200);
    expect(await records()).toEqual([
      { email, version: 1, locale: 'en', given_at: fixture.deps.clock(), withdrawn_at: null },
    ]);
    expect([...visitor.cookies.keys()]).toEqual(['__Host-portal_s_help']);
  });
});

test('what is asked is read in the language of the reader, after a reload as well', async () => {
  const visitor = fixture.visitor();
  await enterByPassword(visitor);
  expect(await (await visitor.request('GET', '/session')).json()).toMatchObject({
    contact: null,
    pending: { method: 'consent', email: 'a•••@example.com', expiresAt: expect.stringMatching(/Z$/) },
  });
  expect(await noticeOf(visitor)).toEqual({ version: 1, locale: 'en', text: text.en, givenAt: null });
  expect(await noticeOf(visitor, 'pl')).toMatchObject({ locale: 'pl', text: text.pl });
  // Nobody reads in German here: it is the portal's own.
  expect(await noticeOf(visitor, 'de')).toMatchObject({ locale: 'en' });
  expect((await agree(visitor, 1, 'pl')).status).toBe(200);
  expect(await records()).toMatchObject([{ locale: 'pl' }]);
});

test('nobody reads the notice, or agrees, who has not shown who they are', async () => {
  const stranger = fixture.visitor();
  expect((await stranger.request('GET', '/consent')).status).toBe(401);
  expect(await problemOf(await agree(stranger))).toEqual(waited);
  // A code that was asked for is no proof, and its cookie is not taken for one.
  await start(stranger, { method: 'email', email: 'ann@example.com' });
  expect(await problemOf(await agree(stranger))).toEqual(waited);
  expect((await stranger.request('GET', '/consent')).status).toBe(401);
  // Nor is what waits for a yes taken for a code.
  await enterByPassword(stranger);
  expect((await enter(stranger, 'AAAA-AAAA')).status).toBe(401);
});

test('a yes is taken once, for half an hour, and only while the contact may sign in', async () => {
  const [visitor, thief] = [fixture.visitor(), fixture.visitor()];
  await enterByPassword(visitor);
  for (const [name, value] of visitor.cookies) thief.cookies.set(name, value);
  expect((await agree(visitor)).status).toBe(200);
  expect(await problemOf(await agree(thief))).toEqual(waited);

  const late = fixture.visitor();
  await enterByPassword(late, 'max@example.com');
  const shut = fixture.visitor();
  await enterByPassword(shut, 'max@example.com');
  await fixture.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE email = 'max@example.com'`);
  expect(await problemOf(await agree(shut))).toEqual(waited);
  await fixture.database.asSuperuser(`UPDATE contacts SET enabled = true WHERE email = 'max@example.com'`);
  fixture.wait(31 * minute);
  expect(await problemOf(await agree(late))).toEqual(waited);
  expect(await records()).toHaveLength(1);
});

test('a text that has changed meanwhile is asked anew, and what was proven is not lost', async () => {
  const visitor = fixture.visitor();
  await enterByPassword(visitor);
  await setConsent({ asked: true, text: { ...text, en: 'We keep it for two years.' } });
  expect(await problemOf(await agree(visitor))).toEqual({
    status: 409,
    code: 'conflict',
    fields: [{ path: 'version', code: 'changed' }],
  });
  expect(await records()).toEqual([]);
  expect(await noticeOf(visitor)).toMatchObject({ version: 2, text: 'We keep it for two years.' });
  expect(await problemOf(await agree(visitor, 2, 'de'))).toMatchObject({ status: 400 });
  expect((await agree(visitor, 2)).status).toBe(200);
});

test('who has agreed is asked again by a new version alone, at the next sign-in', async () => {
  const visitor = fixture.visitor();
  await enterByPassword(visitor);
  await agree(visitor);
  expect(await (await enterByPassword(fixture.visitor())).json()).toMatchObject({
    contact: { email: 'ann@example.com' },
  });

  await setConsent({ asked: false, text });
  await setConsent({ asked: true, text });
  expect(await (await enterByPassword(fixture.visitor())).json()).toMatchObject({
    contact: { email: 'ann@example.com' },
  });

  await setConsent({ asked: true, text: { ...text, pl: 'Przechowujemy rok.' } });
  // Who is signed in stays so.
  expect(await whoIs(visitor)).toBe('ann@example.com');
  expect(await (await enterByPassword(fixture.visitor())).json()).toMatchObject(asked);
  expect(await noticeOf(visitor)).toMatchObject({ version: 1, text: text.en });
});

test('who does not agree is nobody again, and nothing is recorded', async () => {
  const visitor = fixture.visitor();
  await enterByPassword(visitor);
  expect((await visitor.request('DELETE', '/session', { body: { scope: 'this' } })).status).toBe(204);
  const session = (await (await visitor.request('GET', '/session')).json()) as object;
  expect(session).toMatchObject({ contact: null });
  expect(session).not.toHaveProperty('pending');
  expect(await problemOf(await agree(visitor))).toEqual(waited);
  expect(await records()).toEqual([]);
});

test('who signs in over a session is nobody until they agree', async () => {
  await setConsent({ asked: false, text });
  const visitor = fixture.visitor();
  await enterByPassword(visitor);
  await setConsent({ asked: true, text });
  await expectAsked(await enterByPassword(visitor, 'max@example.com'));
  expect(await whoIs(visitor)).toBe(null);
});

test('once it is not asked any more, nobody waits for it', async () => {
  const visitor = fixture.visitor();
  await enterByPassword(visitor);
  await setConsent({ asked: false, text });
  expect(await (await visitor.request('GET', '/session')).json()).not.toHaveProperty('pending');
  // Whose page still shows it goes on, and has agreed to nothing.
  expect((await agree(visitor)).status).toBe(200);
  expect(await records()).toEqual([]);
});

test('a new password ends what waits for a yes, as it ends sessions', async () => {
  const waiting = fixture.visitor();
  await enterByPassword(waiting);
  const owner = fixture.visitor();
  await start(owner, { method: 'reset', email: 'ann@example.com' });
  const body = { code: await fixture.codeTo('ann@example.com'), password: 'seven quiet herons' };
  expect((await owner.request('POST', '/session/password', { body })).status).toBe(204);
  expect(await problemOf(await agree(waiting))).toEqual(waited);
});

test('who signs out at the provider ends what waits for a yes there, and nobody else’s', async () => {
  fixture.provider.people['a-1'] = { email: 'ann@example.com', email_verified: true, name: 'Ann' };
  fixture.provider.people['m-1'] = { email: 'max@example.com', email_verified: true, name: 'Max' };
  const connection = await fixture.connect();
  const come = async (person: string) => {
    const visitor = fixture.visitor();
    const { code, asked: begun } = await comeBack(fixture, visitor, connection, person);
    expect(await (await exchange(visitor, code, begun)).json()).toMatchObject(asked);
    return visitor;
  };
  const [ann, max, byPassword] = [await come('a-1'), await come('m-1'), fixture.visitor()];
  await enterByPassword(byPassword);
  const caller = { base, system: true } as Caller;
  const portal = (await findPortal(fixture.database, caller, 'help')) as PortalSettings;
  const until = new Date(fixture.deps.clock().getTime() + minute);
  const word = { subject: 'a-1', sid: null, jti: 'once', until };
  expect(await endByProvider(fixture.deps, portal, fixture.provider.issuer, word)).toBe(true);
  expect(await problemOf(await agree(ann))).toEqual(waited);
  expect((await agree(max)).status).toBe(200);
  expect((await agree(byPassword)).status).toBe(200);
});

test('withdrawing is recorded, ends every session of the contact here, and is asked again', async () => {
  const [visitor, phone, other] = [fixture.visitor(), fixture.visitor(), fixture.visitor()];
  await enterByPassword(visitor);
  await agree(visitor);
  await enterByPassword(phone);
  await enterByPassword(other, 'max@example.com');
  await agree(other);
  expect(await noticeOf(visitor)).toMatchObject({ version: 1, givenAt: expect.stringMatching(/Z$/) });

  fixture.wait(minute);
  expect((await visitor.request('DELETE', '/consent')).status).toBe(204);
  expect([await whoIs(visitor), await whoIs(phone), await whoIs(other)]).toEqual([null, null, 'max@example.com']);
  expect(await records()).toMatchObject([
    { email: 'ann@example.com', withdrawn_at: fixture.deps.clock() },
    { email: 'max@example.com', withdrawn_at: null },
  ]);
  await expectAskedAgain();

  async function expectAskedAgain(): Promise<void> {
    const back = fixture.visitor();
    expect(await (await enterByPassword(back)).json()).toMatchObject(asked);
    await agree(back);
    expect(await records()).toHaveLength(3);
  }
});

test('there is nothing to withdraw for who was never asked', async () => {
  await setConsent({ asked: false, text });
  const visitor = fixture.visitor();
  await enterByPassword(visitor);
  expect(await noticeOf(visitor)).toBe(null);
  expect((await visitor.request('DELETE', '/consent')).status).toBe(404);
  expect(await whoIs(visitor)).toBe('ann@example.com');
});

test('the audit log has versions and no text, and who gave and withdrew', async () => {
  const visitor = fixture.visitor();
  await enterByPassword(visitor);
  await agree(visitor);
  await visitor.request('DELETE', '/consent');
  const { items } = (await (await fixture.admin('GET', '/audit')).json()) as { items: { event: string }[] };
  const of = (event: string) => items.filter((entry) => entry.event === event);
  expect(of('consent-given')).toMatchObject([
    { actor: { kind: 'contact' }, portal: 'help', change: { consent: { before: null, after: 1 } } },
  ]);
  expect(of('consent-withdrawn')).toMatchObject([{ change: { consent: { before: 1, after: null } } }]);
  expect(of('portal-changed')[0]).toMatchObject({
    change: { consent: { before: { asked: false, version: 0 }, after: { asked: true, version: 1 } } },
  });
  expect(JSON.stringify(items)).not.toMatch(/We keep|Przechowujemy/);
});

describe('the owner', () => {
  const portal = async () =>
    (await (await fixture.admin('GET', '/portals/help')).json()) as { consent: object; consentInForce: object };

  test('sees which version is in force and since when; switching alone makes none', async () => {
    const since = fixture.deps.clock().toISOString();
    expect(await portal()).toMatchObject({ consent: { asked: true, text }, consentInForce: { version: 1, since } });
    fixture.wait(minute);
    await setConsent({ asked: false, text });
    expect(await portal()).toMatchObject({ consent: { asked: false }, consentInForce: { version: 1, since } });
    await setConsent({ asked: true, text: { ...text, en: 'New' } });
    expect((await portal()).consentInForce).toEqual({ version: 2, since: fixture.deps.clock().toISOString() });
    expect(await fixture.database.asSuperuser('SELECT version, texts FROM consent_texts ORDER BY version')).toEqual([
      { version: 1, texts: text },
      { version: 2, texts: { ...text, en: 'New' } },
    ]);
  });

  test('is told every language of the portal that has no text where it is asked, and none it does not have', async () => {
    expect(await problemOf(await setConsent({ asked: true, text: { en: 'We keep it.', de: 'x' } }))).toEqual({
      status: 400,
      code: 'invalid',
      fields: [
        { path: 'consent.text.de', code: 'unknown' },
        { path: 'consent.text.pl', code: 'missing' },
      ],
    });
    expect((await setConsent({ asked: false, text: { en: 'We keep it.' } })).status).toBe(200);
  });

  test('gives a person what they have agreed to, with the text of then, and erases it with them', async () => {
    const visitor = fixture.visitor();
    await enterByPassword(visitor);
    const { contact } = (await (await agree(visitor, 1, 'pl')).json()) as { contact: { id: string } };
    await setConsent({ asked: true, text: { ...text, pl: 'Nowe' } });
    await visitor.request('DELETE', '/consent');
    const data = (await (await fixture.admin('GET', `/contacts/${contact.id}/export`)).json()) as {
      consents: object[];
    };
    const at = fixture.deps.clock().toISOString();
    expect(data.consents).toEqual([
      { portal: 'help', version: 1, locale: 'pl', text: text.pl, givenAt: at, withdrawnAt: at },
    ]);
    expect((await fixture.admin('DELETE', `/contacts/${contact.id}`)).status).toBe(204);
    expect(await records()).toEqual([]);
  });
});
