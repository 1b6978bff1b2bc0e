import { expect, test } from 'vitest';

import { inviteTo, problemOf, useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();
const day = 24 * 3_600_000;
const email = 'eve@example.com';
const own = 'seven quiet herons';
const expired = { status: 401, code: 'unauthenticated', fields: [{ path: 'code', code: 'expired' }] };

const invite = (body: Readonly<Record<string, unknown>> = { email }) => inviteTo(fixture, body);
const accept = (token: string, password: string | undefined = own, visitor = fixture.visitor()) =>
  visitor.request('POST', '/session', { body: { method: 'invitation', token, ...(password && { password }) } });
const tokenTo = async (address = email) => {
  const link = (await fixture.mailsTo(address)).at(-1)?.content.link ?? '';
  return link.split('#portal_invitation=')[1] ?? '';
};

test('lets its reader in once, as nobody else, and makes them a member', async () => {
  expect((await fixture.visitor().signIn(email)).status).toBe(401);
  const invited = await invite();
  expect(invited.status).toBe(201);
  expect(await invited.json()).toMatchObject({ email, expiresAt: '2026-11-08T09:00:00.000Z' });
  expect((await fixture.mailsTo(email)).at(-1)?.content).toMatchObject({ kind: 'invitation', days: 7 });
  const token = await tokenTo();
  const visitor = fixture.visitor();
  expect((await accept(token, own, visitor)).status).toBe(200);
  expect(await whoIs(visitor)).toBe(email);
  expect(await problemOf(await accept(token))).toEqual(expired);
  const again = { method: 'password', email, password: own };
  expect((await fixture.visitor().request('POST', '/session', { body: again })).status).toBe(200);
});

test('makes a contact of an address that nobody has yet, who sees nothing before', async () => {
  await invite({ email: 'nora@example.org', name: 'Nora Quist', locale: 'pl' });
  expect((await fixture.mailsTo('nora@example.org')).at(-1)).toMatchObject({
    locale: 'pl',
    to: { name: 'Nora Quist' },
  });
  const [row] = await fixture.database.asSuperuser(`SELECT verified FROM contacts WHERE email = 'nora@example.org'`);
  expect(row).toEqual({ verified: false });
  expect((await accept(await tokenTo('nora@example.org'))).status).toBe(200);
});

test('ends after seven days, when it is taken back, and when there is a newer one', async () => {
  await invite();
  const old = await tokenTo();
  await invite();
  const current = await tokenTo();
  expect(await problemOf(await accept(old))).toEqual(expired);
  const list = async () =>
    (
      (await (await fixture.admin('GET', '/portals/help/invitations')).json()) as {
        items: { id: string; email: string }[];
      }
    ).items;
  const [open, ...more] = await list();
  expect(open?.email).toBe(email);
  expect(more).toEqual([]);
  expect((await fixture.admin('DELETE', `/portals/help/invitations/${open?.id}`)).status).toBe(204);
  expect((await fixture.admin('DELETE', `/portals/help/invitations/${open?.id}`)).status).toBe(404);
  expect(await problemOf(await accept(current))).toEqual(expired);
  await invite();
  const late = await tokenTo();
  fixture.pass(7 * day);
  expect(await problemOf(await accept(late))).toEqual(expired);
  expect(await list()).toEqual([]);
});

test('a weak password costs nobody their invitation', async () => {
  await invite();
  const token = await tokenTo();
  expect(await problemOf(await accept(token, 'short'))).toMatchObject({
    status: 400,
    fields: [{ path: 'password', code: 'too-short' }],
  });
  expect((await accept(token)).status).toBe(200);
});

test('needs a password where there is no other way back in', async () => {
  await invite();
  const token = await tokenTo();
  const without = () => fixture.visitor().request('POST', '/session', { body: { method: 'invitation', token } });
  await fixture.setPortal({ signIn: ['password'] });
  expect(await problemOf(await without())).toMatchObject({
    status: 400,
    fields: [{ path: 'password', code: 'missing' }],
  });
  await fixture.setPortal({ signIn: ['email'] });
  expect((await accept(token)).status).toBe(403);
  expect((await without()).status).toBe(200);
});

test('is not made by a portal on the server’s own domain, which sends no such mail', async () => {
  const answer = await fixture.admin('POST', '/portals/help/invitations', { email });
  expect(await problemOf(answer)).toMatchObject({ status: 409, fields: [{ path: 'domain', code: 'system' }] });
  expect(await fixture.mailsTo(email)).toEqual([]);
});

test('leads to the portal’s own domain, wherever its owner is', async () => {
  await invite();
  const link = (await fixture.mailsTo(email)).at(-1)?.content.link ?? '';
  expect(link.split('#')[0]).toBe('https://help.example.com/help/');
});

test('cannot be made where it would lead nowhere', async () => {
  await fixture.setPortal({ accessGroups: [] });
  expect(await problemOf(await invite())).toMatchObject({
    status: 409,
    fields: [{ path: 'accessGroups', code: 'missing' }],
  });
  await fixture.setPortal({ access: { kind: 'sso-only' } });
  expect((await invite()).status).toBe(409);
  Object.assign(fixture.deps, { mail: null });
  expect((await invite()).status).toBe(503);
});

test('whom the owner has locked out is not invited, and who is locked out after it does not come in', async () => {
  await invite();
  const token = await tokenTo();
  await fixture.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE email = '${email}'`);
  expect(await problemOf(await accept(token))).toEqual(expired);
  expect((await invite()).status).toBe(409);
});
