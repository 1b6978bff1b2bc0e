import fc from 'fast-check';

import { createSealer } from '../../../src/server/seal.js';
import { cookieName } from '../../../src/server/identity/session.js';
import { staffCookie } from '../../../src/server/identity/staff-session.js';
import type { Visitor } from '../app-fixture.js';
import { type Answer, type Asked, ask } from '../matrix/ask.js';
import type { MarkedApp } from '../matrix/marked-app.js';
import { alteration } from './alterations.js';
import { runs } from './runs.js';

/** One kind of thing that the server hands out and takes back. */
interface Token {
  readonly name: string;
  readonly genuine: string;
  /** Genuine ones of another contact, list, portal, purpose or key. */
  readonly others: readonly string[];
  /** The request that gives it back. */
  readonly send: (text: string) => readonly [visitor: Visitor, asked: Asked];
  /** What a changed one is answered with. */
  readonly refused: readonly number[];
}

const read = async <T>(app: MarkedApp, visitor: Visitor, path: string, bearer?: string): Promise<T> => {
  const answer = await ask(app.fixture, visitor, { method: 'GET', path, bearer });
  return JSON.parse(answer.body) as T;
};
interface Page {
  readonly nextCursor: string;
  readonly previousCursor: string;
}

async function collectTokens(app: MarkedApp): Promise<Token[]> {
  const { fixture, world, bearers } = app;
  const visitor = (viewer: string) => app.visitors.get(viewer)!;
  const [max, gus, sue] = [
    'a manager under company-if',
    'a manager of another company',
    'a colleague under company',
  ].map(visitor) as [Visitor, Visitor, Visitor];
  const [nobody] = [visitor('nobody')];
  const id = world.tickets.ann.publicId;
  // Threads of more than one page.
  for (const [who, ticket] of [
    [max, id],
    [max, world.tickets.max.publicId],
    [gus, world.tickets.gus.publicId],
  ] as const) {
    const path = `/help/api/v1/tickets/${ticket}/messages`;
    await ask(fixture, who, { method: 'POST', path, body: { body: 'One more' } });
  }
  const list = (who: Visitor, slug: string, query = '') =>
    read<Page>(app, who, `/${slug}/api/v1/tickets?limit=1${query}`).then(({ nextCursor }) => nextCursor);
  const thread = (who: Visitor, ticket: string) =>
    read<Page>(app, who, `/help/api/v1/tickets/${ticket}/messages?limit=1`).then(
      ({ previousCursor }) => previousCursor,
    );
  const position = async (who: Visitor, slug: string) => {
    const { body } = await ask(fixture, who, { method: 'GET', path: `/${slug}/api/v1/events` });
    return /^id: (.*)$/m.exec(body)![1]!;
  };
  const account = world.account.publicId;
  const staffPage = (query: string) => `/staff/api/v1/tickets?account=${account}&limit=1${query}`;
  const [ours, gusList, sueList] = [await list(max, 'help'), await list(gus, 'help'), await list(sue, 'firm')];
  const otherLists = [
    await list(max, 'help', '&sort=number'),
    await list(max, 'help', '&state=open'),
    await list(max, 'help', '&scope=company'),
    await list(max, 'help', '&q=words'),
  ];
  const [ourThread, maxThread, gusThread] = [
    await thread(max, id),
    await thread(max, world.tickets.max.publicId),
    await thread(gus, world.tickets.gus.publicId),
  ];
  const [ourPlace, gusPlace, suePlace] = [
    await position(max, 'help'),
    await position(gus, 'help'),
    await position(sue, 'firm'),
  ];
  const staffCursor = (await read<Page>(app, nobody!, staffPage(''), bearers.staff)).nextCursor;
  const otherStaff = (await read<Page>(app, nobody!, staffPage('&state=open'), bearers.staff)).nextCursor;

  // What our own sealer makes with another key, for another purpose, or what has run out.
  const resealed = async (purpose: string, text: string) => {
    const opened = await createSealer(fixture.deps.secret, purpose, fixture.deps.clock).open(text);
    const strange = createSealer(new Uint8Array(32).fill(8), purpose, fixture.deps.clock);
    const past = createSealer(fixture.deps.secret, purpose, () => new Date(fixture.deps.clock().getTime() - 9e9));
    const elsewhere = createSealer(fixture.deps.secret, `${purpose} of others`, fixture.deps.clock);
    return Promise.all([strange, past, elsewhere].map((sealer) => sealer.seal(opened!, 3600)));
  };
  const sealed = [ours, ourThread, ourPlace, staffCursor, bearers.staff];
  const among = async (purpose: string, text: string, more: string[]) => [
    ...more,
    ...(await resealed(purpose, text)),
    ...sealed.filter((one) => one !== text),
  ];

  const get = (path: string, who = max) => [who, { method: 'GET', path }] as const;
  const q = encodeURIComponent;
  const tickets = Object.entries(world.tickets).filter(([name]) =>
    ['gus', 'zoe', 'sales', 'deleted', 'away', 'umbrella'].includes(name),
  );
  const foreignIds = [
    ...tickets.map(([, one]) => one.publicId),
    world.companies.acme.publicId,
    world.people.max.publicId,
  ];
  const foreignFiles = ['gus', 'zoe', 'sales', 'deleted', 'away', 'umbrella', 'note'] as const;
  const cookie = max.cookies.get(cookieName({ slug: 'help' }))!;
  const staffOf = (name: string) => visitor(name).cookies.get(staffCookie)!;
  const otherCookies = [
    'a manager whose session has ended',
    'a manager disabled since',
    'a manager signed in at another portal',
  ].map((name) => visitor(name).cookies.get(cookieName({ slug: 'help' }))!);
  const etag = (await fixture.app.request('http://localhost:4400/help/embed.js')).headers.get('etag')!;
  const tagOf = async (who: Visitor, path: string) =>
    /^etag: (.*)$/m.exec((await ask(fixture, who, { method: 'GET', path })).headers)?.[1] ?? '';
  const [listPath, threadPath] = ['/help/api/v1/tickets?limit=1', `/help/api/v1/tickets/${id}/messages?limit=1`];
  const otherTag = (await fixture.app.request('http://localhost:4400/firm/embed.js')).headers.get('etag')!;
  return [
    {
      name: 'cursor of a list',
      genuine: ours,
      others: await among('ticket cursor', ours, [gusList, sueList, ...otherLists]),
      send: (text) => get(`/help/api/v1/tickets?limit=1&cursor=${q(text)}`),
      refused: [400],
    },
    {
      name: 'cursor of a thread',
      genuine: ourThread,
      others: await among('message cursor', ourThread, [maxThread, gusThread]),
      send: (text) => get(`/help/api/v1/tickets/${id}/messages?limit=1&before=${q(text)}`),
      refused: [400],
    },
    {
      name: 'cursor of a thread, forwards',
      genuine: ourThread,
      others: [maxThread, gusThread, ours],
      send: (text) => get(`/help/api/v1/tickets/${id}/messages?limit=1&after=${q(text)}`),
      refused: [400],
    },
    {
      name: 'position of a stream',
      genuine: ourPlace,
      others: await among('event position', ourPlace, [gusPlace, suePlace]),
      send: (text) => get(`/help/api/v1/events?after=${q(text)}`),
      refused: [400],
    },
    {
      name: 'cursor of staff',
      genuine: staffCursor,
      others: await among('staff cursor', staffCursor, [otherStaff]),
      send: (text) => [nobody!, { method: 'GET', path: staffPage(`&cursor=${q(text)}`), bearer: bearers.staff }],
      refused: [400],
    },
    {
      name: 'token of staff',
      genuine: bearers.staff,
      others: await among('staff token', bearers.staff, [cookie]),
      send: (text) => [nobody!, { method: 'GET', path: staffPage(''), bearer: text }],
      refused: [401],
    },
    {
      name: 'token of the administrator',
      genuine: bearers.admin,
      others: [bearers.staff, cookie, 'test-admin-tokeN'],
      send: (text) => [nobody!, { method: 'GET', path: '/admin/api/v1/backup', bearer: text }],
      refused: [401],
    },
    {
      name: 'cookie',
      genuine: cookie,
      others: otherCookies,
      send: (text) => [
        max,
        {
          method: 'GET',
          path: '/help/api/v1/tickets',
          headers: { 'x-test-cookie': `${cookieName({ slug: 'help' })}=${text}` },
        },
      ],
      refused: [401],
    },
    {
      name: 'cookie of staff',
      genuine: staffOf('an admin'),
      others: [staffOf('an admin disabled since'), cookie, bearers.staff, bearers.admin],
      send: (text) => [
        nobody!,
        { method: 'GET', path: '/admin/api/v1/staff', headers: { 'x-test-cookie': `${staffCookie}=${text}` } },
      ],
      refused: [401],
    },
    {
      name: 'id of a ticket',
      genuine: id,
      others: foreignIds,
      send: (text) => get(`/help/api/v1/tickets/${q(text)}`),
      refused: [404],
    },
    {
      name: 'id of a thread',
      genuine: id,
      others: foreignIds,
      send: (text) => get(`/help/api/v1/tickets/${q(text)}/messages`),
      refused: [404],
    },
    {
      name: 'id of a file',
      genuine: world.files.ann,
      others: foreignFiles.map((name) => world.files[name]),
      send: (text) => get(`/help/api/v1/attachments/${q(text)}`),
      refused: [404],
    },
    {
      name: 'ETag',
      genuine: etag,
      others: [otherTag],
      send: (text) => [nobody!, { method: 'GET', path: '/help/embed.js', headers: { 'if-none-match': text } }],
      refused: [200],
    },
    {
      name: 'ETag of a list',
      genuine: await tagOf(max, listPath),
      others: [
        await tagOf(gus, listPath),
        await tagOf(max, '/help/api/v1/tickets'),
        await tagOf(max, threadPath),
        etag,
      ],
      send: (text) => [max, { method: 'GET', path: listPath, headers: { 'if-none-match': text } }],
      refused: [200],
    },
    {
      name: 'ETag of a thread',
      genuine: await tagOf(max, threadPath),
      others: [await tagOf(visitor('the requester'), threadPath), await tagOf(max, listPath), otherTag],
      send: (text) => [max, { method: 'GET', path: threadPath, headers: { 'if-none-match': text } }],
      refused: [200],
    },
  ];
}

/** What cannot be sent in a header, or would be sent as the genuine one: fetch trims a header's ends. */
const inHeader = new Set([
  'cookie',
  'cookie of staff',
  'token of staff',
  'token of the administrator',
  'ETag',
  'ETag of a list',
  'ETag of a thread',
]);
const unsendable = (name: string, text: string, genuine: string): boolean => {
  if (!inHeader.has(name)) return false;
  // The scheme and the token are parted by a space, cookies by a semicolon.
  return (
    /[^\x21-\x7e]/.test(text.trim()) || text.trim() === genuine || (name.startsWith('cookie') && /[;=]/.test(text))
  );
};

/**
 * Sends `count` altered cursors, positions, tokens, cookies, ids and ETags. None may be taken for a genuine one, and none may
 * break the server.
 */
export async function checkAltered(app: MarkedApp, count: number, portion?: number): Promise<void> {
  const tokens = await collectTokens(app);
  for (const token of tokens) {
    const { status } = await send(app, token, token.genuine);
    if (token.refused.includes(status)) throw new Error(`A genuine ${token.name} is refused`);
  }
  const property = fc.asyncProperty(
    fc.constantFrom(...tokens.map(({ name }) => name)),
    alteration,
    async (name, { alter }) => {
      const token = tokens.find((one) => one.name === name)!;
      const text = alter(token.genuine, token.others);
      // A path without its last part, or with one that leads up, is another route.
      fc.pre(text !== token.genuine && !unsendable(token.name, text, token.genuine) && !/^\.{0,2}$/.test(text));
      const { status } = await send(app, token, text);
      if (!token.refused.includes(status)) throw new Error(`${token.name} ${JSON.stringify(text)}: ${status}`);
    },
  );
  await fc.assert(property, runs(count, portion));
}

function send(app: MarkedApp, token: Token, text: string): Promise<Answer> {
  return ask(app.fixture, ...token.send(text));
}
