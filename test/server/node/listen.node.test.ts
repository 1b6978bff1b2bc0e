import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Config, ConfigError, readConfig } from '../../../src/server/node/config.js';
import { type Fetch, listen } from '../../../src/server/node/listen.js';
import { deferred } from '../../support/deferred.js';

async function takePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const config = (more: Partial<Config>): Config => ({ ...readConfig('start', { PORT: '0' }, '/srv'), ...more });
const hello: Fetch = () => new Response('hello');

async function start(more: Partial<Config> = {}, fetch = hello) {
  const listening = await listen(config(more), fetch);
  onTestFinished(() => listening.stop(0));
  return listening;
}

/** `fetch` would not send a `Host` of our choice. */
function statusOf(port: number, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on('error', reject).end();
  });
}

test('a taken port moves on', async () => {
  const port = await takePort();
  const listening = await start({ port, portFixed: false });
  expect(listening.port).toBeGreaterThan(port);
  expect(await (await fetch(`http://127.0.0.1:${listening.port}/`)).text()).toBe('hello');
});

test('a taken port that was set stops the start', async () => {
  const port = await takePort();
  await expect(listen(config({ port, portFixed: true }), hello)).rejects.toThrow(
    new ConfigError(`PORT is ${port}, but another program listens there.`),
  );
});

test('an address of another machine stops the start', async () => {
  const foreign = listen(config({ host: '203.0.113.7', publicUrl: 'https://support.example.com' }), hello);
  await expect(foreign).rejects.toThrow(/^HOST and PORT cannot be listened on: .+\.$/);
});

test('on plain http only names of this machine are answered', async () => {
  const { port } = await start();
  for (const host of ['localhost', '127.0.0.1', '[::1]', 'help.localhost']) {
    expect(await statusOf(port, { host: `${host}:${port}` }), host).toBe(200);
  }
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1']) {
    expect(await statusOf(port, { host: `${host}:${port}` }), host).toBe(421);
  }
});

test('behind an https address any name is answered: portals have domains of their own', async () => {
  const { port } = await start({ publicUrl: 'https://support.example.com' });
  expect(await statusOf(port, { host: 'help.example.org' })).toBe(200);
});

test('a header of more than 16 KiB is refused', async () => {
  const { port } = await start();
  expect(await statusOf(port, { 'x-long': 'x'.repeat(17_000) })).toBe(431);
});

test('stopping lets a running request end and takes no new one', async () => {
  const entered = deferred<void>();
  const answer = deferred<Response>();
  const { port, stop } = await listen(config({}), () => {
    entered.resolve();
    return answer.promise;
  });
  const running = fetch(`http://127.0.0.1:${port}/`);
  await entered.promise;
  const stopped = stop();
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  answer.resolve(new Response('late'));
  expect(await (await running).text()).toBe('late');
  await stopped;
});

test('stopping ends kept connections: idle ones at once, others with their answer', async () => {
  const entered = deferred<void>();
  const answer = deferred<Response>();
  const { port, stop } = await listen(config({}), (request) => {
    if (!request.url.endsWith('/slow')) return new Response('hello');
    entered.resolve();
    return answer.promise;
  });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const ask = (path: string) =>
    new Promise<string | undefined>((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port, path, agent }, (response) => {
        response.resume().once('end', () => resolve(response.headers.connection));
      });
      call.on('error', reject).end();
    });
  // Two at once, so that there are two connections: one stays idle, the other one is busy when the end comes.
  expect(await Promise.all([ask('/'), ask('/')])).toEqual(['keep-alive', 'keep-alive']);
  const busy = ask('/slow');
  await entered.promise;
  const stopped = stop();
  answer.resolve(new Response('late'));
  expect(await busy).toBe('close');
  await stopped;
});

test('stopping waits for a stream that ends, however long its connection was to be kept', async () => {
  const ended = deferred<void>();
  const { port, stop } = await listen(config({}), () => {
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('first'));
        await ended.promise;
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const stopped = stop();
  ended.resolve();
  expect(await response.text()).toBe('first');
  await stopped;
});

test('stopping cuts a request that does not end in time', async () => {
  const entered = deferred<void>();
  const { port, stop } = await listen(config({}), () => {
    entered.resolve();
    return new Promise<Response>(() => {});
  });
  const cut = expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  await entered.promise;
  await stop(20);
  await cut;
});

test('a request is there in half a minute, unless it brings a file', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const entered = [deferred<void>(), deferred<void>()];
  const { port, stop } = await listen(config({}), async (request) => {
    entered[request.url.endsWith('/attachments') ? 1 : 0]?.resolve();
    return new Response(await request.text());
  });
  onTestFinished(() => stop(0));
  const begin = (path: string) => {
    const call = request({ host: '127.0.0.1', port, path, method: 'POST', headers: { 'content-length': 10 } });
    const answer = new Promise<string>((resolve, reject) => {
      call.on('error', () => reject(new Error('cut')));
      call.on('response', (response) => {
        response.setEncoding('utf8').once('data', resolve);
      });
    });
    call.write('01234');
    return { call, answer };
  };
  const slow = begin('/help/api/v1/tickets');
  const file = begin('/help/api/v1/attachments');
  await Promise.all(entered.map(({ promise }) => promise));
  const cut = expect(slow.answer).rejects.toThrow('cut');
  vi.advanceTimersByTime(30_000);
  await cut;
  file.call.end('56789');
  expect(await file.answer).toBe('0123456789');
});
