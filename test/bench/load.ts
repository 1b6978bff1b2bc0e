/**
 * Asks a server as fast as it answers, over connections that stay open. A process of its own, so that its work does not
 * hold up whoever measures; started by `startLoad`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { fileURLToPath } from 'node:url';

/** What to send: one request after another, from the first again after the last. */
export interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON by POST, each time under a new key. */
  readonly body?: unknown;
}

export interface Burst {
  readonly port: number;
  readonly requests: readonly Request[];
  readonly connections: number;
  readonly milliseconds: number;
}

export interface BurstResult {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 2xx. */
  readonly failed: number;
}

export interface Load {
  run(burst: Burst): Promise<BurstResult>;
  stop(): void;
}

export function startLoad(): Load {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['load'], { execArgv: ['--import', 'tsx'] });
  return {
    async run(burst) {
      child.send(burst);
      const [result] = (await once(child, 'message')) as [BurstResult];
      return result;
    },
    stop: () => child.kill(),
  };
}

async function run({ port, requests, connections, milliseconds }: Burst): Promise<BurstResult> {
  const times: number[] = [];
  let failed = 0;
  let sent = 0;
  const begin = performance.now();
  const end = begin + milliseconds;
  const worker = async () => {
    let connection = open(port);
    while (performance.now() < end) {
      const text = encode(requests[sent++ % requests.length] as Request, port);
      const from = performance.now();
      const { status, last } = await connection.ask(text);
      times.push(performance.now() - from);
      if (last) {
        connection.close();
        connection = open(port);
      }
      if (status < 200 || status > 299) failed++;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - begin) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? NaN;
  return { rate: times.length / seconds, p50: at(0.5), p99: at(0.99), failed };
}

function encode({ path, headers, body }: Request, port: number): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const own = { host: `localhost:${port}`, origin: `http://localhost:${port}`, ...headers };
  const more = body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const lines = Object.entries({ ...own, ...more }).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === undefined ? '' : `content-length: ${Buffer.byteLength(text)}\r\n`;
  return `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1\r\n${lines.join('')}${length}\r\n${text}`;
}

interface Answered {
  readonly status: number;
  /** The server takes no more requests on this connection. */
  readonly last: boolean;
}

/** One connection, one request at a time. Reads just enough of HTTP to know where an answer ends. */
function open(port: number): { ask(text: string): Promise<Answered>; close(): void } {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = '';
  let settle: { resolve(answered: Answered): void; reject(error: Error): void } | null = null;
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
    if (!isWhole(received)) return;
    const answered = { status: Number(received.slice(9, 12)), last: /^connection: close\r$/im.test(received) };
    received = '';
    settle?.resolve(answered);
  });
  socket.on('error', (error) => settle?.reject(error));
  socket.on('close', () => settle?.reject(new Error('The server closed the connection.')));
  return {
    ask: (text) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(text);
      }),
    close() {
      settle = null;
      socket.destroy();
    },
  };
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /^content-length: (\d+)/im.exec(answer.slice(0, head))?.[1];
  return length === undefined ? answer.endsWith('\r\n0\r\n\r\n') : answer.length >= head + 4 + Number(length);
}

if (process.argv[2] === 'load') {
  process.on('message', (burst: Burst) => void run(burst).then((result) => process.send?.(result)));
  process.on('disconnect', () => process.exit());
}
