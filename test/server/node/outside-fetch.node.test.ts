import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

import { generate } from 'selfsigned';
import { afterEach, describe, expect, test } from 'vitest';

import { isOutside } from '../../../src/server/node/is-outside.js';
import { type Resolve, createOutsideFetch } from '../../../src/server/node/outside-fetch.js';
import { innerAddressOf } from '../../../src/server/outgoing.js';
import { deferred } from '../../support/deferred.js';

const own = ['198.51.100.9', '2606:4700::9', '127.0.0.1', 'fe80::1'];

test.each<[string, boolean]>([
  ['93.184.216.34', true],
  ['2606:4700:4700::1111', true],
  ['::ffff:93.184.216.34', true],
  ['127.0.0.1', false],
  ['127.255.0.3', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['192.0.0.8', false],
  ['198.18.0.1', false],
  ['192.88.99.1', false],
  ['224.0.0.1', false],
  ['240.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::127.0.0.1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['::ffff:0:127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b::5db8:d822', false],
  ['64:ff9b:1::1', false],
  ['2002:7f00:1::', false],
  ['2001::1', false],
  ['fc00::1', false],
  ['fd12:3456::1', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['fec0::1', false],
  ['ff02::1', false],
  ['100::1', false],
  ['4000::1', false],
  ['2606:4700::9', false],
  ['2606:4700:0:0::9', false],
  ['', false],
  ['example.com', false],
])('%s is outside: %s', (address, expected) => {
  expect(isOutside(address, own)).toBe(expected);
});

test('a public address of this machine is inside', () => {
  expect(isOutside('93.184.216.34', ['93.184.216.34'])).toBe(false);
  expect(isOutside('::ffff:93.184.216.34', ['93.184.216.34'])).toBe(false);
});

const opened: Server[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Listens and counts who connects; answers with what it was asked. */
async function listen(host: string, port = 0, server: Server = createServer(echo)) {
  let connections = 0;
  server.on('connection', () => void connections++);
  await new Promise<void>((resolve, reject) => void server.on('error', reject).listen(port, host, () => resolve()));
  opened.push(server);
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

const echo: Parameters<typeof createServer>[1] = (request, response) => {
  const { url, method, headers } = request;
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => void chunks.push(chunk));
  request.on('end', () => {
    const [, status] = /^\/status\/(\d+)/.exec(url ?? '') ?? [];
    response.writeHead(Number(status ?? 200), [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['location', 'http://127.0.0.1/'],
      ['connection', 'close'],
    ]);
    response.end(
      status ? '' : JSON.stringify({ url, method, headers, body: Buffer.concat(chunks).toString('latin1') }),
    );
  });
};

/** Names stand for these addresses, one after the other where there are several answers. */
function resolving(answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve: Resolve = (host, done) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    setImmediate(() => done(null, found));
  };
  return { asked, resolve };
}

/** Stands in for the world outside, on this machine. */
const outside = '127.0.0.2';
const isStandIn = (address: string) => address === outside;

/** How a request ends. */
const outcome = (asked: Promise<Response>) =>
  asked.then(
    async (response) => `answer ${response.status}`,
    (error: unknown) => (innerAddressOf(error) ? 'inner' : String(error)),
  );

describe('what is inside gets no connection', () => {
  test.each([
    '127.0.0.1',
    '127.1',
    '127.0.0.1.',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '017700000001',
    '0177.0.0.1',
    '①②⑦.0.0.1',
    '0.0.0.0',
    '0',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'desk.localhost',
  ])('as %s', async (host) => {
    const four = await listen('127.0.0.1');
    const six = await listen('::1', four.port);
    expect(await outcome(createOutsideFetch()(`http://${host}:${four.port}/`))).toBe('inner');
    expect(await outcome(createOutsideFetch()(`https://${host}:${four.port}/`))).toBe('inner');
    expect([four.connections(), six.connections()]).toEqual([0, 0]);
  });

  test.each<[string, string[]]>([
    ['at this machine', ['127.0.0.1']],
    ['at this machine, by IPv6', ['::1']],
    ['outside and inside', [outside, '127.0.0.1']],
    ['inside and outside', ['127.0.0.1', outside]],
    ['mapped into IPv6', ['::ffff:127.0.0.1']],
  ])('by a name that is %s', async (_, addresses) => {
    const inside = await listen('127.0.0.1');
    const standIn = await listen(outside, inside.port);
    const ask = createOutsideFetch({ resolve: resolving([addresses]).resolve, isOutside: isStandIn });
    expect(await outcome(ask(`http://desk.example:${inside.port}/`))).toBe('inner');
    expect([inside.connections(), standIn.connections()]).toEqual([0, 0]);
  });

  test('whatever a name says when it is asked again', async () => {
    const inside = await listen('127.0.0.1');
    const standIn = await listen(outside, inside.port);
    const names = resolving([[outside], ['127.0.0.1']]);
    const ask = createOutsideFetch({ resolve: names.resolve, isOutside: isStandIn });
    // One look at the name a connection, and the connection goes where it said.
    expect(await outcome(ask(`http://desk.example:${inside.port}/`))).toBe('answer 200');
    expect(names.asked).toEqual(['desk.example']);
    expect(await outcome(ask(`http://desk.example:${inside.port}/`))).toBe('inner');
    expect([inside.connections(), standIn.connections()]).toEqual([0, 1]);
  });

  test('whether something listens there or not', async () => {
    const failure = async (address: string) => {
      const error: unknown = await createOutsideFetch()(address).catch((reason: unknown) => reason);
      return JSON.stringify([String(error), { ...(error as Error) }]);
    };
    const { port } = await listen('127.0.0.1');
    const there = await failure(`http://127.0.0.1:${port}/`);
    await new Promise((resolve) => opened.pop()?.close(resolve));
    expect(await failure(`http://127.0.0.1:${port}/`)).toBe(there);
  });
});

describe('what is outside is asked as every fetch asks', () => {
  const open = async () => {
    const { port } = await listen(outside);
    const ask = createOutsideFetch({ resolve: resolving([[outside]]).resolve, isOutside: isStandIn });
    return { origin: `http://desk.example:${port}`, ask };
  };

  test('method, headers, form and cookies', async () => {
    const { origin, ask } = await open();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array([0, 255, 1])]), 'a.bin');
    const headers = { 'user-agent': 'portico', cookie: 'RT_SID=1', referer: origin };
    const response = await ask(`${origin}/rt?x=1#y`, { method: 'POST', headers, body: form });
    const asked = (await response.json()) as { url: string; headers: Record<string, string>; body: string };
    expect(asked).toMatchObject({
      url: '/rt?x=1',
      method: 'POST',
      headers: { ...headers, host: new URL(origin).host },
    });
    expect(asked.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(asked.headers['content-length'])).toBe(asked.body.length);
    expect(asked.body).toContain('filename="a.bin"');
    expect(asked.body).toContain('\u0000\u00ff\u0001');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test.each([204, 302, 304, 404, 500])('status %s is the answer', async (status) => {
    const { origin, ask } = await open();
    const response = await ask(`${origin}/status/${status}`, { redirect: 'follow' });
    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  test.each([
    'ftp://desk.example/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'blob:x',
    'http://me:you@desk.example/',
  ])('%s is none', async (address) => {
    const { ask } = await open();
    await expect(ask(address)).rejects.toThrow(TypeError);
  });

  test('an abort ends it with its reason, before and after the answer has begun', async () => {
    const left = deferred<void>();
    const server = createServer((_, response) => {
      response.on('close', () => left.resolve());
      response.write('begun');
    });
    const { port } = await listen(outside, 0, server);
    const ask = createOutsideFetch({ isOutside: isStandIn });
    const address = `http://${outside}:${port}/`;
    await expect(ask(address, { signal: AbortSignal.abort('early') })).rejects.toBe('early');
    const stop = new AbortController();
    const response = await ask(address, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(response.text()).rejects.toThrow();
    await left.promise;

    const silence = new AbortController();
    const silent = createServer(() => silence.abort('late'));
    const { port: other } = await listen(outside, 0, silent);
    await expect(ask(`http://${outside}:${other}/`, { signal: silence.signal })).rejects.toBe('late');
  });

  test('over TLS, by the name, and only to who proves to have it', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'desk.example' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'desk.example' }] }],
    });
    const { port } = await listen(outside, 0, createTlsServer({ cert, key }, echo));
    const { resolve } = resolving([[outside]]);
    const ask = createOutsideFetch({ resolve, isOutside: isStandIn, ca: cert });
    expect(await outcome(ask(`https://desk.example:${port}/`))).toBe('answer 200');
    expect(await outcome(ask(`https://other.example:${port}/`))).toContain('altnames');
    const strict = createOutsideFetch({ resolve, isOutside: isStandIn });
    expect(await outcome(strict(`https://desk.example:${port}/`))).toContain('self-signed');
  });
});
