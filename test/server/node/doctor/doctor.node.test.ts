import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type IncomingMessage, request as askServer } from 'node:http';
import { createServer, request as askProxy } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test } from 'vitest';

import { readConfig } from '../../../../src/server/node/config.js';
import { runDoctor } from '../../../../src/server/node/doctor-command.js';
import { startServer } from '../../../../src/server/node/server.js';
import { temporaryFolder } from '../../../support/folder.js';
import { makeMigratedFolder } from '../../../support/migrated-folder.js';
import { runCommand } from '../../../support/server-process.js';

/** A TLS proxy that says as much of its clients as a test wants. */
async function startProxy(headersOf: (origin: string, ip: string) => Record<string, string>) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    notAfterDate: new Date(Date.now() + 90 * 24 * 3600 * 1000),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const held = { port: 0, origin: '', cert };
  const server = createServer({ key, cert }, (request, response) => {
    const { method, url: path, headers, socket } = request;
    const { host: _, ...rest } = headers;
    const onward = askServer({
      ...{ host: '127.0.0.1', port: held.port, method, path },
      headers: { ...rest, ...headersOf(held.origin, socket.remoteAddress ?? '') },
    });
    onward.once('response', (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.rawHeaders)));
    onward.once('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  held.origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  return held;
}

async function prepare(headersOf: Parameters<typeof startProxy>[0], trustProxy = '1') {
  const [folder, proxy] = [temporaryFolder(), await startProxy(headersOf)];
  await makeMigratedFolder(folder, 'live');
  const env = {
    PORT: '0',
    PORTICO_DATA: folder,
    PORTICO_PUBLIC_URL: proxy.origin,
    PORTICO_TRUST_PROXY: trustProxy,
  };
  const examine = async () => {
    const lines: string[] = [];
    const config = readConfig('doctor', env, '/');
    const code = await runDoctor(config, (line) => lines.push(line), { ca: proxy.cert });
    return { code, lines };
  };
  const start = async () => {
    const server = await startServer(readConfig('start', env, '/'), () => {});
    proxy.port = server.port;
    onTestFinished(() => server.stop());
    return server;
  };
  return { folder, proxy, examine, start };
}

const whole = (origin: string, ip: string) => ({
  host: origin.replace('https://', ''),
  'x-forwarded-for': ip,
  'x-forwarded-proto': 'https',
});

/** Makes the first admin, as the page does to which the link of the start leads. */
async function welcome({ origin, cert }: { origin: string; cert: string }, firstLink: string | null): Promise<void> {
  const call = askProxy(`${origin}/admin/api/v1/welcome`, {
    method: 'POST',
    ca: cert,
    agent: false,
    headers: { origin, 'content-type': 'application/json', 'x-portal-client': 'portico-test/1' },
  });
  const who = { name: 'Ada', email: 'ada@new.example', account: 'Tarnfield', password: 'a staple and no battery' };
  call.end(JSON.stringify({ token: firstLink?.split('#welcome=')[1], ...who }));
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(200);
}

describe('portico doctor', { timeout: 120_000 }, () => {
  test('finds a server behind its proxy well, once somebody may set up a portal', async () => {
    const { proxy, examine, start } = await prepare(whole);
    const server = await start();
    const before = await examine();
    expect(before.code).toBe(1);
    expect(before.lines.filter((line) => line.startsWith('missing'))).toEqual([
      'missing  the first admin: Nobody can set up a portal. Open the link that `portico start` prints.',
    ]);
    expect(before.lines.at(-1)).toBe('\n1 of 10 checks found something missing. Put it right and run this again.');

    await welcome(proxy, server.firstLink);
    expect(await examine()).toEqual({
      code: 0,
      lines: [
        'ok       the database',
        'ok       the public address',
        `ok       ${proxy.origin} answers`,
        'ok       the proxy hands on who asks',
        'ok       the clock',
        expect.stringMatching(/^(ok {7}|hint {5})room on the disk/) as string,
        expect.stringMatching(/^hint {5}mail: None is sent/) as string,
        'ok       the first admin',
        expect.stringMatching(/^hint {5}portals: There is none yet/) as string,
        expect.stringMatching(/^hint {5}backups: Nothing makes them by itself/) as string,
        '\nNothing is missing to go live.',
      ],
    });
  });

  test('names a proxy that says nothing of its clients', async () => {
    const { examine, start } = await prepare(() => ({ host: '127.0.0.1' }));
    await start();
    const { code, lines } = await examine();
    expect(code).toBe(1);
    expect(lines.filter((line) => line.includes('the proxy hands on'))).toEqual([
      expect.stringContaining('missing  the proxy hands on who asks: Requests come without X-Forwarded-For'),
    ]);
  });

  test('says that no server runs, and that the proxy reaches none', async () => {
    const { examine, folder } = await prepare(whole);
    const { code, lines } = await examine();
    expect(code).toBe(1);
    expect(lines[0]).toMatch(`missing  the database: No server works on ${folder}. Start it by`);
    expect(lines[2]).toMatch(/^missing {2}https:\/\/localhost:\d+ answers: The proxy answers 502/);
  });

  test('is a command that ends with 1 and leaves no folder behind', async () => {
    const folder = `${temporaryFolder()}/live`;
    const { code, stdout, stderr } = await runCommand(['doctor'], { PORTICO_DATA: folder });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^missing {2}the public address: PORTICO_PUBLIC_URL is not set/m);
    expect(existsSync(folder)).toBe(false);
  });
});
