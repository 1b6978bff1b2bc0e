import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { type Draft, type DraftPlace, idOf, readDraft, saveDraft, type Sending } from '../storage/draft-store.js';
import { isFresh } from './outbox.js';
import type { PortalClient } from './portal-client.js';

/** Where the signed-in contact writes something; `null` while nobody is signed in. */
export function draftPlace(client: PortalClient | undefined, name: string): DraftPlace | null {
  const scope = client?.draftScope;
  return scope ? { scope, draftKey: client.draftKey, name } : null;
}

/** Milliseconds: some browsers leave a question to their storage without an answer, and nobody waits for that to write. */
const patience = 2000;

const newDraft = (): Draft => ({ values: {}, idempotencyKey: crypto.randomUUID() });

/**
 * Keeps what is typed in one place (a ticket's reply, the form) until it is sent: through reloads, crashes, errors, an ended
 * session and a change of language. The idempotency key belongs to the text, so that sending the same text again after
 * a lost answer, or from another tab, writes it once.
 */
export class DraftController implements ReactiveController {
  /** What was kept has been read; until then nobody should type. */
  settled = false;
  readonly #host: ReactiveControllerHost;
  readonly #find: () => DraftPlace | null;
  readonly #goOn: () => void;
  #place: DraftPlace | null | undefined;
  #draft = newDraft();

  /**
   * @param find `null` while there is nobody to keep a draft for
   * @param goOn sends what was being sent: the page went meanwhile, or the connection has come back
   */
  constructor(host: ReactiveControllerHost, find: () => DraftPlace | null, goOn: () => void = () => {}) {
    this.#host = host;
    this.#find = find;
    this.#goOn = goOn;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('online', this.#resume);
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#resume);
  }

  hostUpdate(): void {
    const place = this.#find();
    if (isSame(place, this.#place)) return;
    this.#place = place;
    this.#draft = newDraft();
    this.settled = !place;
    if (place) void this.#read(place);
  }

  /** Names what is being written, so that `clear` hits it even when the element shows another place by then. */
  get place(): DraftPlace | null {
    return this.#place ?? null;
  }

  /** The same for the same place, whenever that is. */
  get id(): string | null {
    return this.#place ? idOf(this.#place) : null;
  }

  get(name: string): string {
    return this.#draft.values[name] ?? '';
  }

  set(name: string, value: string): void {
    // Other words are another message.
    this.#draft = { ...newDraft(), values: { ...this.#draft.values, [name]: value } };
    this.#save();
  }

  /** It was given to be sent so long ago that nobody can say what became of it. */
  get isUnsure(): boolean {
    const { sending } = this.#draft;
    return !!sending && !isFresh(sending);
  }

  /**
   * What is written is given to be sent: the draft as it is kept until it is known what became of it. What was given before is
   * sent as it was then: a key is good for one input.
   */
  give(sending: Omit<Sending, 'at'>): Draft {
    this.#draft = { ...this.#draft, sending: { ...sending, ...this.#draft.sending, at: new Date().toISOString() } };
    return this.#draft;
  }

  /** What was typed in a place has been sent. */
  clear(place: DraftPlace | null): void {
    if (place) saveDraft(place, null);
    if (isSame(place, this.#place)) this.#draft = newDraft();
    this.#host.requestUpdate();
  }

  async #read(place: DraftPlace): Promise<void> {
    const timer = setTimeout(() => this.#settle(place), patience);
    const found = await readDraft(place);
    clearTimeout(timer);
    if (this.#place !== place) return;
    const typed = this.#draft;
    const isTyped = Object.keys(typed.values).length > 0;
    if (found) this.#draft = isTyped ? { ...typed, values: { ...found.values, ...typed.values } } : found;
    this.#settle(place);
    this.#resume();
  }

  #settle(place: DraftPlace): void {
    if (this.#place === place) this.settled = true;
    this.#host.requestUpdate();
  }

  #save(): void {
    const isEmpty = Object.values(this.#draft.values).every((value) => !value);
    if (this.#place) saveDraft(this.#place, isEmpty ? null : this.#draft);
    this.#host.requestUpdate();
  }

  /** Goes on with what was being sent, if it is young enough to be sent without asking. */
  readonly #resume = (): void => {
    const { sending } = this.#draft;
    if (sending && isFresh(sending)) this.#goOn();
  };
}

const isSame = (one: DraftPlace | null | undefined, other: DraftPlace | null | undefined): boolean =>
  one === other || (!!one && !!other && idOf(one) === idOf(other) && one.draftKey === other.draftKey);
