import { createConnection, type NetConnectOpts } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { FileScanner } from '../deps.js';

/** Milliseconds for a whole file, the way there and back included. */
const patience = 60_000;
/** clamd refuses larger pieces than the stream may have; these are far below. */
const pieceBytes = 64 * 1024;

/** Where clamd listens: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`; `null` for what is neither. */
export function readClamdUrl(text: string): NetConnectOpts | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.search || url.hash) return null;
  if (url.protocol === 'unix:') return !url.host && url.pathname.length > 1 ? { path: decodeURI(url.pathname) } : null;
  if (url.protocol !== 'tcp:' || !url.hostname || !/^\/?$/.test(url.pathname)) return null;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 3310) };
}

/** Looks into files by ClamAV's daemon: each goes over a connection of its own, by the command INSTREAM. */
export function createClamdScanner(address: NetConnectOpts, timeout = patience): FileScanner {
  return {
    async scan(file) {
      const answer = await ask(address, file, timeout);
      if (answer === 'stream: OK') return 'clean';
      if (/^stream: .* FOUND$/.test(answer)) return 'infected';
      // `INSTREAM size limit exceeded. ERROR` is one of them: what was not looked into is not clean.
      throw new Error('clamd could not tell');
    },
  };
}

/** One connection with one answer, which ends with NUL as the command does. */
function ask(address: NetConnectOpts, file: ReadableStream<Uint8Array>, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(address);
    let answer = '';
    const timer = setTimeout(() => socket.destroy(new Error('clamd did not answer in time')), timeout);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answer += text;
      if (answer.endsWith('\0')) socket.end();
    });
    // Two complain of a connection that breaks: the socket, and what writes to it.
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      if (answer.endsWith('\0')) resolve(answer.slice(0, -1));
      else reject(new Error('clamd hung up'));
    });
    pipeline(Readable.from(commandOf(file)), socket, { end: false }).catch(reject);
  });
}

/** The command, each piece behind its length, then one of none. */
async function* commandOf(file: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('zINSTREAM\0');
  for await (const bytes of file) {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      yield lengthOf(piece);
      yield piece;
    }
  }
  yield lengthOf(new Uint8Array());
}

function lengthOf({ length }: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
}
