import { afterAll, beforeAll, expect, test } from 'vitest';

import { createSealer } from '../../src/server/seal.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { readEvents } from '../support/event-reader.js';
import { base } from './app-fixture.js';
import { ask } from './matrix/ask.js';
import { type MarkedApp, openMarkedApp } from './matrix/marked-app.js';
import { type ViewerCase, viewers } from './matrix/viewers.js';
import { type Name, type TicketName, markOf } from './matrix/world.js';

// What only others may know of leaves no trace: not in a count, a time, an order, a snippet, a length or an error.

let database: TestDatabase;
let app: MarkedApp;
beforeAll(async () => {
  database = await openTestDatabase();
  app = await openMarkedApp(database);
});
afterAll(() => database.close());

const watchers = viewers.filter(({ who }) => who === 'ann' || who === 'max' || who === 'zoe' || who === 'gus');

const lists = ['', '?limit=1', '?sort=status', '?state=closed', '?q=words'];
const searches = ['deleted', 'sales', 'note', 'gus'].map((name) => `?q=${markOf(name)}`);

/** Paths that show a viewer everything that they can get, and what they cannot. */
function pathsOf({ sees, at }: ViewerCase): string[] {
  const { tickets, files } = app.world;
  const some = [(Object.keys(sees) as TicketName[])[0]!, 'ann', 'gus', 'deleted', 'sales'] as const;
  const inPortal = [
    ...['/session', '/portal', '/counts'],
    ...[...lists, ...searches].map((query) => `/tickets${query}`),
    ...some.flatMap((name) => [
      `/tickets/${tickets[name].publicId}`,
      `/tickets/${tickets[name].publicId}/messages?limit=1`,
      `/attachments/${files[name]}`,
    ]),
    `/attachments/${files.note}`,
    `/tickets?cursor=x`,
  ];
  return [`/${at}/`, `/${at}/embed.js`, ...inPortal.map((path) => `/${at}/api/v1${path}`)];
}

/** Everything that a viewer is told, cursors by what is in them: they are encrypted anew each time. */
async function answersOf(one: ViewerCase): Promise<string[]> {
  const { deps } = app.fixture;
  const sealers = ['ticket cursor', 'message cursor'].map((purpose) => createSealer(deps.secret, purpose, deps.clock));
  const visitor = app.visitors.get(one.viewer)!;
  const answers: string[] = [];
  for (const path of pathsOf(one)) {
    const { status, headers, body } = await ask(app.fixture, visitor, { method: 'GET', path });
    let text = `${path}\n${status}\n${headers}\n${body}`;
    for (const [cursor] of body.matchAll(/eyJ[\w.-]+/g)) {
      const opened = (await Promise.all(sealers.map((sealer) => sealer.open(cursor)))).find(Boolean);
      text = text.replace(cursor, `${cursor.length} ${JSON.stringify(opened)}`);
    }
    answers.push(text);
  }
  return answers;
}

const as = (viewer: string, method: string, path: string, body?: object) =>
  ask(app.fixture, app.visitors.get(viewer)!, { method, path, ...(body && { body }) });
const staff = (method: string, path: string, body?: object) =>
  ask(app.fixture, app.visitors.get('nobody')!, {
    method,
    path: `/staff/api/v1${path}?account=${app.world.account.publicId}`,
    bearer: app.bearers.staff,
    ...(body && { body }),
  });
const sql = (text: string) => database.asSuperuser(text);
const idOf = (name: TicketName) => app.world.tickets[name].publicId;
const keyOf = (name: TicketName) => app.world.tickets[name].id;

interface Change {
  readonly what: string;
  /** Whom it may concern. */
  readonly concerns: readonly Name[];
  run(): Promise<unknown>;
}

const globexPeople = ['gus', 'fay', 'moe'] as const;

const changes: readonly Change[] = [
  {
    what: 'an internal note',
    concerns: [],
    run: () => staff('POST', `/tickets/${idOf('ann')}/notes`, { body: `Words between us ${markOf('note')}` }),
  },
  {
    what: 'a file of an internal note',
    concerns: [],
    run: () =>
      sql(`INSERT INTO attachments (account_id, ticket_id, message_id, public_id, name, type, size, file_key)
        SELECT account_id, ticket_id, id, 'file-of-a-note', 'n', 'text/plain', 1, 'k' FROM messages WHERE internal LIMIT 1`),
  },
  {
    what: 'a reply in a foreign ticket',
    concerns: globexPeople,
    run: () =>
      as('a manager of another company', 'POST', `/help/api/v1/tickets/${idOf('gus')}/messages`, {
        body: 'Words of Globex',
      }),
  },
  {
    what: 'a new foreign ticket',
    concerns: globexPeople,
    run: () =>
      as('a manager of another company', 'POST', '/help/api/v1/tickets', { subject: 'Words', message: 'words' }),
  },
  {
    what: 'a colleague’s read mark',
    concerns: ['max'],
    run: () => as('a manager under company-if', 'POST', `/help/api/v1/tickets/${idOf('ann')}/read`),
  },
  {
    what: 'a message in a deleted ticket, and its later time',
    concerns: [],
    run: async () => {
      await sql(`UPDATE tickets SET updated_at = '2027-01-01', subject = 'Words' WHERE id = ${keyOf('deleted')}`);
      await sql(`UPDATE messages SET text = 'words' WHERE ticket_id = ${keyOf('deleted')}`);
    },
  },
  {
    what: 'a ticket of another inbox that changes its status',
    concerns: [],
    run: () => staff('PATCH', `/tickets/${idOf('sales')}`, { status: 'waiting' }),
  },
  {
    what: 'a foreign ticket that is deleted',
    concerns: globexPeople,
    run: () => sql(`UPDATE tickets SET deleted_at = now() WHERE id = ${keyOf('gus')}`),
  },
  {
    what: 'a ticket of nobody here that moves to another company of nobody here',
    concerns: globexPeople,
    run: () =>
      sql(`UPDATE tickets SET status = 'closed' WHERE id IN (${keyOf('umbrella')}, ${keyOf('away')}, ${keyOf('fay')})`),
  },
  {
    what: 'properties that the portal does not show, of tickets and contacts',
    concerns: [],
    run: async () => {
      await sql(`UPDATE tickets SET properties = properties || '{"unlisted":"changed"}'`);
      await sql(`UPDATE contacts SET properties = properties || '{"secret":"changed"}'`);
    },
  },
  {
    what: 'a colleague’s address, and somebody else’s session',
    concerns: [],
    run: async () => {
      await sql(`UPDATE contacts SET email = 'other@example.com' WHERE name = 'eve'`);
      await app.fixture.visitor().signIn('pat@example.com');
    },
  },
  {
    what: 'a company that is named anew',
    concerns: [],
    run: () => sql(`UPDATE companies SET name = 'Umbrella and Sons' WHERE name LIKE 'Umbrella%'`),
  },
];

/** What each was told last. */
const told = new Map<string, string[]>();

test.each(changes)('$what changes no byte for anybody else', async ({ concerns, run }) => {
  for (const one of watchers) if (!told.has(one.viewer)) told.set(one.viewer, await answersOf(one));
  await run();
  for (const one of watchers) {
    const answers = await answersOf(one);
    const concerned = (concerns as readonly string[]).includes(one.who!);
    expect(answers, one.viewer).toEqual(concerned ? answers : told.get(one.viewer));
    told.set(one.viewer, answers);
  }
});

test('a public answer does change what its reader is told, so that the above says something', async () => {
  const ann = watchers.find(({ who }) => who === 'ann')!;
  const before = await answersOf(ann);
  await staff('POST', `/tickets/${idOf('ann')}/messages`, { body: 'An answer' });
  const after = await answersOf(ann);
  const changed = after.filter((text, at) => text !== before[at]).map((text) => text.split('\n')[0]);
  for (const part of ['/counts', '/tickets', `/tickets/${idOf('ann')}`, `/tickets/${idOf('ann')}/messages?limit=1`]) {
    expect(changed).toContain(`/help/api/v1${part}`);
  }
});

test('a stream says nothing of what only others may know', async () => {
  app = await openMarkedApp(database);
  const streams = await Promise.all(
    ['the requester', 'a colleague who does not pass company-if'].map(async (viewer) => {
      const headers = {
        'x-test-origin': base,
        'x-portal-client': 'portico-test/1',
        'x-test-cookie': [...app.visitors.get(viewer)!.cookies].map((pair) => pair.join('=')).join('; '),
      };
      return readEvents(await app.fixture.app.request(`${base}/help/api/v1/events`, { headers }));
    }),
  );
  const [ann, bea] = streams as [(typeof streams)[0], (typeof streams)[0]];
  for (const stream of streams) expect(await stream.next()).toMatchObject({ event: 'ready' });
  for (const { run } of changes) await run();
  // The first thing that either hears is the first that is for them.
  await staff('POST', `/tickets/${idOf('ann')}/messages`, { body: 'An answer' });
  await staff('POST', `/tickets/${idOf('bea')}/messages`, { body: 'An answer' });
  expect(await ann.ticket()).toMatchObject({ id: idOf('ann'), unread: true, turn: 'contact' });
  expect(await bea.ticket()).toMatchObject({ id: idOf('bea') });
  await Promise.all(streams.map((stream) => stream.close()));
});
