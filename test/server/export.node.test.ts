import { describe, expect, test } from 'vitest';

import { readCsv } from '../../src/testing/conformance/cases/csv.js';
import type { Database } from '../../src/server/database.js';
import { exportText } from '../../src/server/routes/export.js';
import { findPortal } from '../../src/server/settings/portal.js';
import { type Visitor, base } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

async function signIn(name: string): Promise<Visitor> {
  const visitor = small.fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  return visitor;
}

/** So many more tickets of max, from number 1,000 on. */
const addTickets = (count: number) =>
  small.database.asSuperuser(`INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id,
      created_at, updated_at)
    SELECT t.account_id, 'many' || lpad(i::text, 18, '0'), 999 + i, t.inbox_id, 'Many', 'working', t.requester_id,
      t.created_at, t.updated_at + i * interval '1 ms'
    FROM tickets t, generate_series(1, ${count}) i WHERE t.subject = 'Invoice is missing'`);

/** Counts the pages that are read from now on. */
function countPages() {
  const pages = { read: 0 };
  const batch: Database['batch'] = (context, steps) => {
    if (steps.some(({ statement }) => statement.name.startsWith('tickets.'))) pages.read += 1;
    return small.database.batch(context, steps);
  };
  Object.assign(small.fixture.deps, { database: { ...small.database, batch } });
  return pages;
}

const numbersIn = (text: string) =>
  readCsv(text)
    .slice(1)
    .map(([number]) => Number(number));

test('an export is a file to keep, and nothing else', async () => {
  const response = await (await signIn('ann')).request('GET', '/tickets.csv');
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="tickets.csv"',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'") as string,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(readCsv(new TextDecoder().decode(bytes))).toEqual([
    ['Number', 'Subject', 'Status', 'Whose turn', 'Requester', 'Company', 'Created (UTC)', 'Updated (UTC)'],
    ['7', 'Done and closed', 'Closed', '', 'ann', 'Acme', '2026-11-01 08:59:00', '2026-11-01 08:59:07'],
    ['1', 'Router is offline', 'New', 'Support', 'ann', 'Acme', '2026-11-01 08:59:00', '2026-11-01 08:59:01'],
  ]);
});

test.each(['cursor=x', 'limit=5', 'colour=red'])('%s is no part of the question', async (query) => {
  const response = await (await signIn('ann')).request('GET', `/tickets.csv?${query}`);
  const fields = [{ path: query.split('=')[0], code: 'unknown' }];
  expect([response.status, await response.json()]).toMatchObject([400, { fields }]);
});

describe('a long list', () => {
  test('is read page by page without a gap or a repeat, in every order', async () => {
    await addTickets(350);
    const max = await signIn('max');
    for (const sort of ['-updated', 'number', 'status']) {
      const text = await (await max.request('GET', `/tickets.csv?sort=${sort}`)).text();
      const numbers = numbersIn(text);
      expect(numbers).toHaveLength(353);
      expect(new Set(numbers).size).toBe(353);
      if (sort === 'number') expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    }
  });

  test('is read no faster than its reader, and no further once they are gone', async () => {
    await addTickets(950);
    const max = await signIn('max');
    const pages = countPages();
    const response = await max.request('GET', '/tickets.csv');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(pages.read).toBe(1);
    await reader.read();
    expect(pages.read).toBe(1);
    await reader.read();
    await reader.read();
    expect(pages.read).toBe(3);
    await reader.cancel();
    // What comes after everything that the stream may still have had to do.
    expect((await max.request('GET', '/portal')).status).toBe(200);
    expect(pages.read).toBe(3);
  });

  test('breaks off when its reader is signed out meanwhile, and never looks whole', async () => {
    await addTickets(250);
    const max = await signIn('max');
    const response = await max.request('GET', '/tickets.csv');
    const cookies = new Map(max.cookies);
    await max.request('DELETE', '/session', { body: { scope: 'this' } });
    expect(cookies.size).toBe(1);
    await expect(response.text()).rejects.toMatchObject({ code: 'session-expired' });
  });

  test('holds nothing more of a company from the moment on when its reader has left it', async () => {
    await small.database.asSuperuser(`WITH made AS (
        INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id, created_at, updated_at)
        SELECT t.account_id, 'colleague' || lpad(i::text, 13, '0'), 999 + i, t.inbox_id, 'Of ann', 'new', t.requester_id,
          t.created_at, t.updated_at + i * interval '1 ms'
        FROM tickets t, generate_series(1, 250) i WHERE t.subject = 'Router is offline' RETURNING account_id, id)
      INSERT INTO ticket_companies (account_id, company_id, ticket_id)
        SELECT m.account_id, o.id, m.id FROM made m, companies o WHERE o.name = 'Acme'`);
    const max = await signIn('max');
    const response = await max.request('GET', '/tickets.csv?sort=-number');
    await small.database.asSuperuser(
      `DELETE FROM contact_companies c USING contacts p WHERE p.id = c.contact_id AND p.name = 'max'`,
    );
    const numbers = numbersIn(await response.text());
    // The page that was read before, and their own ticket.
    expect(numbers).toHaveLength(101);
    expect(numbers.at(-1)).toBe(2);
  });

  test('ends where it may, and says that it goes on', async () => {
    const max = await signIn('max');
    const caller = small.fixture.deps.caller(
      new Request(base, {
        headers: { 'x-test-cookie': [...max.cookies].map((pair) => pair.join('=')).join('; '), 'x-test-origin': base },
      }),
    );
    const portal = await findPortal(small.database, caller, 'help');
    if (!portal) throw new Error('The portal is missing');
    const asked = { query: { scope: 'all', state: 'all', sort: 'number' }, properties: null } as const;
    const read = async (most: number) => {
      let text = '';
      for await (const part of exportText(small.fixture.deps, { portal, caller, language: 'en' }, asked, most))
        text += part;
      return readCsv(text)
        .slice(1)
        .map(([first]) => first);
    };
    expect(await read(2)).toEqual(['1', '2', 'The list goes on: this file ends after 2 tickets.']);
    expect(await read(3)).toEqual(['1', '2', '7']);
  });
});

test('an export is ten times a minute at most, for each contact by themselves, and is entered in the audit log', async () => {
  const [ann, max] = [await signIn('ann'), await signIn('max')];
  const statuses: number[] = [];
  for (let at = 0; at < 11; at++) statuses.push((await ann.request('GET', '/tickets.csv')).status);
  expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
  const refused = await ann.request('GET', '/tickets.csv');
  expect([refused.headers.get('retry-after'), await refused.json()]).toMatchObject(['60', { code: 'rate-limited' }]);
  expect((await max.request('GET', '/tickets.csv')).status).toBe(200);
  small.fixture.pass(60_000);
  expect((await ann.request('GET', '/tickets.csv')).status).toBe(200);
  const entries = await small.database.asSuperuser<{ name: string; count: number }>(
    `SELECT c.name, count(*)::integer AS count FROM audit_log a JOIN contacts c ON c.public_id = a.actor_id
      WHERE a.event = 'export' AND a.outcome = 'done' GROUP BY c.name ORDER BY c.name`,
  );
  expect(entries).toEqual([
    { name: 'ann', count: 11 },
    { name: 'max', count: 1 },
  ]);
});

test('a database that fails before the first line is told by the status', async () => {
  const ann = await signIn('ann');
  const batch: Database['batch'] = (context, steps) =>
    steps.some(({ statement }) => statement.name.startsWith('tickets.'))
      ? Promise.reject(new Error('gone'))
      : small.database.batch(context, steps);
  Object.assign(small.fixture.deps, { database: { ...small.database, batch } });
  expect((await ann.request('GET', '/tickets.csv')).status).toBe(500);
});
