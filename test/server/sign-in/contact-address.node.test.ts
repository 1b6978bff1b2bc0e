import { expect, test } from 'vitest';

import { password } from '../app-fixture.js';
import { inviteTo, problemOf, useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();

interface Contact {
  readonly id: string;
  readonly email: string;
  readonly verified: boolean;
  readonly version: string;
}

const old = 'ann@example.com';
const next = 'ann@new.example';

const find = async (name: string) => {
  const answer = await fixture.admin('GET', `/contacts?q=${name}`);
  return ((await answer.json()) as { items: Contact[] }).items[0] as Contact;
};
const change = async (body: object) => fixture.admin('PATCH', `/contacts/${(await find('ann')).id}`, body);
const signIn = async (email: string) => {
  const visitor = fixture.visitor();
  await visitor.request('POST', '/session', { body: { method: 'password', email, password } });
  return whoIs(visitor);
};
const waiting = async () =>
  (await fixture.database.asSuperuser('SELECT id FROM mails WHERE sealed IS NOT NULL')).length;

test('another address is not theirs until it is proven, and ends every session', async () => {
  const ann = fixture.visitor();
  await ann.signIn(old);
  expect(await whoIs(ann)).toBe(old);
  const answer = await change({ email: next });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ email: next, verified: false });
  expect(await whoIs(ann)).toBeNull();
  expect(await signIn(old)).toBeNull();
  expect(await signIn(next)).toBeNull();
  expect((await change({ verified: true })).status).toBe(200);
  expect(await signIn(next)).toBe(next);
});

test('whoever says that it is theirs lets them in by it at once, but by no session from before', async () => {
  const ann = fixture.visitor();
  await ann.signIn(old);
  await change({ email: next, verified: true });
  expect(await whoIs(ann)).toBeNull();
  expect(await signIn(next)).toBe(next);
});

test('the same address in other letters changes nothing else', async () => {
  const ann = fixture.visitor();
  await ann.signIn(old);
  expect(await (await change({ email: 'Ann@Example.com' })).json()).toMatchObject({
    email: 'Ann@Example.com',
    verified: true,
  });
  expect(await whoIs(ann)).toBe('Ann@Example.com');
});

test('what was sent to the old address leads nowhere, and what waits is not sent', async () => {
  await inviteTo(fixture, { email: old });
  const token = (await fixture.mailsTo(old)).at(-1)?.content.link.split('#portal_invitation=')[1];
  await inviteTo(fixture, { email: 'max@example.com' });
  const before = await waiting();
  await change({ email: next, verified: true });
  expect(before - (await waiting())).toBe(1);
  expect(await fixture.mailsTo(old)).toEqual([]);
  expect(await fixture.mailsTo('max@example.com')).toHaveLength(1);
  const body = { method: 'invitation', token, password: 'seven quiet herons' };
  expect(await problemOf(await fixture.visitor().request('POST', '/session', { body }))).toMatchObject({ status: 401 });
});

test('an address that another contact has is refused at its field, and nothing of the change is kept', async () => {
  const answer = await change({ email: 'MAX@example.com', name: 'Half' });
  expect([answer.status, await answer.json()]).toMatchObject([409, { fields: [{ path: 'email', code: 'taken' }] }]);
  expect(await find('ann')).toMatchObject({ email: old, name: 'ann' });
});

test('the log says that it was changed, and neither address', async () => {
  await change({ email: next });
  const { items } = (await (await fixture.admin('GET', '/audit')).json()) as { items: { change: object }[] };
  expect(items[0]?.change).toEqual({ email: null, verified: { before: true, after: false } });
});

test('whoever is erased gets no mail that waits, and everybody else theirs', async () => {
  // Sign-in takes the address as it is typed.
  for (const email of [old, 'ANN@Example.com'])
    await fixture.visitor().request('POST', '/session/start', { body: { method: 'email', email } });
  // From before it was noted whom a mail is for.
  await fixture.database.asSuperuser('UPDATE mails SET recipient = NULL WHERE id = (SELECT min(id) FROM mails)');
  await inviteTo(fixture, { email: old });
  await inviteTo(fixture, { email: 'max@example.com' });
  expect(await waiting()).toBe(4);
  expect((await fixture.admin('DELETE', `/contacts/${(await find('ann')).id}`)).status).toBe(204);
  expect(await waiting()).toBe(1);
  expect(await fixture.mailsTo('max@example.com')).toHaveLength(1);
});
