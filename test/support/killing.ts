import { randomUUID } from 'node:crypto';
import { demoWorld } from '../../src/world/demo-world.js';

/** What is killed in the middle of replies, and how it comes back. */
export interface Victim {
  /** Scheme, host and port of the server, as it is now. */
  origin(): string;
  kill(): Promise<unknown>;
  /** Resolves when the server answers again. */
  revive(): Promise<void>;
}

export interface Killed {
  /** Texts of the thread before and after, in any order; and of all replies that were acknowledged. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly acknowledged: readonly string[];
  /** Replies that a kill left without an answer. Fewer than kills mean that the kills proved nothing. */
  readonly cutShort: number;
}

/** Visitors who reply at the same time. */
const WRITERS = 4;

/** Alice of the demo world replies and replies while the victim is killed; what was not answered is sent again by its key. */
export async function replyThroughKills(victim: Victim, kills: number): Promise<Killed> {
  const client = createClient(victim);
  await client.signIn('alice@acme.example');
  const ticket = await client.firstTicket();
  const before = await client.texts(ticket);
  const acknowledged: string[] = [];
  let unanswered: Reply[] = [];
  let cutShort = 0;

  for (let kill = 1; kill <= kills; kill++) {
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
        // Only what is gone may leave a reply without an answer.
        if (!ended) throw error;
        unanswered.push(reply);
      }
      // The other writers are in the middle of theirs.
      if (left === 0) ended ??= victim.kill();
    };
    for (const reply of retries) await send(reply);
    const write = async (writer: number) => {
      for (let n = 1; !ended; n++)
        await send({ key: randomUUID(), body: `kill ${kill}, writer ${writer}, reply ${n}` });
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    await ended;
    cutShort += unanswered.length;
    await victim.revive();
  }
  for (const reply of unanswered) {
    await client.reply(ticket, reply);
    acknowledged.push(reply.body);
  }
  return { before, after: await client.texts(ticket), acknowledged, cutShort };
}

interface Reply {
  readonly key: string;
  readonly body: string;
}

/** A client of the portal that keeps its session across restarts, as a browser does. */
function createClient(victim: Victim) {
  let cookie = '';

  async function call(method: string, path: string, options: { body?: unknown; key?: string } = {}) {
    const origin = victim.origin();
    const response = await fetch(`${origin}/help/api/v1${path}`, {
      method,
      headers: {
        cookie,
        origin,
        'x-portal-client': 'portico-test/1',
        'content-type': 'application/json',
        ...(options.key && { 'idempotency-key': options.key }),
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const body = (await response.json()) as unknown;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(body)}`);
    return body;
  }

  return {
    async signIn(email: string) {
      await call('POST', '/session', { body: { method: 'password', email, password: demoWorld.password } });
    },

    async firstTicket(): Promise<string> {
      const body = await call('GET', '/tickets?state=open');
      return (body as { items: { id: string }[] }).items[0]?.id ?? '';
    },

    /** Resolves when the server has acknowledged the reply. */
    async reply(ticket: string, { key, body }: Reply): Promise<void> {
      await call('POST', `/tickets/${ticket}/messages`, { key, body: { body } });
    },

    async texts(ticket: string): Promise<string[]> {
      const texts: string[] = [];
      let before: string | null = null;
      do {
        const cursor: string = before === null ? '' : `&before=${before}`;
        const body = await call('GET', `/tickets/${ticket}/messages?limit=100${cursor}`);
        const page = body as { items: { kind: string; text: string }[]; previousCursor: string | null };
        texts.push(...page.items.filter(({ kind }) => kind === 'message').map(({ text }) => text));
        before = page.previousCursor;
      } while (before !== null);
      return texts;
    },
  };
}
