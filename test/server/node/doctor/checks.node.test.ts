import { once } from 'node:events';
import { type Server, createServer as createPlain } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { expect, onTestFinished, test } from 'vitest';

import { checkClock } from '../../../../src/server/node/doctor/clock.js';
import { checkDisk, freeBytesOf } from '../../../../src/server/node/doctor/disk.js';
import { checkMail } from '../../../../src/server/node/doctor/mail.js';
import { checkOrigins } from '../../../../src/server/node/doctor/origins.js';
import { checkProxy } from '../../../../src/server/node/doctor/proxy.js';
import { checkPublicUrl, reach } from '../../../../src/server/node/doctor/public-address.js';
import { startMailServer } from '../../mail/mail-server.js';

const now = new Date('2026-11-30T12:00:00Z');
const days = (count: number) => new Date(Date.now() + count * 24 * 3600 * 1000);

async function certify(from: Date, until: Date, name = 'localhost') {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    notBeforeDate: from,
    notAfterDate: until,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  });
  return { key, cert };
}

async function listen(server: Server | ReturnType<typeof createSocket>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const healthy = '{"status":"ok"}';
const serve = async (pair: { key: string; cert: string }, status = 200, body = healthy) =>
  `https://localhost:${await listen(createServer(pair, (_, response) => void response.writeHead(status).end(body)))}`;

test.each([
  [null, 'missing', 'PORTICO_PUBLIC_URL is not set'],
  ['http://localhost:4400', 'missing', 'need an https address'],
  ['https://support.example.com', 'ok', ''],
] as const)('of the public address %s it says %s', (publicUrl, level, advice) => {
  const finding = checkPublicUrl({ publicUrl });
  expect(finding.level).toBe(level);
  expect(finding.advice).toContain(advice);
});

test('an address that answers over TLS is well, and its certificate is looked at', async () => {
  const pair = await certify(days(-1), days(90));
  const { finding, answer } = await reach(await serve(pair), { ca: pair.cert }, new Date());
  expect([finding.level, answer?.status, answer?.body]).toEqual(['ok', 200, healthy]);
  expect(answer?.certificateUntil?.getTime()).toBeGreaterThan(days(89).getTime());
  expect(Math.abs((answer?.date?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000);
});

test('a certificate that is about to end is worth a hint', async () => {
  const pair = await certify(days(-80), days(9.5));
  const { finding } = await reach(await serve(pair), { ca: pair.cert }, new Date());
  expect(finding).toMatchObject({ level: 'hint', advice: expect.stringContaining('ends in 9 days') as string });
});

test('a self-signed certificate is called by its name', async () => {
  const { finding, answer } = await reach(await serve(await certify(days(-1), days(90))), {}, new Date());
  expect(answer).toBeNull();
  expect(finding).toMatchObject({ level: 'missing', advice: expect.stringContaining('is self-signed') as string });
});

test('so is one that has expired', async () => {
  const pair = await certify(days(-90), days(-1));
  const { finding } = await reach(await serve(pair), { ca: pair.cert }, new Date());
  expect(finding).toMatchObject({ level: 'missing', advice: expect.stringContaining('has expired') as string });
});

test('and one for another name', async () => {
  const pair = await certify(days(-1), days(90), 'other.example');
  const { finding } = await reach(await serve(pair), { ca: pair.cert }, new Date());
  expect(finding).toMatchObject({ level: 'missing', advice: expect.stringContaining('another name') as string });
});

test('what does not answer as this server is told apart', async () => {
  const pair = await certify(days(-1), days(90));
  const adviceOf = async (origin: string, patience = 5_000) => {
    const { finding } = await reach(origin, { ca: pair.cert, patience }, new Date());
    expect(finding.level).toBe('missing');
    return finding.advice;
  };
  expect(await adviceOf(await serve(pair, 502))).toContain('does not reach this server');
  expect(await adviceOf(await serve(pair, 301))).toContain('It answers 301');
  expect(await adviceOf(await serve(pair, 200, '<h1>It works!</h1>'))).toContain('not as this server');
  const plain = await listen(createPlain((_, response) => void response.end()));
  expect(await adviceOf(`https://localhost:${plain}`)).toContain('speaks no TLS');
  const silent = await listen(createSocket(() => {}));
  expect(await adviceOf(`https://localhost:${silent}`, 50)).toContain('no answer in time');
  const gone = createSocket().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');
  expect(await adviceOf(`https://localhost:${port}`)).toContain('Nothing listens there');
});

test.each([
  ['adds nothing', 1, 'https://a.example', 0, 'without X-Forwarded-For'],
  ['is not trusted', 0, 'https://a.example', 1, 'Set it to 1'],
  ['is one of two', 1, 'https://a.example', 2, 'Set it to 2'],
  ['is trusted twice', 2, 'https://a.example', 1, 'anybody can invent'],
  ['hides the host', 1, 'https://127.0.0.1:4400', 1, 'takes itself for https://127.0.0.1:4400'],
  ['hides the scheme', 1, 'http://a.example', 1, 'X-Forwarded-Proto'],
] as const)('a proxy that %s is found out', (_, trustProxy, base, forwardedFor, advice) => {
  const finding = checkProxy({ publicUrl: 'https://a.example', trustProxy }, { base, forwardedFor });
  expect(finding).toMatchObject({ level: 'missing', advice: expect.stringContaining(advice) as string });
});

test('a proxy that hands on everything is well', () => {
  const seen = { base: 'https://a.example', forwardedFor: 1 };
  expect(checkProxy({ publicUrl: 'https://a.example', trustProxy: 1 }, seen).level).toBe('ok');
});

test.each([
  [0, 'ok', ''],
  [30, 'ok', ''],
  [31, 'missing', '31 seconds behind the database'],
  [-90, 'missing', '90 seconds ahead of the database'],
] as const)('a clock that is %d seconds off the other is %s', (seconds, level, advice) => {
  const time = new Date(now.getTime() + seconds * 1000);
  const finding = checkClock([{ whose: 'the database', time, here: now }]);
  expect(finding.level).toBe(level);
  expect(finding.advice).toContain(advice);
});

test('the free bytes of a disk are those of the folder, also before it is there', async () => {
  const free = await freeBytesOf(tmpdir());
  expect(free).toBeGreaterThan(0);
  expect(await freeBytesOf(join(tmpdir(), 'portico-not-there', 'live'))).toBeGreaterThan(0);
});

test.each([
  [199, 'missing'],
  [200, 'hint'],
  [1023, 'hint'],
  [1024, 'ok'],
] as const)('with %d MiB on the disk it says %s', (mebibytes, level) => {
  const finding = checkDisk('/srv/portico', mebibytes * 1024 * 1024);
  expect(finding.level).toBe(level);
  if (level !== 'ok') expect(finding.advice).toContain(`${mebibytes} MiB left for /srv/portico`);
});

test.each([
  [['http://docs.acme.example'], 'missing', 'Allow https://docs.acme.example instead'],
  [['https://acme.example', 'https://www.acme.example', 'http://localhost:8080'], 'hint', 'http://localhost:8080'],
  [['https://acme.example'], 'hint', 'https://www.acme.example'],
  [['https://www.acme.example'], 'hint', 'https://acme.example'],
  [['https://acme.example', 'https://www.acme.example', 'https://docs.acme.example', 'https://10.0.0.5'], 'ok', ''],
  [[], 'ok', ''],
] as const)('of the pages %j it says %s', (origins, level, advice) => {
  const finding = checkOrigins({ slug: 'help', host: null, origins: [...origins] });
  expect([finding.check, finding.level]).toEqual(['pages of the portal help', level]);
  expect(finding.advice).toContain(advice);
});

test('a mail server is signed in to, and told apart from one that refuses or is not there', async () => {
  expect((await checkMail(null)).level).toBe('hint');
  const server = await startMailServer({ authOptional: false });
  onTestFinished(() => server.close());
  const settings = { host: '127.0.0.1', tls: 'none', from: 'help@acme.example' } as const;
  const check = (port: number, password: string) =>
    checkMail({ ...settings, port, login: { user: 'portico', password } });
  expect(await check(server.port, 'right')).toEqual({ check: 'mail', level: 'ok', advice: '' });
  expect(server.begun).toBe(0);
  const refused = await check(server.port, 'a wrong one');
  expect(refused.level).toBe('missing');
  expect(refused.advice).toContain('refuses the user or the password (EAUTH 535)');
  expect(refused.advice).not.toContain('a wrong one');
  const closed = await listen(createSocket((socket) => socket.destroy()));
  expect(await check(closed, 'right')).toMatchObject({ level: 'missing' });
});
