import { expect, test } from 'vitest';

import { password } from '../app-fixture.js';
import { enter, problemOf, start, useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();
const email = 'ann@example.com';
const fresh = 'seven quiet herons';
const expired = { status: 401, code: 'unauthenticated', fields: [{ path: 'code', code: 'expired' }] };

const set = (visitor: ReturnType<typeof fixture.visitor>, code: string, text = fresh) =>
  visitor.request('POST', '/session/password', { body: { code, password: text } });
const signInWith = (text: string, address = email) =>
  fixture.visitor().request('POST', '/session', { body: { method: 'password', email: address, password: text } });

test('a new password replaces the old one, ends every session, and signs nobody in', async () => {
  const [elsewhere, visitor] = [fixture.visitor(), fixture.visitor()];
  await elsewhere.signIn(email);
  await start(visitor, { method: 'reset', email });
  const done = await set(visitor, await fixture.codeTo(email));
  expect(done.status).toBe(204);
  expect(await whoIs(visitor)).toBe(null);
  expect(await whoIs(elsewhere)).toBe(null);
  expect((await signInWith(password)).status).toBe(401);
  expect((await signInWith(fresh)).status).toBe(200);
  const notice = (await fixture.mailsTo(email)).at(-1);
  expect(notice?.content).toEqual({ kind: 'password-changed', link: 'http://localhost:4400/help/' });
});

test('its code signs nobody in, and a code to sign in with sets no password', async () => {
  const [resetting, entering] = [fixture.visitor(), fixture.visitor()];
  await start(resetting, { method: 'reset', email });
  expect(await problemOf(await enter(resetting, await fixture.codeTo(email)))).toEqual(expired);
  await start(entering, { method: 'email', email });
  expect(await problemOf(await set(entering, await fixture.codeTo(email)))).toEqual(expired);
  expect((await signInWith(password)).status).toBe(200);
});

test('a password that is easy to guess is refused with its reason, and the code is still good', async () => {
  const visitor = fixture.visitor();
  await start(visitor, { method: 'reset', email });
  const code = await fixture.codeTo(email);
  for (const [text, reason] of [
    ['short', 'too-short'],
    ['x'.repeat(257), 'too-long'],
    ['everybody tries this', 'known'],
    ['small-support-1!', 'obvious'],
    ['Ann.Example.com', 'obvious'],
  ] as const) {
    const refused = await problemOf(await set(visitor, code, text));
    expect(refused, text).toEqual({ status: 400, code: 'invalid', fields: [{ path: 'password', code: reason }] });
  }
  expect((await set(visitor, code)).status).toBe(204);
});

test('one browser asks, and another cannot set the password', async () => {
  await start(fixture.visitor(), { method: 'reset', email });
  expect(await problemOf(await set(fixture.visitor(), await fixture.codeTo(email)))).toEqual(expired);
});

test('who may not sign in gets no mail, and nobody can tell', async () => {
  const bodies = [];
  for (const address of ['ann@example.com', 'eve@example.com', 'xyz@example.com']) {
    const response = await start(fixture.visitor(), { method: 'reset', email: address });
    bodies.push(`${response.status} ${(await response.text()).replace(/"\w•••/, '"•••')}`);
  }
  expect(new Set(bodies).size).toBe(1);
  expect(await fixture.mailsTo('eve@example.com')).toEqual([]);
});

test('exactly what is typed is the password: case, spaces and letters of any script', async () => {
  const visitor = fixture.visitor();
  const text = '  Zażółć gęślą jaźń — ქართული  ';
  await start(visitor, { method: 'reset', email });
  expect((await set(visitor, await fixture.codeTo(email), text)).status).toBe(204);
  expect((await signInWith(text.trim())).status).toBe(401);
  expect((await signInWith(text)).status).toBe(200);
});
