import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connectionTo } from '../../src/server/node/database/postgres/connection.js';
import { createPgSession } from '../../src/server/node/database/postgres/pg-session.js';
import { createSessionDatabase } from '../../src/server/sql/session-database.js';
import { type BenchViewer, type BenchWorld, enterWorld, loadWorld } from '../bench/world.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type Ways, beginTelling } from '../support/plans.js';
import { addressOf } from '../support/postgres.js';
import { type Visitor, createAppFixture } from './app-fixture.js';

/**
 * How PostgreSQL answers what the server asks, as `portico_app`, in a world of uneven size. Where a plan goes wrong, answers
 * stay right and only become a thousand times slower: no other test would notice.
 */

let database: TestDatabase;
let client: Client;
let telling: Awaited<ReturnType<typeof beginTelling>>;
let world: BenchWorld;
let visitors: Record<BenchViewer, Visitor>;

beforeAll(async () => {
  database = await openTestDatabase();
  const [{ name }] = (await database.asSuperuser('SELECT current_database()::text AS name')) as [{ name: string }];
  client = new Client(connectionTo(addressOf(inject('postgres')!).superuserUrl(name)));
  await client.connect();
  const session = createPgSession(client);
  const listening = { ...session, listen: () => () => {} };
  const { deps, visitor } = createAppFixture({ ...database, ...createSessionDatabase(listening) });
  await loadWorld(session, 20_000, deps.clock());
  world = await enterWorld(session, deps.clock());
  telling = await beginTelling(client);
  const signedIn = (viewer: BenchViewer) => {
    const one = visitor(world.slug);
    one.cookies.set(`__Host-portal_s_${world.slug}`, world.viewers[viewer].token);
    return one;
  };
  visitors = { own: signedIn('own'), company: signedIn('company'), largest: signedIn('largest') };
}, 180_000);

afterAll(async () => {
  await client.end();
  await database.close();
});

/** Often enough that a prepared statement has settled on its plan. */
const times = 8;

/** How the database answers one request: at the first time, and when its statements have settled. */
async function waysOf(viewer: BenchViewer, path: string): Promise<Ways[]> {
  telling.take();
  const taken: Ways[] = [];
  for (let time = 0; time < times; time++) {
    await ask(viewer, path);
    taken.push(telling.take());
  }
  return [taken[0]!, taken.at(-1)!];
}

async function ask<Body>(viewer: BenchViewer, path: string): Promise<Body> {
  const response = await visitors[viewer].request('GET', path);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as Body;
}

/** They grow with the number of customers or tickets. */
const growing = [
  'tickets',
  'ticket_contacts',
  'ticket_companies',
  'ticket_search',
  'messages',
  'attachments',
  'read_marks',
  'ratings',
  'follow_ups',
  'contacts',
  'contact_companies',
  'companies',
  'access_group_members',
  'sessions',
];
const isWhole = (scan: string) => growing.some((table) => scan === `Seq Scan on ${table}`);

const requests: Record<string, (viewer: BenchViewer) => Promise<string> | string> = {
  list: () => '/tickets',
  'list, next page': async (viewer) => {
    const { nextCursor } = await ask<{ nextCursor: string }>(viewer, '/tickets?limit=5');
    return `/tickets?limit=5&cursor=${nextCursor}`;
  },
  'list of a status': () => '/tickets?status=working',
  'list of what is open': () => '/tickets?state=open',
  'list of their own': () => '/tickets?scope=mine',
  'list of the company': () => '/tickets?scope=company',
  'list by number': () => '/tickets?sort=-number',
  'list by creation': () => '/tickets?sort=created',
  'list of whose turn': () => '/tickets?turn=contact',
  'list of one requester': async (viewer) => `/tickets?requester=${await requesterOf(viewer)}`,
  'list of one requester by number': async (viewer) => `/tickets?requester=${await requesterOf(viewer)}&sort=number`,
  'list of nobody': () => '/tickets?requester=AAAAAAAAAAAAAAAAAAAAAA',
  'search of one requester': async (viewer) =>
    `/tickets?q=${world.words.common}&requester=${await requesterOf(viewer)}`,
  'list by a property': () => `/tickets?properties=${encodeURIComponent('{"product":"hub"}')}`,
  'list by a rare property': () => `/tickets?properties=${encodeURIComponent('{"units":"9990.."}')}`,
  'search by a property': () =>
    `/tickets?q=${world.words.medium}&properties=${encodeURIComponent('{"product":"hub"}')}`,
  ticket: (viewer) => `/tickets/${firstTicket(viewer)}`,
  thread: (viewer) => `/tickets/${firstTicket(viewer)}/messages`,
  'thread, page before': async (viewer) => {
    const path = `/tickets/${firstTicket(viewer)}/messages?limit=3`;
    const { previousCursor } = await ask<{ previousCursor: string }>(viewer, path);
    return `${path}&before=${previousCursor}`;
  },
  'search for a rare word': () => `/tickets?q=${world.words.rare}`,
  'search for a word': () => `/tickets?q=${world.words.medium}`,
  'search for a common word': () => `/tickets?q=${world.words.common}`,
  counts: () => '/counts',
  'counts of their own': () => '/counts?scope=mine',
  'counts of the company': () => '/counts?scope=company',
};
/** Who asked the last of the tickets on the viewer's first page. */
async function requesterOf(viewer: BenchViewer): Promise<string> {
  const { items } = await ask<{ items: { requester: { id: string } }[] }>(viewer, '/tickets');
  return items.at(-1)!.requester.id;
}
const firstTicket = (viewer: BenchViewer) => world.viewers[viewer].tickets[0]!.publicId;

const viewers: readonly BenchViewer[] = ['own', 'company', 'largest'];
const everything = viewers.flatMap((viewer) => Object.keys(requests).map((request) => [viewer, request] as const));

test.each(everything)(
  '%s viewer, %s: no table that grows is read whole, nothing is collected first',
  async (viewer, name) => {
    for (const { scans, hashed } of await waysOf(viewer, await requests[name]!(viewer))) {
      expect(scans.filter(isWhole)).toEqual([]);
      expect(hashed).toEqual([]);
    }
  },
);

const orderOf = {
  contacts: 'Index Only Scan using ticket_contacts_updated',
  companies: 'Index Only Scan using ticket_companies_updated',
};

test.each([
  ['own', 'list', [orderOf.contacts]],
  ['company', 'list', [orderOf.contacts, orderOf.companies]],
  ['largest', 'list', [orderOf.contacts, orderOf.companies]],
  ['largest', 'list, next page', [orderOf.contacts, orderOf.companies]],
  ['largest', 'list of a status', [orderOf.contacts, orderOf.companies]],
  ['largest', 'list of their own', [orderOf.contacts]],
  ['largest', 'list of the company', [orderOf.companies]],
  [
    'largest',
    'list by number',
    ['Index Only Scan using ticket_contacts_number', 'Index Only Scan using ticket_companies_number'],
  ],
  [
    'largest',
    'list by creation',
    ['Index Only Scan using ticket_contacts_created', 'Index Only Scan using ticket_companies_created'],
  ],
  ['largest', 'list of whose turn', [orderOf.contacts, orderOf.companies]],
  [
    'largest',
    'list of one requester',
    ['Index Only Scan using ticket_contacts_requester', 'Index Only Scan using ticket_companies_requester'],
  ],
  ['largest', 'list of one requester by number', ['Index Scan using ticket_companies_requester']],
  ['largest', 'thread', ['Index Scan using messages_thread']],
  ['largest', 'thread, page before', ['Index Scan using messages_thread']],
  ['largest', 'search for a rare word', ['Bitmap Index Scan using ticket_search_words']],
  [
    'largest',
    'counts',
    ['Index Only Scan using ticket_companies_count', 'Index Only Scan using ticket_contacts_count'],
  ],
] as const)('%s viewer, %s: the index that was made for it is used', async (viewer, name, indexes) => {
  for (const { scans } of await waysOf(viewer, await requests[name]!(viewer))) {
    expect(scans).toEqual(expect.arrayContaining([...indexes]));
  }
});

test.each([
  'list',
  'list, next page',
  'list by number',
  'list of a status',
  'list of whose turn',
  'list of one requester',
  'list of nobody',
  'list of the company',
  'ticket',
  'thread',
])('%s: the largest company costs no more than a middling one', async (name) => {
  expect(world.viewers.largest.visible).toBeGreaterThan(5 * world.viewers.company.visible);
  const [, middling] = await waysOf('company', await requests[name]!('company'));
  const [, largest] = await waysOf('largest', await requests[name]!('largest'));
  expect(largest!.rows).toBeLessThan(1.5 * middling!.rows + page);
});

/** Rows of a page that is asked for without a limit. */
const page = 25;

test('the world, written without triggers, is one that they would have kept', async () => {
  const differing = await database.asSuperuser(`
    SELECT t.id FROM tickets t
    WHERE t.parties <> (SELECT jsonb_agg(jsonb_build_object('id', c.id, 'publicId', c.public_id, 'name', c.name,
          'role', tc.role) ORDER BY c.id)
        FROM ticket_contacts tc JOIN contacts c ON c.account_id = tc.account_id AND c.id = tc.contact_id
        WHERE tc.account_id = t.account_id AND tc.ticket_id = t.id)
      OR t.companies <> (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'publicId', c.public_id, 'name', c.name)
          ORDER BY c.id), '[]') FROM ticket_companies tc
        JOIN companies c ON c.account_id = tc.account_id AND c.id = tc.company_id
        WHERE tc.account_id = t.account_id AND tc.ticket_id = t.id)
      OR EXISTS (SELECT FROM (
          SELECT account_id, ticket_id, status, inbox_id, number, created_at, updated_at, last_contact_id, deleted FROM ticket_contacts
          UNION ALL
          SELECT account_id, ticket_id, status, inbox_id, number, created_at, updated_at, last_contact_id, deleted FROM ticket_companies) k
        WHERE k.account_id = t.account_id AND k.ticket_id = t.id AND (k.status, k.inbox_id, k.number, k.created_at, k.updated_at, k.last_contact_id, k.deleted)
          IS DISTINCT FROM (t.status, t.inbox_id, t.number, t.created_at, t.updated_at, t.last_contact_id,
            t.deleted_at IS NOT NULL))`);
  expect(differing).toEqual([]);
  const sample = 'FROM ticket_search WHERE ticket_id % 1000 = 1';
  const words = () => database.asSuperuser(`SELECT ticket_id, words::text AS words ${sample} ORDER BY 1`);
  const written = await words();
  expect(written).toHaveLength(20);
  await database.asSuperuser(`SELECT gather_words(account_id, ticket_id) ${sample}`);
  expect(await words()).toEqual(written);
});
