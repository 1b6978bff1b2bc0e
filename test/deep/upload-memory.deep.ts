import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { demoWorld } from '../../src/world/demo-world.js';
import { temporaryFolder } from '../support/folder.js';
import { makeMigratedFolder } from '../support/migrated-folder.js';
import { type ServerProcess, startServerProcess } from '../support/server-process.js';

const MIB = 1024 * 1024;
/** Bytes of each file, how many come at once, and the memory that they may cost together. */
const [size, files, most] = [25 * MIB, 20, 256 * MIB];
/** Nobody may send more than 200 MiB a day. */
const people = ['alice@acme.example', 'bob@acme.example', 'carol@globex.example', 'dave@example.com'];

/** What the process has of the machine's memory. */
const residentOf = ({ pid }: ServerProcess): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

async function signIn({ origin }: ServerProcess, email: string): Promise<Record<string, string>> {
  const common = { origin, 'x-portal-client': 'portico-test/1' };
  const body = JSON.stringify({ method: 'password', email, password: demoWorld.password });
  const headers = { ...common, 'content-type': 'application/json' };
  const answer = await fetch(`${origin}/help/api/v1/session`, { method: 'POST', headers, body });
  return { ...common, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

/** In small pieces, none of which is kept: it is the server's memory that counts. */
function bytes(begin: Uint8Array = new Uint8Array(), end: Uint8Array = new Uint8Array()): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(64 * 1024).fill(65);
  let left = size;
  return new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(begin),
    pull(stream) {
      if (left > 0) stream.enqueue(piece);
      left -= piece.length;
      if (left > 0) return;
      stream.enqueue(end);
      stream.close();
    },
  });
}

type Upload = (server: ServerProcess, headers: Record<string, string>) => Promise<Response>;

const send = (url: string, method: string, headers: Record<string, string>, body: ReadableStream<Uint8Array> | null) =>
  fetch(url, { method, headers, body, ...(body && { duplex: 'half' }) });

const ways: Readonly<Record<string, Upload>> = {
  'by tus': async ({ origin }, headers) => {
    const tus = { ...headers, 'tus-resumable': '1.0.0' };
    const named = { ...tus, 'upload-length': String(size), 'upload-metadata': `filename ${btoa('a.txt')}` };
    const begun = await send(`${origin}/help/api/v1/uploads`, 'POST', named, null);
    const more = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    return send(origin + (begun.headers.get('location') ?? ''), 'PATCH', more, bytes());
  },
  'by forms': ({ origin }, headers) => {
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
    const form = { ...headers, 'content-type': 'multipart/form-data; boundary=x' };
    const body = bytes(Buffer.from(head), Buffer.from('\r\n--x--\r\n'));
    return send(`${origin}/help/api/v1/attachments`, 'POST', form, body);
  },
};

test.each(Object.entries(ways))('20 files of 25 MiB at once %s cost less than 256 MiB', async (way, upload) => {
  const data = join(temporaryFolder(), 'demo');
  await makeMigratedFolder(data, 'demo');
  const server = await startServerProcess('demo', { PORTICO_DATA: data, PORTICO_ATTACHMENT_MIB: '25' });
  onTestFinished(() => void server.end('SIGTERM'));
  const sessions = await Promise.all(people.map((email) => signIn(server, email)));
  const idle = residentOf(server);
  let highest = idle;
  const watching = setInterval(() => {
    highest = Math.max(highest, residentOf(server));
  }, 20);
  try {
    const answers = await Promise.all(
      Array.from({ length: files }, (_, at) => upload(server, sessions[at % people.length] ?? {})),
    );
    const told = await Promise.all(answers.map(async (answer) => (await answer.json()) as { size: number }));
    expect(told.map((one) => one.size)).toEqual(Array<number>(files).fill(size));
  } finally {
    clearInterval(watching);
  }
  console.log(`${way}: ${Math.round(idle / MIB)} MiB idle, at most ${Math.round((highest - idle) / MIB)} MiB more`);
  expect(highest - idle).toBeLessThan(most);
});
