import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { type Database, DatabaseError } from '../../src/server/database.js';
import { portalRoutes, staffRoutes } from '../../src/wire/index.js';
import { type AppFixture, base, createAppFixture, password } from './app-fixture.js';
import { formOf } from './matrix/ask.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

/** The app over a database whose every exchange ends like this. */
const over = (batch: Database['batch']) => createAppFixture({ ...small.database, batch });
const failing = (code: string) => over(() => Promise.reject(new DatabaseError(code, 'quotes what somebody wrote')));

describe('readiness', () => {
  const ask = async ({ app }: AppFixture, path = '/readyz') => {
    const response = await app.request(base + path);
    return [response.status, await response.json()] as const;
  };
  const unready = [503, { code: 'unavailable' }] as const;

  test('is told when the database answers', async () => {
    expect(await ask(small.fixture)).toEqual([200, { status: 'ready' }]);
  });

  test('ends when the server begins to stop, which is no bad health', async () => {
    small.fixture.stopping.abort();
    expect(await ask(small.fixture)).toMatchObject(unready);
    expect(await ask(small.fixture, '/healthz')).toEqual([200, { status: 'ok' }]);
  });

  test('ends with the database, at the latest after two seconds without an answer', async () => {
    expect(await ask(failing('08006'))).toMatchObject(unready);

    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const silent = over(() => new Promise(() => {}));
    let answered = false;
    const answer = ask(silent).finally(() => {
      answered = true;
    });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toMatchObject(unready);
    expect(await ask(silent, '/healthz')).toEqual([200, { status: 'ok' }]);
  });
});

describe('a database that fails', () => {
  const passing = ['08001', '08006', '40001', '40P01', '53200', '53300', '57014', '57P01', '57P03', '25P04'];
  test.each(passing)('with %s, which passes, is unavailable for a second', async (code) => {
    const broken = failing(code);
    const response = await broken.visitor().request('GET', '/portal');
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toMatchObject([
      503,
      '1',
      { code: 'unavailable', retryAfter: 1 },
    ]);
    expect(broken.log).toMatchObject([
      { level: 'error', event: 'request-failed', error: 'DatabaseError', sqlstate: code },
      { event: 'request', status: 503 },
    ]);
  });

  test.each(['23514', '42P01', '22P02', '25P01'])('with %s is our mistake', async (code) => {
    const response = await failing(code).visitor().request('GET', '/portal');
    expect([response.status, await response.json()]).toMatchObject([500, { code: 'server', retryAfter: null }]);
  });
});

describe('the log', () => {
  test('has one line a request, under its id, with the pattern of its route', async () => {
    const visitor = small.fixture.visitor();
    await visitor.signIn('ann@example.com');
    small.fixture.log.length = 0;
    const response = await visitor.request('GET', `/tickets/${small.world.tickets.ann}?`);
    await visitor.request('GET', '/nothing');
    await visitor.request('OPTIONS', '/tickets');
    await small.fixture.app.request(`${base}/wp-admin/setup.php?user=root`);
    await visitor.request('GET', '/staff/api/v1/tickets');
    expect(small.fixture.log).toMatchObject([
      {
        level: 'info',
        event: 'request',
        id: response.headers.get('x-request-id'),
        method: 'GET',
        route: '/:slug/api/v1/tickets/:id',
        status: 200,
        ms: expect.any(Number) as number,
      },
      { route: null, status: 404 },
      { method: 'OPTIONS', route: '/:slug/api/v1/*', status: 204 },
      { route: null, status: 404 },
      { route: '/staff/api/v1/tickets', status: 401 },
    ]);
    expect(new Set(small.fixture.log.map(({ id }) => id)).size).toBe(5);
  });

  test('is silent about probes and assets', async () => {
    for (const path of ['/healthz', '/readyz', '/help/embed.js', '/help/assets/portico-1.js']) {
      await small.fixture.app.request(base + path);
    }
    expect(small.fixture.log).toEqual([]);
  });

  test('names a failure under the id of its answer', async () => {
    await small.database.asSuperuser('ALTER TABLE contacts RENAME TO lost');
    onTestFinished(async () => {
      await small.database.asSuperuser('ALTER TABLE lost RENAME TO contacts');
    });
    const visitor = small.fixture.visitor();
    const response = await visitor.signIn('ann@example.com');
    expect(response.status).toBe(500);
    const id = response.headers.get('x-request-id');
    expect(small.fixture.log).toMatchObject([
      { level: 'error', event: 'request-failed', id, error: 'DatabaseError', sqlstate: '42P01' },
      { level: 'info', event: 'request', id, status: 500 },
    ]);
  });

  /** Sends this word wherever a client may send text; returns the session's cookie. */
  async function sendEverywhere(word: string): Promise<string> {
    const visitor = small.fixture.visitor();
    const wrong = { method: 'password', email: `${word}@example.com`, password: `${word}-password` };
    await visitor.request('POST', '/session', { body: wrong });
    await visitor.signIn('ann@example.com');
    const cookie = [...visitor.cookies.values()].join();
    const staff = (method: string, path: string, body?: unknown, token = small.fixture.deps.adminToken) =>
      visitor.request(method, `/staff/api/v1${path}`, { body, headers: { authorization: `Bearer ${token}` } });
    const send = (method: string, path: string, body?: unknown, headers = {}) =>
      visitor.request(method, path, { body, key: crypto.randomUUID(), headers });
    const { ann } = small.world.tickets;
    await send('POST', '/tickets', {
      subject: `${word} subject`,
      message: `${word} message`,
      properties: { articleUrl: `https://${word}.example/`, articleTitle: `${word} title` },
    });
    await send('POST', '/tickets', { subject: word, message: word, properties: { [word]: word } });
    await send('POST', '/tickets', `{"subject": "${word}`);
    await send('POST', `/tickets/${ann}/messages`, { body: `${word} reply` });
    const form = formOf(`${word} file`, `${word}.txt`);
    await send('POST', '/attachments', form.text, form.headers);
    await send('PATCH', `/tickets/${ann}`, { properties: { [word]: word } });
    await send('POST', `/tickets/${ann}/participants`, { email: `${word}@example.com` });
    await send('POST', `/tickets/${ann}/participants`, { email: 'max@example.com' });
    const tus = {
      'tus-resumable': '1.0.0',
      'upload-length': '9',
      'upload-metadata': `filename ${btoa(`${word}.txt`)}`,
    };
    const begun = await send('POST', '/uploads', undefined, tus);
    const place = begun.headers.get('location')?.replace('/help/api/v1', '') ?? '';
    const bytes = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-length': null };
    await send('PATCH', place, `${word} f`, { ...bytes, 'upload-offset': '0' });
    await send('DELETE', place, undefined, { ...tus, 'upload-length': null });
    await send('POST', `/tickets/${ann}/close`);
    await send('PUT', `/tickets/${ann}/rating`, { rating: 2, comment: `${word} comment` });
    await send('POST', `/tickets/${ann}/reopen`);
    await send('POST', `/tickets/${ann}/read`);
    await send('PUT', '/preferences', { columns: [`property:${word}`, word] });
    for (const path of [
      `/tickets?q=${word}`,
      `/tickets?cursor=${word}`,
      `/tickets.csv?q=${word}`,
      `/tickets?${word}=1`,
      `/tickets/${word}`,
      `/tickets/${ann}/messages?before=${word}`,
      `/attachments/${word}`,
      `/${word}`,
    ]) {
      await send('GET', path);
    }
    await send('GET', '/session', undefined, {
      'x-portal-client': `${word}/1`,
      'x-test-origin': `https://${word}.example`,
    });
    await visitor.request('POST', '/tickets', { body: { subject: 's', message: 'm' }, key: word });
    await staff('POST', `/tickets/${ann}/messages`, { body: `${word} answer` });
    await staff('POST', `/tickets/${ann}/notes`, { body: `${word} note` });
    await staff('PATCH', `/tickets/${ann}`, { status: word });
    await staff('GET', `/tickets?q=${word}`);
    await staff('GET', '/tickets', undefined, word);
    await small.fixture.app.request(`${base}/${word}/`);
    await send('DELETE', '/session', { scope: 'this' });
    const page = `http://localhost:4400/${word}`;
    await send('POST', '/session/start', { method: 'email', email: `${word}@example.com`, page });
    const flow = [...visitor.cookies.values()].join();
    await send('POST', '/session', { method: 'code', code: word });
    await send('POST', '/session', { method: 'invitation', token: word.padEnd(44, 'a') });
    await send('POST', '/session', { method: 'exchange', code: word.padEnd(44, 'a'), verifier: word.padEnd(43, 'a') });
    await small.fixture.app.request(`${base}/help/sso/${word}/start?state=${word}`);
    await small.fixture.app.request(`${base}/help/sso/callback?state=${word}&code=${word}&error=${word}`);
    await send('POST', '/session/nonce');
    await send('POST', '/session', { method: 'host-token', token: word });
    await send('POST', '/session', { method: 'consent', version: 1, locale: word });
    await send('DELETE', `/consent?x=${word}`);
    await send('POST', '/session/password', { code: word, password: `${word} ${word} ${word}` });
    for (const token of [cookie, flow]) expect(token).toHaveLength(44);
    expect(JSON.stringify(small.fixture.log)).not.toContain(flow);
    return cookie;
  }

  function expectNothingOf(word: string, cookie: string): void {
    const text = JSON.stringify(small.fixture.log);
    expect(text).not.toMatch(new RegExp(word, 'i'));
    for (const secret of [cookie, password, small.fixture.deps.adminToken, '@example.com', '127.0.0.1']) {
      expect(text).not.toContain(secret);
    }
  }

  test('holds nothing of what is written, searched for, or tried as a password', async () => {
    const cookie = await sendEverywhere('zebra');
    expect(cookie).toHaveLength(44);
    expectNothingOf('zebra', cookie);
    // Otherwise it would be no proof for a write that came later.
    const seen = new Set(small.fixture.log.map(({ method, route }) => `${String(method)} ${String(route)}`));
    const writes = (prefix: string, routes: Readonly<Record<string, { method: string; path: string }>>) =>
      Object.values(routes)
        .filter(({ method }) => method !== 'GET')
        .map(({ method, path }) => `${method} ${prefix}${path}`);
    const all = [...writes('/:slug/api/v1', portalRoutes), ...writes('/staff/api/v1', staffRoutes)];
    expect(all.filter((write) => !seen.has(write))).toEqual([]);
  });

  test('holds nothing of it either when the database refuses and quotes it', async () => {
    await small.database.asSuperuser(`CREATE FUNCTION quote_row() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'cannot keep %', NEW; END $$`);
    for (const table of ['messages', 'tickets']) {
      await small.database.asSuperuser(
        `CREATE TRIGGER quote_row BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION quote_row()`,
      );
    }
    onTestFinished(async () => {
      await small.database.asSuperuser('DROP FUNCTION quote_row CASCADE');
    });
    const cookie = await sendEverywhere('zebra');
    const failed = small.fixture.log.filter(({ event }) => event === 'request-failed');
    expect(failed.map(({ sqlstate }) => sqlstate)).toEqual(Array<string>(5).fill('P0001'));
    expectNothingOf('zebra', cookie);
  });
});
