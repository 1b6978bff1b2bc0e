import { expect, test } from 'vitest';

import { password } from '../app-fixture.js';
import { enter, problemOf, start, useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();
const newcomer = 'nora@example.org';
const own = 'seven quiet herons';
const registration = { method: 'register', email: newcomer, name: 'Nora Quist', password: own };
const open = (emailDomains: string[] = []) => fixture.setPortal({ access: { kind: 'open', emailDomains } });
const signInWith = (text: string, address: string) =>
  fixture.visitor().request('POST', '/session', { body: { method: 'password', email: address, password: text } });
const contacts = () =>
  fixture.database.asSuperuser<{ email: string; name: string; verified: boolean }>(
    `SELECT email, name, verified FROM contacts WHERE email = '${newcomer}'`,
  );

test('who registers is nobody before the address is proven, and a contact after it', async () => {
  await open();
  const visitor = fixture.visitor();
  expect((await start(visitor, registration)).status).toBe(200);
  expect(await contacts()).toEqual([]);
  expect((await signInWith(own, newcomer)).status).toBe(401);
  expect((await visitor.request('GET', '/tickets')).status).toBe(401);
  expect((await enter(visitor, await fixture.codeTo(newcomer))).status).toBe(200);
  expect(await contacts()).toEqual([{ email: newcomer, name: 'Nora Quist', verified: true }]);
  expect(await (await visitor.request('GET', '/tickets')).json()).toMatchObject({ items: [] });
  expect((await signInWith(own, newcomer)).status).toBe(200);
});

test('a password typed by a stranger never opens the account of who owns the address', async () => {
  await open();
  const [stranger, owner] = [fixture.visitor(), fixture.visitor()];
  await start(stranger, { ...registration, password: 'the stranger waits' });
  await start(owner, registration);
  expect((await enter(owner, await fixture.codeTo(newcomer))).status).toBe(200);
  expect((await signInWith('the stranger waits', newcomer)).status).toBe(401);
  expect((await signInWith(own, newcomer)).status).toBe(200);
});

test('an address that is known is told so by mail alone, and keeps its password', async () => {
  await open();
  const visitor = fixture.visitor();
  const known = await start(visitor, { ...registration, email: 'ann@example.com' });
  const unknown = await start(fixture.visitor(), { ...registration, email: 'all@example.com' });
  expect(await known.text()).toBe(await unknown.text());
  expect((await fixture.mailsTo('ann@example.com')).at(-1)?.content.kind).toBe('known');
  expect((await fixture.mailsTo('all@example.com')).at(-1)?.content.kind).toBe('register');
  expect((await enter(visitor, await fixture.codeTo('ann@example.com'))).status).toBe(200);
  expect((await signInWith(password, 'ann@example.com')).status).toBe(200);
  expect((await signInWith(own, 'ann@example.com')).status).toBe(401);
});

test('who is locked out does not come back by registering', async () => {
  await open();
  await fixture.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE email = 'ann@example.com'`);
  await start(fixture.visitor(), { ...registration, email: 'ann@example.com' });
  expect(await fixture.mailsTo('ann@example.com')).toEqual([]);
});

test('a portal may be open to some domains, and says so before anything is sent', async () => {
  await open(['example.org', 'acme.example']);
  const refused = await start(fixture.visitor(), { ...registration, email: 'nora@sub.example.org' });
  expect(await problemOf(refused)).toEqual({
    status: 403,
    code: 'forbidden',
    fields: [{ path: 'email', code: 'domain' }],
  });
  const visitor = fixture.visitor();
  await start(visitor, { ...registration, email: 'Nora@Example.ORG' });
  expect((await enter(visitor, await fixture.codeTo('Nora@Example.ORG'))).status).toBe(200);
  // Members come in whatever their address.
  expect((await fixture.visitor().signIn('ann@example.com')).status).toBe(200);
  expect((await fixture.visitor().signIn('eve@example.com')).status).toBe(401);
});

test('is refused where a portal is not open', async () => {
  for (const access of [{ kind: 'access-groups' }, { kind: 'sso-only' }]) {
    await fixture.setPortal({ access });
    expect((await start(fixture.visitor(), registration)).status, access.kind).toBe(403);
  }
});

test('a portal that closes in the meantime lets nobody in', async () => {
  await open();
  const visitor = fixture.visitor();
  await start(visitor, registration);
  const code = await fixture.codeTo(newcomer);
  await fixture.setPortal({ access: { kind: 'access-groups' } });
  expect((await enter(visitor, code)).status).toBe(401);
  expect(await contacts()).toEqual([]);
});

test('without a password where the portal offers none', async () => {
  await open();
  await fixture.setPortal({ signIn: ['email'] });
  expect((await start(fixture.visitor(), registration)).status).toBe(403);
  const visitor = fixture.visitor();
  const { password: _, ...without } = registration;
  await start(visitor, without);
  expect((await enter(visitor, await fixture.codeTo(newcomer))).status).toBe(200);
  expect(await whoIs(visitor)).toBe(newcomer);
});

test('joins the company that has the domain, where the portal says so, and no other contact changes companies', async () => {
  await open();
  const acme = fixture.world.companies.acme;
  expect((await fixture.admin('PATCH', `/companies/${acme}`, { emailDomains: ['example.org'] })).status).toBe(200);
  const companyOf = async (email: string) => {
    const visitor = fixture.visitor();
    await start(visitor, { ...registration, email });
    const signedIn = (await (await enter(visitor, await fixture.codeTo(email))).json()) as {
      contact: { company: { name: string } | null };
    };
    return signedIn.contact.company?.name ?? null;
  };
  expect(await companyOf('one@example.org')).toBe(null);
  await fixture.setPortal({ joinCompanies: true });
  expect(await companyOf('two@example.org')).toBe('Acme');
  expect(await companyOf('three@sub.example.org')).toBe(null);
  await fixture.admin('PATCH', `/companies/${acme}`, { emailDomains: ['example.com'] });
  expect(await companyOf('gus@example.com')).toBe('Globex');
});

test('a domain where anybody gets an address is no company’s, nor is one that another has', async () => {
  const { acme, globex } = fixture.world.companies;
  const refused = await fixture.admin('PATCH', `/companies/${acme}`, {
    emailDomains: ['acme.example', 'freemail.example'],
  });
  expect(await problemOf(refused)).toMatchObject({
    status: 400,
    fields: [{ path: 'emailDomains.1', code: 'free-mail' }],
  });
  expect((await fixture.admin('PATCH', `/companies/${acme}`, { emailDomains: ['acme.example'] })).status).toBe(200);
  const taken = await fixture.admin('PATCH', `/companies/${globex}`, { emailDomains: ['acme.example'] });
  expect(await problemOf(taken)).toMatchObject({ status: 409, fields: [{ path: 'emailDomains.0', code: 'taken' }] });
  const made = await fixture.admin('POST', '/companies', { name: 'Third', emailDomains: ['third.example'] });
  expect(await made.json()).toMatchObject({ name: 'Third', emailDomains: ['third.example'] });
});
