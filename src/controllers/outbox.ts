import { BackendError } from '../backend/backend-error.js';
import type { PortalBackend } from '../backend/portal-backend.js';
import type { Message, NewMessage, NewTicket, TicketDetail } from '../model/index.js';
import {
  type Draft,
  type DraftPlace,
  idOf,
  readDraft,
  readDrafts,
  saveDraft,
  type Sending,
  writeDrafts,
} from '../storage/draft-store.js';
import { type PortalClient, toBackendError } from './portal-client.js';

/** What became of something that was sent. */
export type Arrived = Message | TicketDetail;

/** Milliseconds in which something is sent by itself; servers know a key twice as long. */
const freshness = 24 * 3_600_000;
/** The rules of trying again: so often, so many milliseconds apart, twice as many each time, and in all. */
const attempts = 5;
const firstWait = 500;
const longestWait = 30_000;
const longestTime = 120_000;
/** Nobody has said no, and a server knows by the key what it has taken already. */
const passing = /^(offline|timeout|unavailable|rate-limited|conflict)$/;

const outboxes = new WeakMap<PortalClient, Outbox>();

/** True when something was given to be sent lately enough to be sent without asking. */
export const isFresh = ({ at }: Sending): boolean => Date.now() - Date.parse(at) < freshness;

/**
 * Sends what was written, once, whatever happens to the page meanwhile: it is written down before it is sent, tried again under
 * its one key while nobody has said no, and forgotten when it has arrived. What was on its way when a page went is sent by the
 * next one, wherever in the portal that is.
 */
export class Outbox {
  /** The one outbox of a client. */
  static of(client: PortalClient): Outbox {
    const outbox = outboxes.get(client) ?? new Outbox(client);
    outboxes.set(client, outbox);
    return outbox;
  }

  readonly #client: PortalClient;
  /** By place and key. */
  readonly #onItsWay = new Map<string, Promise<Arrived>>();

  private constructor(client: PortalClient) {
    this.#client = client;
    addEventListener('online', () => void this.goOn());
  }

  /**
   * Sends a draft; joins who sends the same already.
   *
   * @param draft was given to be sent: it has `sending`
   * @throws BackendError when it was refused, and when it could not be sent now: then it is kept to be sent
   */
  send(place: DraftPlace, draft: Draft): Promise<Arrived> {
    const id = `${idOf(place)} ${draft.idempotencyKey}`;
    const found = this.#onItsWay.get(id);
    if (found) return found;
    const arriving = this.#send(place, draft).finally(() => this.#onItsWay.delete(id));
    this.#onItsWay.set(id, arriving);
    return arriving;
  }

  /** Resolves when what is on its way now has arrived, or was given up. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#onItsWay.values());
  }

  /** Sends what was on its way when a page went, or the connection. */
  async goOn(): Promise<void> {
    const { draftScope: scope, draftKey } = this.#client;
    if (!scope || !draftKey) return;
    for (const { name, draft } of await readDrafts(scope, draftKey)) {
      const place = { scope, draftKey, name };
      if (!draft.sending || !isFresh(draft.sending) || !(await isStill(place, draft))) continue;
      // Whoever looks at the place is told what is wrong; it stays there.
      const arrived = await this.send(place, draft).catch(() => undefined);
      if (arrived) this.#client.changed();
    }
  }

  async #send(place: DraftPlace, draft: Draft): Promise<Arrived> {
    saveDraft(place, draft);
    await writeDrafts();
    try {
      const arrived = await this.#deliver(place, draft);
      if (await isStill(place, draft)) saveDraft(place, null);
      return arrived;
    } catch (error) {
      const failure = toBackendError(error);
      const { sending: _, ...refused } = draft;
      // Who signs in again has not been refused; everything else would be refused again.
      const isRefused = !passing.test(failure.code) && !isSignIn(failure);
      if (isRefused && (await isStill(place, draft))) saveDraft(place, refused);
      throw failure;
    } finally {
      await writeDrafts();
    }
  }

  async #deliver(place: DraftPlace, draft: Draft): Promise<Arrived> {
    const end = performance.now() + longestTime;
    for (let attempt = 1; ; attempt++) {
      try {
        // Another contact has signed in here meanwhile: nobody sends in their name what they have not written.
        if (this.#client.draftScope !== place.scope) throw new BackendError('unavailable');
        return await write(this.#client.backend, draft);
      } catch (error) {
        const failure = toBackendError(error);
        const wait = failure.retryAfter
          ? failure.retryAfter * 1000
          : Math.random() * Math.min(firstWait * 2 ** (attempt - 1), longestWait);
        const isHopeless = !passing.test(failure.code) || !navigator.onLine || performance.now() + wait >= end;
        if (isHopeless || attempt === attempts) throw failure;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
}

/** Nobody has written anything else there meanwhile, or signed out. */
const isStill = async (place: DraftPlace, { idempotencyKey }: Draft): Promise<boolean> =>
  (await readDraft(place))?.idempotencyKey === idempotencyKey;

const isSignIn = ({ code }: BackendError): boolean => code === 'unauthenticated' || code === 'session-expired';

async function write(backend: PortalBackend, { idempotencyKey, sending }: Draft): Promise<Arrived> {
  if (!sending) throw new TypeError('it was not given to be sent');
  const { ticketId, input, locale } = sending;
  const options = { idempotencyKey, locale };
  const arrived = await (ticketId === null
    ? backend.createTicket?.(input as NewTicket, options)
    : backend.reply?.(ticketId, input as NewMessage, options));
  if (!arrived) throw new TypeError('the backend takes nothing of this kind');
  return arrived;
}
