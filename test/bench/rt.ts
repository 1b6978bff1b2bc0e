/**
 * `npm run bench:rt -- [--tickets=600] [--rounds=42]`, with 100 to 2,000 tickets
 *
 * What a customer waits for in Request Tracker's own pages for them, in the portal before that Request Tracker, and in the
 * portal with its own help desk: the same tickets, half of them theirs, and 50 of these a page. One asks at a time, by HTTP
 * and over a connection that stays open, each in turn, so that a busy moment of the machine slows all of them down.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openEmbeddedDatabase } from '../../src/server/node/database/open-database.js';
import { createFileStore } from '../../src/server/node/files.js';
import { seedOf } from '../../src/testing/conformance/index.js';
import type { World, WorldMessage, WorldTicket } from '../../src/world/world.js';
import { makeMigratedFolder } from '../support/migrated-folder.js';
import { createTickets, userOf } from '../support/rt-world.js';
import { type Rt, startRt } from '../support/rt.js';
import { seedWorlds } from '../support/seeded.js';
import { startServerProcess } from '../support/server-process.js';
import { median, print, verdict } from './table.js';

const { values: options } = parseArgs({
  options: { tickets: { type: 'string', default: '600' }, rounds: { type: 'string', default: '42' } },
});
const [tickets, rounds] = [Number(options.tickets), Number(options.rounds)];
const pageSize = 50;
/** Processes of RT, each of which has to compile its pages once; and the plans of the database. */
const warmUps = 8;
/** Threads to read in turn, and messages in each. */
const [threads, messages] = [8, 6];
/** Milliseconds until all of RT is in the index. */
const patience = 10 * 60_000;

const goals = { fasterThanRt: 5, timesOwnDesk: 1.2 };

/** Alice's is every other ticket; the newest of hers are the long ones. */
function worldOf(tag: string): World {
  const seed = seedOf(tag, { permission: { kind: 'own' } });
  const contacts = seed.contacts.slice(0, 2).map((one) => ({ ...one, companies: [], primaryCompany: null }));
  const [alice, bob] = contacts;
  const ticketOf = (place: number): WorldTicket => {
    const requester = (place % 2 === 0 ? alice : bob)!.id;
    const isLong = place % 2 === 0 && place >= tickets - 2 * threads;
    const begin = (tickets - place) * 60;
    const message = (n: number): WorldMessage => ({
      id: `${tag}-m-${place}-${n}`,
      kind: 'public',
      author: n % 2 === 0 ? requester : seed.staff[0]!.id,
      minutesAgo: begin - n,
      text: `Since Monday the thermostat in room ${place} shows a wrong temperature. `.repeat(4),
    });
    const [first, ...more] = Array.from({ length: isLong ? messages : 1 }, (_, n) => message(n));
    return {
      id: `${tag}-t-${place}`,
      number: place + 1,
      inbox: seed.inboxes[0]!.id,
      subject: isLong ? `Conversation about room ${place}` : `Thermostat in room ${place}`,
      status: 'open',
      requester,
      contacts: [],
      participants: [],
      companies: [],
      deleted: false,
      properties: {},
      messages: [first!, ...more],
      readBy: [],
    };
  };
  return {
    ...seed,
    companies: [],
    contacts,
    accessGroup: { ...seed.accessGroup, members: contacts.map(({ id }) => id) },
    tickets: Array.from({ length: tickets }, (_, place) => ticketOf(place)),
  };
}

const agent = new Agent({ keepAlive: true });

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function get(url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const asked = request(url, { agent, headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => {
    text += chunk;
  });
  await once(answer, 'end');
  return { status: answer.statusCode ?? 0, text };
}

/** One of the pages that are compared, asked again and again. */
interface Page {
  readonly name: string;
  ask(round: number): Promise<Answer>;
  /** It shows what the others do. */
  isWhole(answer: Answer): boolean;
}

const cookieOf = (response: Response, name: string) =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] as string)
    .find((pair) => pair.startsWith(name)) ?? '';

const occurrences = (text: string, pattern: RegExp) => new Set(text.match(pattern)).size;

/** As Alice, who is a customer there: she is no one of the staff, and sees the pages for customers. */
async function pagesOfRt(rt: Rt, world: World, ids: readonly string[]): Promise<readonly Page[]> {
  const body = new URLSearchParams({ user: userOf(world.contacts[0]!), pass: world.password });
  const headers = { referer: `${rt.url}/` };
  const login = await fetch(`${rt.url}/NoAuth/Login.html`, { method: 'POST', redirect: 'manual', headers, body });
  const cookie = cookieOf(login, 'RT_SID_');
  const long = longOf(world).map((ticket) => ids[world.tickets.indexOf(ticket)] as string);
  return [
    {
      name: "list, RT's own page",
      ask: () => get(`${rt.url}/SelfService/`, { cookie }),
      isWhole: ({ text }) => occurrences(text, /SelfService\/Display\.html\?id=\d+/g) === pageSize,
    },
    {
      name: "thread, RT's own page",
      ask: (round) => get(`${rt.url}/SelfService/Display.html?id=${long[round % long.length]}`, { cookie }),
      isWhole: ({ text }) => text.split('Since Monday').length > messages,
    },
  ];
}

const longOf = (world: World) => world.tickets.filter(({ messages: all }) => all.length > 1);

async function signIn(origin: string, world: World, contact: 0 | 1): Promise<(path: string) => Promise<Answer>> {
  const base = `${origin}/${world.portal.slug}/api/v1`;
  const own = { 'x-portal-client': 'portico-bench/1', origin };
  const response = await fetch(`${base}/session`, {
    method: 'POST',
    headers: { ...own, 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'password', email: world.contacts[contact]!.email, password: world.password }),
  });
  if (!response.ok) throw new Error(`Nobody can sign in at ${base}: ${response.status}`);
  const cookie = cookieOf(response, '__Host-');
  return (path) => get(`${base}${path}`, { ...own, cookie });
}

async function pagesOfPortal(origin: string, world: World, behind: string): Promise<readonly Page[]> {
  const ask = await signIn(origin, world, 0);
  const found = await ask(`/tickets?limit=${pageSize}&q=conversation`);
  const ids = (JSON.parse(found.text) as { items: { id: string }[] }).items.map(({ id }) => id);
  return [
    {
      name: `list, portal ${behind}`,
      ask: () => ask(`/tickets?limit=${pageSize}`),
      isWhole: ({ text }) => (JSON.parse(text) as { items: unknown[] }).items.length === pageSize,
    },
    {
      name: `thread, portal ${behind}`,
      ask: (round) => ask(`/tickets/${ids[round % ids.length]}/messages`),
      isWhole({ text }) {
        const { items, asOf } = JSON.parse(text) as { items: unknown[]; asOf: string | null };
        // Not of the index, because RT was too slow.
        return items.length === messages && asOf === null;
      },
    },
  ];
}

/** Connects the account of this world to RT, and waits until the job that follows RT has all of it in the index. */
async function connect(origin: string, adminToken: string, world: World, rt: Rt): Promise<void> {
  const admin = async (method: string, path: string, body: unknown) => {
    const response = await fetch(`${origin}/admin/api/v1${path}?account=${world.account}`, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        'x-portal-client': 'portico-bench/1',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<unknown>;
  };
  const { user, password } = rt.account;
  const settings = { url: rt.url, user, queues: ['Support'], replyAs: 'service' };
  const desk = await admin('PUT', '/desk', { kind: 'rt', settings, secret: { password } });
  const inboxes = (desk as { inboxes: { id: string }[] }).inboxes.map(({ id }) => id);
  await admin('PATCH', `/portals/${world.portal.slug}`, { inboxes });

  const people = [await signIn(origin, world, 0), await signIn(origin, world, 1)];
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const counts = await Promise.all(people.map(async (ask) => (await ask('/counts')).text));
    const seen = counts.map((text) => (JSON.parse(text) as { scopes: { all: number } }).scopes.all);
    if (seen.reduce((sum, one) => sum + one, 0) === tickets) return;
    await delay(1_000);
  }
  throw new Error('The index does not have all of RT.');
}

/**
 * In six rounds, each of the six comes once directly after each other: what one leaves in the caches of the machine is no
 * other's advantage. Multiples of a number by a prime do that.
 */
function inTurn(pages: readonly Page[], round: number): readonly Page[] {
  const prime = pages.length + 1;
  const step = (round % pages.length) + 1;
  return pages.map((_, at) => pages[((step * (at + 1)) % prime) - 1] as Page);
}

async function measure(pages: readonly Page[]): Promise<Map<Page, number[]>> {
  const times = new Map(pages.map((page) => [page, [] as number[]]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const page of inTurn(pages, round + warmUps)) {
      const from = performance.now();
      const answer = await page.ask(round + warmUps);
      const took = performance.now() - from;
      if (answer.status !== 200 || !page.isWhole(answer)) {
        throw new Error(`${page.name}: ${answer.status} ${answer.text.slice(0, 500)}`);
      }
      if (round >= 0) times.get(page)?.push(took);
    }
  }
  return times;
}

function report(kind: string, times: Map<Page, number[]>): void {
  const found = [...times].filter(([{ name }]) => name.startsWith(kind));
  const [rt, onRt, own] = found.map(([, all]) => ({ p50: median(all), min: Math.min(...all) }));
  if (!rt || !onRt || !own) return;
  const asFactor = (factor: number) => `${factor.toFixed(2)} ×`;
  console.log();
  print([
    ['', 'p50 ms', 'min ms', 'RT / p50', 'RT / min', 'p50 / own desk', 'min / own desk'],
    ...[rt, onRt, own].map(({ p50, min }, at) => [
      found[at]?.[0].name ?? '',
      p50.toFixed(2),
      min.toFixed(2),
      asFactor(rt.p50 / p50),
      asFactor(rt.min / min),
      asFactor(p50 / own.p50),
      asFactor(min / own.min),
    ]),
  ]);
  if (kind !== 'list') return;
  const [faster, slower] = [rt.p50 / onRt.p50, onRt.p50 / own.p50];
  const { fasterThanRt, timesOwnDesk } = goals;
  console.log(
    `at least ${fasterThanRt} times as fast as RT's own page: ${asFactor(faster)}, ${verdict(faster >= fasterThanRt)}`,
  );
  console.log(
    `at most ${timesOwnDesk} times the list of the own desk: ${asFactor(slower)}, ${verdict(slower <= timesOwnDesk)}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'portico-bench-'));
const rt = await startRt();
let server: Awaited<ReturnType<typeof startServerProcess>> | null = null;
try {
  const [own, onRt] = [worldOf('own'), worldOf('rt')];
  let since = performance.now();
  const told = (what: string) => {
    console.log(`${what} after ${((performance.now() - since) / 1000).toFixed(0)} s.`);
    since = performance.now();
  };
  for (const contact of onRt.contacts) {
    const { name, email } = contact;
    await rt.desk.createUser({ name: userOf(contact), realName: name, email, password: onRt.password });
  }
  const ids = await createTickets(rt.desk, onRt, new Date());
  told(`Request Tracker has ${tickets} tickets`);

  await makeMigratedFolder(folder, 'live');
  const database = await openEmbeddedDatabase({ folder });
  await seedWorlds(database, [own, { ...onRt, tickets: [] }], createFileStore(join(folder, 'files')));
  await database.close();
  const adminToken = randomBytes(32).toString('base64url');
  server = await startServerProcess('start', {
    PORTICO_DATA: folder,
    PORTICO_ADMIN_TOKEN: adminToken,
    NODE_ENV: 'production',
  });
  told('The server runs');
  await connect(server.origin, adminToken, onRt, rt);
  told('The index has them');

  const pages = [
    ...(await pagesOfRt(rt, onRt, ids)),
    ...(await pagesOfPortal(server.origin, onRt, 'on RT')),
    ...(await pagesOfPortal(server.origin, own, 'on its own desk')),
  ];
  const times = await measure(pages);
  told(`Each page was asked for ${rounds} times`);
  report('list', times);
  report('thread', times);
} finally {
  agent.destroy();
  await server?.end('SIGTERM');
  await rt.stop();
  rmSync(folder, { recursive: true, force: true });
}
