import { beforeEach, expect, test } from 'vitest';

import { inviteTo, problemOf, useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();
const email = 'nora@example.org';
const all = ['Customers', 'Partners', 'Resellers'];

beforeEach(() => fixture.setPortal({ accessGroups: all }));

interface Invitation {
  readonly email: string;
  readonly accessGroups: readonly string[];
}

const invite = (accessGroups?: readonly string[], to = email) =>
  inviteTo(fixture, { email: to, ...(accessGroups && { accessGroups }) });
const accept = async (visitor = fixture.visitor(), to = email) => {
  const link = (await fixture.mailsTo(to)).at(-1)?.content.link ?? '';
  const [, token] = link.split('#portal_invitation=');
  return visitor.request('POST', '/session', { body: { method: 'invitation', token } });
};
const readAll = async <Item>(path: string) => {
  const { items } = (await (await fixture.admin('GET', path)).json()) as { items: Item[] };
  return items;
};
const groupsOf = async (contact = email) =>
  (await readAll<Invitation>(`/contacts?q=${contact}`)).map(({ accessGroups }) => accessGroups);
const open = async () =>
  Object.fromEntries(
    (await readAll<Invitation>('/portals/help/invitations')).map((one) => [one.email, one.accessGroups]),
  );

test('who is invited joins the groups that were chosen, and no other', async () => {
  const invited = await invite(['Resellers', 'Partners']);
  expect(await invited.json()).toMatchObject({ email, accessGroups: ['Partners', 'Resellers'] });
  expect(await open()).toEqual({ [email]: ['Partners', 'Resellers'] });
  expect(await groupsOf()).toEqual([[]]);
  const visitor = fixture.visitor();
  expect((await accept(visitor)).status).toBe(200);
  expect(await whoIs(visitor)).toBe(email);
  expect(await groupsOf()).toEqual([['Partners', 'Resellers']]);
});

test('without a choice it is the first group of the portal, and none for who is in another', async () => {
  await fixture.setPortal({ accessGroups: [...all, 'Agencies'] });
  await invite();
  expect(await open()).toEqual({ [email]: ['Agencies'] });
  await accept();
  expect(await groupsOf()).toEqual([['Agencies']]);
  await invite(undefined, 'ann@example.com');
  await accept(fixture.visitor(), 'ann@example.com');
  expect(await groupsOf('ann@example.com')).toEqual([['Customers']]);
  await invite(['Partners'], 'ann@example.com');
  await accept(fixture.visitor(), 'ann@example.com');
  expect(await groupsOf('ann@example.com')).toEqual([['Customers', 'Partners']]);
});

test('many are invited to the groups that were chosen', async () => {
  const people = [{ email }, { email: 'otto@example.org' }, { email: 'ann@example.com' }];
  const answer = await inviteTo(fixture, { people, accessGroups: ['Partners'] }, '/many');
  expect(await answer.json()).toMatchObject({
    items: [{ outcome: 'invited' }, { outcome: 'invited' }, { outcome: 'member' }],
  });
  expect(await open()).toEqual({ [email]: ['Partners'], 'otto@example.org': ['Partners'] });
  expect((await accept(fixture.visitor(), 'otto@example.org')).status).toBe(200);
  expect(await groupsOf('otto')).toEqual([['Partners']]);
  expect(await groupsOf('ann@')).toEqual([['Customers']]);
});

test('sent again without a choice it keeps the one before, another choice takes its place', async () => {
  await invite(['Partners']);
  await invite();
  expect(await open()).toEqual({ [email]: ['Partners'] });
  await invite(['Resellers']);
  expect(await open()).toEqual({ [email]: ['Resellers'] });
  fixture.pass(8 * 24 * 3_600_000);
  await invite();
  expect(await open()).toEqual({ [email]: ['Customers'] });
});

test('a group that the portal has no longer is skipped', async () => {
  await invite(['Partners', 'Resellers']);
  await fixture.setPortal({ accessGroups: ['Customers', 'Resellers'] });
  expect(await open()).toEqual({ [email]: ['Resellers'] });
  expect((await accept()).status).toBe(200);
  expect(await groupsOf()).toEqual([['Resellers']]);
});

test('where none of those chosen is left nobody joins another, until it is sent again', async () => {
  await invite(['Partners']);
  await fixture.setPortal({ accessGroups: ['Customers', 'Resellers'] });
  expect(await open()).toEqual({ [email]: [] });
  expect(await problemOf(await accept())).toMatchObject({ status: 401, fields: [{ path: 'code', code: 'expired' }] });
  expect(await groupsOf()).toEqual([[]]);
  await invite();
  expect(await open()).toEqual({ [email]: ['Customers'] });
  expect((await accept()).status).toBe(200);
});

test('a group that is not the portal’s is refused at its place, and nothing is sent', async () => {
  await fixture.admin('POST', '/portals', { slug: 'club', name: 'Club', accessGroups: ['Club'] });
  const owner = { name: 'Olaf', email: 'olaf@other.example' };
  const other = await fixture.admin('POST', '/accounts', { name: 'Other', admin: owner });
  const { account } = (await other.json()) as { account: { id: string } };
  const theirs = { slug: 'theirs', name: 'Theirs', accessGroups: ['Insiders'] };
  expect((await fixture.admin('POST', `/portals?account=${account.id}`, theirs)).status).toBe(201);
  const [own] = (await fixture.database.asSuperuser(`SELECT public_id FROM accounts WHERE name = 'Small'`)) as {
    public_id: string;
  }[];
  const { database, admin } = fixture;
  const here = {
    database,
    admin: (method: string, path: string, body?: unknown) => admin(method, `${path}?account=${own?.public_id}`, body),
  };
  const refusedAt = (path: string) => ({ status: 400, code: 'invalid', fields: [{ path, code: 'unknown' }] });
  for (const name of ['Insiders', 'Club', 'Nobody']) {
    const answer = await inviteTo(here, { email, accessGroups: ['Customers', name] });
    expect(await problemOf(answer), name).toEqual(refusedAt('accessGroups.1'));
  }
  const many = { people: [{ email }], accessGroups: ['Insiders'] };
  expect(await problemOf(await inviteTo(here, many, '/many'))).toEqual(refusedAt('accessGroups.0'));
  expect((await inviteTo(here, { email, accessGroups: [] })).status).toBe(400);
  expect(await fixture.mailsTo(email)).toEqual([]);
});

test('the audit log has what was chosen', async () => {
  await invite(['Partners']);
  const [entry] = await readAll<{ event: string; change: unknown }>('/audit?limit=1');
  expect(entry).toMatchObject({
    event: 'invitation',
    change: { accessGroups: { before: null, after: ['Partners'] } },
  });
});
