import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createRtFactory } from '../../../src/server/connectors/rt/rt-factory.js';
import { type TestDatabase, openTestDatabase } from '../../support/database.js';
import type { RtDesk } from '../../support/rt-desk.js';
import { type Answer, readAnswer } from '../matrix/ask.js';
import { makeDeps, makeSettings, openDesk } from '../rt/fixture.js';
import { type DeskFixture, type DeskVisitor, type Person, createRequest, openDeskFixture } from './desk-fixture.js';

/** Who asks, and what they see; written by hand after test/policy/truth.md. */
interface ViewerCase {
  readonly viewer: string;
  /** Without it nobody is signed in. */
  readonly who?: string;
  /** Signed in once, and no longer let in. */
  readonly over?: true;
  readonly sees: Readonly<Partial<Record<TicketName, 'requester' | 'contact' | 'participant' | 'company'>>>;
}

/** Everybody's own; the last three are ann's, and nobody may see them any more. */
const tickets = ['ann', 'bea', 'max', 'gus', 'moe', 'lia', 'deleted', 'moved', 'merged'] as const;
type TicketName = (typeof tickets)[number];
const hidden = ['deleted', 'moved', 'merged'] as const;

const people: Readonly<Record<string, { readonly organization: string; readonly manager?: true }>> = {
  ann: { organization: 'Acme' },
  cat: { organization: '' },
  zoe: { organization: '' },
  bea: { organization: 'Acme' },
  max: { organization: 'Acme', manager: true },
  gus: { organization: 'Globex', manager: true },
  moe: { organization: 'Acme', manager: true },
  lia: { organization: 'Acme', manager: true },
  dis: { organization: 'Acme', manager: true },
  eve: { organization: 'Acme', manager: true },
};

const viewers: readonly ViewerCase[] = [
  { viewer: 'nobody', sees: {} },
  { viewer: 'the requester', who: 'ann', sees: { ann: 'requester' } },
  { viewer: 'a further requestor', who: 'cat', sees: { ann: 'contact' } },
  { viewer: 'somebody in copy', who: 'zoe', sees: { ann: 'participant' } },
  { viewer: 'a colleague who is no manager', who: 'bea', sees: { bea: 'requester' } },
  {
    viewer: 'a manager',
    who: 'max',
    sees: { max: 'requester', ann: 'company', bea: 'company', moe: 'company', lia: 'company' },
  },
  { viewer: 'a manager of another company', who: 'gus', sees: { gus: 'requester' } },
  { viewer: 'a manager who has moved to another company', who: 'moe', sees: { moe: 'requester', gus: 'company' } },
  { viewer: 'a manager who has left the company', who: 'lia', sees: { lia: 'requester' } },
  { viewer: 'a manager whom RT has locked out', who: 'dis', over: true, sees: {} },
  { viewer: 'a manager out of the access group', who: 'eve', over: true, sees: {} },
];

/** In everything that was written in a ticket. */
const markOf = (name: string) => `zq${name}q`;
const note = markOf('note');
const absent = 'A'.repeat(22);

let database: TestDatabase;
let rt: RtDesk;
let fixture: DeskFixture;
let tag: string;
const visitors = new Map<string, DeskVisitor>();
/** Public ids, and what RT calls them. */
const ids = {} as Record<TicketName, string>;
const refs = {} as Record<TicketName, string>;
const files = {} as Record<TicketName, string>;
/** RT's own number of the file of an internal comment. */
let noteFile: string;

const user = (name: string) => `${name}-${tag}`;
const emailOf = (name: string) => `${user(name)}@acme.example`;

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly subject: string;
    readonly why: { readonly relation: string };
  }[];
}

async function openTicket(by: string, name: string, more: object = {}): Promise<string> {
  return rt.createTicket({
    queue: `Queue ${tag}`,
    subject: `Subject ${markOf(name)}`,
    text: `Words of ${markOf(name)}`,
    requestors: [user(by)],
    files: [{ name: `${markOf(name)}.txt`, type: 'text/plain', content: markOf(name) }],
    ...more,
  });
}

async function indexed(text: string): Promise<Map<string, string>> {
  const rows = await database.asSuperuser<{ key: string; id: string }>(text);
  return new Map(rows.map(({ key, id }) => [key, id]));
}

beforeAll(async () => {
  database = await openTestDatabase();
  rt = openDesk();
  tag = randomUUID().slice(0, 8);
  await rt.createQueue(`Queue ${tag}`);
  for (const [name, { organization }] of Object.entries(people)) {
    const company = organization && `${organization} ${tag}`;
    await rt.createUser({ name: user(name), realName: name, email: emailOf(name), organization: company });
  }
  const { password, ...settings } = makeSettings({ queues: [`Queue ${tag}`] });
  const persons = Object.entries(people).map(
    ([name, { manager }]): Person => ({ id: name, name, email: emailOf(name), ...(manager && { role: 'manager' }) }),
  );
  fixture = await openDeskFixture(database, { rt: createRtFactory(makeDeps()) }, 'rt', { settings, password }, persons);

  for (const name of tickets) {
    const by = (hidden as readonly string[]).includes(name) ? 'ann' : name;
    const parties = name === 'ann' ? { requestors: [user('ann'), user('cat')], cc: [user('zoe')] } : {};
    refs[name] = await openTicket(by, name, parties);
  }
  const comment = { text: `Between us: ${note}`, files: [{ name: `${note}.txt`, type: 'text/plain', content: note }] };
  noteFile = (await rt.comment(refs.ann, comment)).files[0]!.id;
  await fixture.follow();
  const found = await indexed('SELECT desk_ref AS key, public_id AS id FROM tickets');
  const foundFiles = await indexed('SELECT name AS key, public_id AS id FROM attachments');
  for (const name of tickets) {
    ids[name] = found.get(refs[name])!;
    files[name] = foundFiles.get(`${markOf(name)}.txt`)!;
  }
  for (const person of persons) visitors.set(person.id, await fixture.visitor(person));
  // All that they saw they have seen once.
  for (const visitor of visitors.values()) await visitor.json<Listed>('GET', '/tickets');

  await rt.deleteTicket(refs.deleted);
  await rt.moveTicket(refs.moved, 'Internal');
  await rt.mergeTicket(refs.merged, refs.ann);
  await rt.changeUser(user('moe'), { organization: `Globex ${tag}` });
  await rt.changeUser(user('lia'), { organization: '' });
  await rt.changeUser(user('dis'), { disabled: true });
  await database.asSuperuser(`DELETE FROM access_group_members
    WHERE contact_id = (SELECT id FROM contacts WHERE email = '${emailOf('eve')}')`);
  // What is no longer there is in no list of changes: the next comparison of everything finds it.
  fixture.pass(16 * 60_000);
  await fixture.follow();
}, 240_000);
afterAll(async () => {
  await rt.close();
  await database.close();
});

const stranger: DeskVisitor['request'] = (...asked) =>
  createRequest(fixture.server, fixture.world, new Map())(...asked);

async function ask({ who }: ViewerCase, method: string, path: string, body?: unknown): Promise<Answer> {
  const request = who === undefined ? stranger : visitors.get(who)!.request;
  const key = method === 'POST' && body !== undefined ? randomUUID() : undefined;
  return readAnswer(await request(method, path, body, key));
}

/** Marks in an answer that are not for this viewer. What was merged into a ticket is part of it from then on. */
function stray({ sees }: ViewerCase, { headers, body }: Answer): string[] {
  const allowed = new Set(Object.keys(sees).map(markOf));
  if ('ann' in sees) allowed.add(markOf('merged'));
  return (`${headers}\n${body}`.match(/zq[a-z]+q/g) ?? []).filter((mark) => !allowed.has(mark));
}

const isOut = ({ who, over }: ViewerCase) => who === undefined || over === true;

/** Asks for each object, and for one that never was: what the viewer does not see is that one to the byte. */
async function checkObjects(
  one: ViewerCase,
  route: string,
  objects: Readonly<Record<string, string>>,
  expected: (name: string) => number,
  body?: unknown,
): Promise<void> {
  const [method = '', path = ''] = route.split(' ');
  const never = await ask(one, method, path.replace(':id', absent), body);
  expect(never.status, `${route} of what never was`).toBe(isOut(one) ? 401 : 404);
  for (const [name, id] of Object.entries(objects)) {
    const answer = await ask(one, method, path.replace(':id', id), body);
    const title = `${one.viewer}: ${route} of ${name}`;
    expect(stray(one, answer), title).toEqual([]);
    if (isOut(one) || !(name in one.sees)) expect(answer, title).toEqual(never);
    else expect(answer.status, title).toBe(expected(name));
  }
}

const queries = [
  '',
  '?sort=status',
  '?scope=company',
  '?q=words',
  `?q=${note}`,
  ...tickets.map((name) => `?q=${markOf(name)}`),
];

describe.each(viewers)('$viewer', (one) => {
  test('reads what is theirs and nothing else', async () => {
    for (const query of queries) {
      const answer = await ask(one, 'GET', `/tickets${query}`);
      expect(stray(one, answer), query).toEqual([]);
      expect(answer.status, query).toBe(isOut(one) ? 401 : 200);
      if (isOut(one) || !['', '?sort=status', '?q=words'].includes(query)) continue;
      const { items } = JSON.parse(answer.body) as Listed;
      const seen = Object.fromEntries(items.map(({ id, why }) => [id, why.relation]));
      const expected = Object.entries(one.sees).map(([name, why]) => [ids[name as TicketName], why]);
      expect(seen, query).toEqual(Object.fromEntries(expected));
    }
    const counts = await ask(one, 'GET', '/counts');
    if (!isOut(one)) expect(JSON.parse(counts.body)).toMatchObject({ scopes: { all: Object.keys(one.sees).length } });
    for (const path of ['/session', '/portal', '/events']) {
      const answer = await ask(one, 'GET', path);
      expect(stray(one, answer), path).toEqual([]);
    }
    await checkObjects(one, 'GET /tickets/:id', ids, () => 200);
    await checkObjects(one, 'GET /tickets/:id/messages', ids, () => 200);
    await checkObjects(one, 'GET /attachments/:id', files, () => 200);
    // Numbers of RT are ids of nothing, which is known from the address alone.
    const [malformed, ...numbers] = await Promise.all(
      ['nothing', noteFile, refs.ann].map((id) => ask(one, 'GET', `/attachments/${id}`)),
    );
    expect(malformed?.status).toBe(404);
    expect(numbers).toEqual([malformed, malformed]);
  }, 120_000);
});

describe.each(viewers)('$viewer', (one) => {
  test('writes where they take part and nowhere else', async () => {
    const foreign = tickets.filter((name) => name !== 'merged' && !(name in one.sees));
    const kept = () => Promise.all(foreign.map((name) => rt.readTicket(refs[name])));
    const before = await kept();
    // Read marks are ours; a reply goes all the way to RT.
    await checkObjects(one, 'POST /tickets/:id/read', ids, () => 204);
    await checkObjects(one, 'POST /tickets/:id/messages', ids, () => 201, { body: `Reply of ${one.who}` });
    expect(await kept()).toEqual(before);
  }, 120_000);
});

describe('what has happened in RT since the job looked last', () => {
  const routes: readonly { readonly method: string; readonly path: string; readonly body?: object }[] = [
    { method: 'GET', path: '/tickets/:id' },
    { method: 'GET', path: '/tickets/:id/messages' },
    { method: 'POST', path: '/tickets/:id/messages', body: { body: 'Still there?' } },
    { method: 'POST', path: '/tickets/:id/close' },
    { method: 'POST', path: '/tickets/:id/reopen' },
    { method: 'GET', path: '/attachments/:id' },
  ];
  test.each(routes)(
    'is known to whoever asks $method $path first',
    async ({ method, path, body }) => {
      const ann = viewers[1]!;
      const name = `late${method}${path.replaceAll(/\W/g, '')}`.toLowerCase();
      const acts = [
        (ref: string) => rt.deleteTicket(ref),
        (ref: string) => rt.moveTicket(ref, 'Internal'),
        (ref: string) => rt.setParties(ref, { requestors: [user('gus')] }),
      ];
      const late = [];
      for (const act of acts) late.push({ ref: await openTicket('ann', name), act });
      await fixture.follow();
      const isFile = path.startsWith('/attachments');
      const found = await indexed(
        isFile
          ? `SELECT t.desk_ref AS key, a.public_id AS id FROM attachments a JOIN tickets t ON t.id = a.ticket_id`
          : 'SELECT desk_ref AS key, public_id AS id FROM tickets',
      );
      const never = await ask(ann, method, path.replace(':id', absent), body);
      expect(never.status).toBe(404);
      for (const { ref, act } of late) {
        await act(ref);
        expect(await ask(ann, method, path.replace(':id', found.get(ref)!), body)).toEqual(never);
      }
    },
    120_000,
  );
});

test('staff and the administrator change nothing here: that is done in RT', async () => {
  const { deps, world, admin, server } = fixture;
  const bearer = { authorization: `Bearer ${deps.adminToken}`, 'x-portal-client': 'portico-test/1' };
  const staff = (method: string, path: string, body: object) =>
    server.handle(
      new Request(`http://localhost:4400/staff/api/v1/tickets/${ids.ann}${path}?account=${world.account}`, {
        method,
        headers: { ...bearer, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      new Map(),
    );
  const before = await rt.readTicket(refs.ann);
  const answers = [
    await staff('POST', '/messages', { body: 'An answer' }),
    await staff('POST', '/notes', { body: 'A note' }),
    await staff('PATCH', '', { status: 'resolved' }),
    await admin('PUT', `/tickets/${ids.ann}/parties`, {
      requester: absent,
      contacts: [],
      participants: [],
      companies: [],
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect(await rt.readTicket(refs.ann)).toEqual(before);
});
