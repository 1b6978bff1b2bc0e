import { type Database, type DatabaseContext, type Statement, DatabaseError } from '../../../src/server/database.js';
import { deferred } from '../../support/deferred.js';

/** What every `Database` keeps: run on PGlite in this thread and in its worker, and on PostgreSQL. */
export interface DatabaseCase {
  readonly name: string;
  run(database: Database): Promise<void>;
}

const app: DatabaseContext = { role: 'app' };
const staff: DatabaseContext = { role: 'staff', account: 1 };

const echo: Statement = { name: 'test.echo', text: 'SELECT $1::bigint AS n' };
const divide: Statement = { name: 'test.divide', text: 'SELECT 10 / $1::bigint AS n' };
const broken: Statement = { name: 'test.broken', text: 'SELECT * FROM no_such_table' };
const settings: Statement = {
  name: 'test.settings',
  text: `SELECT current_user::text AS who, app_account() AS account, app_portal() AS portal, app_contact() AS contact`,
};
const addAccount: Statement = {
  name: 'test.add_account',
  text: 'INSERT INTO accounts (public_id, name) VALUES ($1, $1)',
};
const listAccounts: Statement = {
  name: 'test.list_accounts',
  text: "SELECT name FROM accounts WHERE name LIKE $1 || '%' ORDER BY name",
};

export const databaseCases: readonly DatabaseCase[] = [
  {
    name: 'gives each type as the interface promises',
    async run(database) {
      const types: Statement = {
        name: 'test.types',
        text: `SELECT 9007199254740991::bigint AS int8, -5::integer AS int4, 1.5::numeric AS "numeric", 0.25::float8 AS float8,
          true AS yes, false AS no, 'zażółć "x"'::text AS text, NULL::text AS nothing,
          '2026-11-22 10:20:30.456+02'::timestamptz AS at, '{"a":[1,null,"ż"]}'::jsonb AS json,
          '\\x00ff10'::bytea AS bytes, '{}'::text[] AS none,
          ARRAY['a', 'b,"c"', '', 'NULL', NULL, '\\']::text[] AS texts, ARRAY[1, 2]::bigint[] AS ids, count(*) AS count`,
      };
      const [rows] = await database.batch(app, [{ statement: types }]);
      equal(rows, [
        {
          int8: 9007199254740991,
          int4: -5,
          numeric: 1.5,
          float8: 0.25,
          yes: true,
          no: false,
          text: 'zażółć "x"',
          nothing: null,
          at: new Date('2026-11-22T08:20:30.456Z'),
          json: { a: [1, null, 'ż'] },
          bytes: new Uint8Array([0, 255, 16]),
          none: [],
          texts: ['a', 'b,"c"', '', 'NULL', null, '\\'],
          ids: [1, 2],
          count: 1,
        },
      ]);
    },
  },
  {
    name: 'gives back every kind of parameter as it was',
    async run(database) {
      const params: Statement = {
        name: 'test.params',
        text: `SELECT $1::text AS text, $2::bigint AS int8, $3::boolean AS bool, $4::text AS nothing, $5::timestamptz AS at,
          $6::bytea AS bytes, $7::text[] AS texts, $8::bigint[] AS ids, $9::jsonb AS json`,
      };
      const at = new Date('2026-11-22T08:20:30.456Z');
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      const texts = ['', 'NULL', '{a,b}', '"', '\\', "'; DROP TABLE tickets; --", 'line\nbreak'];
      const json = JSON.stringify({ text: '\u2028 "' });
      const [rows] = await database.batch(app, [
        { statement: params, params: ['a\'b"\\', 42, true, null, at, bytes, texts, [3, -1], json] },
      ]);
      equal(rows, [
        {
          text: 'a\'b"\\',
          int8: 42,
          bool: true,
          nothing: null,
          at,
          bytes,
          texts,
          ids: [3, -1],
          json: { text: '\u2028 "' },
        },
      ]);
    },
  },
  {
    name: 'refuses an integer that a number cannot hold',
    async run(database) {
      const big: Statement = { name: 'test.big', text: 'SELECT 9007199254740993::bigint AS n' };
      await refuses(database.batch(app, [{ statement: big }]), '22003');
    },
  },
  {
    name: 'gives each query its own rows while others fail',
    async run(database) {
      const work = Array.from({ length: 120 }, async (_, i) => {
        if (i % 4 === 1) return refuses(database.batch(app, [{ statement: divide, params: [0] }]), '22012');
        if (i % 4 === 2)
          return refuses(
            database.tx(app, (tx) => tx.query(broken)),
            '42P01',
          );
        if (i % 4 === 3) return refuses(database.batch(app, [{ statement: echo, params: ['x'] }]), '22P02');
        const [first, second] = await database.batch(app, [
          { statement: echo, params: [i] },
          { statement: divide, params: [5] },
        ]);
        equal([first, second], [[{ n: i }], [{ n: 2 }]]);
      });
      await Promise.all(work);
    },
  },
  {
    name: 'runs none of a batch when one step fails',
    async run(database) {
      const steps = ['batch-1', 'batch-1'].map((name) => ({ statement: addAccount, params: [name] }));
      await refuses(database.batch(staff, steps), '23505');
      equal(await database.batch(staff, [{ statement: listAccounts, params: ['batch-1'] }]), [[]]);
    },
  },
  {
    name: 'commits what a transaction wrote and gives back its value',
    async run(database) {
      const value = await database.tx(staff, async (tx) => {
        await tx.query(addAccount, ['commit-1']);
        return tx.query(listAccounts, ['commit-1']);
      });
      equal(value, [{ name: 'commit-1' }]);
      equal(await database.batch(staff, [{ statement: listAccounts, params: ['commit-1'] }]), [[{ name: 'commit-1' }]]);
    },
  },
  {
    name: 'rolls back when the transaction is given up',
    async run(database) {
      const reason = new Error('changed my mind');
      const given = await database
        .tx(staff, async (tx) => {
          await tx.query(addAccount, ['given-up']);
          throw reason;
        })
        .catch((error) => error);
      equal(given === reason, true);
      equal(await database.batch(staff, [{ statement: listAccounts, params: ['given-up'] }]), [[]]);
    },
  },
  {
    name: 'never reports success for a transaction in which a statement failed',
    async run(database) {
      const careless = database.tx(staff, async (tx) => {
        await tx.query(addAccount, ['careless']);
        await tx.query(divide, [0]).catch(() => {});
        return 'done';
      });
      await refuses(careless, '22012');
      equal(await database.batch(staff, [{ statement: listAccounts, params: ['careless'] }]), [[]]);
    },
  },
  {
    name: 'refuses queries of a transaction that is over',
    async run(database) {
      const query = await database.tx(app, async (tx) => () => tx.query(echo, [1]));
      await refuses(query(), '25P01');
    },
  },
  {
    name: 'shows all of a transaction or nothing of it',
    async run(database) {
      const entered = deferred<void>();
      const leave = deferred<void>();
      const long = database.tx(staff, async (tx) => {
        await tx.query(addAccount, ['between-1']);
        entered.resolve();
        await leave.promise;
        await tx.query(addAccount, ['between-2']);
      });
      await entered.promise;
      const later = database.batch(staff, [{ statement: listAccounts, params: ['between-'] }]);
      leave.resolve();
      await long;
      // A single session takes turns and sees both; another connection sees neither yet.
      const [seen] = await later;
      if (seen?.length !== 0) equal(seen, [{ name: 'between-1' }, { name: 'between-2' }]);
    },
  },
  {
    name: 'states who asks inside the transaction only',
    async run(database) {
      const nobody = { account: null, portal: null, contact: null };
      equal(await database.batch(staff, [{ statement: settings }]), [
        [{ who: 'portico_staff', ...nobody, account: 1 }],
      ]);
      equal(await database.batch({ role: 'app', account: 1, portal: 2, contact: 3 }, [{ statement: settings }]), [
        [{ who: 'portico_app', account: 1, portal: 2, contact: 3 }],
      ]);
      equal(await database.batch(app, [{ statement: settings }]), [[{ who: 'portico_app', ...nobody }]]);
      await refuses(database.batch(staff, [{ statement: divide, params: [0] }]), '22012');
      equal(await database.tx(app, (tx) => tx.query(settings)), [{ who: 'portico_app', ...nobody }]);
    },
  },
  {
    name: 'gives a visitor neither the rows nor the rights of staff',
    async run(database) {
      const contacts: Statement = { name: 'test.contacts', text: 'SELECT * FROM contacts' };
      const tickets: Statement = { name: 'test.tickets', text: 'SELECT * FROM tickets' };
      const become: Statement = { name: 'test.become_owner', text: 'SET LOCAL ROLE portico_owner' };
      await refuses(database.batch(app, [{ statement: contacts }]), '42501');
      equal(await database.batch(app, [{ statement: tickets }]), [[]]);
      await refuses(database.batch(app, [{ statement: become }]), '42501');
    },
  },
  {
    name: 'carries a large value and many rows',
    async run(database) {
      const text = 'ż'.repeat(600_000);
      const length: Statement = { name: 'test.length', text: 'SELECT $1::text AS text, length($1) AS length' };
      const many: Statement = {
        name: 'test.many',
        text: 'SELECT i AS n, repeat($1, 40) AS t FROM generate_series(1, 20000) i',
      };
      equal(await database.batch(app, [{ statement: length, params: [text] }]), [[{ text, length: 600_000 }]]);
      const [rows] = await database.batch(app, [{ statement: many, params: ['ab'] }]);
      equal([rows?.length, rows?.[19_999]], [20_000, { n: 20_000, t: 'ab'.repeat(40) }]);
    },
  },
  {
    name: 'refuses a second text under the name of a statement',
    async run(database) {
      await database.batch(app, [{ statement: echo, params: [1] }]);
      const error = await database.batch(app, [{ statement: { ...echo, text: 'SELECT 2' } }]).catch((reason) => reason);
      equal(String(error), 'Error: Two statements are named test.echo');
      equal(await database.batch(app, [{ statement: echo, params: [3] }]), [[{ n: 3 }]]);
    },
  },
];

function equal(actual: unknown, expected: unknown): void {
  const [left, right] = [show(actual), show(expected)];
  if (left !== right) throw new Error(`expected ${right.slice(0, 500)}\n but got ${left.slice(0, 500)}`);
}

function show(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, item: unknown) {
    const raw = this[key];
    if (raw instanceof Date) return `Date ${raw.toISOString()}`;
    if (raw instanceof Uint8Array) return `bytes ${raw.join(' ')}`;
    return item;
  });
}

async function refuses(work: Promise<unknown>, code: string): Promise<void> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DatabaseError) || error.code !== code)
    throw new Error(`expected ${code}, got ${String(error)}`);
}
