import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type Answer, ask, formOf } from './matrix/ask.js';
import { type MarkedApp, openMarkedApp } from './matrix/marked-app.js';
import { type RuledRoute, ruledRoutes } from './matrix/rules.js';
import { type ViewerCase, hiddenFromStaff, ofSales, viewers } from './matrix/viewers.js';
import { type TicketName, hidden, markOf, noteMark, people, secretMarks } from './matrix/world.js';

let database: TestDatabase;
let marked: MarkedApp;
let policyAlone = false;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** What is asked for: of each kind one that the viewer may see and all kinds that they may not. */
const objects = ['own', 'ann', 'max', 'gus', 'zoe', ...hidden, 'note', 'absent', 'malformed'] as const;
type ObjectName = (typeof objects)[number];
/** For who is stopped before an object is looked for. */
const fewObjects: readonly ObjectName[] = ['own', 'ann', 'gus', 'deleted', 'away', 'absent', 'malformed'];

const allTickets = [...Object.keys(people), ...hidden] as TicketName[];

const idOf = (kind: 'ticket' | 'file', object: ObjectName, { who }: ViewerCase): string | null => {
  const { world } = marked;
  const name = object === 'own' ? who : object;
  if (name === undefined) return null;
  if (name === 'malformed') return 'nothing';
  if (name === 'absent' || name === 'oli') return 'A'.repeat(22);
  if (kind === 'file') return world.files[name];
  return name === 'note' ? null : world.tickets[name].publicId;
};

const seesObject = ({ who, sees }: ViewerCase, object: ObjectName): boolean =>
  object === 'own' ? who !== undefined && who !== 'oli' && who in sees : object in sees;

const relationTo = ({ who, sees }: ViewerCase, object: ObjectName) =>
  sees[(object === 'own' ? who : object) as TicketName];

/** In one word. */
const nameOf = ({ viewer }: ViewerCase): string => viewer.replaceAll(/\W/g, '').toLowerCase();

/** Those who answer, and who may not even know that there is an account. */
const answers = ({ bearer, staff }: ViewerCase) => bearer !== undefined || ['owner', 'agent', 'sales'].includes(staff!);

const hiddenFrom = ({ staff }: ViewerCase, object: ObjectName | TicketName): boolean =>
  !(object in marked.world.tickets) ||
  hiddenFromStaff.includes(object as TicketName) ||
  (staff === 'sales' && !ofSales.includes(object as TicketName));

/** What has been removed by who may. */
const removed = new Set<string>();

/** The status that a cell has to have. */
function expectedStatus(one: ViewerCase, { rule, route, status }: RuledRoute, object: ObjectName | null): number {
  // What cannot be an id is nothing to anybody, and known from the address alone.
  if (object === 'malformed') return 404;
  switch (rule?.to) {
    case 'everybody':
      return status;
    case 'contact':
      return one.session === 'live' ? status : 401;
    case 'ticket':
    case 'file':
      if (one.session !== 'live') return 401;
      if (!seesObject(one, object!)) return 404;
      if (rule.requester && relationTo(one, object!) !== 'requester') return 403;
      if (rule.parties && relationTo(one, object!) === 'company') return 403;
      // One's own ticket comes twice: as that, and by its name.
      return rule.parties && !rule.repeats && object === one.who ? 403 : status;
    case 'staff':
      if (one.staff === 'away') return 404;
      return answers(one) ? status : 401;
    case 'staff-ticket':
      if (one.staff === 'away') return 404;
      if (!answers(one)) return 401;
      return hiddenFrom(one, object!) ? 404 : status;
    case 'server':
      if (one.staff && one.staff !== 'dismissed') return 403;
      return one.bearer === 'admin' ? status : 401;
    case 'admin':
      if (one.staff === 'away') return 404;
      if (one.staff === 'agent' || one.staff === 'sales') return 403;
      if (one.bearer !== 'admin' && one.staff !== 'owner') return 401;
      if (!rule.removes || !removed.has(route)) return status;
      return 404;
    case undefined:
      throw new Error('A route without a rule');
  }
}

interface Cell {
  readonly title: string;
  readonly route: RuledRoute;
  readonly object: ObjectName | null;
  readonly query: string;
  readonly answer: Answer;
}

/** `:name` from the parameters, then `{name}` from the world. */
function fill(text: string, params: Readonly<Record<string, string>> = {}): string {
  const { world } = marked;
  const ids: Readonly<Record<string, string | undefined>> = {
    account: world.account.publicId,
    ann: world.tickets.ann.publicId,
    ticket: world.tickets.ivy.publicId,
    requester: world.people.ivy.publicId,
    pat: world.people.pat.publicId,
    acme: world.companies.acme.publicId,
    umbrella: world.companies.umbrella.publicId,
    agent: marked.staff.agent,
    support: world.inboxes.support,
  };
  return text
    .replace(/:([a-z]+)(?=[/?{]|$)/g, (whole, name: string) => params[name] ?? whole)
    .replace(/\{([a-z]+)\}/g, (whole, name: string) => params[name] ?? ids[name] ?? whole);
}

/** Everything that one viewer asks of some routes, with so many of a route's queries. */
async function* askAll(one: ViewerCase, routes: readonly RuledRoute[], mostQueries = 100): AsyncGenerator<Cell> {
  const { fixture, visitors, bearers } = marked;
  const visitor = visitors.get(one.viewer)!;
  const viewer = nameOf(one);
  // What one of them may do how often takes nothing from the others.
  const place = { 'x-test-ip': `192.0.2.${viewers.indexOf(one)}` };
  for (const route of routes) {
    const { rule } = route;
    const kind = rule?.to === 'file' ? 'file' : rule?.to === 'ticket' || rule?.to === 'staff-ticket' ? 'ticket' : null;
    const byBearer = /^staff|^admin|^server/.test(rule?.to ?? '');
    const stopped = byBearer ? !answers(one) : one.session !== 'live';
    // A contact shows the token of their session there; who has none makes one up.
    const shown = byBearer && !one.staff ? ([...visitor.cookies.values()][0] ?? 'made-up') : undefined;
    const asked = kind ? (stopped ? fewObjects : objects).filter((object) => idOf(kind, object, one) !== null) : [null];
    for (const object of asked) {
      for (const query of (rule?.queries ?? ['']).slice(0, stopped ? 2 : mostQueries)) {
        const path = fill(route.path + query, {
          slug: one.at,
          id: object && kind ? idOf(kind, object, one)! : '',
          file: 'a.js',
          viewer,
          ...rule?.params,
        });
        const json =
          rule?.body === undefined
            ? {}
            : { body: JSON.parse(fill(JSON.stringify(rule.body), { self: one.who ?? 'nobody', viewer })) as unknown };
        const body = rule?.file ? formOf('A file') : json;
        const bearer = one.bearer ? bearers[one.bearer] : shown;
        const headers = { ...place, ...('headers' in body && body.headers) };
        const answer = await ask(fixture, visitor, { method: route.method, path, bearer, ...body, headers });
        yield { title: `${one.viewer}: ${route.route} ${query} of ${object ?? 'all'}`, route, object, query, answer };
      }
    }
  }
}

/** Marks and addresses in an answer that are not for this viewer. */
function strayText(one: ViewerCase, { status, headers, body }: Answer, tells?: string): string[] {
  // What is sealed, such as a cursor, may spell anything.
  const answer = `${status}\n${headers}\n${body}`.replaceAll(/[\w-]{40,}(\.[\w-]*)*/g, '');
  const isStaff = answers(one);
  const everything = [...allTickets.filter((name) => !hiddenFrom(one, name)), 'note', 'hidden', 'umbrella'];
  const notes = viewers.filter((other) => answers(other) && (other === one || one.staff !== 'sales')).map(nameOf);
  const mine = one.staff === 'sales' ? [...ofSales, 'hidden'] : isStaff ? everything : Object.keys(one.sees);
  const allowed = new Set([...mine, ...(isStaff ? notes : [])].map(markOf));
  if (one.bearer === 'admin' || one.staff === 'owner') allowed.add(markOf('secret'));
  const marks = (answer.match(/zq[a-z]+q/g) ?? []).filter((mark) => !allowed.has(mark));
  const mayKnow = (name: string) =>
    // The parties of the only ticket that there is for them.
    one.staff === 'sales' ? name === 'ann' : isStaff || name === tells || (name === one.who && one.session === 'live');
  const addresses = (answer.match(/\w+(?=@example\.com)/g) ?? []).filter((name) => !mayKnow(name));
  return [...marks, ...addresses];
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly why: { readonly relation: string } }[];
}

/** What a list without a filter, and the counts, have to say: exactly what the viewer sees. */
function checkWhole(one: ViewerCase, { title, route, query, object, answer }: Cell): void {
  const { tickets } = marked.world;
  const whole = { '': true, '?sort=status': true, '?q=words': true }[query];
  if (route.route === 'GET /:slug/api/v1/tickets' && whole) {
    const { items } = JSON.parse(answer.body) as Listed;
    const found = Object.fromEntries(items.map(({ id, why }) => [id, why.relation]));
    const expected = Object.entries(one.sees).map(([name, why]) => [tickets[name as TicketName].publicId, why]);
    expect(found, title).toEqual(Object.fromEntries(expected));
  }
  if (route.route === 'GET /:slug/api/v1/tickets.csv' && whole) {
    const lines = answer.body.split('\r\n').slice(1, -1);
    const found = lines.map((line) => /Subject of (\w+)/.exec(line)?.[1]);
    expect(found.toSorted(), title).toEqual(Object.keys(one.sees).toSorted());
  }
  if (policyAlone && route.route === 'GET /:slug/api/v1/tickets' && query === '?limit=1') {
    // The page is full: the query took nothing that the policy had to leave out.
    expect((JSON.parse(answer.body) as Listed).items, title).toHaveLength(1);
  }
  if (route.route === 'GET /:slug/api/v1/tickets/:id/messages') {
    expect((JSON.parse(answer.body) as Listed).items, title).toHaveLength(1);
  }
  if (route.route === 'GET /:slug/api/v1/tickets/:id' && answer.status === 200) {
    expect(JSON.parse(answer.body), title).toMatchObject({ why: { relation: relationTo(one, object!) } });
  }
  if (route.route === 'GET /:slug/api/v1/counts') {
    const number = Object.keys(one.sees).length;
    expect(JSON.parse(answer.body), title).toMatchObject({
      scopes: {
        all: number,
        mine: Object.values(one.sees).filter((why) => why !== 'company' && why !== 'participant').length,
      },
      statuses: { new: number },
    });
    const companies = (people as Readonly<Record<string, { company?: string; further?: string }>>)[one.who!]!;
    const named = (JSON.parse(answer.body) as { scopes: { company: unknown[] } }).scopes.company;
    const left = one.who === 'lia';
    expect(named, title).toHaveLength(left ? 0 : [companies.company, companies.further].filter(Boolean).length);
  }
  if (route.route === 'GET /:slug/api/v1/session') {
    expect(JSON.parse(answer.body), title).toMatchObject({ permission: one.permission });
  }
}

async function checkCells(one: ViewerCase, routes: readonly RuledRoute[], mostQueries?: number): Promise<number> {
  const absent = new Map<string, Answer>();
  let cells = 0;
  for await (const cell of askAll(one, routes, mostQueries)) {
    const { title, route, object, query, answer } = cell;
    cells += 1;
    expect(strayText(one, answer, route.rule?.tells), title).toEqual([]);
    expect(answer.status, title).toBe(expectedStatus(one, route, object));
    if (route.rule?.removes && answer.status === route.status) removed.add(route.route);
    if (answer.status === 404) {
      // Foreign, deleted, elsewhere and never: one answer.
      const key = `${route.route}${query}`;
      expect(answer, title).toEqual(absent.get(key) ?? answer);
      absent.set(key, answer);
    }
    if (answer.status === 200 && one.session === 'live') checkWhole(one, cell);
  }
  return cells;
}

const reading = ruledRoutes.filter(({ rule }) => rule && !rule.writes);
const writing = ruledRoutes.filter(({ rule }) => rule?.writes);
const ending = new Set([
  'POST /:slug/api/v1/session',
  'DELETE /:slug/api/v1/session',
  'POST /admin/api/v1/session',
  'DELETE /admin/api/v1/session',
]);

test('every mounted route has a rule, and every rule a route', async () => {
  marked = await openMarkedApp(database);
  const mounted = marked.fixture.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`);
  const ruled = ruledRoutes.filter(({ rule }) => rule).map(({ route }) => route);
  expect([...new Set(mounted)].toSorted()).toEqual(ruled.toSorted());
  expect(viewers.length).toBeGreaterThanOrEqual(10);
});

/** Tables whose row level security is the second wall around tickets. */
const walled = [
  'tickets',
  'ticket_contacts',
  'ticket_companies',
  'messages',
  'attachments',
  'read_marks',
  'ratings',
  'follow_ups',
  'companies',
  'contact_companies',
];

async function setWalls(action: 'ENABLE' | 'DISABLE'): Promise<void> {
  for (const table of walled) await database.asSuperuser(`ALTER TABLE ${table} ${action} ROW LEVEL SECURITY`);
}

describe('both walls', () => {
  beforeAll(async () => {
    marked = await openMarkedApp(database);
  });

  test.each(viewers)('$viewer reads', async (one) => {
    expect(await checkCells(one, reading)).toBeGreaterThan(reading.length);
  });

  test('the note is there for staff, so that its absence elsewhere says something', async () => {
    const one = viewers.find(({ bearer }) => bearer === 'staff')!;
    const texts: string[] = [];
    for await (const { answer } of askAll(one, reading)) texts.push(answer.body);
    expect(texts.join()).toContain(noteMark);
    expect(secretMarks.filter((mark) => texts.join().includes(mark))).toEqual([markOf('hidden'), markOf('umbrella')]);
  });

  test.each(viewers)('$viewer writes', async (one) => {
    expect(
      await checkCells(
        one,
        writing.filter(({ route }) => !ending.has(route)),
      ),
    ).toBeGreaterThan(0);
  });

  test.each(viewers)('$viewer leaves', async (one) => {
    // In this order: a sign-in ends the session before it.
    expect(
      await checkCells(
        one,
        writing.filter(({ route }) => ending.has(route)),
      ),
    ).toBe(ending.size);
  });
});

describe('the policy alone, row level security switched off', () => {
  beforeAll(async () => {
    marked = await openMarkedApp(database);
    await setWalls('DISABLE');
    policyAlone = true;
  });
  afterAll(() => setWalls('ENABLE'));

  const alive = viewers.filter(({ session }) => session === 'live');
  const guarded = (routes: readonly RuledRoute[]) =>
    routes.filter(({ rule }) => rule && ['contact', 'ticket', 'file'].includes(rule.to));

  test.each(alive)('$viewer reads', async (one) => {
    expect(await checkCells(one, guarded(reading), 5)).toBeGreaterThan(objects.length);
  });

  test.each(alive)('$viewer writes', async (one) => {
    expect(await checkCells(one, guarded(writing))).toBeGreaterThan(objects.length);
  });
});
