import { describe, expect, test } from 'vitest';

import type { Param } from '../../src/server/database.js';
import { type ViewerCase, viewers } from './matrix/viewers.js';
import { useWall } from './matrix/wall.js';
import { type Name, type TicketName, hidden, markOf, named, people } from './matrix/world.js';

// The second wall alone: what the database shows to a visitor who may ask it anything.

const wall = useWall();
const all = [...Object.keys(people), ...hidden] as TicketName[];

/** Those whom the database itself keeps out or lets in; who may sign in at all is asked before. */
const askers = viewers.filter(
  ({ who, session }) => who && who !== 'oli' && (session === 'live' || who === 'dis' || who === 'una'),
);

/** As they stand in the world. */
const inOrder = (one: string, other: string) => Object.keys(people).indexOf(one) - Object.keys(people).indexOf(other);

const rows = <Row>(who: Pick<ViewerCase, 'who' | 'at'>, text: string, params: readonly Param[] = []): Promise<Row[]> =>
  wall.database.tx(wall.contextOf(who), (tx) => tx.query<Row>(named(text), params));

const column = async (who: ViewerCase, text: string, params: readonly Param[] = []) =>
  (await rows<{ v: string | number }>(who, text, params)).map(({ v }) => v).toSorted();

const seen = ({ sees }: ViewerCase) => Object.keys(sees) as TicketName[];

/** What everybody at a portal may know. */
const ofAccount = ['statuses', 'former_statuses'];

test('the world is there', async () => {
  expect(await wall.database.asSuperuser('SELECT id FROM tickets')).toHaveLength(all.length);
});

describe.each(askers)('$viewer', (one) => {
  const me = () => wall.world.people[one.who!].id;

  test('reads their tickets, their public messages and the files of those, and no other row', async () => {
    const { tickets, files } = wall.world;
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
      'consent_records',
      'sessions',
      'contact_companies',
    ]) {
      const owners = new Set(await column(one, `SELECT contact_id AS v FROM ${table}`));
      expect(
        [...owners].filter((owner) => owner !== me()),
        table,
      ).toEqual([]);
    }
    // What nobody has agreed to yet may not be for them.
    const mayBeHere = one.who !== 'dis' && one.who !== 'una';
    const portal = wall.world.portals[one.at];
    expect(await column(one, 'SELECT portal_id AS v FROM consent_records')).toEqual(mayBeHere ? [portal] : []);
    expect(await column(one, 'SELECT version AS v FROM consent_texts')).toEqual(mayBeHere ? [1] : []);
    const mine = await column(one, 'SELECT contact_id AS v FROM ticket_contacts');
    expect(mine.filter((owner) => owner !== me())).toEqual([]);
    for (const table of ofAccount)
      expect(await column(one, `SELECT DISTINCT account_id AS v FROM ${table}`)).toEqual([wall.world.account.id]);
    // The tie to a ticket in another inbox, or deleted, is there; the ticket is not.
    const ofAcme = one.who === 'ann' || ('ann' in one.sees && one.permission === 'company');
    const ties = new Set([...seen(one), ...(ofAcme ? (['sales', 'deleted'] as const) : [])]);
    const strangers = all.filter((name) => !ties.has(name)).map((name) => wall.world.tickets[name].id);
    expect(
      await column(one, 'SELECT ticket_id AS v FROM ticket_companies WHERE ticket_id = ANY ($1)', [strangers]),
    ).toEqual([]);
    const names = await column(one, 'SELECT name AS v FROM companies');
    expect(names.filter((name) => String(name).startsWith('Umbrella'))).toEqual([]);
    if (one.permission === 'own' && !['fay', 'ann', 'cat', 'zoe', 'bea', 'tom', 'lia'].includes(one.who!))
      expect(names).toEqual([]);
  });

  test('finds their tickets alone, by every word, by properties and in every order', async () => {
    const { tickets } = wall.world;
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
  const { account, tickets } = wall.world;
  const insertAll = all.map((name) => `(${account.id}, ${tickets[name].id}, ${tickets.ann.id})`);
  const others = insertAll.filter((_, place) => all[place] !== 'ann' && !['umbrella', 'away'].includes(all[place]!));
  await wall.database.asSuperuser(`INSERT INTO follow_ups (account_id, ticket_id, earlier_id) VALUES ${others.join()}`);
  for (const one of askers) {
    const expected = 'ann' in one.sees ? seen(one).filter((name) => name !== 'ann') : [];
    expect(await column(one, 'SELECT ticket_id AS v FROM follow_ups'), one.viewer).toEqual(
      expected.map((name) => tickets[name].id).toSorted(),
    );
  }
  await wall.database.asSuperuser('DELETE FROM follow_ups');
});

test('of the other tables a visitor reads nothing', async () => {
  const { world } = wall;
  const known = [
    ...['tickets', 'ticket_contacts', 'ticket_companies', 'messages', 'attachments', 'read_marks'],
    ...ofAccount,
  ];
  const own = [
    'idempotency_keys',
    'desk_writes',
    'uploads',
    'preferences',
    'consent_records',
    'consent_texts',
    'ratings',
    'follow_ups',
    'companies',
    'sessions',
    'contact_companies',
  ];
  const tables = await wall.database.asSuperuser<{ name: string }>(
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
    const [none] = await wall.database.batch({ role: 'app' }, [{ statement: named(`SELECT 1 FROM ${table}`) }]);
    expect(none, `${table} without a context`).toEqual([]);
    const context = { role: 'app', account: world.account.id } as const;
    const [nobody] = await wall.database.batch(context, [{ statement: named(`SELECT 1 FROM ${table}`) }]);
    expect(ofAccount.includes(table) ? [] : nobody, `${table} for nobody`).toEqual([]);
  }
});

test('an address opens a contact only to their colleagues, and to who sees them take part', async () => {
  const { people: contacts, tickets } = wall.world;
  const found = async (who: Name, ticket: TicketName, email: string) => {
    const text = 'SELECT contact_id FROM invited_by_email($1, $2)';
    return rows<{ contact_id: number }>({ who, at: 'help' }, text, [tickets[ticket].id, email]);
  };
  const knows = async (who: Name, ticket: TicketName) => {
    const known: string[] = [];
    for (const name of [...Object.keys(people), 'oli', 'uma', 'nobody'] as Name[]) {
      const [one] = await found(who, ticket, `${name}@example.com`);
      if (one) expect(one.contact_id).toBe(contacts[name].id);
      if (one) known.push(name);
    }
    return known;
  };
  const acme = ['bea', 'max', 'tom', 'sue', 'fay', 'eve', 'ivy', 'pat'];
  expect(await knows('ann', 'bea'), 'a ticket that she does not see').toEqual(acme);
  expect(await knows('ann', 'ann'), 'her own, of which three more are a part').toEqual(
    ['ann', 'cat', 'zoe', ...acme].toSorted(inOrder),
  );
  expect(await knows('gus', 'gus')).toEqual(['gus', 'fay', 'moe']);
  expect(await knows('zoe', 'zoe')).toEqual(['zoe']);
  expect(await knows('dis', 'dis'), 'who is locked out').toEqual([]);
  expect(await found('ann', 'ann', 'BEA@Example.COM')).toHaveLength(1);
});

test('nobody who may not sign in is let in', async () => {
  const { account, portals } = wall.world;
  const knows = async (portal: number, who: string) =>
    (
      await wall.database.batch({ role: 'app' }, [
        {
          statement: named('SELECT contact_id FROM credential_by_email($1, $2, $3)'),
          params: [account.id, portal, `${who}@example.com`],
        },
      ])
    )[0]!.length;
  expect(await knows(portals.help, 'ann')).toBe(1);
  for (const who of ['dis', 'una', 'eve', 'oli', 'nobody']) expect(await knows(portals.help, who), who).toBe(0);
  const shop = await wall.database.asSuperuser<{ id: number }>(`SELECT id FROM portals WHERE slug = 'shop'`);
  expect(await knows(shop[0]!.id, 'ann')).toBe(0);
});
