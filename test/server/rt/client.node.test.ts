import { describe, expect, test } from 'vitest';
import { DeskError } from '../../../src/server/connectors/connector.js';
import { Breaker } from '../../../src/server/connectors/breaker.js';
import { RtClient } from '../../../src/server/connectors/rt/client.js';
import { type Deferred, deferred } from '../../support/deferred.js';

const { signal } = new AbortController();
const settings = {
  url: 'https://rt.example',
  user: 'bot',
  password: 'secret',
  queues: ['Support'] as const,
  company: 'group' as const,
  replyAs: 'service' as const,
};

/** RT as far as a client sees it: it answers when the test says so, by the number of the request. */
function fakeRt() {
  const asked: Deferred<Response>[] = [];
  const logins: string[] = [];
  const fake: typeof fetch = (url, init) => {
    if (String(url).endsWith('/NoAuth/Login.html')) {
      logins.push(String(init?.body));
      return Promise.resolve(
        new Response('', { headers: { 'set-cookie': `RT_SID_x=${logins.length}; path=/; HttpOnly` } }),
      );
    }
    if (String(url).includes('/queue/')) return Promise.resolve(new Response('{}'));
    const answer = deferred<Response>();
    asked.push(answer);
    return answer.promise;
  };
  const deps = { fetch: fake, clock: () => new Date(0), composeMail: async () => '', toText: () => '' };
  return { asked, logins, client: new RtClient(settings, deps) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const request = { name: 'test', path: '/x' };

describe('a client of RT', () => {
  test('asks at most eight times at once, the first first', async () => {
    const { asked, client } = fakeRt();
    const done: number[] = [];
    const all = Array.from({ length: 10 }, async (_, n) => {
      await client.send(request, signal);
      done.push(n);
    });
    await settle();
    expect(asked.length).toBe(8);
    for (let n = 0; n < 10; n++) {
      asked[n]!.resolve(new Response('{}'));
      await settle();
    }
    await Promise.all(all);
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('logs in once more when RT sends it to the login page, and not a third time', async () => {
    const { asked, logins, client } = fakeRt();
    const answer = client.send(request, signal);
    await settle();
    asked[0]!.resolve(new Response(null, { status: 302 }));
    await settle();
    asked[1]!.resolve(new Response('{}'));
    expect((await answer).status).toBe(200);
    expect(logins.length).toBe(2);
    const refused = client.send(request, signal);
    await settle();
    asked[2]!.resolve(new Response(null, { status: 401 }));
    await settle();
    asked[3]!.resolve(new Response(null, { status: 401 }));
    await expect(refused).rejects.toMatchObject({ kind: 'misconfigured' });
    await expect(client.send(request, signal)).rejects.toMatchObject({ kind: 'misconfigured' });
    expect(asked.length).toBe(4);
  });

  test('logs in once for all whom RT has forgotten', async () => {
    const { asked, logins, client } = fakeRt();
    const answers = [client.send(request, signal), client.send(request, signal), client.send(request, signal)];
    await settle();
    for (const one of asked.splice(0)) one.resolve(new Response(null, { status: 302 }));
    await settle();
    for (const one of asked) one.resolve(new Response('{}'));
    await Promise.all(answers);
    expect(logins.length).toBe(2);
  });

  test('says what it asked for when nobody answers, and nothing else', async () => {
    const { asked, client } = fakeRt();
    const answer = client.send(request, signal);
    await settle();
    asked[0]!.reject(new Error('connection refused'));
    const error: DeskError = await answer.then(
      () => expect.unreachable(),
      (thrown: DeskError) => thrown,
    );
    expect(error).toMatchObject({
      kind: 'unavailable',
      detail: 'test: no answer',
      message: 'unavailable: test: no answer',
    });
  });

  test('lets go of who no longer waits, in the queue as well', async () => {
    const { client } = fakeRt();
    for (let n = 0; n < 8; n++) client.send(request, signal).catch(() => {});
    const controller = new AbortController();
    const waiting = client.send(request, controller.signal);
    const reason = new Error('left');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});

describe('a breaker', () => {
  const failing = () => Promise.reject(new DeskError('unavailable', 'down'));
  const kindOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: DeskError) => error.detail,
    );

  test('leaves RT alone for five seconds after five failures, then asks once', async () => {
    let now = 0;
    const breaker = new Breaker(() => new Date(now));
    for (let n = 0; n < 5; n++) expect(await kindOf(breaker.run(failing))).toBe('down');
    let asked = 0;
    const ask = () => breaker.run(async () => void asked++);
    expect(await kindOf(ask())).toMatch(/again/);
    now = 4999;
    expect(await kindOf(ask())).toMatch(/again/);
    now = 5000;
    const probe = deferred<void>();
    const first = breaker.run(() => probe.promise);
    expect(await kindOf(ask())).toMatch(/again/);
    expect(asked).toBe(0);
    probe.resolve();
    await first;
    expect(await kindOf(ask())).toBe('done');
  });

  test('waits once more when the one fails', async () => {
    let now = 0;
    const breaker = new Breaker(() => new Date(now));
    for (let n = 0; n < 5; n++) await kindOf(breaker.run(failing));
    now = 5000;
    expect(await kindOf(breaker.run(failing))).toBe('down');
    now = 9999;
    expect(await kindOf(breaker.run(failing))).toMatch(/again/);
    now = 10_000;
    expect(await kindOf(breaker.run(async () => {}))).toBe('done');
  });

  test('counts neither refusals nor those who left', async () => {
    const breaker = new Breaker(() => new Date(0));
    const refused = () => Promise.reject(new DeskError('refused', 'no'));
    for (let n = 0; n < 4; n++) await kindOf(breaker.run(failing));
    expect(await kindOf(breaker.run(refused))).toBe('no');
    for (let n = 0; n < 4; n++) await kindOf(breaker.run(failing));
    for (let n = 0; n < 9; n++) await kindOf(breaker.run(() => Promise.reject(new Error('left'))));
    expect(await kindOf(breaker.run(async () => {}))).toBe('done');
  });
});
