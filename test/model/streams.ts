import { isDeepStrictEqual } from 'node:util';

import type { Ticket } from '../../src/model/index.js';
import type { EventReader, SentEvent } from '../support/event-reader.js';
import type { Command } from './command.js';
import { Difference } from './difference.js';
import type { Player } from './player.js';
import { answerOf } from './player.js';
import type { Reference } from './reference.js';
import { type Shown, signedOut } from './reference-answers.js';

/** Milliseconds until an event that has not come counts as missing. */
const patience = 15_000;

interface Watch {
  readonly viewer: number;
  readonly reader: EventReader;
  /** What has come and was not looked at; `null` is the end. A client that did not read would be hung up on. */
  readonly heard: Heard;
  /** What makes up the viewer's view: with another one the stream ends. */
  readonly scope: string;
  /** How the stream has shown each ticket last, or how it was when the stream began. */
  readonly known: Map<number, string>;
  /** How each ticket was before the command. */
  before: ReadonlyMap<number, string>;
  /** What may come besides: visible, true at its time, and no news. */
  readonly idle: Map<number, Set<string>>;
}

/**
 * Open event streams and what has to come on them. A change of a ticket that the viewer sees comes at once; what changed
 * nothing that they see may come; anything else must not, and would be read before the next that has to.
 */
export class Streams {
  readonly #reference: Reference;
  readonly #player: Player;
  readonly #open = new Map<number, Watch>();

  constructor(reference: Reference, player: Player) {
    this.#reference = reference;
    this.#player = player;
  }

  /** Reads what the command, which has been carried out, brings on every stream. Returns how many events had to come. */
  async settle(what: string, command: Command): Promise<number> {
    const viewer = this.#reference.person(command.viewer);
    const touched = touchedBy(command, this.#reference);
    let events = 0;
    for (const watch of this.#open.values()) {
      const place = `${what}, then the stream of ${watch.viewer}`;
      if (this.#scopeOf(watch.viewer) !== watch.scope) await this.#ended(place, watch);
      else events += await this.#told(place, watch, touched);
    }
    if (command.type === 'hang-up') await this.#hangUp(viewer);
    if (command.type === 'stream') await this.#begin(what, viewer);
    return events;
  }

  /** For each stream a ticket that its viewer sees, where there is one. */
  audiences(): { readonly viewer: number; readonly ticket: number }[] {
    return [...this.#open.keys()].flatMap((viewer) => {
      const ticket = this.#tickets().find((one) => this.#reference.show(viewer, one));
      return ticket === undefined ? [] : [{ viewer, ticket }];
    });
  }

  async close(): Promise<void> {
    for (const viewer of this.#open.keys()) await this.#hangUp(viewer);
  }

  async #hangUp(viewer: number): Promise<void> {
    await this.#open.get(viewer)?.reader.close();
    this.#open.delete(viewer);
  }

  async #begin(what: string, viewer: number): Promise<void> {
    await this.#hangUp(viewer);
    const { events } = await this.#player.browser(viewer);
    if (!events) return;
    let reader: EventReader | null = null;
    const refusal = await answerOf(async () => {
      reader = await events();
    });
    const expected = this.#reference.maySignIn(viewer) ? null : signedOut;
    if (!isDeepStrictEqual(refusal, expected)) throw new Difference(what, expected, refusal);
    if (!reader) return;
    const known = this.#prints(viewer);
    const heard = listen(reader);
    const watch: Watch = {
      viewer,
      reader,
      heard,
      scope: this.#scopeOf(viewer),
      known: new Map(known),
      before: known,
      idle: new Map(),
    };
    this.#open.set(viewer, watch);
    const first = await this.#next(what, watch);
    if (first?.event !== 'ready') throw new Difference(what, 'ready', first);
  }

  /** Everything else must be idle talk; then the stream has to end. */
  async #ended(what: string, watch: Watch): Promise<void> {
    this.#open.delete(watch.viewer);
    for (let event = await this.#next(what, watch); event; event = await this.#next(what, watch)) {
      if (!this.#isIdle(watch, event.shown)) throw new Difference(what, 'the end', event);
    }
  }

  async #told(what: string, watch: Watch, touched: number | null): Promise<number> {
    const { viewer, known, before } = watch;
    const now = this.#prints(viewer);
    let events = 0;
    const print = touched === null ? undefined : now.get(touched);
    if (touched !== null && print !== undefined && print !== before.get(touched) && print !== known.get(touched)) {
      const shown = this.#reference.show(viewer, touched);
      for (;;) {
        const event = await this.#next(what, watch);
        if (isDeepStrictEqual(event?.shown, shown)) break;
        if (!this.#isIdle(watch, event?.shown)) throw new Difference(what, shown, event);
      }
      known.set(touched, print);
      events = 1;
    }
    for (const [ticket, print] of now) {
      if (ticket !== touched && known.get(ticket) === print) continue;
      const shown = JSON.stringify(this.#reference.show(viewer, ticket));
      watch.idle.set(ticket, (watch.idle.get(ticket) ?? new Set()).add(shown));
    }
    watch.before = now;
    return events;
  }

  #isIdle = ({ idle }: Watch, shown: Shown | null | undefined): boolean =>
    !!shown && (idle.get(shown.ticket)?.has(JSON.stringify(shown)) ?? false);

  async #next(what: string, { heard }: Watch) {
    const event = await heard.next();
    if (event === 'nothing') throw new Difference(what, 'something on the stream', event);
    if (!event) return null;
    const shown = event.event === 'ticket' ? (JSON.parse(event.data) as { ticket: Ticket }).ticket : null;
    return { event: event.event, shown: shown && this.#player.shown(shown) };
  }

  /** Tickets that the viewer sees. */
  #prints(viewer: number): Map<number, string> {
    return new Map(
      this.#tickets().flatMap((ticket) => {
        const print = this.#reference.print(viewer, ticket);
        return print === null ? [] : [[ticket, print] as const];
      }),
    );
  }

  #scopeOf = (viewer: number): string =>
    JSON.stringify([this.#reference.maySignIn(viewer), this.#reference.widened(viewer)]);

  #tickets = (): number[] => Array.from({ length: this.#reference.tickets }, (_, ticket) => ticket);
}

interface Heard {
  /** The next event; `null` at the end, `nothing` when none has come for long. */
  next(): Promise<SentEvent | null | 'nothing'>;
}

/** Reads on while nobody looks. */
function listen(reader: EventReader): Heard {
  const events: (SentEvent | null)[] = [];
  let ring = () => {};
  const reading = (async () => {
    for (let event = await reader.next(); event; event = await reader.next()) {
      events.push(event);
      ring();
    }
    events.push(null);
    ring();
  })();
  // Whoever looks next is told.
  reading.catch(() => ring());
  return {
    async next() {
      let timer: NodeJS.Timeout | undefined;
      if (events.length === 0) {
        const rung = new Promise<void>((resolve) => {
          ring = resolve;
          timer = setTimeout(resolve, patience);
        });
        await Promise.race([rung, reading]);
        clearTimeout(timer);
      }
      return events.length === 0 ? 'nothing' : (events.shift() ?? null);
    },
  };
}

/** The ticket whose streams are told to look, whether or not anything is new for them. */
function touchedBy(command: Command, reference: Reference): number | null {
  switch (command.type) {
    case 'create':
      return reference.tickets - 1;
    case 'reply':
    case 'answer':
    case 'status':
    case 'move':
    case 'remove':
    case 'parties':
      return reference.ticket(command.ticket);
    default:
      return null;
  }
}
