import { expect, test } from 'vitest';

import type { InvitingReportWire } from '../../../src/wire/index.js';
import { useSignIn } from './sign-in-fixture.js';

const fixture = useSignIn();

/** Puts the portal on a domain of its own: from the server's nobody is invited. */
const connect = () =>
  fixture.database
    .asSuperuser(`INSERT INTO domains (account_id, kind, host, locale)
      SELECT account_id, 'connected', 'help.example.com', 'en' FROM portals WHERE slug = 'help'`)
    .then(() => fixture.database.asSuperuser(`UPDATE portals SET host = 'help.example.com' WHERE slug = 'help'`));
const ask = async (people: readonly object[]) => {
  const answer = await fixture.admin('POST', '/portals/help/invitations/many', { people });
  return { status: answer.status, body: (await answer.json()) as InvitingReportWire };
};
const toEach = (...emails: string[]) => ask(emails.map((email) => ({ email })));
const outcomes = ({ body }: { body: InvitingReportWire }) =>
  body.items.map(({ outcome, code }) => (code ? [outcome, code] : outcome));
const count = async (table: string) => (await fixture.database.asSuperuser(`SELECT FROM ${table}`)).length;
const mails = async (email: string) => (await fixture.mailsTo(email)).length;

test('each gets a link of their own, and is made a contact where there is none', async () => {
  await connect();
  const answer = await ask([
    { email: 'Nora@example.org', name: 'Nora Quist' },
    { email: 'otto@example.org' },
    { email: 'eve@example.com' },
  ]);
  expect(answer).toEqual({
    status: 200,
    body: {
      items: ['Nora@example.org', 'otto@example.org', 'eve@example.com'].map((email) => ({
        email,
        outcome: 'invited',
      })),
    },
  });
  const [nora] = await fixture.mailsTo('Nora@example.org');
  const [otto] = await fixture.mailsTo('otto@example.org');
  expect([nora?.to.name, otto?.to.name]).toEqual(['Nora Quist', 'otto']);
  expect(nora?.content.link).toMatch(/^https?:\/\/help\.example\.com[^#]*\/help\/#portal_invitation=.{44}$/);
  expect(nora?.content.link).not.toBe(otto?.content.link);
  const { items } = (await (await fixture.admin('GET', '/portals/help/invitations')).json()) as { items: unknown[] };
  expect(items).toHaveLength(3);
});

test('a line that is wrong says so, and holds up no other', async () => {
  await connect();
  const { items } = (await (await fixture.admin('GET', '/contacts?q=zoe')).json()) as { items: { id: string }[] };
  await fixture.admin('PATCH', `/contacts/${items[0]?.id}`, { enabled: false });
  const contacts = await count('contacts');
  const answer = await toEach('nobody', 'nora@example.org', 'NORA@example.org', 'zoe@example.com', 'ann@example.com');
  expect(outcomes(answer)).toEqual([
    ['refused', 'malformed'],
    'invited',
    ['refused', 'repeated'],
    ['refused', 'disabled'],
    'member',
  ]);
  expect(await count('contacts')).toBe(contacts + 1);
  expect(await mails('ann@example.com')).toBe(0);
});

test('the same call again sends nothing, also while the first one runs', async () => {
  await connect();
  const both = await Promise.all([toEach('nora@example.org'), toEach('nora@example.org')]);
  expect(both.map(outcomes).flat().sort()).toEqual(['invited', 'open']);
  expect(outcomes(await toEach('nora@example.org'))).toEqual(['open']);
  expect(await mails('nora@example.org')).toBe(1);
  fixture.pass(8 * 24 * 3_600_000);
  expect(outcomes(await toEach('nora@example.org'))).toEqual(['invited']);
});

test('five hundred are invited at once, and no more', async () => {
  await connect();
  const people = Array.from({ length: 500 }, (_, at) => ({ email: `guest-${at}@example.org` }));
  const { status, body } = await ask(people);
  expect(status).toBe(200);
  expect(body.items.every(({ outcome }) => outcome === 'invited')).toBe(true);
  expect(await count('mails')).toBe(500);
  expect((await ask([...people, { email: 'late@example.org' }])).status).toBe(400);
  expect((await ask([])).status).toBe(400);
});

test('from the server’s own domain nobody is invited, and nobody made', async () => {
  const contacts = await count('contacts');
  expect(await toEach('nora@example.org')).toMatchObject({
    status: 409,
    body: { fields: [{ path: 'domain', code: 'system' }] },
  });
  expect(await count('contacts')).toBe(contacts);
});
