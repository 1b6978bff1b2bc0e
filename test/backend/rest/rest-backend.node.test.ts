import { afterEach, describe, expect, test, vi } from 'vitest';

import { isBackendError } from '../../../src/backend/backend-error.js';
import { createRestBackend, type RestBackendOptions } from '../../../src/backend/rest/rest-backend.js';
// Else it would come in the middle of a test that holds the clock.
import '../../../src/backend/rest/rest-calls.js';
import { version } from '../../../src/backend/rest/version.js';
import type { ErrorCode } from '../../../src/model/index.js';
import { deferred } from '../../support/deferred.js';
import packageJson from '../../../package.json' with { type: 'json' };

const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const key = '00000000-0000-4000-8000-000000000000';
const signedOut = { contact: null, permission: null, expiresAt: null, draftKey: null };

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { ...init, headers: { 'content-type': 'application/json', ...init.headers } });

const problem = (status: number, code: string, more: object = {}) =>
  json(
    { type: 'about:blank', title: code, status, code, fields: null, retryAfter: null, ...more },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );

/** A backend whose requests get `answers` in turn, the last one again and again, and are kept. */
function backendWith(answers: (() => Response | Promise<Response>)[], options: Partial<RestBackendOptions> = {}) {
  const requests: Request[] = [];
  const backend = createRestBackend({
    address: 'https://support.example.com/help',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push(request);
      if (!answer) throw new Error('No answer was given');
      return answer();
    },
    ...options,
  });
  return { backend, requests };
}

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isBackendError(error)) throw error ?? new Error('It did not fail');
  return error;
}

const unreachable = () => Promise.reject(new TypeError('fetch failed'));

afterEach(() => vi.useRealTimers());

describe('options', () => {
  test.each([
    '',
    'support',
    'ftp://example.com',
    'https://a:b@example.com',
    'https://example.com/help?x',
    'https://a.b/#c',
  ])('refuses the address %j', (address) =>
    expect(() => createRestBackend({ address })).toThrow(expect.objectContaining({ code: 'config' })),
  );

  test.each([0, -1, Number.NaN, 600_001])('refuses the timeout %j', (timeout) =>
    expect(() => createRestBackend({ address: 'https://example.com/help', timeout })).toThrow(
      expect.objectContaining({ code: 'config' }),
    ),
  );

  test('takes an address with a slash at its end', async () => {
    const { backend, requests } = backendWith([() => json(signedOut)], { address: 'https://example.com/help/' });
    await backend.session();
    expect(requests[0]?.url).toBe('https://example.com/help/api/v1/session');
  });
});

describe('requests', () => {
  test('name the client with its version', async () => {
    const { backend, requests } = backendWith([() => json(signedOut)]);
    await backend.session();
    expect(version).toBe(packageJson.version);
    expect(requests[0]?.headers.get('x-portal-client')).toBe(`portico-elements/${version}`);
  });

  test('carry cookies, ask past every cache and follow no redirect', async () => {
    const { backend, requests } = backendWith([() => json(signedOut)]);
    await backend.session();
    expect(requests[0]).toMatchObject({ credentials: 'include', cache: 'no-store', redirect: 'error' });
  });

  test('ask for labels in the language of the page', async () => {
    const { backend, requests } = backendWith([() => json(signedOut)]);
    await backend.session({ locale: 'pl' });
    expect(requests[0]?.headers.get('accept-language')).toBe('pl');
  });

  test('put only the given filters into the address', async () => {
    const { backend, requests } = backendWith([() => json({ items: [], nextCursor: null, asOf: null })]);
    await backend.listTickets({ q: 'ż & ó', limit: 5 });
    expect(requests[0]?.url).toBe('https://support.example.com/help/api/v1/tickets?q=%C5%BC+%26+%C3%B3&limit=5');
  });

  test('carry the key of a write', async () => {
    const { backend, requests } = backendWith([() => problem(404, 'not-found')]);
    await failureOf(backend.reply(id, { body: 'Hello' }, { idempotencyKey: key }));
    expect(requests[0]?.headers.get('idempotency-key')).toBe(key);
    expect(await requests[0]?.json()).toEqual({ body: 'Hello' });
  });

  test.each(['', '..', '../session', 'short', `${id}?x`])('are not made for the ticket id %j', async (wrong) => {
    const { backend, requests } = backendWith([() => json({})]);
    expect((await failureOf(backend.getTicket(wrong))).code).toBe('not-found');
    expect(requests).toHaveLength(0);
  });
});

test('what comes later makes way for what a page shows first', async () => {
  const list = deferred<Response>();
  const asked: string[] = [];
  const contact = { id, name: 'Alice', email: 'alice@acme.example', locale: 'en', company: null };
  const answers: Record<string, () => Response | Promise<Response>> = {
    session: () => json({ ...signedOut, contact }),
    tickets: () => list.promise,
    preferences: () => json({ columns: null, followsCompany: false }),
    events: () => new Response(null),
  };
  const backend = createRestBackend({
    address: 'https://support.example.com/help',
    fetch: async (input) => {
      const path = new URL(input instanceof Request ? input.url : input).pathname.split('/').at(-1) ?? '';
      asked.push(path);
      return (answers[path] ?? unreachable)();
    },
  });
  const leaving = new AbortController();
  await backend.session();
  const subscribed = backend.subscribe(() => {}, leaving);
  const shown = backend.listTickets();
  // Somebody who is faster than the list does not wait; whatever does not wait either has been sent by then.
  await backend.preferences();
  expect(asked).toEqual(['session', 'tickets', 'preferences']);
  list.resolve(json({ items: [], nextCursor: null, asOf: null }));
  await shown;
  await subscribed;
  leaving.abort();
  expect(asked[3]).toBe('events');
});

describe('answers', () => {
  test('lose what a newer server adds', async () => {
    const { backend } = backendWith([() => json({ ...signedOut, mood: 'sunny' })]);
    expect(await backend.session()).toEqual(signedOut);
  });

  test.each([
    ['not JSON', () => new Response('<html>')],
    ['of another shape', () => json({ contact: 'alice' })],
    ['empty', () => new Response(null, { status: 204 })],
  ])('that are %s are unexpected', async (_, answer) => {
    const { backend } = backendWith([answer]);
    expect((await failureOf(backend.session())).code).toBe('unexpected-response');
  });

  test('keep fields and waiting time of a problem', async () => {
    const fields = [{ path: 'subject', code: 'too_big' }];
    const { backend } = backendWith([() => problem(400, 'invalid', { fields, retryAfter: 3 })]);
    const error = await failureOf(backend.createTicket({ subject: '', message: '' }, { idempotencyKey: key }));
    expect(error).toMatchObject({ code: 'invalid', fields, retryAfter: 3 });
  });

  test('are told by the code of the problem, not by the status', async () => {
    const { backend } = backendWith([() => problem(401, 'session-expired')]);
    expect((await failureOf(backend.listTickets())).code).toBe('session-expired');
  });

  test.each<[number, ErrorCode]>([
    [400, 'invalid'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [413, 'too-large'],
    [415, 'unsupported-type'],
    [418, 'unexpected-response'],
    [422, 'rejected'],
    [426, 'version-mismatch'],
    [429, 'rate-limited'],
    [500, 'server'],
    [503, 'unavailable'],
  ])('with the status %i and no problem document are %s', async (status, code) => {
    const { backend } = backendWith([() => new Response('<html>', { status })]);
    expect((await failureOf(backend.markRead(id))).code).toBe(code);
  });

  test('bring the bytes of a file', async () => {
    const bytes = Uint8Array.of(0, 255, 13, 10);
    const { backend } = backendWith([() => new Response(bytes, { headers: { 'content-type': 'image/png' } })]);
    const blob = await backend.download(id);
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
    expect(blob.type).toBe('image/png');
  });
});

describe('a portal that is not open', () => {
  test('is asked once: it is opened by hand', async () => {
    vi.useFakeTimers();
    const body = { type: 'about:blank', title: '', status: 503, code: 'not-open', fields: null, retryAfter: 60 };
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '60' };
    const { backend, requests } = backendWith([() => Response.json(body, { status: 503, headers })]);
    const failure = failureOf(backend.session());
    await vi.runAllTimersAsync();
    expect(await failure).toMatchObject({ code: 'not-open', retryAfter: 60 });
    expect(requests).toHaveLength(1);
  });
});

describe('a portal out of reach', () => {
  test('is asked three times for a read, then is unavailable', async () => {
    vi.useFakeTimers();
    const { backend, requests } = backendWith([unreachable]);
    const failure = failureOf(backend.session());
    await vi.runAllTimersAsync();
    expect((await failure).code).toBe('unavailable');
    expect(requests).toHaveLength(3);
  });

  test('is asked once when it refuses a read', async () => {
    const { backend, requests } = backendWith([() => problem(401, 'session-expired')]);
    expect((await failureOf(backend.listTickets())).code).toBe('session-expired');
    expect(requests).toHaveLength(1);
  });

  test('is asked once more when an answer breaks off', async () => {
    vi.useFakeTimers();
    const broken = () => new Response(new ReadableStream({ start: (body) => body.error(new TypeError('terminated')) }));
    const { backend, requests } = backendWith([broken, () => json(signedOut)]);
    const session = backend.session();
    await vi.runAllTimersAsync();
    expect(await session).toEqual(signedOut);
    expect(requests).toHaveLength(2);
  });

  test('is asked once for a write', async () => {
    const { backend, requests } = backendWith([unreachable]);
    const error = await failureOf(backend.reply(id, { body: 'Hello' }, { idempotencyKey: key }));
    expect(error.code).toBe('unavailable');
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['cannot be reached', unreachable],
    ['is ill', () => new Response(null, { status: 503 })],
  ])('is asked three times to sign somebody out when it %s: they may have turned away', async (_, failing) => {
    vi.useFakeTimers();
    const { backend, requests } = backendWith([failing, failing, () => new Response(null, { status: 204 })]);
    const out = backend.signOut();
    await vi.runAllTimersAsync();
    await out;
    expect(requests.map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'DELETE']);
  });

  test('is offline when the browser says so', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { backend } = backendWith([unreachable]);
    expect((await failureOf(backend.markRead(id))).code).toBe('offline');
    vi.unstubAllGlobals();
  });

  test('answers again after a short illness', async () => {
    vi.useFakeTimers();
    const ill = () => new Response(null, { status: 503, headers: { 'retry-after': '2' } });
    const { backend, requests } = backendWith([ill, () => json(signedOut)]);
    const session = backend.session();
    await vi.advanceTimersByTimeAsync(1999);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(await session).toEqual(signedOut);
  });

  test('is not asked before its time when the wait is long', async () => {
    const busy = () => new Response(null, { status: 429, headers: { 'retry-after': '60' } });
    const { backend, requests } = backendWith([busy]);
    expect(await failureOf(backend.session())).toMatchObject({ code: 'rate-limited', retryAfter: 60 });
    expect(requests).toHaveLength(1);
  });

  test('is given up after the timeout', async () => {
    vi.useFakeTimers();
    const { backend } = backendWith([() => new Promise<Response>(() => {})], { timeout: 400 });
    const failure = failureOf(backend.session());
    await vi.advanceTimersByTimeAsync(401);
    expect((await failure).code).toBe('timeout');
  });
});

describe('an abort', () => {
  test('before the call makes no request and rejects with its reason', async () => {
    const { backend, requests } = backendWith([() => json(signedOut)]);
    const reason = new Error('No longer wanted');
    await expect(backend.session({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(requests).toHaveLength(0);
  });

  test('in flight reaches the request and rejects with its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('No longer wanted');
    const backend = createRestBackend({
      address: 'https://support.example.com/help',
      fetch: (input, init) =>
        new Promise((_, reject) => {
          const { signal } = new Request(input, init);
          signal.addEventListener('abort', () => reject(signal.reason));
          controller.abort(reason);
        }),
    });
    await expect(backend.session({ signal: controller.signal })).rejects.toBe(reason);
  });

  test('while waiting for another attempt rejects with its reason', async () => {
    const controller = new AbortController();
    const { backend, requests } = backendWith([unreachable]);
    const session = backend.session({ signal: controller.signal });
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    controller.abort();
    await expect(session).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('an answer that has not changed', () => {
  const page = { items: [], nextCursor: null, asOf: null };
  const tagged = (tag: string, body: unknown = page) => json(body, { headers: { etag: tag } });
  const unchanged = () => new Response(null, { status: 304 });
  const contact = { id, name: 'Alice', email: 'alice@acme.example', locale: 'en', company: null };

  test('is not sent again, and is the same object', async () => {
    const { backend, requests } = backendWith([() => tagged('W/"1"'), unchanged, () => tagged('"2"'), unchanged]);
    const first = await backend.listTickets({ state: 'open' }, { locale: 'en' });
    expect(await backend.listTickets({ state: 'open' }, { locale: 'en' })).toBe(first);
    const second = await backend.listTickets({ state: 'open' }, { locale: 'en' });
    expect(second).not.toBe(first);
    expect(await backend.listTickets({ state: 'open' }, { locale: 'en' })).toBe(second);
    expect(requests.map(({ headers }) => headers.get('if-none-match'))).toEqual([null, 'W/"1"', 'W/"1"', '"2"']);
  });

  test('is one of the same address and language', async () => {
    const { backend, requests } = backendWith([() => tagged('"1"')]);
    await backend.listTickets({ state: 'open' }, { locale: 'en' });
    await backend.listTickets({ state: 'closed' }, { locale: 'en' });
    await backend.listTickets({ state: 'open' }, { locale: 'pl' });
    expect(requests.map(({ headers }) => headers.get('if-none-match'))).toEqual([null, null, null]);
  });

  test('is one of the last twenty', async () => {
    const { backend, requests } = backendWith([() => tagged('"1"')]);
    for (let limit = 1; limit <= 21; limit++) await backend.listTickets({ limit });
    await backend.listTickets({ limit: 1 });
    await backend.listTickets({ limit: 21 });
    expect(requests.slice(-2).map(({ headers }) => headers.get('if-none-match'))).toEqual([null, '"1"']);
  });

  test.each<[string, (backend: ReturnType<typeof createRestBackend>) => Promise<unknown>]>([
    ['signs out', (backend) => backend.signOut()],
    ['is somebody else, who signed in on another page', (backend) => backend.session()],
  ])('is about nobody else: it is forgotten when somebody %s', async (_, act) => {
    const bob = { ...signedOut, contact: { ...contact, id: id.replaceAll('A', 'B') } };
    const { backend, requests } = backendWith([
      () => json({ ...signedOut, contact }),
      () => tagged('"1"'),
      () => json(bob),
      () => tagged('"1"'),
    ]);
    await backend.session();
    await backend.listTickets();
    await act(backend);
    await backend.listTickets();
    expect(requests.at(-1)?.headers.get('if-none-match')).toBe(null);
  });

  test('is a fresh one for who is signed in: that is always told', async () => {
    const { backend, requests } = backendWith([() => tagged('"1"', signedOut)]);
    await backend.session();
    await backend.session();
    expect(requests.at(-1)?.headers.get('if-none-match')).toBe(null);
  });
});
