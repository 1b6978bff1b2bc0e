import { expect, test } from 'vitest';

import { whoIs } from './sign-in-fixture.js';
import {
  ask,
  comeBack,
  connect,
  exchange,
  onward,
  open,
  signInBy,
  startAddress,
  told,
  traces,
  useSso,
} from './sso-fixture.js';
import { openProvider } from './sso-provider.js';

const fixture = useSso();

const come = async (connection: string, person: string) =>
  (await comeBack(fixture, fixture.visitor(), connection, person)).error ?? 'code';
const contact = (email: string) =>
  fixture.database.asSuperuser(`SELECT name, verified FROM contacts WHERE email = '${email}'`);
const identities = () =>
  fixture.database.asSuperuser<{ subject: string; name: string }>(
    'SELECT i.subject, c.name FROM identities i JOIN contacts c ON c.id = i.contact_id ORDER BY 1',
  );
const ann = { email: 'ann@example.com', email_verified: true };

test('an address that the provider has not proven leads to nobody', async () => {
  const connection = await fixture.connect();
  Object.assign(fixture.provider.people, {
    unproven: { email: 'ann@example.com', email_verified: false },
    silent: { email: 'ann@example.com' },
    word: { email: 'ann@example.com', email_verified: 'true' },
    number: { email: 'ann@example.com', email_verified: 1 },
    none: { email_verified: true },
    broken: { email: 'ann@example.com, gus@example.com', email_verified: true },
    list: { email: ['ann@example.com'], email_verified: true },
    nul: { email: 'ann@example.com\0', email_verified: true },
  });
  const before = await traces(fixture);
  for (const person of Object.keys(fixture.provider.people))
    expect(await come(connection, person), person).toBe('unknown');
  for (const access of [{ kind: 'sso-only' }, { kind: 'open', emailDomains: [] }]) {
    await fixture.setPortal({ access });
    for (const person of Object.keys(fixture.provider.people))
      expect(await come(connection, person), person).toBe('unknown');
  }
  expect(await traces(fixture)).toEqual(before);
});

test('an address that is proven here and there makes somebody known, whatever its capitals', async () => {
  fixture.provider.people['a-1'] = { email: 'Ann@Example.COM', email_verified: true };
  const visitor = await signInBy(fixture, await fixture.connect(), 'a-1');
  expect(await whoIs(visitor)).toBe('ann@example.com');
  expect(await identities()).toEqual([{ subject: 'a-1', name: 'ann' }]);
  const audit = await fixture.database.asSuperuser<{ event: string }>('SELECT event FROM audit_log ORDER BY id');
  expect(audit.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['connection-created', 'identity-linked', 'sign-in']),
  );
});

test('an address that nobody has proven here needs that first', async () => {
  const connection = await fixture.connect();
  fixture.provider.people['a-1'] = ann;
  await fixture.database.asSuperuser(`UPDATE contacts SET verified = false WHERE name = 'ann'`);
  const before = await traces(fixture);
  expect(await come(connection, 'a-1')).toBe('unknown');
  await fixture.setPortal({ access: { kind: 'open', emailDomains: [] } });
  expect(await come(connection, 'a-1')).toBe('unknown');
  expect(await traces(fixture)).toEqual(before);
  // Where the owner leaves it to the provider who comes, its word is the proof.
  await fixture.setPortal({ access: { kind: 'sso-only' } });
  expect(await come(connection, 'a-1')).toBe('code');
  expect(await contact('ann@example.com')).toEqual([{ name: 'ann', verified: true }]);
});

test('a contact is one subject of a provider: an address that somebody else has been given leads to nobody', async () => {
  const connection = await fixture.connect();
  Object.assign(fixture.provider.people, { 'a-1': ann, 'a-2': ann });
  expect(await come(connection, 'a-1')).toBe('code');
  for (const kind of ['access-groups', 'open', 'sso-only'] as const) {
    await fixture.setPortal({ access: kind === 'open' ? { kind, emailDomains: [] } : { kind } });
    expect(await come(connection, 'a-2'), kind).toBe('unknown');
  }
  expect(await identities()).toEqual([{ subject: 'a-1', name: 'ann' }]);
});

test('of several who come at once with one address, one is it', async () => {
  const connection = await fixture.connect();
  await fixture.setPortal({ access: { kind: 'sso-only' } });
  const newcomer = { email: 'nora@example.org', email_verified: true };
  Object.assign(fixture.provider.people, { one: newcomer, two: newcomer, three: newcomer });
  const ways = [];
  for (const person of ['one', 'two', 'three', 'one']) {
    const visitor = fixture.visitor();
    const start = await open(fixture, visitor, startAddress(connection, ask()));
    ways.push({ visitor, back: await fixture.provider.signIn(await onward(start), person) });
  }
  const answers = await Promise.all(ways.map(({ visitor, back }) => open(fixture, visitor, back)));
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  const letIn = texts.filter((text) => text.includes('"code"')).length;
  expect(await identities()).toHaveLength(1);
  expect([1, 2]).toContain(letIn);
});

test('who is locked out stays out, known or not', async () => {
  const connection = await fixture.connect();
  Object.assign(fixture.provider.people, { 'a-1': ann, 'm-1': { email: 'max@example.com', email_verified: true } });
  expect(await come(connection, 'a-1')).toBe('code');
  await fixture.database.asSuperuser(`UPDATE contacts SET enabled = false WHERE name IN ('ann', 'max')`);
  for (const access of [{ kind: 'access-groups' }, { kind: 'open', emailDomains: [] }, { kind: 'sso-only' }]) {
    await fixture.setPortal({ access });
    expect(await come(connection, 'a-1')).toBe('unknown');
    expect(await come(connection, 'm-1')).toBe('unknown');
  }
  expect(await identities()).toEqual([{ subject: 'a-1', name: 'ann' }]);
});

test('access groups let in their members alone, and nobody is made for them', async () => {
  const connection = await fixture.connect();
  Object.assign(fixture.provider.people, {
    'e-1': { email: 'eve@example.com', email_verified: true },
    'n-1': { email: 'nora@example.org', email_verified: true },
  });
  const before = await traces(fixture);
  expect(await come(connection, 'e-1')).toBe('unknown');
  expect(await come(connection, 'n-1')).toBe('unknown');
  expect(await traces(fixture)).toEqual(before);
  const refused = await fixture.database.asSuperuser(
    `SELECT FROM audit_log WHERE event = 'sign-in' AND outcome = 'refused'`,
  );
  expect(refused).toHaveLength(2);
});

test('an open portal takes newcomers of its domains, by the name that they have there', async () => {
  const connection = await fixture.connect();
  await fixture.setPortal({ access: { kind: 'open', emailDomains: ['example.org'] } });
  Object.assign(fixture.provider.people, {
    'n-1': { email: 'nora@example.org', email_verified: true, name: ' Nora Quist ' },
    'o-1': { email: 'olga@sub.example.org', email_verified: true },
    'p-1': { email: 'piet@example.org', email_verified: true, name: '\ud800' },
  });
  await signInBy(fixture, connection, 'n-1');
  expect(await contact('nora@example.org')).toEqual([{ name: 'Nora Quist', verified: true }]);
  expect(await come(connection, 'o-1')).toBe('unknown');
  expect(await contact('olga@sub.example.org')).toEqual([]);
});

test('where single sign-on decides alone, whoever it names is a contact, joins their company, and has no other way', async () => {
  const connection = await fixture.connect();
  await fixture.setPortal({ access: { kind: 'sso-only' }, joinCompanies: true });
  const acme = fixture.world.companies.acme;
  await fixture.admin('PATCH', `/companies/${acme}`, { emailDomains: ['example.org'] });
  fixture.provider.people['n-1'] = { email: 'nora@example.org', email_verified: true };
  const visitor = await signInBy(fixture, connection, 'n-1');
  expect(await (await visitor.request('GET', '/session')).json()).toMatchObject({
    contact: { email: 'nora@example.org', name: 'nora', company: { name: 'Acme' } },
  });
  expect(await (await visitor.request('GET', '/portal')).json()).toMatchObject({ signIn: ['sso'] });
  const body = { method: 'invitation', token: 'A'.repeat(44) };
  expect((await fixture.visitor().request('POST', '/session', { body })).status).toBe(403);
});

test('an address of a provider is never who somebody is: another provider’s subject is somebody else', async () => {
  const connection = await fixture.connect();
  fixture.provider.people['a-1'] = ann;
  await signInBy(fixture, connection, 'a-1');
  const other = await openProvider(async () => new Response());
  try {
    const second = await connect(fixture, { issuer: other.issuer, label: 'Other' });
    other.people['a-1'] = { email: 'gus@example.com', email_verified: true };
    const [visitor, asked] = [fixture.visitor(), ask()];
    const start = await open(fixture, visitor, startAddress(second, asked));
    const { message } = await told(await open(fixture, visitor, await other.signIn(await onward(start), 'a-1')));
    await exchange(visitor, message['code'], asked);
    expect(await whoIs(visitor)).toBe('gus@example.com');
  } finally {
    await other.close();
  }
});
