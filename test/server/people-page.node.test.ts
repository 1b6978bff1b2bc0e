import { beforeEach, expect, test } from 'vitest';

import { createSetupBackend } from '../../src/backend/setup/rest-setup-backend.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { useSignIn } from './sign-in/sign-in-fixture.js';
import { welcomeStaff } from './staff-visitor.js';

const fixture = useSignIn();

/** What the owner's page asks with, as an admin who has signed in. */
let page: SetupBackend;

beforeEach(async () => {
  const { visitor } = await welcomeStaff(fixture, { name: 'olga', role: 'admin' });
  page = createSetupBackend('http://localhost:4400/admin', async (input, init) => {
    const request = new Request(input, init);
    request.headers.set('x-test-cookie', [...visitor.cookies].map((pair) => pair.join('=')).join('; '));
    request.headers.set('x-test-origin', 'http://localhost:4400');
    request.headers.set('x-test-site', 'same-origin');
    return fixture.app.fetch(request);
  });
});

const find = async (q: string) => {
  const { items } = await page.listContacts({ q });
  const [contact] = items;
  if (!contact) throw new Error(`There is no ${q}`);
  return contact;
};
const refusal = (path: string, code = 'conflict') => ({ code, fields: [{ path }] });

test('the owner’s page defines properties, and hears at which field a value does not fit', async () => {
  const seats = await page.addContactProperty({ name: 'seats', label: 'Seats', type: 'number', options: null });
  await expect(page.addContactProperty(seats)).rejects.toMatchObject({ code: 'invalid' });
  const { id: _id, portals: _portals, ...again } = seats;
  await expect(page.addContactProperty(again)).rejects.toMatchObject(refusal('name'));
  const tier = { name: 'tier', label: 'Tier', type: 'choice', options: ['gold', 'silver'] } as const;
  const { id } = await page.addContactProperty(tier);
  expect(await page.updateContactProperty(id, { label: 'Level', options: ['gold'] })).toMatchObject({
    label: 'Level',
    options: ['gold'],
  });
  const ann = await find('ann@');
  await expect(page.updateContact(ann.id, { properties: { seats: 'a few' } })).rejects.toMatchObject(
    refusal('properties.seats', 'invalid'),
  );
  const permission = { kind: 'company-if', groups: [[{ property: 'tier', operator: 'is-known' }]] } as const;
  await page.updateContact(ann.id, { properties: { tier: 'gold' } });
  await page.updatePortal('help', { permission });
  await expect(page.deleteContactProperty(id)).rejects.toMatchObject(refusal('portals'));
  await page.deleteContactProperty(seats.id);
  expect((await page.listContactProperties()).map(({ name, portals }) => [name, portals.length])).toEqual([
    ['tier', 1],
  ]);
});

test('the owner’s page changes an address, hears who was faster, and downloads and erases a person', async () => {
  const ann = await find('ann@');
  await expect(page.updateContact(ann.id, { email: 'max@example.com' })).rejects.toMatchObject(refusal('email'));
  const moved = await page.updateContact(ann.id, { email: 'ann@new.example', version: ann.version });
  expect(moved).toMatchObject({ email: 'ann@new.example', verified: false });
  await expect(page.updateContact(ann.id, { name: 'Half', version: ann.version })).rejects.toMatchObject(
    refusal('version'),
  );
  const { items } = await page.listCompanies({ q: 'Acme' });
  const [acme] = items;
  if (!acme) throw new Error('There is no Acme');
  await page.updateCompany(acme.id, { name: 'Acme Works', version: acme.version });
  await expect(page.updateCompany(acme.id, { name: 'Half', version: acme.version })).rejects.toMatchObject(
    refusal('version'),
  );
  expect(await page.exportContact(ann.id)).toMatchObject({ contact: { email: 'ann@new.example' } });
  await page.eraseContact(ann.id);
  await expect(page.getContact(ann.id)).rejects.toMatchObject({ code: 'not-found' });
});

test('the owner’s page invites many, sends one again, and takes one back', async () => {
  await expect(page.inviteMany('help', [{ email: 'nora@example.org' }])).rejects.toMatchObject(refusal('domain'));
  const { id } = await page.createDomain({ host: 'help.example.com', locale: 'en' });
  await page.updatePortal('help', { domain: id });
  expect(await page.inviteMany('help', [{ email: 'nora@example.org', name: 'Nora' }, { email: 'nobody' }])).toEqual([
    { email: 'nora@example.org', outcome: 'invited' },
    { email: 'nobody', outcome: 'refused', code: 'malformed' },
  ]);
  await page.invite('help', { email: 'nora@example.org' });
  expect(await fixture.mailsTo('nora@example.org')).toHaveLength(2);
  const [open, ...others] = await page.listInvitations('help');
  expect([open?.email, others]).toEqual(['nora@example.org', []]);
  await page.revokeInvitation('help', open?.id ?? '');
  expect(await page.listInvitations('help')).toEqual([]);
});

test('the owner’s page says which access groups those who are invited join', async () => {
  const { id } = await page.createDomain({ host: 'help.example.com', locale: 'en' });
  await page.updatePortal('help', { domain: id, accessGroups: ['Customers', 'Partners', 'Resellers'] });
  await expect(page.inviteMany('help', [{ email: 'nora@example.org' }], ['Insiders'])).rejects.toMatchObject(
    refusal('accessGroups.0', 'invalid'),
  );
  await page.inviteMany('help', [{ email: 'nora@example.org' }], ['Partners', 'Resellers']);
  const again = await page.invite('help', { email: 'nora@example.org' });
  expect(again.accessGroups).toEqual(['Partners', 'Resellers']);
  const other = await page.invite('help', { email: 'nora@example.org' }, ['Customers']);
  expect(await page.listInvitations('help')).toEqual([other]);
  expect(other.accessGroups).toEqual(['Customers']);
});
