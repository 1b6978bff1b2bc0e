import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request as askSecure } from 'node:https';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test } from 'vitest';

import { demoWorld } from '../../src/world/demo-world.js';
import { readConfig } from '../../src/server/node/config.js';
import { examine } from '../../src/server/node/doctor/doctor.js';
import { type RunningServer, startServer } from '../../src/server/node/server.js';
import { temporaryFolder } from '../support/folder.js';
import { makeMigratedFolder } from '../support/migrated-folder.js';
import { freePort, needProxy, type Proxy, proxies } from './proxies.js';

const token = 'a'.repeat(40);

/** The proxy that our recipe makes, before the demo. */
interface Site {
  readonly origin: string;
  readonly ca: string;
  readonly server: RunningServer;
  readonly env: Readonly<Record<string, string>>;
  ask(method: string, path: string, options?: Asked): Promise<IncomingMessage>;
}

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** An address of this machine to ask from. */
  readonly from?: string;
}

async function startSite(proxy: Proxy): Promise<Site> {
  needProxy(proxy);
  const [folder, data, port] = [temporaryFolder(), temporaryFolder(), await freePort()];
  const origin = `https://localhost:${port}`;
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    notAfterDate: new Date(Date.now() + 90 * 24 * 3600 * 1000),
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  writeFileSync(`${folder}/key.pem`, key);
  writeFileSync(`${folder}/cert.pem`, cert);
  await makeMigratedFolder(data, 'demo');
  const env = {
    ...{ PORT: '0', PORTICO_DATA: data, PORTICO_PUBLIC_URL: origin, PORTICO_TRUST_PROXY: '1' },
    ...{ PORTICO_ADMIN_TOKEN: token, PORTICO_ATTACHMENT_MIB: '25' },
  };
  const server = await startServer(readConfig('demo', env, '/'), () => {});
  onTestFinished(() => server.stop());
  await proxy.start({
    ...{ folder, port, upstream: server.port },
    ...{ cert: `${folder}/cert.pem`, key: `${folder}/key.pem` },
  });
  const ask: Site['ask'] = async (method, path, { headers = {}, body, from } = {}) => {
    const common = { origin, 'x-portal-client': 'portico-test/1', ...headers };
    const call = askSecure(origin + path, {
      ...{ method, ca: cert, agent: false, headers: common },
      ...(from !== undefined && { localAddress: from }),
    });
    call.end(body);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    return answer;
  };
  return { origin, ca: cert, server, env, ask };
}

const json = { 'content-type': 'application/json' };

async function signIn({ ask }: Site): Promise<Record<string, string>> {
  const body = JSON.stringify({ method: 'password', email: 'alice@acme.example', password: demoWorld.password });
  const answer = await ask('POST', '/help/api/v1/session', { headers: json, body });
  answer.resume();
  expect(answer.statusCode).toBe(200);
  const cookie = answer.headers['set-cookie']?.[0] ?? '';
  expect(cookie).toMatch(/^__Host-portal_s_help=.*; Secure; HttpOnly/);
  return { cookie: cookie.split(';')[0] ?? '' };
}

describe.each(proxies)('behind $name with our recipe', (proxy) => {
  test('people sign in, hear of news at once and send 25 MiB', async () => {
    const site = await startSite(proxy);
    const session = await signIn(site);

    const stream = await site.ask('GET', '/help/api/v1/events', { headers: session });
    expect(stream.statusCode).toBe(200);
    stream.setEncoding('utf8');
    let heard = '';
    stream.on('data', (chunk: string) => (heard += chunk));
    onTestFinished(() => void stream.destroy());
    const list = await site.ask('GET', '/help/api/v1/tickets?state=open', { headers: session });
    const { items } = JSON.parse(await text(list)) as { items: { id: string }[] };
    const ticket = items[0]?.id ?? '';
    const before = heard.length;
    const reply = await site.ask('POST', `/help/api/v1/tickets/${ticket}/messages`, {
      headers: { ...session, ...json, 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ body: 'Through the proxy' }),
    });
    reply.resume();
    expect(reply.statusCode).toBe(201);
    const answered = performance.now();
    await expect.poll(() => heard.slice(before), { interval: 10 }).toContain(ticket);
    expect(performance.now() - answered).toBeLessThan(1_000);

    const [head, tail] = [
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n',
      '\r\n--x--\r\n',
    ].map((part) => Buffer.from(part)) as [Buffer, Buffer];
    const form = { ...session, 'content-type': 'multipart/form-data; boundary=x' };
    const sent = await site.ask('POST', '/help/api/v1/attachments', {
      headers: form,
      body: Buffer.concat([head, Buffer.alloc(25 * 1024 * 1024, 65), tail]),
    });
    expect([sent.statusCode, JSON.parse(await text(sent))]).toMatchObject([201, { size: 25 * 1024 * 1024 }]);
  });

  test('the server knows who asks, and nobody can say to be another', async () => {
    const site = await startSite(proxy);
    const headers = {
      authorization: `Bearer ${token}`,
      'x-forwarded-for': '192.0.2.66',
      'x-forwarded-host': 'evil.example',
    };
    const answer = await site.ask('GET', '/admin/api/v1/inspection', { headers, from: '127.0.0.2' });
    const { seen } = JSON.parse(await text(answer)) as { seen: object };
    expect(seen).toEqual({ base: site.origin, ip: '127.0.0.2', forwardedFor: 1 });
    const findings = await examine(readConfig('doctor', site.env, '/'), { ca: site.ca });
    expect(findings.filter(({ check }) => /answers$|hands on/.test(check)).map(({ level }) => level)).toEqual([
      'ok',
      'ok',
    ]);
  });
});
