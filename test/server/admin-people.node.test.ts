import { describe, expect, test } from 'vitest';

import { administrator, askAdmin, contactId } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

interface Contact {
  readonly id: string;
  readonly email: string;
  readonly [field: string]: unknown;
}
interface Page {
  readonly items: Contact[];
  readonly nextCursor: string | null;
}

const signIn = async (name: string) => {
  const visitor = small.fixture.visitor();
  await visitor.signIn(`${name}@example.com`);
  return {
    numbers: async () => {
      const answer = await visitor.request('GET', '/tickets');
      if (answer.status !== 200) return answer.status;
      const { items } = (await answer.json()) as { items: { number: number }[] };
      return items.map(({ number }) => number).sort();
    },
  };
};
const change = async (name: string, body: object) =>
  askAdmin<Contact>(small, 'PATCH', `/contacts/${await contactId(small, name)}`, body);
const nobody = 'A'.repeat(22);

describe('contacts', () => {
  test('are listed page by page, each once, and found by name and address', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor && `&cursor=${cursor}`;
      const { body } = await askAdmin<Page>(small, 'GET', `/contacts?limit=2${more}`);
      seen.push(...body.items.map(({ email }) => email));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(['ann', 'max', 'gus', 'zoe', 'eve'].map((name) => `${name}@example.com`));
    const { body } = await askAdmin<Page>(small, 'GET', '/contacts?q=MAX');
    const acme = { id: small.world.companies.acme, name: 'Acme' };
    expect(body).toEqual({
      items: [
        {
          id: expect.any(String) as string,
          email: 'max@example.com',
          name: 'max',
          locale: 'en',
          enabled: true,
          verified: true,
          properties: { role: 'manager' },
          companies: [acme],
          primaryCompany: acme.id,
          accessGroups: ['Customers'],
          version: expect.any(String) as string,
        },
      ],
      nextCursor: null,
    });
    expect((await askAdmin<Page>(small, 'GET', '/contacts?q=%25')).body.items).toEqual([]);
  });

  test('a cursor leads on in its own list alone', async () => {
    const { body } = await askAdmin<Page>(small, 'GET', '/contacts?limit=2');
    const more = `cursor=${body.nextCursor}`;
    expect((await askAdmin(small, 'GET', `/contacts?q=a&${more}`)).status).toBe(400);
    expect((await askAdmin(small, 'GET', `/companies?${more}`)).status).toBe(400);
    expect((await askAdmin(small, 'GET', '/contacts?cursor=made-up')).status).toBe(400);
  });

  test('sign in as soon as they are made with a password, verified, and in a group', async () => {
    const { acme, globex } = small.world.companies;
    const made = await askAdmin<Contact>(small, 'POST', '/contacts', {
      email: 'Pat@Example.com',
      name: 'Pat',
      locale: 'pl',
      password: 'portico-test-2026',
      companies: [globex, acme],
      primaryCompany: acme,
      properties: { role: 'manager' },
      verified: true,
      accessGroups: ['Customers'],
    });
    expect(made).toMatchObject({ status: 201, body: { enabled: true, primaryCompany: acme, locale: 'pl' } });
    expect(await (await signIn('pat')).numbers()).toEqual([1, 2, 7]);
  });

  test('are neither verified nor in a group nor anywhere at home when nothing is said', async () => {
    const made = await askAdmin(small, 'POST', '/contacts', {
      email: 'pat@example.com',
      name: 'Pat',
      password: 'portico-test-2026',
      companies: [small.world.companies.acme],
    });
    expect(made.body).toMatchObject({ verified: false, accessGroups: [], primaryCompany: null, properties: {} });
    expect(await (await signIn('pat')).numbers()).toBe(401);
  });

  test('keep one address, however it is written', async () => {
    const twice = await askAdmin(small, 'POST', '/contacts', { email: 'ANN@example.com', name: 'Ann' });
    expect(twice).toMatchObject({ status: 409, body: { fields: [{ path: 'email', code: 'taken' }] } });
  });

  test('lose and gain with each change on the next request', async () => {
    const { acme, globex } = small.world.companies;
    const max = await signIn('max');
    expect(await max.numbers()).toEqual([1, 2, 7]);
    await change('max', { properties: {} });
    expect(await max.numbers()).toEqual([2]);
    await change('max', { properties: { role: 'manager', site: 'north' } });
    expect(await max.numbers()).toEqual([1, 2, 7]);
    await change('max', { companies: [acme, globex] });
    expect(await max.numbers()).toEqual([1, 2, 7]);
    await change('max', { primaryCompany: globex });
    expect(await max.numbers()).toEqual([2, 3]);
    await change('max', { primaryCompany: acme });
    expect(await max.numbers()).toEqual([1, 2, 7]);
    await change('max', { primaryCompany: globex });
    expect(await max.numbers()).toEqual([2, 3]);
    expect((await change('max', { companies: [acme] })).body).toMatchObject({ primaryCompany: null });
    expect(await max.numbers()).toEqual([2]);
    await change('max', { verified: false });
    expect(await max.numbers()).toBe(401);
    await change('max', { verified: true, accessGroups: [] });
    expect(await max.numbers()).toBe(401);
    const ann = await signIn('ann');
    await change('ann', { enabled: false, name: 'Anna' });
    expect(await ann.numbers()).toBe(401);
    await change('ann', { enabled: true });
    expect((await askAdmin<Page>(small, 'GET', '/contacts?q=anna')).body.items).toHaveLength(1);
  });

  const refused: [why: string, path: string, body: object][] = [
    ['an unknown key', 'mail', { mail: 'x@example.com' }],
    ['what is no address', 'email', { email: 'x' }],
    ['a company that is none', 'companies.0', { companies: [nobody] }],
    ['a primary company that is none of theirs', 'primaryCompany', { primaryCompany: nobody }],
    ['a group that no portal has', 'accessGroups.1', { accessGroups: ['Customers', 'Friends'] }],
    ['a number as a property', 'properties.seats', { properties: { seats: 7 } }],
    ['a NUL in a property', 'properties.seats', { properties: { seats: '\0' } }],
    ['a word as a switch', 'enabled', { enabled: 'no' }],
  ];
  test.each(refused)('refuse %s, naming %s, and stay as they are', async (_, path, body) => {
    const list = () => askAdmin(small, 'GET', '/contacts');
    const before = await list();
    const whole = { name: 'Half', companies: [], ...body };
    const answer = await askAdmin<{ fields: { path: string }[] }>(
      small,
      'PATCH',
      `/contacts/${before.status === 200 ? await contactId(small, 'max') : ''}`,
      whole,
    );
    expect(answer.status).toBe(400);
    expect(answer.body.fields.map((field) => field.path)).toContain(path);
    expect(await list()).toEqual(before);
  });

  test('that are refused leave nothing behind', async () => {
    const contact = { email: 'pat@example.com', name: 'Pat', password: 'portico-test-2026', companies: [nobody] };
    expect((await askAdmin(small, 'POST', '/contacts', contact)).status).toBe(400);
    expect((await askAdmin(small, 'POST', '/contacts', { ...contact, companies: [] })).status).toBe(201);
    for (const email of ['', 'pat', 'p at@example.com', '@'])
      expect((await askAdmin(small, 'POST', '/contacts', { email, name: 'x' })).status, email).toBe(400);
    expect((await askAdmin(small, 'PATCH', `/contacts/${nobody}`, {})).status).toBe(404);
  });
});

describe('companies', () => {
  test('are made, found and renamed, also on tickets', async () => {
    const made = await askAdmin<{ id: string }>(small, 'POST', '/companies', { name: 'Initech' });
    expect(made).toMatchObject({ status: 201, body: { name: 'Initech' } });
    const listed = async (q: string) => (await askAdmin<Page>(small, 'GET', `/companies?q=${q}`)).body.items;
    expect(await listed('TECH')).toEqual([made.body]);
    await askAdmin(small, 'PATCH', `/companies/${small.world.companies.acme}`, { name: 'Acme Ltd' });
    expect(await listed('acme')).toMatchObject([{ name: 'Acme Ltd' }]);
    const ann = small.fixture.visitor();
    await ann.signIn('ann@example.com');
    const ticket = await (await ann.request('GET', `/tickets/${small.world.tickets.ann}`)).json();
    expect(ticket).toMatchObject({ company: { name: 'Acme Ltd' } });
    expect((await askAdmin(small, 'PATCH', `/companies/${nobody}`, { name: 'x' })).status).toBe(404);
  });

  test('that are deleted are off their people and tickets, and nobody sees through them', async () => {
    const max = await signIn('max');
    const path = `/companies/${small.world.companies.acme}`;
    expect((await askAdmin(small, 'DELETE', path)).status).toBe(204);
    expect(await max.numbers()).toEqual([2]);
    const { body } = await askAdmin<Page>(small, 'GET', '/contacts?q=max');
    expect(body.items).toMatchObject([{ companies: [], primaryCompany: null }]);
    const parties = await small.database.asSuperuser(`SELECT FROM tickets WHERE companies @> '[{"name":"Acme"}]'`);
    expect(parties).toEqual([]);
    expect((await askAdmin(small, 'DELETE', path)).status).toBe(404);
  });
});

describe('the parties of a ticket', () => {
  const setParties = (ticket: string, body: object) => askAdmin(small, 'PUT', `/tickets/${ticket}/parties`, body);
  const none = { contacts: [], participants: [], companies: [] };

  test('are as they were set, and nobody else sees it', async () => {
    const { acme, globex } = small.world.companies;
    const [ann, gus, zoe] = await Promise.all(['ann', 'gus', 'zoe'].map((name) => contactId(small, name)));
    const [max, asZoe, asGus, asAnn] = await Promise.all(['max', 'zoe', 'gus', 'ann'].map(signIn));
    const parties = { requester: zoe, contacts: [gus], participants: [ann], companies: [globex] };
    expect(await setParties(small.world.tickets.ann, parties)).toEqual({ status: 200, body: parties });
    const asStaff = { headers: administrator };
    const path = `/staff/api/v1/tickets/${small.world.tickets.ann}`;
    const kept = await (await small.fixture.visitor().request('GET', path, asStaff)).json();
    expect(kept).toMatchObject({ requester: { name: 'zoe' }, companies: [{ name: 'Globex' }] });
    expect(await max?.numbers()).toEqual([2, 7]);
    expect(await asGus?.numbers()).toEqual([1, 3]);
    expect(await asAnn?.numbers()).toEqual([1, 7]);
    expect(await setParties(small.world.tickets.ann, { ...none, requester: zoe, companies: [acme] })).toMatchObject({
      status: 200,
    });
    expect(await max?.numbers()).toEqual([1, 2, 7]);
    expect(await asZoe?.numbers()).toEqual([1, 4]);
    expect(await asGus?.numbers()).toEqual([3]);
    expect(await asAnn?.numbers()).toEqual([7]);
  });

  test('have one role each, the first of requester, contact, participant', async () => {
    const [ann, gus] = (await Promise.all([contactId(small, 'ann'), contactId(small, 'gus')])) as [string, string];
    const all = { ...none, requester: ann, contacts: [gus, ann, gus], participants: [ann, gus] };
    expect((await setParties(small.world.tickets.ann, all)).body).toEqual({ ...none, requester: ann, contacts: [gus] });
    const visitor = small.fixture.visitor();
    await visitor.signIn('gus@example.com');
    const seen = await (await visitor.request('GET', `/tickets/${small.world.tickets.ann}`)).json();
    expect(seen).toMatchObject({ why: { relation: 'contact' }, participants: [{ name: 'gus' }] });
  });

  test('move no time and are refused as a whole', async () => {
    const ann = await contactId(small, 'ann');
    const seen = async () =>
      small.database.asSuperuser(`SELECT updated_at, parties, companies FROM tickets ORDER BY id`);
    const before = await seen();
    const wrong = [
      ['requester', { ...none, requester: nobody }],
      ['contacts.1', { ...none, requester: ann, contacts: [ann, nobody] }],
      ['participants.0', { ...none, requester: ann, participants: [nobody] }],
      ['companies.0', { ...none, requester: ann, companies: [nobody] }],
      ['companies', { requester: ann, contacts: [], participants: [] }],
    ] as const;
    for (const [path, body] of wrong) {
      const answer = await setParties(small.world.tickets.ann, body);
      expect(answer, path).toMatchObject({ status: 400, body: { fields: [{ path }] } });
    }
    for (const ticket of [nobody, small.world.tickets.deleted])
      expect((await setParties(ticket, { ...none, requester: ann })).status).toBe(404);
    expect(await seen()).toEqual(before);
    await setParties(small.world.tickets.ann, { ...none, requester: ann });
    const [first] = (await seen()) as { updated_at: Date }[];
    expect(first?.updated_at).toEqual((before[0] as { updated_at: Date }).updated_at);
  });
});

test('a contact’s session opens no route of the administrator', async () => {
  const max = small.fixture.visitor();
  await max.signIn('max@example.com');
  expect((await max.request('GET', '/admin/api/v1/contacts')).status).toBe(401);
  expect((await max.request('GET', '/admin/api/v1/contacts', { headers: administrator })).status).toBe(200);
});
