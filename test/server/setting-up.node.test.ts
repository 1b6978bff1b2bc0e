import { describe, expect, test } from 'vitest';

import type { AddressWire, SetupWire } from '../../src/wire/index.js';
import { askAdmin } from './admin-client.js';
import { domainsOf, refusal } from './domain-asks.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
const { change, connect, create, list, portal, systemOf } = domainsOf(small);

describe('the version of a portal', () => {
  test('counts what makes a difference', async () => {
    expect((await portal('help')).version).toBe(1);
    expect((await change('help', { name: 'Small Support' })).body.version).toBe(1);
    expect((await change('help', { name: 'Large Support' })).body.version).toBe(2);
    expect((await change('help', { accessGroups: ['Friends'] })).body.version).toBe(3);
    expect((await portal('help')).version).toBe(3);
  });

  test('lets in who read the present one, and nobody who read another', async () => {
    expect((await change('help', { name: 'First', version: 1 })).body).toMatchObject({ name: 'First', version: 2 });
    const late = await change('help', { name: 'Second', version: 1 });
    expect(late).toMatchObject({ ...refusal(409, 'version', 'changed'), body: { code: 'conflict' } });
    expect(await portal('help')).toMatchObject({ name: 'First', version: 2 });
    expect((await change('help', { name: 'Second' })).status).toBe(200);
  });

  test('lets in one of two who ask at once', async () => {
    const answers = await Promise.all(['One', 'Other'].map((name) => change('help', { name, version: 1 })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const kept = answers.find(({ status }) => status === 200);
    expect(await portal('help')).toEqual(kept?.body);
  });

  test.each([0, -1, 1.5, '1', null])('refuses %s as one', async (version) => {
    expect(await change('help', { version })).toMatchObject({ status: 400, body: { fields: [{ path: 'version' }] } });
  });
});

describe('an address', () => {
  const ask = async (slug: string, more = '') => {
    const { id } = await systemOf();
    const { body } = await askAdmin<AddressWire>(
      small,
      'GET',
      `/address?domain=${id}&slug=${encodeURIComponent(slug)}${more}`,
    );
    return body;
  };

  test.each<[slug: string, more: string, problem: AddressWire['problem']]>([
    ['shop', '', null],
    ['help', '', 'taken'],
    ['help', '&except=help', null],
    ['shop', '&except=help', null],
    ...['admin', 'staff', 'api', 'demo', 'healthz', 'readyz', 'assets', '.well-known'].map(
      (slug) => [slug, '', 'reserved'] as [string, string, 'reserved'],
    ),
    ...['', 'Help', 'a/b', '-a', 'a-', 'a b', 'ż', '..', 'x'.repeat(64)].map(
      (slug) => [slug, '', 'malformed'] as [string, string, 'malformed'],
    ),
  ])('of "%s"%s has the problem %s', async (slug, more, problem) => {
    expect(await ask(slug, more)).toEqual({
      address: `http://localhost:4400/${encodeURIComponent(slug)}/`,
      problem,
    });
    // And a portal is made there, or not.
    if (more === '') expect((await create({ slug, name: 'x' })).status === 201).toBe(problem === null);
  });

  test('is taken on every domain by a slug of the account', async () => {
    const { body } = await connect('help.acme.example');
    const asked = await askAdmin(small, 'GET', `/address?domain=${body.id}&slug=help`);
    expect(asked.body).toEqual({ address: 'https://help.acme.example/help/', problem: 'taken' });
  });

  test('is none on a domain that is none', async () => {
    const asked = await askAdmin(small, 'GET', `/address?domain=${'A'.repeat(22)}&slug=shop`);
    expect(asked).toMatchObject(refusal(400, 'domain', 'unknown'));
  });
});

test('what there is for who sets up a portal', async () => {
  const openly = ['reply', 'close', 'add-participant'];
  const { body } = await askAdmin<SetupWire>(small, 'GET', '/setup');
  expect(body).toEqual({
    account: { id: expect.any(String) as string, name: 'Small' },
    base: 'http://localhost:4400',
    mail: { sends: false, keeps: true },
    desk: null,
    inboxes: ['Support', 'Sales'].map((name) => ({ id: expect.any(String) as string, name })),
    domains: await list(),
    contacts: 5,
    companies: 2,
    actions: {
      usual: {
        requester: {
          open: [...openly, 'edit'],
          waiting_on_contact: [...openly, 'edit'],
          closed: ['reply', 'reopen', 'rate'],
        },
        participant: { open: openly, waiting_on_contact: openly, closed: ['reply', 'reopen'] },
        colleague: { open: ['reply'], waiting_on_contact: ['reply'], closed: [] },
      },
      possible: {
        open: [...openly, 'edit'],
        waiting_on_contact: [...openly, 'edit'],
        closed: ['reply', 'reopen', 'rate'],
      },
    },
    contactProperties: ['role'],
    portals: [
      { slug: 'help', name: 'Small Support', open: true, address: 'http://localhost:4400/help/', step: 'address' },
    ],
  });
});

test('where a set-up goes on is kept, and is no change of the portal', async () => {
  await askAdmin(small, 'POST', '/portals', { slug: 'shop', name: 'Shop', open: false });
  const step = async () => {
    const { body } = await askAdmin<SetupWire>(small, 'GET', '/setup');
    return body.portals.find(({ slug }) => slug === 'shop')?.step;
  };
  expect(await step()).toBe('address');
  const { body } = await askAdmin(small, 'PATCH', '/portals/shop', { step: 'access', version: 1 });
  expect([body, await step()]).toMatchObject([{ version: 1 }, 'access']);
  expect(await askAdmin(small, 'PATCH', '/portals/shop', { step: 'name' })).toMatchObject(
    refusal(400, 'step', 'invalid_value'),
  );
});
