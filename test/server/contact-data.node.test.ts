import { expect, test } from 'vitest';

import { administrator, askAdmin, contactId } from './admin-client.js';
import { base, password } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

const email = 'quillon@example.org';
const name = 'Quillon Bexley';

interface Ticket {
  readonly id: string;
  readonly number: number;
}

/** Somebody who has left something in every place that there is. */
async function makeQuillon() {
  const { acme } = small.world.companies;
  const { body: contact } = await askAdmin<{ id: string }>(small, 'POST', '/contacts', {
    ...{ email, name, password, verified: true, accessGroups: ['Customers'], properties: { desk: 'Bexley 7' } },
    ...{ companies: [acme], primaryCompany: acme },
  });
  const quillon = small.fixture.visitor();
  await quillon.signIn(email);
  const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const response = await quillon.request(method, path, {
      ...(body !== undefined && { body }),
      key: crypto.randomUUID(),
    });
    expect(response.status, `${method} ${path}`).toBeLessThan(300);
    return (response.status === 204 ? null : await response.json()) as Body;
  };
  const upload = async (text: string) => {
    const form = new FormData();
    form.append('file', new File([text], 'bexley.txt', { type: 'text/plain' }));
    const written = new Response(form);
    const headers = { 'content-type': written.headers.get('content-type') };
    const answer = await quillon.request('POST', '/attachments', { body: await written.text(), headers });
    return ((await answer.json()) as { id: string }).id;
  };
  const ticket = await ask<Ticket>('POST', '/tickets', {
    subject: `The desk of ${name}`,
    message: `My number is 555 0199. Regards, ${name}`,
    attachments: [await upload('a file of mine')],
  });
  await upload('never sent');
  const staff = { headers: { ...administrator }, key: crypto.randomUUID() };
  const onTicket = `/staff/api/v1/tickets/${ticket.id}`;
  const say = (path: string, body: string) =>
    small.fixture.visitor().request('POST', `${onTicket}${path}`, { ...staff, body: { body } });
  expect((await say('/messages', `Dear ${name}, dear QUILLON BEXLEY's colleagues: we write to ${email}.`)).status).toBe(
    201,
  );
  expect((await say('/notes', `${name} calls often`)).status).toBe(201);
  // A colleague's answer that is kept to be given again names them as well.
  const max = small.fixture.visitor();
  await max.signIn('max@example.com');
  const again = await max.request('POST', `/tickets/${ticket.id}/messages`, {
    body: { body: `As ${name} said` },
    key: crypto.randomUUID(),
  });
  expect(again.status).toBe(201);
  await ask('POST', `/tickets/${ticket.id}/read`);
  await ask('POST', `/tickets/${ticket.id}/close`);
  await ask('PUT', `/tickets/${ticket.id}/rating`, { rating: 2, comment: `Not for ${name}` });
  await ask('PUT', '/preferences', { columns: ['subject'] });
  await askAdmin(small, 'PATCH', `/contacts/${contact.id}`, { properties: { role: 'manager' } });
  const other = await ask<{ id: string }>('POST', `/tickets/${small.world.tickets.max}/messages`, { body: 'Me too' });
  await small.fixture.visitor().request('POST', '/session/start', { body: { method: 'email', email } });
  await small.database.asSuperuser(`INSERT INTO identities (account_id, issuer, subject, contact_id, created_at)
    SELECT account_id, 'https://id.example', '${email}', id, now() FROM contacts WHERE email = '${email}'`);
  await small.database.asSuperuser(`INSERT INTO consent_texts (account_id, portal_id, version, texts, since)
    SELECT account_id, id, 1, '{"en": "We keep it."}', now() FROM portals WHERE slug = 'help'`);
  await small.database.asSuperuser(`INSERT INTO consent_records (account_id, portal_id, contact_id, version, locale, given_at)
    SELECT c.account_id, p.id, c.id, 1, 'en', now() FROM contacts c JOIN portals p ON p.account_id = c.account_id
      AND p.slug = 'help' WHERE c.email = '${email}'`);
  return { id: contact.id, ticket, other, quillon, max };
}

async function tablesWith(...texts: string[]): Promise<string[]> {
  const tables = await small.database.asSuperuser<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const found = [];
  for (const { name: table } of tables) {
    const rows = await small.database.asSuperuser<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
    if (rows.some(({ row }) => texts.some((text) => row.toLowerCase().includes(text)))) found.push(table);
  }
  return found;
}

const rowsOf = async (contact: number) => {
  const columns = await small.database.asSuperuser<{ name: string }>(`SELECT table_name AS name
    FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'contact_id' ORDER BY 1`);
  const tables: string[] = [];
  for (const { name: table } of columns) {
    const rows = await small.database.asSuperuser(`SELECT FROM ${table} WHERE contact_id = ${contact}`);
    if (rows.length > 0) tables.push(table);
  }
  return tables;
};

const numberOf = async () => {
  const [row] = await small.database.asSuperuser<{ id: number }>(`SELECT id FROM contacts WHERE email = '${email}'`);
  return Number(row?.id);
};

test('an export has everything that is kept about a person, and no secret', async () => {
  const { id, ticket } = await makeQuillon();
  const { status, body } = await askAdmin(small, 'GET', `/contacts/${id}/export`);
  expect(status).toBe(200);
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
  const some = expect.any(String) as string;
  const file = { name: 'bexley.txt', type: 'text/plain', size: 14 };
  const message = { id: some, at, own: true, author: name, files: [] };
  expect(body).toEqual({
    contact: {
      ...{ id, email, name, locale: 'en', enabled: true, verified: true, hasPassword: true },
      ...{ properties: { role: 'manager' }, companies: [{ name: 'Acme', primary: true }], accessGroups: ['Customers'] },
    },
    preferences: { columns: ['subject'], followsCompany: false },
    identities: [{ issuer: 'https://id.example', subject: email, since: at }],
    sessions: [{ portal: 'help', method: 'password', startedAt: at, lastSeenAt: at }],
    signIns: [{ portal: 'help', kind: 'email', at }],
    consents: [{ portal: 'help', version: 1, locale: 'en', text: 'We keep it.', givenAt: at, withdrawnAt: null }],
    uploads: [{ name: 'bexley.txt', type: 'text/plain', size: 10, at }],
    tickets: [
      {
        ...{ id: small.world.tickets.max, number: 2, subject: 'Invoice is missing', status: 'new', createdAt: at },
        ...{ relation: 'participant', properties: {}, readAt: at, rating: null },
        messages: [{ ...message, text: 'Me too' }],
      },
      {
        ...{ id: ticket.id, number: ticket.number, subject: `The desk of ${name}`, status: 'closed', createdAt: at },
        ...{ relation: 'requester', properties: {}, readAt: at },
        rating: { rating: 2, comment: `Not for ${name}`, at },
        messages: [
          { ...message, text: `My number is 555 0199. Regards, ${name}`, files: [file] },
          {
            ...{ id: some, at, own: false, author: 'Sam', files: [] },
            text: `Dear ${name}, dear QUILLON BEXLEY's colleagues: we write to ${email}.`,
          },
          { ...message, own: false, author: 'max', text: `As ${name} said` },
        ],
      },
    ],
    audit: expect.arrayContaining([
      { at, event: 'contact-created', actor: 'admin', portal: null, outcome: 'done' },
      { at, event: 'sign-in', actor: 'contact', portal: 'help', outcome: 'done' },
    ]) as unknown,
  });
  expect(JSON.stringify(body)).not.toContain('plain:');
  expect((await askAdmin<{ items: object[] }>(small, 'GET', '/audit?limit=1')).body.items).toMatchObject([
    { event: 'contact-exported', subjects: { contact: id }, actor: { kind: 'admin' } },
  ]);
});

test('who is erased is in no table any more, by name or address, and their files are gone', async () => {
  const { id, ticket, quillon, max } = await makeQuillon();
  const contact = await numberOf();
  expect((await rowsOf(contact)).length).toBeGreaterThan(10);
  expect((await tablesWith('quillon', 'bexley')).length).toBeGreaterThan(8);
  const keys = await small.database.asSuperuser<{ key: string }>(`SELECT file_key AS key FROM uploads
    UNION SELECT file_key FROM attachments WHERE name = 'bexley.txt'`);
  expect(keys).toHaveLength(2);

  expect(await askAdmin(small, 'DELETE', `/contacts/${id}`)).toEqual({ status: 204, body: null });

  expect(await tablesWith('quillon', 'bexley', '555 0199', '0199')).toEqual([]);
  expect(await rowsOf(contact)).toEqual(['messages', 'ticket_contacts']);
  for (const { key } of keys) expect(await small.fixture.deps.files.get(small.world.account, key)).toBeNull();
  // Out at once, and for good.
  const seen = await quillon.request('GET', '/session');
  expect(await seen.json()).toMatchObject({ contact: null });
  expect((await small.fixture.visitor().signIn(email)).status).toBe(401);
  // The ticket stays for the company, and what others wrote.
  const asMax = async (path: string) => (await (await max.request('GET', path)).json()) as Record<string, unknown>;
  expect(await asMax(`/tickets/${ticket.id}`)).toMatchObject({
    subject: 'The desk of Former customer',
    requester: { name: 'Former customer' },
  });
  const thread = (await asMax(`/tickets/${ticket.id}/messages`)) as { items: { kind: string; text?: string }[] };
  expect(thread.items.flatMap(({ text }) => (text ? [text] : []))).toEqual([
    'Erased at the wish of its writer.',
    "Dear Former customer, dear Former customer's colleagues: we write to Former customer.",
    'As Former customer said',
  ]);
  const found = (await asMax('/tickets?q=bexley')) as { items: object[] };
  expect(found.items).toEqual([]);
  expect((await asMax('/tickets?q=former')) as { items: object[] }).toMatchObject({ items: [{ id: ticket.id }] });
  const log = await askAdmin<{ items: object[] }>(small, 'GET', '/audit?limit=100');
  expect(log.body.items).toContainEqual(
    expect.objectContaining({ event: 'contact-erased', subjects: { contact: id } }),
  );
});

test('an erased contact is there for nobody, and the address is free again', async () => {
  const { id } = await makeQuillon();
  await askAdmin(small, 'DELETE', `/contacts/${id}`);
  for (const [method, path, body] of [
    ['DELETE', `/contacts/${id}`],
    ['GET', `/contacts/${id}/export`],
    ['PATCH', `/contacts/${id}`, { enabled: true }],
  ] as const)
    expect((await askAdmin(small, method, path, body)).status, `${method} ${path}`).toBe(404);
  const { body } = await askAdmin<{ items: { email: string }[] }>(small, 'GET', '/contacts?limit=100');
  expect(body.items.map((contact) => contact.email)).toHaveLength(5);
  expect((await askAdmin(small, 'POST', '/contacts', { email, name })).status).toBe(201);
});

test('a Polish contact leaves Polish words, a name stands whole or not at all, and others keep theirs', async () => {
  const { body } = await askAdmin<{ id: string }>(small, 'POST', '/contacts', {
    ...{ email: 'jan@example.org', name: 'Jan (Ż.)', locale: 'pl', password, verified: true },
    accessGroups: ['Customers'],
  });
  const jan = small.fixture.visitor();
  await jan.signIn('jan@example.org');
  const made = await jan.request('POST', '/tickets', {
    body: { subject: 'Jan (Ż.), Janowiec i Ann', message: 'Tekst' },
    key: crypto.randomUUID(),
  });
  expect(made.status).toBe(201);
  const others = () =>
    small.database.asSuperuser(
      `SELECT * FROM messages WHERE author_name <> 'Jan (Ż.)' AND author_name <> 'Dawny klient'`,
    );
  const before = await others();
  await askAdmin(small, 'DELETE', `/contacts/${body.id}`);
  const [ticket] = await small.database.asSuperuser<{ subject: string; text: string; author_name: string }>(
    `SELECT t.subject, m.text, m.author_name FROM tickets t JOIN messages m ON m.ticket_id = t.id ORDER BY t.id DESC LIMIT 1`,
  );
  expect(ticket).toEqual({
    subject: 'Dawny klient, Janowiec i Ann',
    text: 'Usunięto na życzenie autora.',
    author_name: 'Dawny klient',
  });
  expect(await others()).toEqual(before);
});

test('another account’s contact can neither be exported nor erased', async () => {
  const ann = await contactId(small, 'ann');
  await small.database.asSuperuser(`INSERT INTO accounts (public_id, name) VALUES ('${'B'.repeat(22)}', 'Other')`);
  for (const [method, path] of [
    ['GET', `/contacts/${ann}/export`],
    ['DELETE', `/contacts/${ann}`],
  ] as const) {
    const answer = await small.fixture.visitor().request(method, `/admin/api/v1${path}?account=${'B'.repeat(22)}`, {
      headers: { ...administrator, 'x-test-origin': base },
    });
    expect(answer.status).toBe(404);
  }
  expect(await small.database.asSuperuser(`SELECT FROM contacts WHERE email = 'ann@example.com'`)).toHaveLength(1);
});
