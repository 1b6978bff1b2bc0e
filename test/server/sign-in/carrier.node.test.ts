import { beforeEach, expect, test } from 'vitest';

import { createApp } from '../../../src/server/app.js';
import { readCaller } from '../../../src/server/node/caller.js';
import { callerCarrier } from '../../../src/server/node/carrier.js';
import { base, password } from '../app-fixture.js';
import { useSignIn } from './sign-in-fixture.js';

const fixture = useSignIn();
const minute = 60_000;
const kb = 'https://kb.example';
const email = 'ann@example.com';

let app: ReturnType<typeof createApp>;
beforeEach(async () => {
  await fixture.setPortal({ origins: [kb, 'https://other.example'] });
  app = createApp({
    ...fixture.deps,
    carrier: callerCarrier,
    caller: (request) => readCaller(request, null, { trustProxy: 0, publicUrl: null }),
  });
});

/** A page of another site, in a browser that keeps cookies or drops them. */
function openPage({ keeps, origin = kb }: { keeps: boolean; origin?: string }) {
  const cookies = new Map<string, string>();
  const held: Record<string, string> = {};
  return {
    cookies,
    held,
    async request(method: string, path: string, body?: unknown) {
      const headers = {
        host: 'localhost:4400',
        origin,
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'cors',
        'x-portal-client': 'portico-test/1',
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...held,
      };
      const text = body === undefined ? null : JSON.stringify(body);
      const response = await app.request(`${base}/help/api/v1${path}`, { method, headers, body: text });
      for (const cookie of keeps ? response.headers.getSetCookie() : []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value) cookies.set(name, value);
        else cookies.delete(name);
      }
      return response;
    },
  };
}

const signIn = (page: ReturnType<typeof openPage>) =>
  page.request('POST', '/session', { method: 'password', email, password });

test('a page of another site signs in by cookies that are kept for it alone', async () => {
  const page = openPage({ keeps: true });
  const first = await page.request('GET', '/session');
  expect(first.headers.getSetCookie()).toEqual([
    '__Host-portal_p_help=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned',
  ]);
  const signedIn = await signIn(page);
  expect(signedIn.status).toBe(200);
  expect(signedIn.headers.getSetCookie()[0]).toMatch(
    /^__Host-portal_s_help=[\w-]{44}; Path=\/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=86400$/,
  );
  expect(signedIn.headers.get('x-portal-session')).toBe(null);
  const body = await signedIn.text();
  expect(body).not.toContain(page.cookies.get('__Host-portal_s_help'));
  expect(body).not.toContain('untilReload');
  expect((await page.request('GET', '/tickets')).status).toBe(200);
  expect((await page.request('DELETE', '/session', { scope: 'this' })).headers.getSetCookie()).toEqual([
    '__Host-portal_s_help=; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=0',
  ]);
});

test('where the browser drops them, nothing is begun before the page holds its token itself', async () => {
  const page = openPage({ keeps: false });
  await page.request('GET', '/session');
  for (const body of [
    { method: 'password', email, password },
    { method: 'code', code: 'AAAA-AAAA' },
  ]) {
    const refused = await page.request('POST', '/session', body);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-portal-carrier')).toBe('memory');
    expect(refused.headers.getSetCookie()).toEqual([]);
  }
  expect((await page.request('POST', '/session/start', { method: 'email', email })).status).toBe(403);
  expect(await fixture.mailsTo(email)).toEqual([]);

  page.held['x-portal-carrier'] = 'memory';
  const signedIn = await signIn(page);
  const token = signedIn.headers.get('x-portal-session');
  expect(token).toMatch(/^[\w-]{44}$/);
  expect(signedIn.headers.getSetCookie()).toEqual([]);
  expect(signedIn.headers.get('access-control-expose-headers')).toContain('x-portal-session');
  const text = await signedIn.text();
  expect(JSON.parse(text)).toMatchObject({ untilReload: true, expiresAt: '2026-11-01T09:15:00.000Z' });
  expect(text).not.toContain(token);
  page.held['authorization'] = `Bearer ${token}`;
  expect((await page.request('GET', '/tickets')).status).toBe(200);
  const ended = await page.request('DELETE', '/session', { scope: 'this' });
  expect(ended.headers.get('x-portal-session')).toBe('');
  expect((await page.request('GET', '/tickets')).status).toBe(401);
});

test('a token in memory is of use to its page alone, and not as a cookie', async () => {
  const page = openPage({ keeps: false });
  page.held['x-portal-carrier'] = 'memory';
  const token = (await signIn(page)).headers.get('x-portal-session') ?? '';
  const bearer = { 'x-portal-carrier': 'memory', authorization: `Bearer ${token}` };
  const other = openPage({ keeps: false, origin: 'https://other.example' });
  Object.assign(other.held, bearer);
  expect((await other.request('GET', '/tickets')).status).toBe(401);
  const cookie = openPage({ keeps: true });
  cookie.cookies.set('__Host-portal_s_help', token);
  expect((await cookie.request('GET', '/tickets')).status).toBe(401);
  Object.assign(page.held, bearer);
  expect((await page.request('GET', '/tickets')).status).toBe(200);

  const keeping = openPage({ keeps: true });
  await keeping.request('GET', '/session');
  await signIn(keeping);
  const stolen = openPage({ keeps: false });
  Object.assign(stolen.held, {
    'x-portal-carrier': 'memory',
    authorization: `Bearer ${keeping.cookies.get('__Host-portal_s_help')}`,
  });
  expect((await stolen.request('GET', '/tickets')).status).toBe(401);
});

test('a token in memory lives for 15 minutes without use, and for 8 hours at most', async () => {
  const page = openPage({ keeps: false });
  page.held['x-portal-carrier'] = 'memory';
  page.held['authorization'] = `Bearer ${(await signIn(page)).headers.get('x-portal-session')}`;
  for (let at = 0; at < 34; at++) {
    fixture.pass(14 * minute);
    expect((await page.request('GET', '/tickets')).status, `${at}`).toBe(200);
  }
  fixture.pass(5 * minute);
  expect((await page.request('GET', '/tickets')).status).toBe(401);
  page.held['authorization'] = `Bearer ${(await signIn(page)).headers.get('x-portal-session')}`;
  fixture.pass(15 * minute);
  expect((await page.request('GET', '/tickets')).status).toBe(401);
});

test('what is asked for by mail is held by the page as well', async () => {
  const page = openPage({ keeps: false });
  page.held['x-portal-carrier'] = 'memory';
  const asked = await page.request('POST', '/session/start', { method: 'email', email });
  page.held['x-portal-flow'] = asked.headers.get('x-portal-flow') ?? '';
  expect(page.held['x-portal-flow']).toMatch(/^[\w-]{44}$/);
  expect(await (await page.request('GET', '/session')).json()).toMatchObject({ pending: { method: 'email' } });
  const entered = await page.request('POST', '/session', { method: 'code', code: await fixture.codeTo(email) });
  expect(entered.status).toBe(200);
  expect(entered.headers.get('x-portal-flow')).toBe('');
  expect(entered.headers.get('x-portal-session')).toMatch(/^[\w-]{44}$/);
});

test('a browser tells by its preflight which headers the page may send', async () => {
  const headers = { host: 'localhost:4400', origin: kb, 'access-control-request-method': 'GET' };
  const allowed = await app.request(`${base}/help/api/v1/tickets`, { method: 'OPTIONS', headers });
  const names = allowed.headers.get('access-control-allow-headers')?.split(/, */);
  expect(names).toEqual(expect.arrayContaining(['authorization', 'x-portal-carrier', 'x-portal-flow']));
});

test('a page that holds its tokens itself holds what waits for a consent as well, and no other page can use it', async () => {
  await fixture.setPortal({ locales: ['en'], followsDomain: false });
  await fixture.setPortal({ consent: { asked: true, text: { en: 'We keep it.' } } });
  const page = openPage({ keeps: false });
  page.held['x-portal-carrier'] = 'memory';
  const asked = await signIn(page);
  expect(await asked.json()).toMatchObject({ contact: null, pending: { method: 'consent' } });
  expect(asked.headers.get('x-portal-session')).toBe(null);
  page.held['x-portal-flow'] = asked.headers.get('x-portal-flow') ?? '';
  expect(await (await page.request('GET', '/consent')).json()).toMatchObject({ notice: { text: 'We keep it.' } });

  const thief = openPage({ keeps: false, origin: 'https://other.example' });
  Object.assign(thief.held, page.held);
  const agreed = { method: 'consent', version: 1, locale: 'en' };
  expect((await thief.request('POST', '/session', agreed)).status).toBe(401);

  const signedIn = await page.request('POST', '/session', agreed);
  expect(await signedIn.json()).toMatchObject({ contact: { email }, untilReload: true });
  expect(signedIn.headers.get('x-portal-flow')).toBe('');
  page.held['authorization'] = `Bearer ${signedIn.headers.get('x-portal-session')}`;
  expect((await page.request('GET', '/tickets')).status).toBe(200);
});
