import { describe, expect, test } from 'vitest';

import { base, type Visitor } from './app-fixture.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

async function signIn(name: string): Promise<Visitor> {
  const visitor = small.fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  return visitor;
}

interface Kept {
  readonly tag: string;
  readonly text: string;
}

async function keep(visitor: Visitor, path: string, headers: Record<string, string> = {}): Promise<Kept> {
  const response = await visitor.request('GET', path, { headers });
  expect(response.status, path).toBe(200);
  return { tag: response.headers.get('etag') ?? '', text: await response.text() };
}

const again = (visitor: Visitor, path: string, tag: string, headers: Record<string, string> = {}) =>
  visitor.request('GET', path, { headers: { 'if-none-match': tag, ...headers } });

const ofAnn = () => `/tickets/${small.world.tickets.ann}`;
const paths = () => [
  '/portal',
  '/tickets',
  '/tickets?limit=1',
  ofAnn(),
  `${ofAnn()}/messages`,
  '/counts',
  '/preferences',
];

const staff = { authorization: 'Bearer test-admin-token' };
const answerAsStaff = (kind: 'messages' | 'notes') =>
  small.fixture
    .visitor()
    .request('POST', `/staff/api/v1${ofAnn()}/${kind}`, { body: { body: 'Hello' }, headers: staff });

/** What an answer says, without what is sealed anew for each. */
const told = (text: string) =>
  JSON.stringify(JSON.parse(text), (name, value: unknown) => (name.endsWith('Cursor') ? value !== null : value));

test('what the client has kept is not sent again, only that it may be kept', async () => {
  const ann = await signIn('ann');
  for (const path of paths()) {
    const { tag } = await keep(ann, path);
    expect(tag, path).toMatch(/^W\/"[\w-]{22}"$/);
    for (const header of [tag, `"other", ${tag}`, `${tag} , W/"other"`]) {
      const response = await again(ann, path, header);
      expect([response.status, await response.text()], `${path} by ${header}`).toEqual([304, '']);
      const headers = Object.fromEntries(response.headers);
      expect(headers).toMatchObject({
        etag: tag,
        'cache-control': 'private, no-store',
        vary: 'Origin',
        'access-control-allow-origin': base,
      });
      expect(headers['content-type']).toBeUndefined();
    }
    for (const header of ['*', '', tag.slice(2), tag.toLowerCase(), `W/${tag}`, 'W/"AAAAAAAAAAAAAAAAAAAAAA"']) {
      expect((await again(ann, path, header)).status, `${path} by ${header}`).toBe(200);
    }
  }
});

test('a browser may send a tag from a page of another site, and read one', async () => {
  const asked = await small.fixture.visitor().request('OPTIONS', '/tickets');
  expect(asked.headers.get('access-control-allow-headers')?.split(', ')).toContain('if-none-match');
  const response = await (await signIn('ann')).request('GET', '/tickets');
  expect(response.headers.get('access-control-expose-headers')?.split(', ')).toContain('etag');
});

test.each([
  ['an answer of support', () => answerAsStaff('messages'), ['/tickets', 'ticket', 'thread', '/counts']],
  ['a note that nobody sees', () => answerAsStaff('notes'), []],
  [
    'a renamed company',
    () => small.database.asSuperuser(`UPDATE companies SET name = 'Acme & Co'`),
    ['/tickets', 'ticket', '/counts'],
  ],
  [
    'a ticket of somebody else',
    async () => {
      const body = { subject: 'Elsewhere', message: 'Hello' };
      await (await signIn('gus')).request('POST', '/tickets', { body, key: crypto.randomUUID() });
    },
    [],
  ],
])('after %s just what tells of it is sent anew', async (_, happen, changed) => {
  const ann = await signIn('ann');
  const asked = {
    '/tickets': '/tickets',
    ticket: ofAnn(),
    thread: `${ofAnn()}/messages`,
    '/counts': '/counts',
    '/portal': '/portal',
    '/preferences': '/preferences',
  };
  const kept = new Map<string, string>();
  for (const [name, path] of Object.entries(asked)) kept.set(name, (await keep(ann, path)).tag);
  small.fixture.pass(1000);
  await happen();
  const anew: string[] = [];
  for (const [name, path] of Object.entries(asked)) {
    if ((await again(ann, path, kept.get(name) ?? '')).status === 200) anew.push(name);
  }
  expect(anew).toEqual(changed);
});

test('what is chosen anew is told anew', async () => {
  const ann = await signIn('ann');
  const { tag } = await keep(ann, '/preferences');
  await ann.request('PUT', '/preferences', { body: { columns: ['why'] } });
  const response = await again(ann, '/preferences', tag);
  expect([response.status, await response.json()]).toEqual([200, { columns: ['why'], followsCompany: false }]);
});

describe('a tag', () => {
  test('of anybody, anywhere and in any language never stands for another answer', async () => {
    const asked = [
      ...paths(),
      '/tickets?sort=number',
      '/tickets?scope=mine',
      '/tickets?state=closed',
      '/tickets?q=offline',
    ];
    const askers: [string, Visitor][] = [];
    for (const name of ['ann', 'max', 'gus', 'zoe']) askers.push([name, await signIn(name)]);
    const answers: { readonly who: Visitor; readonly path: string; readonly language: string; readonly kept: Kept }[] =
      [];
    for (const [, who] of askers) {
      for (const path of asked) {
        for (const language of ['en', 'pl']) {
          const response = await who.request('GET', path, { headers: { 'accept-language': language } });
          if (response.status !== 200) continue;
          const kept = { tag: response.headers.get('etag') ?? '', text: await response.text() };
          answers.push({ who, path, language, kept });
        }
      }
    }
    expect(answers.length).toBeGreaterThan(70);
    const tags = [...new Set(answers.map(({ kept }) => kept.tag))].join(', ');
    const strange: string[] = [];
    for (const { who, path, language, kept } of answers) {
      const others = answers.filter((one) => told(one.kept.text) !== told(kept.text) || one.who !== who);
      const foreign = new Set(others.map((one) => one.kept.tag));
      // What everybody is told alike may have one tag for all.
      if (path === '/portal') foreign.delete(kept.tag);
      const header = [...foreign].join(', ');
      const response = await again(who, path, header, { 'accept-language': language });
      if (response.status !== 200) strange.push(`${path} in ${language}`);
      expect((await again(who, path, tags, { 'accept-language': language })).status, path).toBe(304);
    }
    expect(strange).toEqual([]);
  });

  test('opens nothing to who may not see it, or not any more', async () => {
    const [ann, max, gus] = [await signIn('ann'), await signIn('max'), await signIn('gus')];
    const mine = await keep(ann, ofAnn());
    const byMax = await keep(max, ofAnn());
    const absent = await (await gus.request('GET', `/tickets/${'A'.repeat(22)}`)).text();
    const foreign = await again(gus, ofAnn(), mine.tag);
    expect([foreign.status, foreign.headers.get('etag'), await foreign.text()]).toEqual([404, null, absent]);
    expect((await again(max, ofAnn(), mine.tag)).status).toBe(200);
    expect((await again(max, ofAnn(), byMax.tag)).status).toBe(304);
    await small.database.asSuperuser(
      `DELETE FROM contact_companies c USING contacts p WHERE p.id = c.contact_id AND p.name = 'max'`,
    );
    expect((await again(max, ofAnn(), byMax.tag)).status).toBe(404);
    await ann.request('DELETE', '/session', { body: { scope: 'this' } });
    expect((await again(ann, ofAnn(), mine.tag)).status).toBe(401);
  });

  test('of the portal is the same for everybody, and another one in another language', async () => {
    const [ann, nobody] = [await signIn('ann'), small.fixture.visitor()];
    const { tag } = await keep(nobody, '/portal');
    expect((await again(ann, '/portal', tag)).status).toBe(304);
    expect((await again(ann, '/portal', tag, { 'accept-language': 'pl' })).status).toBe(200);
  });

  test('of a page runs out before the cursor in it does', async () => {
    const ann = await signIn('ann');
    const [half, minute] = [1_800_000, 60_000];
    // To the beginning of half an hour.
    small.fixture.pass(half - (small.fixture.deps.clock().getTime() % half));
    const { tag, text } = await keep(ann, '/tickets?limit=1');
    const whole = await keep(ann, '/tickets');
    const { nextCursor } = JSON.parse(text) as { nextCursor: string };
    small.fixture.pass(half - minute);
    expect((await again(ann, '/tickets?limit=1', tag)).status).toBe(304);
    small.fixture.pass(minute);
    expect((await again(ann, '/tickets?limit=1', tag)).status).toBe(200);
    // Where there is no cursor, nothing runs out.
    expect((await again(ann, '/tickets', whole.tag)).status).toBe(304);
    // Who was told last that they may keep it has half an hour to go on by it.
    small.fixture.pass(half - minute);
    expect((await ann.request('GET', `/tickets?limit=1&cursor=${nextCursor}`)).status).toBe(200);
    small.fixture.pass(2 * minute);
    expect((await ann.request('GET', `/tickets?limit=1&cursor=${nextCursor}`)).status).toBe(400);
  });

  test('is not that of an answer which is never kept', async () => {
    const ann = await signIn('ann');
    for (const path of ['/session', '/tickets.csv']) {
      expect((await ann.request('GET', path)).headers.get('etag'), path).toBeNull();
    }
    const written = await ann.request('PUT', '/preferences', { body: {} });
    expect(written.headers.get('etag')).toBeNull();
  });
});
