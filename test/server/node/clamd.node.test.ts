import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import { createClamdScanner, readClamdUrl } from '../../../src/server/node/clamd.js';
import { temporaryFolder } from '../../support/folder.js';

const running: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(running.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Harmless, and found by every scanner: what they are tried with. */
const eicar = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;
const utf8 = (text: string) => new TextEncoder().encode(text);
const streamOf = (bytes: Uint8Array) => new Blob([bytes as BlobPart]).stream();

/** What a stream says by the protocol: the pieces behind the command, each behind its length; `null` until the last is there. */
function readStream(heard: Buffer): Buffer | null {
  const command = Buffer.from('zINSTREAM\0');
  if (!heard.subarray(0, command.length).equals(command.subarray(0, heard.length))) throw new Error('another command');
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= heard.length; ) {
    const size = heard.readUInt32BE(at);
    at += 4;
    if (size === 0) return Buffer.concat(pieces);
    if (at + size > heard.length) return null;
    pieces.push(heard.subarray(at, at + size));
    at += size;
  }
  return null;
}

/** A daemon that speaks the protocol; `answer` says what it makes of a file, and `null` that it says nothing at all. */
async function daemon(answer: (file: Buffer) => string | null, path?: string) {
  const server = createServer((socket) => {
    sockets.add(socket);
    let heard = Buffer.alloc(0);
    let done = false;
    socket.on('error', () => {});
    socket.on('data', (piece: Buffer) => {
      heard = Buffer.concat([heard, piece]);
      const file = done ? null : readStream(heard);
      if (!file) return;
      done = true;
      const text = answer(file);
      if (text !== null) socket.end(text);
    });
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(path ?? { port: 0, host: '127.0.0.1' }, resolve));
  return path ? { path } : { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

const clamav = (file: Buffer) => (file.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');

describe('a scanner that asks clamd', () => {
  test('tells clean files from infected ones, large and empty ones, too', async () => {
    const sizes: number[] = [];
    const address = await daemon((file) => {
      sizes.push(file.length);
      return clamav(file);
    });
    const scanner = createClamdScanner(address);
    const large = new Uint8Array(10 * 1024 * 1024).fill(65);
    const late = new Uint8Array(200_000);
    late.set(utf8(eicar), 130_000);
    expect(await scanner.scan(streamOf(utf8('Some text')))).toBe('clean');
    expect(await scanner.scan(streamOf(utf8(eicar)))).toBe('infected');
    expect(await scanner.scan(streamOf(new Uint8Array()))).toBe('clean');
    expect(await scanner.scan(streamOf(large))).toBe('clean');
    expect(await scanner.scan(streamOf(late))).toBe('infected');
    expect(sizes).toEqual([9, eicar.length, 0, large.length, 200_000]);
  });

  test('asks through a socket of this machine', async () => {
    const address = await daemon(clamav, join(temporaryFolder(), 'clamd.ctl'));
    expect(await createClamdScanner(address).scan(streamOf(utf8(eicar)))).toBe('infected');
  });

  test('looks into several files at the same time', async () => {
    const scanner = createClamdScanner(await daemon(clamav));
    const verdicts = await Promise.all(['a', eicar, 'b', eicar].map((text) => scanner.scan(streamOf(utf8(text)))));
    expect(verdicts).toEqual(['clean', 'infected', 'clean', 'infected']);
  });

  test.each([
    ['what is too large for it', 'INSTREAM size limit exceeded. ERROR\0'],
    ['an error', 'stream: Can not allocate memory ERROR\0'],
    ['half an answer', 'stream: OK'],
    ['nothing', ''],
    ['something else', 'PONG\0'],
  ])('rejects on %s', async (_, answer) => {
    await expect(createClamdScanner(await daemon(() => answer)).scan(streamOf(utf8('a')))).rejects.toThrow('clamd');
  });

  test('rejects when nobody answers, in time, and when nobody is there', async () => {
    await expect(createClamdScanner(await daemon(() => null), 50).scan(streamOf(utf8('a')))).rejects.toThrow('in time');
    const gone = await daemon(clamav);
    await new Promise((resolve) => running.pop()?.close(resolve));
    await expect(createClamdScanner(gone).scan(streamOf(utf8('a')))).rejects.toThrow('ECONNREFUSED');
  });
});

test.each([
  ['tcp://127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
  ['tcp://clamd.internal', { host: 'clamd.internal', port: 3310 }],
  ['tcp://[::1]:3311/', { host: '::1', port: 3311 }],
  ['unix:///run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ['unix://host/run/clamd.ctl', null],
  ['unix:///', null],
  ['tcp://', null],
  ['tcp://user@host', null],
  ['tcp://host/path', null],
  ['http://host:3310', null],
  ['127.0.0.1:3310', null],
  ['', null],
])('the address %j is %j', (text, expected) => {
  expect(readClamdUrl(text)).toEqual(expected);
});
