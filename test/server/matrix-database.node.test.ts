import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { DatabaseContext, Param, Transaction } from '../../src/server/database.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type MarkedApp, openMarkedApp } from './matrix/marked-app.js';
import { type ViewerCase, viewers } from './matrix/viewers.js';
import { type Name, type TicketName, hidden, markOf, named, people } from './matrix/world.js';

// The second wall alone: what the database shows to a visitor who may ask it anything, and lets them write.

let database: TestDatabase;
let marked: MarkedApp;
const all = [...Object.keys(people), ...hidden] as TicketName[];

beforeAll(async () => {
  database = await openTestDatabase();
  marked = await openMarkedApp(database);
  // Everybody has read everything, and somebody else's key and session lie there.
  await database.asSuperuser(`INSERT INTO read_marks (account_id, contact_id, ticket_id, read_at)
    SELECT c.account_id, c.id, t.id, t.updated_at FROM contacts c JOIN tickets t ON t.account_id = c.account_id`);
  await database.asSuperuser(`INSERT INTO ratings (account_id, contact_id, ticket_id, rating, comment, rated_at)
    SELECT c.account_id, c.id, t.id, 1, 'Between us', t.updated_at FROM contacts c JOIN tickets t ON t.account_id = c.account_id`);
  await database.asSuperuser(`INSERT INTO idempotency_keys (account_id, contact_id, key, request_hash, created_at)
    SELECT account_id, id, gen_random_uuid(), '\\x00', '2026-11-01' FROM contacts`);
  await database.asSuperuser(`INSERT INTO uploads (account_id, public_id, contact_id, name, type, size, file_key, created_at)
    SELECT account_id, 'upload of ' || id, id, 'a.txt', 'text/plain', 1, 'key of ' || id, '2026-11-01' FROM contacts`);
  await database.asSuperuser(
    `INSERT INTO preferences (account_id, contact_id, columns) SELECT account_id, id, '{why}' FROM contacts`,
  );
});
afterAll(() => database.close());

/** Those whom the database itself keeps out or lets in; who may sign in at all is asked before. */
const askers = viewers.filter(
  ({ who, session }) => who && who !== 'oli' && (session === 'live' || who === 'dis' || who === 'una'),
);

const contextOf = ({ who, at }: Pick<ViewerCase, 'who' | 'at'>): DatabaseContext => ({
  role: 'app',
  account: marked.world.account.id,
  portal: marked.world.portals[at],
  contact: marked.world.people[who!].id,
});

const rows = <Row>(who: Pick<ViewerCase, 'who' | 'at'>, text: string, params: readonly Param[] = []): Promise<Row[]> =>
  database.tx(contextOf(who), (tx) => tx.query<Row>(named(text), params));

const column = async (who: ViewerCase, text: string, params: readonly Param[] = []) =>
  (await rows<{ v: string | number }>(who, text, params)).map(({ v }) => v).toSorted();

const seen = ({ sees }: ViewerCase) => Object.keys(sees) as TicketName[];

test('the world is there', async () => {
  expect(await database.asSuperuser('SELECT id FROM tickets')).toHaveLength(all.length);
});

describe.each(askers)('$viewer', (one) => {
  const me = () => marked.world.people[one.who!].id;

  test('reads their tickets, their public messages and the files of those, and no other row', async () => {
    const { tickets, files } = marked.world;
    const ids = seen(one).map((name) => tickets[name].publicId);
    expect(await column(one, 'SELECT public_id AS v FROM tickets')).toEqual(ids.toSorted());
    const texts = seen(one).map((name) => `Words of ${name}: ${markOf(name)}`);
    expect(await column(one, 'SELECT text AS v FROM messages')).toEqual(texts.toSorted());
    const fileIds = seen(one).map((name) => files[name]);
    expect(await column(one, 'SELECT public_id AS v FROM attachments')).toEqual(fileIds.toSorted());
  });

  test('reads what is theirs alone of marks, keys, preferences, sessions and companies', async () => {
    for (const table of [
      'read_marks',
      'ratings',
      'idempotency_keys',
      'uploads',
      'preferences',
      'sessions',
      'contact_companies',
    ]) {
      const owners = new Set(await column(one, `SELECT contact_id AS v FROM ${table}`));
      expect(
        [...owners].filter((owner) => owner !== me()),
        table,
      ).toEqual([]);
    }
    const mine = await column(one, 'SELECT contact_id AS v FROM ticket_contacts');
    expect(mine.filter((owner) => owner !== me())).toEqual([]);
    expect(await column(one, 'SELECT DISTINCT account_id AS v FROM statuses')).toEqual([marked.world.account.id]);
    // The tie to a ticket in another inbox, or deleted, is there; the ticket is not.
    const ofAcme = one.who === 'ann' || ('ann' in one.sees && one.permission === 'company');
    const ties = new Set([...seen(one), ...(ofAcme ? (['sales', 'deleted'] as const) : [])]);
    const strangers = all.filter((name) => !ties.has(name)).map((name) => marked.world.tickets[name].id);
    expect(
      await column(one, 'SELECT ticket_id AS v FROM ticket_companies WHERE ticket_id = ANY ($1)', [strangers]),
    ).toEqual([]);
    const names = await column(one, 'SELECT name AS v FROM companies');
    expect(names.filter((name) => String(name).startsWith('Umbrella'))).toEqual([]);
    if (one.permission === 'own' && !['fay', 'ann', 'cat', 'zoe', 'bea', 'tom', 'lia'].includes(one.who!))
      expect(names).toEqual([]);
  });

  test('finds their tickets alone, by every word, by properties and in every order', async () => {
    const { tickets } = marked.world;
    const find = (words: string[] | null, roles: string[], shared: boolean, sort: string, conditions?: object[]) =>
      column(
        one,
        `SELECT v FROM find_tickets($1::text[], $6::jsonb, $2::text[], $3, NULL, NULL, $4::text[], $5, true, $4::text[], NULL,
          NULL, 100) AS f (v)`,
        [
          words,
          roles,
          shared,
          ['new', 'working', 'waiting', 'closed'],
          sort,
          conditions ? JSON.stringify(conditions) : null,
        ],
      );
    const titled = { property: 'articleTitle', operator: 'has', value: 'visible' };
    const exactly = { property: 'articleTitle', operator: 'is', value: 'Visible' };
    const roles = ['requester', 'contact', 'participant'];
    const ids = seen(one).map((name) => tickets[name].id);
    const own = seen(one).filter((name) => one.sees[name] !== 'company');
    for (const sort of ['updated', 'number', 'status']) {
      expect(await find(['words'], roles, true, sort), sort).toEqual(ids.toSorted());
      expect(await find(['words'], roles, false, sort), sort).toEqual(own.map((name) => tickets[name].id).toSorted());
      expect(await find([markOf('note')], roles, true, sort), sort).toEqual([]);
      for (const condition of [titled, exactly]) {
        expect(await find(null, roles, true, sort, [condition]), sort).toEqual(ids.toSorted());
        expect(await find(null, roles, false, sort, [condition]), sort).toEqual(
          own.map((name) => tickets[name].id).toSorted(),
        );
      }
    }
  });
});

test('a follow-up is told only to who sees both of its tickets', async () => {
  const { account, tickets } = marked.world;
  const insertAll = all.map((name) => `(${account.id}, ${tickets[name].id}, ${tickets.ann.id})`);
  const others = insertAll.filter((_, place) => all[place] !== 'ann' && !['umbrella', 'away'].includes(all[place]!));
  await database.asSuperuser(`INSERT INTO follow_ups (account_id, ticket_id, earlier_id) VALUES ${others.join()}`);
  for (const one of askers) {
    const expected = 'ann' in one.sees ? seen(one).filter((name) => name !== 'ann') : [];
    expect(await column(one, 'SELECT ticket_id AS v FROM follow_ups'), one.viewer).toEqual(
      expected.map((name) => tickets[name].id).toSorted(),
    );
  }
  await database.asSuperuser('DELETE FROM follow_ups');
});

test('of the other tables a visitor reads nothing', async () => {
  const { world } = marked;
  const known = ['tickets', 'ticket_contacts', 'ticket_companies', 'messages', 'attachments', 'read_marks', 'statuses'];
  const own = [
    'idempotency_keys',
    'desk_writes',
    'uploads',
    'preferences',
    'ratings',
    'follow_ups',
    'companies',
    'sessions',
    'contact_companies',
  ];
  const tables = await database.asSuperuser<{ name: string }>(
    `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const open: string[] = [];
  for (const { name } of tables.filter(({ name }) => ![...known, ...own].includes(name))) {
    const found = await rows({ who: 'max', at: 'help' }, `SELECT 1 FROM ${name}`).catch(
      ({ code }: { code: string }) => code,
    );
    if (found !== '42501') open.push(name);
  }
  // Limits of sign-in belong to no contact, the server's own list of migrations to no account.
  expect(open.filter((name) => !['sign_in_limits', 'schema_migrations'].includes(name))).toEqual([]);
  for (const table of [...known, ...own]) {
    const [none] = await database.batch({ role: 'app' }, [{ statement: named(`SELECT 1 FROM ${table}`) }]);
    expect(none, `${table} without a context`).toEqual([]);
    const context = { role: 'app', account: world.account.id } as const;
    const [nobody] = await database.batch(context, [{ statement: named(`SELECT 1 FROM ${table}`) }]);
    expect(table === 'statuses' ? [] : nobody, `${table} for nobody`).toEqual([]);
  }
});

test('nobody who may not sign in is let in', async () => {
  const { account, portals } = marked.world;
  const knows = async (portal: number, who: string) =>
    (
      await database.batch({ role: 'app' }, [
        {
          statement: named('SELECT contact_id FROM credential_by_email($1, $2, $3)'),
          params: [account.id, portal, `${who}@example.com`],
        },
      ])
    )[0]!.length;
  expect(await knows(portals.help, 'ann')).toBe(1);
  for (const who of ['dis', 'una', 'eve', 'oli', 'nobody']) expect(await knows(portals.help, who), who).toBe(0);
  const shop = await database.asSuperuser<{ id: number }>(`SELECT id FROM portals WHERE slug = 'shop'`);
  expect(await knows(shop[0]!.id, 'ann')).toBe(0);
});

/** What a visitor might try to write: each as who, and what. `who` may write the same thing about what is theirs. */
interface Forgery {
  readonly what: string;
  readonly who: Name;
  readonly at?: ViewerCase['at'];
  run(tx: Transaction): Promise<unknown[]>;
}

const message = (tx: Transaction, ticket: TicketName, more: Record<string, Param> = {}, author: Name = 'ann') => {
  const { world } = marked;
  const row: Record<string, Param> = {
    account_id: world.account.id,
    ticket_id: world.tickets[ticket].id,
    public_id: `forged${String(Math.random()).slice(2, 18)}`,
    kind: 'message',
    internal: false,
    side: 'contact',
    contact_id: world.people[author].id,
    author_id: 'x',
    author_name: 'x',
    created_at: new Date(),
    ...more,
  };
  return insert(tx, 'messages', row);
};

const insert = (tx: Transaction, table: string, row: Record<string, Param>) => {
  const names = Object.keys(row);
  const text = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`;
  // No RETURNING: it would ask the policy for reading as well.
  return tx.query(named(text), Object.values(row)).then(() => ['written']);
};

const ticket = (tx: Transaction, more: Record<string, Param>) =>
  insert(tx, 'tickets', {
    account_id: marked.world.account.id,
    public_id: `forged${String(Math.random()).slice(2, 18)}`,
    number: 5000 + Math.floor(Math.random() * 1e6),
    inbox_id: 1,
    subject: 's',
    status: 'new',
    requester_id: marked.world.people.ann.id,
    created_at: new Date(),
    updated_at: new Date(),
    ...more,
  });

const touch = (tx: Transaction, name: TicketName) =>
  tx.query(named(`UPDATE tickets SET status = 'closed' WHERE id = $1 RETURNING id`), [marked.world.tickets[name].id]);
const blindTouch = async (tx: Transaction) => {
  // Reads no column, so that only the policy for writing is asked.
  await tx.query(named(`UPDATE tickets SET status = 'waiting'`));
  return [];
};
const tie = (tx: Transaction, name: TicketName, contact: Name, role: string) =>
  insert(tx, 'ticket_contacts', {
    account_id: marked.world.account.id,
    contact_id: marked.world.people[contact].id,
    ticket_id: marked.world.tickets[name].id,
    role,
  });
const companyTie = (tx: Transaction, name: TicketName, company: 'acme' | 'globex' | 'umbrella') =>
  insert(tx, 'ticket_companies', {
    account_id: marked.world.account.id,
    company_id: marked.world.companies[company].id,
    ticket_id: marked.world.tickets[name].id,
  });
const mark = (tx: Transaction, contact: Name, name: TicketName) =>
  insert(tx, 'read_marks', {
    account_id: marked.world.account.id,
    contact_id: marked.world.people[contact].id,
    ticket_id: marked.world.tickets[name].id,
    read_at: new Date(),
  });
const follow = (tx: Transaction, name: TicketName, earlier: TicketName) =>
  insert(tx, 'follow_ups', {
    account_id: marked.world.account.id,
    ticket_id: marked.world.tickets[name].id,
    earlier_id: marked.world.tickets[earlier].id,
  });
const rate = (tx: Transaction, contact: Name, name: TicketName) =>
  insert(tx, 'ratings', {
    account_id: marked.world.account.id,
    contact_id: marked.world.people[contact].id,
    ticket_id: marked.world.tickets[name].id,
    rating: 5,
    rated_at: new Date(),
  });
const session = (tx: Transaction, contact: Name, portal: 'help' | 'firm') =>
  insert(tx, 'sessions', {
    account_id: marked.world.account.id,
    token_hash: new Uint8Array([1, 2, 3]),
    portal_id: marked.world.portals[portal],
    contact_id: marked.world.people[contact].id,
    method: 'password',
    created_at: new Date(),
    last_seen_at: new Date(),
    idle_until: new Date(),
    absolute_until: new Date(),
  });
const key = (tx: Transaction, contact: Name) =>
  insert(tx, 'idempotency_keys', {
    account_id: marked.world.account.id,
    contact_id: marked.world.people[contact].id,
    key: crypto.randomUUID(),
    request_hash: new Uint8Array(1),
    created_at: new Date(),
  });
const deskWrite = (tx: Transaction, contact: Name, name: TicketName | null) =>
  insert(tx, 'desk_writes', {
    account_id: marked.world.account.id,
    contact_id: marked.world.people[contact].id,
    key: crypto.randomUUID(),
    request_hash: new Uint8Array(1),
    public_id: 'forged',
    portal_id: marked.world.portals.help,
    ticket_id: name && marked.world.tickets[name].id,
    request: '{}',
    created_at: new Date(),
  });

const upload = (tx: Transaction, contact: Name) =>
  insert(tx, 'uploads', {
    account_id: marked.world.account.id,
    public_id: 'forged',
    contact_id: marked.world.people[contact].id,
    name: 'a.txt',
    type: 'text/plain',
    size: 1,
    file_key: 'forged',
    created_at: new Date(),
  });
const prefer = (tx: Transaction, contact: Name) =>
  insert(tx, 'preferences', { account_id: marked.world.account.id, contact_id: marked.world.people[contact].id });
const reprefer = (tx: Transaction) =>
  tx.query(named('UPDATE preferences SET follows_company = true WHERE contact_id <> $1 RETURNING 1'), [
    marked.world.people.ann.id,
  ]);
/** Somebody's upload as a file of a message that somebody has written. */
const attach = (tx: Transaction, name: TicketName, author: Name, sender: Name, key = sender) => {
  const { tickets, people: contacts } = marked.world;
  const text = `INSERT INTO attachments (account_id, ticket_id, message_id, public_id, name, type, size, file_key)
    SELECT account_id, ticket_id, id, 'upload of ' || $3::bigint, 'a.txt', 'text/plain', 1, 'key of ' || $4::bigint
    FROM messages WHERE ticket_id = $1 AND contact_id = $2 ORDER BY id LIMIT 1`;
  const ids = [tickets[name].id, contacts[author].id, contacts[sender].id, contacts[key].id];
  return tx.query(named(text), ids).then(() => ['written']);
};

const forgeries: readonly Forgery[] = [
  { what: 'a message in a foreign ticket', who: 'ann', run: (tx) => message(tx, 'gus') },
  { what: 'a message in a colleague’s ticket under own', who: 'bea', run: (tx) => message(tx, 'ann', {}, 'bea') },
  { what: 'a message in a ticket of another inbox', who: 'ann', run: (tx) => message(tx, 'sales') },
  { what: 'a message in a deleted ticket', who: 'ann', run: (tx) => message(tx, 'deleted') },
  { what: 'an internal note', who: 'ann', run: (tx) => message(tx, 'ann', { internal: true, side: 'support' }) },
  { what: 'a message of support', who: 'ann', run: (tx) => message(tx, 'ann', { side: 'support' }) },
  { what: 'a message of somebody else', who: 'ann', run: (tx) => message(tx, 'ann', {}, 'max') },
  { what: 'a message of nobody', who: 'ann', run: (tx) => message(tx, 'ann', { contact_id: null }) },
  { what: 'a ticket of somebody else', who: 'max', run: (tx) => ticket(tx, {}) },
  { what: 'a ticket in another inbox', who: 'ann', run: (tx) => ticket(tx, { inbox_id: 2 }) },
  { what: 'a change of a foreign ticket', who: 'ann', run: (tx) => touch(tx, 'gus') },
  { what: 'a change of a deleted ticket', who: 'ann', run: (tx) => touch(tx, 'deleted') },
  { what: 'a change of a ticket of another inbox', who: 'ann', run: (tx) => touch(tx, 'sales') },
  { what: 'taking part in a foreign ticket', who: 'ann', run: (tx) => tie(tx, 'gus', 'ann', 'participant') },
  { what: 'taking part in a deleted ticket', who: 'max', run: (tx) => tie(tx, 'deleted', 'max', 'participant') },
  { what: 'taking part in another inbox', who: 'max', run: (tx) => tie(tx, 'sales', 'max', 'participant') },
  {
    what: 'taking part where only own is seen',
    who: 'tom',
    at: 'mine',
    run: (tx) => tie(tx, 'ann', 'tom', 'participant'),
  },
  { what: 'being associated by oneself', who: 'max', run: (tx) => tie(tx, 'ann', 'max', 'contact') },
  { what: 'bringing somebody else in', who: 'ann', run: (tx) => tie(tx, 'ann', 'gus', 'participant') },
  { what: 'a company of one’s own on a foreign ticket', who: 'ann', run: (tx) => companyTie(tx, 'gus', 'acme') },
  {
    what: 'a company of one’s own on a ticket that one takes part in',
    who: 'gus',
    run: (tx) => companyTie(tx, 'zoe', 'globex'),
  },
  { what: 'a foreign company on one’s own ticket', who: 'ann', run: (tx) => companyTie(tx, 'ann', 'globex') },
  { what: 'a further company on one’s own ticket', who: 'fay', run: (tx) => companyTie(tx, 'fay', 'acme') },
  { what: 'a read mark of somebody else', who: 'cat', run: (tx) => mark(tx, 'gus', 'ann') },
  { what: 'a read mark on a foreign ticket', who: 'cat', run: (tx) => mark(tx, 'cat', 'umbrella') },
  { what: 'a ticket of one’s own as a follow-up of a foreign one', who: 'ann', run: (tx) => follow(tx, 'ann', 'gus') },
  {
    what: 'a ticket of one’s own as a follow-up of a deleted one',
    who: 'ann',
    run: (tx) => follow(tx, 'ann', 'deleted'),
  },
  { what: 'a ticket of a colleague as a follow-up', who: 'max', run: (tx) => follow(tx, 'ann', 'max') },
  { what: 'a rating of somebody else', who: 'cat', run: (tx) => rate(tx, 'gus', 'ann') },
  { what: 'a rating of a foreign ticket', who: 'cat', run: (tx) => rate(tx, 'cat', 'umbrella') },
  {
    what: 'another rating of somebody else',
    who: 'ann',
    run: (tx) =>
      tx.query(named('UPDATE ratings SET rating = 5 WHERE contact_id <> $1 RETURNING 1'), [marked.world.people.ann.id]),
  },
  { what: 'a key of somebody else', who: 'ann', run: (tx) => key(tx, 'max') },
  { what: 'a write for the desk by somebody else', who: 'ann', run: (tx) => deskWrite(tx, 'max', null) },
  { what: 'a write for the desk into a foreign ticket', who: 'ann', run: (tx) => deskWrite(tx, 'ann', 'gus') },
  { what: 'an upload of somebody else', who: 'ann', run: (tx) => upload(tx, 'max') },
  { what: 'a file that somebody else has sent', who: 'ann', run: (tx) => attach(tx, 'ann', 'ann', 'max') },
  { what: 'the bytes that somebody else has sent', who: 'ann', run: (tx) => attach(tx, 'ann', 'ann', 'ann', 'max') },
  { what: 'a file on a message of somebody else', who: 'max', run: (tx) => attach(tx, 'ann', 'ann', 'max') },
  { what: 'preferences of somebody else', who: 'ann', run: (tx) => prefer(tx, 'max') },
  { what: 'other preferences of somebody else', who: 'ann', run: reprefer },
  { what: 'a session of somebody else', who: 'ann', run: (tx) => session(tx, 'max', 'help') },
  { what: 'a session at another portal', who: 'ann', run: (tx) => session(tx, 'ann', 'firm') },
  {
    what: 'the end of somebody else’s session',
    who: 'ann',
    run: (tx) =>
      tx.query(named('DELETE FROM sessions WHERE contact_id <> $1 RETURNING 1'), [marked.world.people.ann.id]),
  },
  {
    what: 'a longer session of somebody else',
    who: 'ann',
    run: (tx) =>
      tx.query(named(`UPDATE sessions SET idle_until = 'infinity' WHERE contact_id <> $1 RETURNING 1`), [
        marked.world.people.ann.id,
      ]),
  },
];

describe('a visitor cannot write', () => {
  beforeAll(async () => {
    // What is there already would be refused for being there. Gus takes part in a ticket without a company.
    await database.asSuperuser('DELETE FROM read_marks');
    await database.asSuperuser(`DELETE FROM ratings WHERE contact_id <> ${marked.world.people.max.id}`);
    await database.asSuperuser(
      `DELETE FROM preferences WHERE contact_id IN (SELECT id FROM contacts WHERE name IN ('ann', 'max'))`,
    );
    await database.asSuperuser(`INSERT INTO ticket_contacts (account_id, contact_id, ticket_id, role)
      SELECT account_id, ${marked.world.people.gus.id}, id, 'participant' FROM tickets
      WHERE id = ${marked.world.tickets.zoe.id}`);
  });

  test.each(forgeries)('$what', async ({ who, at = 'help', run }) => {
    const refused = new Error('rolled back');
    let done: unknown[] | undefined;
    const outcome = await database
      .tx(contextOf({ who, at }), async (tx) => {
        done = await run(tx);
        throw refused;
      })
      .catch((error: unknown) => error);
    // Either refused, or no row was there to change.
    if (outcome === refused) expect(done).toEqual([]);
    else expect(outcome).toMatchObject({ code: '42501' });
  });

  test('more tickets than they see, even without looking', async () => {
    const touched = await database
      .tx(contextOf({ who: 'ann', at: 'help' }), async (tx) => {
        await blindTouch(tx);
        throw new Error('kept');
      })
      .catch((error: Error) => error.message);
    expect(touched).toBe('kept');
    await database.tx(contextOf({ who: 'ann', at: 'help' }), blindTouch);
    const changed = await database.asSuperuser<{ id: number }>(`SELECT id FROM tickets WHERE status = 'waiting'`);
    expect(changed).toEqual([{ id: marked.world.tickets.ann.id }]);
  });

  test('but can write what is theirs', async () => {
    const mine: Forgery['run'][] = [
      (tx) => message(tx, 'ann'),
      (tx) => ticket(tx, {}),
      (tx) => mark(tx, 'ann', 'ann'),
      (tx) => key(tx, 'ann'),
      (tx) => deskWrite(tx, 'ann', 'ann'),
      (tx) => session(tx, 'ann', 'help'),
      (tx) => upload(tx, 'ann'),
      (tx) => prefer(tx, 'ann'),
      (tx) => attach(tx, 'ann', 'ann', 'ann'),
    ];
    for (const run of mine) expect(await database.tx(contextOf({ who: 'ann', at: 'help' }), run)).toEqual(['written']);
    expect(
      await database.tx(contextOf({ who: 'max', at: 'help' }), (tx) => tie(tx, 'ann', 'max', 'participant')),
    ).toEqual(['written']);
  });
});
