import { describe, expect, test } from 'vitest';

import type { Statement } from '../../src/server/database.js';
import { type SmallWorld, noteText } from './small-world.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

interface Page {
  readonly items: readonly { readonly id: string; readonly number: number; readonly subject: string }[];
  readonly nextCursor: string | null;
}

async function person(name: string) {
  const visitor = small.fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  const page = async (query: Record<string, string>): Promise<Page> => {
    const response = await visitor.request('GET', `/tickets?${new URLSearchParams(query)}`);
    expect(response.status).toBe(200);
    return (await response.json()) as Page;
  };
  return {
    page,
    find: async (q: string) => (await page({ q })).items.map(({ subject }) => subject).sort(),
    async reply(ticket: string, body: string) {
      const key = crypto.randomUUID();
      const response = await visitor.request('POST', `/tickets/${ticket}/messages`, { body: { body }, key });
      expect(response.status).toBe(201);
    },
  };
}

async function staffFinds(q: string, query: Record<string, string> = {}): Promise<string[]> {
  const headers = { authorization: 'Bearer test-admin-token', 'x-portal-client': 'portico-test/1' };
  const path = `/staff/api/v1/tickets?${new URLSearchParams({ ...query, q })}`;
  const response = await small.fixture.visitor().request('GET', path, { headers });
  expect(response.status).toBe(200);
  return ((await response.json()) as Page).items.map(({ subject }) => subject).sort();
}

/** As staff of the account, by row level security; `$account` stands for its id. */
const staffSql = (sql: string) =>
  small.database.tx({ role: 'staff', account: small.world.account }, (tx) =>
    tx.query(statement(sql.replaceAll('$account', String(small.world.account)))),
  );

let statements = 0;
const statement = (text: string): Statement => ({ name: `search-test-${statements++}`, text });

const idOf = (table: string, column: string, value: string) =>
  `(SELECT id FROM ${table} WHERE account_id = $account AND ${column} = '${value}')`;
const contact = (name: string) => idOf('contacts', 'name', name);
const ticket = (name: keyof SmallWorld['tickets']) => idOf('tickets', 'public_id', small.world.tickets[name]);

describe('a search finds only what its contact sees', () => {
  test('never an internal note, a foreign company, another inbox or a deleted ticket', async () => {
    const [ann, max, gus] = [await person('ann'), await person('max'), await person('gus')];
    expect(await ann.find('router')).toEqual(['Router is offline']);
    expect(await max.find('router')).toEqual(['Router is offline']);
    expect(await gus.find('router')).toEqual([]);
    for (const word of noteText.split(/\W+/).filter((one) => !'is ours alone the'.includes(one))) {
      expect(await max.find(word)).toEqual([]);
    }
    expect(await ann.find('quote')).toEqual([]);
    expect(await ann.find('deleted')).toEqual([]);
    expect(await gus.find('globex')).toEqual(['Globex gateway']);
  });

  test('a note is not found, though the words of its ticket are', async () => {
    const max = await person('max');
    expect(await max.find('router offline')).toEqual(['Router is offline']);
    expect(await max.find('router zebra')).toEqual([]);
  });

  test('a ticket is found by who joins it, and no more by who leaves', async () => {
    const gus = await person('gus');
    await staffSql(`INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
      VALUES ($account, ${contact('gus')}, ${ticket('ann')}, 'contact')`);
    expect(await gus.find('router')).toEqual(['Router is offline']);
    await staffSql(`DELETE FROM ticket_contacts WHERE account_id = $account AND contact_id = ${contact('gus')}
      AND ticket_id = ${ticket('ann')}`);
    expect(await gus.find('router')).toEqual([]);
  });

  test('a ticket is found by the company that it is given to, and no more by the one it is taken from', async () => {
    const [max, gus] = [await person('max'), await person('gus')];
    const globex = idOf('companies', 'name', 'Globex');
    await staffSql(`INSERT INTO ticket_companies (account_id, company_id, ticket_id)
      VALUES ($account, ${globex}, ${ticket('ann')})`);
    expect(await gus.find('router')).toEqual(['Router is offline']);
    await staffSql(`DELETE FROM ticket_companies WHERE account_id = $account AND company_id <> ${globex}
      AND ticket_id = ${ticket('ann')}`);
    expect(await max.find('router')).toEqual([]);
    expect(await gus.find('router')).toEqual(['Router is offline']);
  });

  test('a ticket that is moved to another inbox is gone, and back when it comes back', async () => {
    const ann = await person('ann');
    const move = (inbox: string) =>
      staffSql(`UPDATE tickets SET inbox_id = ${idOf('inboxes', 'name', inbox)}
        WHERE account_id = $account AND public_id = '${small.world.tickets.ann}'`);
    await move('Sales');
    expect(await ann.find('router')).toEqual([]);
    await move('Support');
    expect(await ann.find('router')).toEqual(['Router is offline']);
  });

  test('who leaves a company, or its managers, finds their own tickets alone', async () => {
    const max = await person('max');
    expect(await max.find('first words')).toHaveLength(3);
    await staffSql(`UPDATE contacts SET properties = '{}' WHERE account_id = $account AND name = 'max'`);
    expect(await max.find('first words')).toEqual(['Invoice is missing']);
    await staffSql(
      `UPDATE contacts SET properties = '{"role":"manager"}' WHERE account_id = $account AND name = 'max'`,
    );
    await staffSql(`DELETE FROM contact_companies WHERE account_id = $account AND contact_id = ${contact('max')}`);
    expect(await max.find('first words')).toEqual(['Invoice is missing']);
  });

  test('a message that becomes internal, or is removed, is found no more', async () => {
    const ann = await person('ann');
    await ann.reply(small.world.tickets.ann, 'Serial QX7741');
    await ann.reply(small.world.tickets.ann, 'Password hunter2');
    expect(await ann.find('qx7741 hunter2 router')).toEqual(['Router is offline']);
    await staffSql(
      `UPDATE messages SET internal = true, side = 'support' WHERE account_id = $account AND text = 'Serial QX7741'`,
    );
    await staffSql(`DELETE FROM messages WHERE account_id = $account AND text = 'Password hunter2'`);
    expect(await ann.find('qx7741')).toEqual([]);
    expect(await ann.find('hunter2')).toEqual([]);
    expect(await ann.find('router first 1')).toEqual(['Router is offline']);
    expect(await staffFinds('qx7741')).toEqual(['Router is offline']);
  });
});

describe('the database', () => {
  const asked = (words: string) =>
    statement(`SELECT t.subject FROM find_tickets('{${words}}', NULL, '{requester,contact,participant}', true, NULL, NULL,
      '{new,working,waiting,closed}', 'updated', true, '{}', NULL, NULL, 26) AS f (id)
      LEFT JOIN tickets t ON t.id = f.id ORDER BY 1`);

  async function context(name: string | null) {
    const sql = `SELECT c.id, p.id AS portal FROM contacts c, portals p WHERE c.name = '${name}'`;
    const [row] = await small.database.asSuperuser<{ id: number; portal: number }>(sql);
    const known = { role: 'app', account: small.world.account } as const;
    return row ? { ...known, portal: row.portal, contact: row.id } : known;
  }

  test('answers a visitor by who they are, and without one with nothing', async () => {
    const subjects = async (name: string | null, words: string) =>
      (
        (await small.database.batch(await context(name), [{ statement: asked(words) }]))[0] as { subject: string }[]
      ).map(({ subject }) => subject);
    expect(await subjects('gus', 'first')).toEqual(['Globex gateway']);
    expect(await subjects('ann', 'first')).toEqual(['Done and closed', 'Router is offline']);
    expect(await subjects(null, 'first')).toEqual([]);
    expect(await subjects('ann', '')).toEqual([]);
  });

  test.each([
    'SELECT FROM ticket_search',
    'SELECT FROM note_search',
    `SELECT find_tickets_for_staff('{a}', '{1}', '{new}', NULL, NULL, 10)`,
    'SELECT gather_words(1, 1)',
  ])('keeps visitors from %s', async (sql) => {
    const visitor = await context('max');
    await expect(small.database.batch(visitor, [{ statement: statement(sql) }])).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('asks its index for a word that few tickets have', async () => {
    await addTickets(600);
    const scans = statement(`SELECT pg_stat_get_xact_numscans('ticket_search_words'::regclass) AS scans`);
    const [before, , after] = (await small.database.batch(await context('max'), [
      { statement: scans },
      { statement: asked('every150') },
      { statement: scans },
    ])) as { scans: number }[][];
    expect(after?.[0]?.scans).toBeGreaterThan(before?.[0]?.scans ?? Number.POSITIVE_INFINITY);
  });
});

/** Tickets for Acme, numbered from 1001, every seventh of max and the others of ann; every second has the word "every2", and so on. */
const addTickets = (count: number) =>
  staffSql(`WITH added AS (
      INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id, created_at, updated_at, words,
        properties)
      SELECT $account, 'many' || n, 1000 + n, ${idOf('inboxes', 'name', 'Support')}, 'Number ' || n,
        (ARRAY['new', 'working', 'closed'])[1 + n % 3], CASE WHEN n % 7 = 0 THEN ${contact('max')} ELSE ${contact('ann')} END,
        timestamptz '2026-01-01' + n * 7 % 101 * interval '1 hour', timestamptz '2026-02-01' + n * 11 % 97 * interval '1 day',
        array_to_tsvector(ARRAY(SELECT 'every' || d FROM unnest('{1,2,9,40,150}'::integer[]) AS d WHERE n % d = 0)),
        jsonb_build_object('product', CASE WHEN n % 50 = 0 THEN 'hub' ELSE 'dial' END, 'serial', 'S-' || n, 'units', n::text)
      FROM generate_series(1, ${count}) AS n RETURNING id)
    INSERT INTO ticket_companies (account_id, company_id, ticket_id)
    SELECT $account, ${idOf('companies', 'name', 'Acme')}, id FROM added`);

describe('among many tickets', () => {
  /** Numbers of all that a list leads through, in its order. */
  const lister = ({ page }: Awaited<ReturnType<typeof person>>) =>
    async function all(query: Record<string, string>): Promise<number[]> {
      const found: number[] = [];
      let cursor: string | null = null;
      do {
        const next: Page = await page({ ...query, limit: '100', ...(cursor !== null && { cursor }) });
        found.push(...next.items.map(({ number }) => number).filter((number) => number > 1000));
        cursor = next.nextCursor;
      } while (cursor !== null);
      return found;
    };

  test('lists those of a requester and with properties, each and every one, alone and in a search', async () => {
    await addTickets(450);
    await small.database.asSuperuser(`UPDATE portals SET properties = '{product,serial,units}', property_definitions = '[
      {"name": "product", "type": "choice", "label": {"en": "P"}, "options": [{"value": "hub", "label": {"en": "Hub"}}]},
      {"name": "serial", "type": "text", "label": {"en": "S"}, "options": null},
      {"name": "units", "type": "number", "label": {"en": "U"}, "options": null}]'`);
    const all = lister(await person('max'));
    const [max] = await small.database.asSuperuser<{ id: string }>(
      `SELECT public_id AS id FROM contacts WHERE name = 'max'`,
    );
    const requester = max?.id ?? '';
    const filters: [query: Record<string, string>, holds: (n: number) => boolean][] = [
      [{ requester }, (n) => n % 7 === 0],
      [{ properties: '{"product":"hub"}' }, (n) => n % 50 === 0],
      [{ properties: '{"units":"440.."}' }, (n) => n >= 440],
      [{ properties: '{"serial":"s-4"}' }, (n) => String(n).startsWith('4')],
      [{ properties: '{"serial":"S-4","units":"..45"}', requester }, (n) => n === 42],
      [{ properties: '{"product":"hub","units":"9999.."}' }, () => false],
    ];
    for (const sort of ['-updated', 'created', 'number', '-status']) {
      const every = (await all({ sort })).map((number) => number - 1000);
      expect(every).toHaveLength(450);
      for (const [query, holds] of filters) {
        const found = async (more: Record<string, string> = {}) =>
          (await all({ sort, ...query, ...more })).map((number) => number - 1000);
        expect(await found(), `${JSON.stringify(query)} by ${sort}`).toEqual(every.filter(holds));
        for (const [q, step] of [
          ['every2', 2],
          ['every150', 150],
        ] as const) {
          const both = (n: number) => holds(n) && n % step === 0;
          expect(await found({ q }), `${q} and ${JSON.stringify(query)} by ${sort}`).toEqual(every.filter(both));
        }
      }
    }
  });

  test('finds each and every one, in every order, whether many have the word or few', async () => {
    await addTickets(450);
    const all = lister(await person('max'));
    const has = (q: string) => (number: number) =>
      q.split(' ').every((word) => (number - 1000) % Number(word.slice('every'.length)) === 0);
    for (const sort of ['-updated', 'updated', '-number', 'status'] as const) {
      const every = await all({ sort });
      expect(every).toHaveLength(450);
      for (const q of ['every2', 'every40', 'every150', 'every2 every9']) {
        expect(await all({ sort, q }), `${q} by ${sort}`).toEqual(every.filter(has(q)));
      }
    }
    const open = await all({ state: 'open' });
    expect(await all({ state: 'open', q: 'every9' })).toEqual(open.filter(has('every9')));
  });

  test('staff finds each and every one, notes too', async () => {
    await addTickets(600);
    expect(await staffFinds('every150')).toHaveLength(4);
    expect(await staffFinds('every2 every9 every40')).toHaveLength(1);
    expect(await staffFinds('zebra')).toEqual(['Router is offline']);
    expect(await staffFinds('router zebra')).toEqual(['Router is offline']);
    expect(await staffFinds('zebra', { state: 'closed' })).toEqual([]);
    expect(await staffFinds('quote')).toEqual(['A quote please']);
    expect(await staffFinds('deleted')).toEqual([]);
  });
});

describe('a ticket with very many words', () => {
  /** Different words, each as long as a word can be in bytes. */
  const words = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => `w${from + at}`.padEnd(6, 'x')).join(' ');

  test('takes replies past what can be found, and keeps the words that came first', async () => {
    const ann = await person('ann');
    for (let part = 0; part < 5; part++) await ann.reply(small.world.tickets.ann, words(part * 2000, 2000));
    expect(await ann.find('w1999x')).toEqual(['Router is offline']);
    expect(await ann.find('router first')).toEqual(['Router is offline']);
    expect(await ann.find('w9999x')).toEqual([]);
    const [kept] = await small.database.asSuperuser<{ most: number }>(
      'SELECT max(length(words)) AS most FROM ticket_search',
    );
    expect(kept?.most).toBe(8000);
  });

  test('holds as many of the longest', async () => {
    const longest = Array.from(
      { length: 9000 },
      (_, at) => `'${'\u{1D7D9}'.repeat(27)}${String(at).padStart(5, '0')}'`,
    );
    const text = `ARRAY[${longest.join(',')}]`;
    const [row] = await small.database.asSuperuser<{ kept: number }>(
      `SELECT length(more_words(more_words('', (${text})[1:4500]), (${text})[4501:])) AS kept`,
    );
    expect(row?.kept).toBe(8000);
  });
});
