import type { AppDeps } from '../deps.js';
import type { Admitted } from '../http/portal-call.js';
import { describeError } from '../http/request-log.js';
import type { Hub } from './hub.js';
import type { Position, Positions, Sent } from './position.js';
import { lookBack } from './position.js';
import type { Found, View, Who } from './view.js';
import { createView, ownerOf, scopeOf, widenedTo } from './view.js';

const heartbeat = 15_000;
/** More than these at once are not sent one by one: the client fetches anew. */
const mostMissed = 100;
/** What is still known of what was sent; the oldest is forgotten. */
const mostSent = 200;

/**
 * One stream of server-sent events: `ready`, then a `ticket` for every visible ticket that has changed, and `reset` where too
 * much was missed. Everything is read at the moment of sending, after asking whether the session still is one. The stream
 * ends with the session, with the view that it began with, with the server, or when the client does not read.
 */
export class EventStream {
  readonly #deps: AppDeps;
  readonly #positions: Positions;
  readonly #view: View;
  readonly #owner: string;
  readonly #scope: string;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #encoder = new TextEncoder();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #leave: () => void;

  /** Up to here everything was sent, but for what was not committed yet; in milliseconds since 1970. */
  #covered: number;
  readonly #sent: Map<number, Sent>;
  /** Tickets to read. */
  readonly #waiting = new Set<number>();
  /** Any ticket may have had an event. */
  #all = false;
  /** The contact may have lost something since who they are was asked. */
  #doubt = false;
  #beat = false;
  #woken = false;
  #over = false;
  #ring = () => {};

  /** What the client reads. */
  readonly body: ReadableStream<Uint8Array>;

  /**
   * @param from position to go on from; `null` begins now
   * @throws ApiError `rate-limited`
   */
  constructor(deps: AppDeps, hub: Hub, positions: Positions, who: Admitted & Who, from: Position | null) {
    this.#deps = deps;
    this.#positions = positions;
    this.#view = createView(deps, who);
    this.#owner = ownerOf(who);
    this.#scope = scopeOf(who);
    this.#covered = from?.covered ?? this.#now();
    this.#sent = new Map((from?.sent ?? []).map((one) => [one.id, one]));
    // Before anything is read: what happens from now on is heard.
    this.#leave = hub.join({
      account: who.portal.account,
      contact: who.session.viewer.id,
      company: widenedTo(who),
      session: String(who.session.tokenHash),
      wake: (tickets) => this.#take(tickets),
    });
    // It takes one chunk and the next only when that is read: nothing piles up for a client that is slow.
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.body = readable;
    this.#writer = writable.getWriter();
    this.#writer.closed.then(this.#end, this.#end);
    this.#timer = setInterval(() => this.#heartbeat(), heartbeat);
    deps.stopping.addEventListener('abort', this.#end);
    void this.#run(from);
  }

  async #run(from: Position | null): Promise<void> {
    try {
      await this.#begin(from);
      while (await this.#isWanted()) {
        this.#doubt = false;
        const who = await this.#view.who();
        if (!who) break;
        if (this.#all) await this.#catchUp(who);
        if (this.#waiting.size > 0) await this.#sendWaiting(who);
        if (this.#beat) await this.#write(':\n\n');
        this.#beat = false;
      }
    } catch (error) {
      this.#deps.log({ level: 'error', event: 'stream-failed', ...describeError(error) });
    }
    this.#end();
  }

  async #begin(from: Position | null): Promise<void> {
    // Asked again, now that a session which ends is heard of.
    const who = await this.#view.who();
    if (!who) return this.#end();
    if (!from) await this.#skip(who);
    await this.#send('ready', '{}');
    if (from?.scope === this.#scope) await this.#catchUp(who);
    else if (from) await this.#reset(who);
  }

  /** Waits until there is something to do; `false` when the stream is over. */
  async #isWanted(): Promise<boolean> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        this.#ring = resolve;
      });
    }
    this.#woken = false;
    return !this.#over;
  }

  #take(tickets: readonly number[] | 'all'): void {
    if (tickets === 'all') this.#all = true;
    else if (tickets.length === 0) this.#doubt = true;
    else for (const ticket of tickets) if (this.#waiting.size <= mostMissed) this.#waiting.add(ticket);
    this.#wakeUp();
  }

  #heartbeat(): void {
    // Nobody has taken the last one up: the client does not read, or the database does not answer.
    if (this.#beat) {
      this.#end();
      this.#writer.abort().catch(() => {});
    }
    this.#beat = true;
    // Should hints ever get lost unnoticed, what they told of is only late.
    this.#all = true;
    this.#wakeUp();
  }

  #wakeUp(): void {
    this.#woken = true;
    this.#ring();
  }

  #end = (): void => {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#timer);
    this.#deps.stopping.removeEventListener('abort', this.#end);
    this.#leave();
    this.#wakeUp();
    this.#writer.close().catch(() => {});
  };

  async #catchUp(who: Who): Promise<void> {
    this.#all = false;
    const now = this.#now();
    const missed = (await this.#since(who, mostMissed + this.#sent.size)).filter(this.#isNew);
    if (missed.length > mostMissed) await this.#reset(who);
    else await this.#sendAll(missed, now);
  }

  async #sendWaiting(who: Who): Promise<void> {
    const ids = [...this.#waiting];
    if (ids.length > mostMissed) return this.#reset(who);
    this.#waiting.clear();
    const now = this.#now();
    const changed = await this.#view.tickets(who, ids);
    await this.#sendAll(changed.filter(this.#isNew), now);
  }

  /** Sends what was read at `now`, the longest unchanged first: who comes back from one of them misses none of the others. */
  async #sendAll(found: readonly Found[], now: number): Promise<void> {
    for (const [at, one] of found.entries()) {
      // What was read may hold no longer: the rest is read again.
      if (this.#doubt || this.#over) return found.slice(at).forEach(({ id }) => this.#waiting.add(id));
      this.#covered = Math.max(this.#covered, one.at);
      this.#remember(one);
      await this.#send('ticket', one.json);
    }
    this.#covered = Math.max(this.#covered, now);
  }

  async #reset(who: Who): Promise<void> {
    this.#waiting.clear();
    this.#sent.clear();
    await this.#skip(who);
    await this.#send('reset', '{}');
  }

  /** Begins now: what is there already, the client fetches. */
  async #skip(who: Who): Promise<void> {
    this.#covered = this.#now();
    for (const one of await this.#since(who, mostSent)) this.#remember(one);
  }

  /** What was or may have been committed since the last look. */
  #since(who: Who, limit: number): Promise<Found[]> {
    return this.#view.since(who, new Date(this.#covered - lookBack), limit);
  }

  #isNew = ({ id, print }: Found): boolean => this.#sent.get(id)?.print !== print;

  #remember({ id, at, print }: Found): void {
    // The newest last.
    this.#sent.delete(id);
    this.#sent.set(id, { id, at, print });
    const [oldest] = this.#sent.size > mostSent ? this.#sent.keys() : [];
    if (oldest !== undefined) this.#sent.delete(oldest);
  }

  async #send(event: 'ready' | 'ticket' | 'reset', data: string): Promise<void> {
    const position = { covered: this.#covered, scope: this.#scope, sent: [...this.#sent.values()] };
    const id = await this.#positions.seal(this.#owner, position);
    await this.#write(`event: ${event}\nid: ${id}\ndata: ${data}\n\n`);
  }

  /** Waits until the client has room. */
  async #write(text: string): Promise<void> {
    try {
      await this.#writer.ready;
      if (!this.#over) await this.#writer.write(this.#encoder.encode(text));
    } catch {
      // The client is gone.
      this.#end();
    }
  }

  #now(): number {
    return this.#deps.clock().getTime();
  }
}
