import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { demoWorld } from '../../../src/world/demo-world.js';
import { type ServerProcess, startServerProcess } from '../../support/server-process.js';

const KILLS = 20;
/** Visitors who reply at the same time. */
const WRITERS = 4;

const folder = mkdtempSync(join(tmpdir(), 'portico-kill-'));
let server: ServerProcess;
afterAll(async () => {
  await server.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Reply {
  readonly key: string;
  readonly body: string;
}

/** A client of the portal that keeps its session across restarts, as a browser does. */
function createClient() {
  let cookie = '';

  async function call(method: string, path: string, options: { body?: unknown; key?: string } = {}) {
    const response = await fetch(`${server.origin}/help/api/v1${path}`, {
      method,
      headers: {
        cookie,
        origin: server.origin,
        'x-portal-client': 'portico-test/1',
        'content-type': 'application/json',
        ...(options.key && { 'idempotency-key': options.key }),
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return { status: response.status, body: (await response.json()) as unknown };
  }

  return {
    async signIn(email: string) {
      const { status } = await call('POST', '/session', {
        body: { method: 'password', email, password: demoWorld.password },
      });
      expect(status).toBe(200);
    },

    async firstTicket(): Promise<string> {
      const { body } = await call('GET', '/tickets?state=open');
      return (body as { items: { id: string }[] }).items[0]?.id ?? '';
    },

    /** Resolves when the server has acknowledged the reply. */
    async reply(ticket: string, { key, body }: Reply): Promise<void> {
      const { status } = await call('POST', `/tickets/${ticket}/messages`, { key, body: { body } });
      expect(status).toBe(201);
    },

    async texts(ticket: string): Promise<string[]> {
      const texts: string[] = [];
      let before: string | null = null;
      do {
        const cursor: string = before === null ? '' : `&before=${before}`;
        const { body } = await call('GET', `/tickets/${ticket}/messages?limit=100${cursor}`);
        const page = body as { items: { kind: string; text: string }[]; previousCursor: string | null };
        texts.push(...page.items.filter(({ kind }) => kind === 'message').map(({ text }) => text));
        before = page.previousCursor;
      } while (before !== null);
      return texts;
    },
  };
}

const start = () => startServerProcess('demo', { PORTICO_DATA: folder });

test(`no acknowledged reply is lost or doubled by ${KILLS} kills in the middle of replies`, {
  timeout: 300_000,
}, async () => {
  server = await start();
  const client = createClient();
  await client.signIn('alice@acme.example');
  const ticket = await client.firstTicket();
  const before = await client.texts(ticket);
  const acknowledged: string[] = [];
  let unanswered: Reply[] = [];
  let cutShort = 0;

  for (let kill = 1; kill <= KILLS; kill++) {
    const retries = unanswered;
    unanswered = [];
    let left = 3 + ((kill * 7) % 12);
    let ended: Promise<unknown> | undefined;

    const send = async (reply: Reply) => {
      try {
        await client.reply(ticket, reply);
        acknowledged.push(reply.body);
        left--;
      } catch (error) {
        // Only a server that is gone may leave a reply without an answer.
        if (!ended) throw error;
        unanswered.push(reply);
      }
      // The other writers are in the middle of theirs.
      if (left === 0) ended ??= server.end('SIGKILL');
    };
    for (const reply of retries) await send(reply);
    const write = async (writer: number) => {
      for (let n = 1; !ended; n++)
        await send({ key: randomUUID(), body: `kill ${kill}, writer ${writer}, reply ${n}` });
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    await ended;
    cutShort += unanswered.length;
    server = await start();
  }
  for (const reply of unanswered) {
    await client.reply(ticket, reply);
    acknowledged.push(reply.body);
  }

  // Otherwise the kills came between the replies and proved nothing.
  expect(cutShort).toBeGreaterThan(KILLS);
  expect((await client.texts(ticket)).sort()).toEqual([...before, ...acknowledged].sort());
});
