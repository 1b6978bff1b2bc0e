import { describe, expect, test } from 'vitest';

import type { ImportReportWire } from '../../src/wire/index.js';
import { askAdmin, contactId } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

const send = (csv: string, dryRun = false) =>
  askAdmin<ImportReportWire>(small, 'POST', '/contacts/import', { csv, dryRun });
const table = (...lines: string[]) => lines.join('\n');
const find = async (name: string) =>
  (await askAdmin<Record<string, unknown>>(small, 'GET', `/contacts/${await contactId(small, name)}`)).body;
const count = async (what: 'contacts' | 'companies' | 'audit') =>
  (await askAdmin<{ items: unknown[] }>(small, 'GET', `/${what}?limit=100`)).body.items.length;
const outcomes = ({ lines }: ImportReportWire) => lines.map(({ line, outcome, code }) => [line, code ?? outcome]);

const people = table(
  'Name,EMAIL,company,primary company,access groups,role',
  'Pat Lee,pat@acme.example,Acme;Globex,Globex,Customers,manager',
  ',max@example.com,,,,buyer',
  'ann,ann@example.com,,,,',
  'Sam,sam@initech.example,Initech,,,',
);

describe('an import of contacts', () => {
  test('adds people, changes those who are there, and leaves what a row does not say', async () => {
    const before = await find('max');
    const { status, body } = await send(people);
    expect(status).toBe(200);
    expect(body).toEqual({
      lines: [
        { line: 2, email: 'pat@acme.example', outcome: 'created' },
        { line: 3, email: 'max@example.com', outcome: 'updated' },
        { line: 4, email: 'ann@example.com', outcome: 'unchanged' },
        { line: 5, email: 'sam@initech.example', outcome: 'created' },
      ],
      created: 2,
      updated: 1,
      refused: 0,
      companies: ['Initech'],
    });
    const { acme, globex } = small.world.companies;
    expect(await find('pat')).toMatchObject({
      name: 'Pat Lee',
      enabled: true,
      verified: false,
      companies: [{ id: acme }, { id: globex }],
      primaryCompany: globex,
      accessGroups: ['Customers'],
      properties: { role: 'manager' },
    });
    const version = expect.not.stringMatching(String(before['version'])) as string;
    expect(await find('max')).toEqual({ ...before, properties: { role: 'buyer' }, version });
    const sam = await find('sam');
    expect(sam).toMatchObject({ companies: [{ name: 'Initech' }], accessGroups: [], properties: {} });
    expect(sam['primaryCompany']).toBe((sam['companies'] as { id: string }[])[0]?.id);
  });

  test('writes nothing as a dry run, and tells the same', async () => {
    const before = [await count('contacts'), await count('companies'), await count('audit')];
    const dry = await send(people, true);
    expect([await count('contacts'), await count('companies'), await count('audit')]).toEqual(before);
    expect((await send(people)).body).toEqual(dry.body);
    expect(await count('contacts')).toBe((before[0] ?? 0) + 2);
  });

  test('changes nothing the second time, and enters each change in the audit log once', async () => {
    await send(people);
    const entries = await count('audit');
    const again = await send(people);
    expect(again.body).toMatchObject({ created: 0, updated: 0, refused: 0, companies: [] });
    expect(await count('audit')).toBe(entries);
    const { body } = await askAdmin<{ items: { event: string; change: object | null }[] }>(small, 'GET', '/audit');
    expect(
      body.items
        .filter(({ event }) => /^(contact|company)-/.test(event))
        .map(({ event }) => event)
        .sort(),
    ).toEqual(['company-created', 'contact-changed', 'contact-created', 'contact-created']);
    expect(body.items.find(({ event }) => event === 'contact-changed')?.change).toEqual({ properties: null });
  });

  test('refuses a broken line with its number, and counts the others', async () => {
    const { body } = await send(
      table(
        'email,name,company,primary company,access groups,site',
        'no address,No',
        'new@example.com,',
        'two lines@example.com,"Two',
        'lines"',
        '',
        'a@b.example,A,Acme,Globex',
        'c@d.example,C,,,Nobody knows it',
        'e@f.example,E,,,,,too many',
        'g@h.example,"G',
        'i@j.example,I',
        'I@J.example,I again',
        `k@l.example,${'K'.repeat(201)}`,
        `m@n.example,M,,,,${'s'.repeat(2001)}`,
        'ann@example.com,Ann\0',
      ),
    );
    expect(outcomes(body)).toEqual([
      [2, 'email'],
      [3, 'name'],
      [4, 'email'],
      [7, 'primary-company'],
      [8, 'access-group'],
      [9, 'columns'],
      [10, 'malformed'],
      [11, 'created'],
      [12, 'repeated'],
      [13, 'name'],
      [14, 'property'],
      [15, 'name'],
    ]);
    expect(body).toMatchObject({ created: 1, updated: 0, refused: 11, companies: [] });
  });

  test('does not guess between two companies with one name, and makes one once however it is written', async () => {
    for (let twice = 0; twice < 2; twice++) await askAdmin(small, 'POST', '/companies', { name: 'Twin' });
    const { body } = await send(
      table('email,name,company', 'a@b.example,A,TWIN', 'c@d.example,C,Initech', 'e@f.example,E,INITECH;acme'),
    );
    expect(outcomes(body)).toEqual([
      [2, 'company'],
      [3, 'created'],
      [4, 'created'],
    ]);
    expect(body.companies).toEqual(['Initech']);
  });

  test('reads what spreadsheets write: semicolons, a mark at the start, quotes, and formulas as the text that they are', async () => {
    const csv = '\uFEFFemail;name;note\r\npat@acme.example;"Lee; Pat";=HYPERLINK("https://evil.example")\r\n';
    expect((await send(csv)).body).toMatchObject({ created: 1 });
    expect(await find('pat')).toMatchObject({
      name: 'Lee; Pat',
      properties: { note: '=HYPERLINK("https://evil.example")' },
    });
  });

  test.each([
    ['empty', ''],
    ['no-email-column', 'name,company\nPat,Acme'],
    ['column-repeated', 'email,name,Name\na@b.example,A,A'],
    ['column-name', `email,${'p'.repeat(65)}\na@b.example,A`],
    ['malformed', '"email,name\na@b.example,A'],
    ['too-many-lines', `email,name\n${'a@b.example,A\n'.repeat(5001)}`],
    ['too-large', `email,name\n${'é'.repeat(600_000)}`],
    ['too_big', `email,name\n${'e'.repeat(1024 * 1024)}`],
  ])('is refused as a whole, as %s, with nothing written', async (code, csv) => {
    const before = await count('contacts');
    const answer = await send(csv);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', fields: [{ path: 'csv', code }] } });
    expect(await count('contacts')).toBe(before);
  });

  test('takes five thousand people, and a table of nearly a megabyte', async () => {
    const line = (at: number) => `p${at}@many.example,Person ${at},"Acme;Many ${at % 50}",${'x'.repeat(120)}`;
    const csv = table('email,name,company,note', ...Array.from({ length: 5000 }, (_, at) => line(at)));
    expect((await send(csv)).body).toMatchObject({ created: 5000, refused: 0 });
    expect((await send(csv)).body).toMatchObject({ created: 0, updated: 0, refused: 0 });
  }, 60_000);
});

test('reaches nobody of another account, by address or by the name of a company', async () => {
  const { database, world } = small;
  const [other] = await database.asSuperuser<{ id: number }>(
    `INSERT INTO accounts (public_id, name) VALUES (repeat('Z', 22), 'Other') RETURNING account_id AS id`,
  );
  await database.asSuperuser(`INSERT INTO companies (account_id, public_id, name)
    VALUES (${other?.id}, repeat('Y', 22), 'Theirs')`);
  await database.asSuperuser(`INSERT INTO contacts (account_id, public_id, email, name, locale)
    VALUES (${other?.id}, repeat('X', 22), 'pat@acme.example', 'Their Pat', 'en')`);
  const [ours] = await database.asSuperuser<{ public_id: string }>(
    `SELECT public_id FROM accounts WHERE account_id = ${world.account}`,
  );
  const body = { csv: 'email,name,company\npat@acme.example,Our Pat,Theirs', dryRun: false };
  const answer = await askAdmin(small, 'POST', `/contacts/import?account=${ours?.public_id}`, body);
  expect(answer.body).toMatchObject({ created: 1, updated: 0, companies: ['Theirs'] });
  const theirs = await database.asSuperuser(
    `SELECT c.name, cc.company_id FROM contacts c LEFT JOIN contact_companies cc
      ON cc.account_id = c.account_id AND cc.contact_id = c.id WHERE c.account_id = ${other?.id}`,
  );
  expect(theirs).toEqual([{ name: 'Their Pat', company_id: null }]);
});
