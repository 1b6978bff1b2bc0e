import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { type Draft, readDraft, saveDraft } from '../storage/draft-store.js';

const empty: Draft = { values: {}, idempotencyKey: null };

/**
 * Keeps what is typed in one place (a ticket's reply, the form) until it is sent: through reloads, errors, an ended
 * session and a change of language. The idempotency key belongs to the text, so that sending the same text again after
 * a lost answer writes it once.
 */
export class DraftController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #place: () => string | null;
  #key: string | null = null;
  #draft: Draft = empty;

  /** @param place names the portal, the contact and the place; `null` while there is nobody to keep a draft for. */
  constructor(host: ReactiveControllerHost, place: () => string | null) {
    this.#host = host;
    this.#place = place;
    host.addController(this);
  }

  hostUpdate(): void {
    const key = this.#place();
    if (key === this.#key) return;
    this.#key = key;
    this.#draft = (key && readDraft(key)) || empty;
  }

  get(name: string): string {
    return this.#draft.values[name] ?? '';
  }

  set(name: string, value: string): void {
    this.#save({ values: { ...this.#draft.values, [name]: value }, idempotencyKey: null });
  }

  /** The key of exactly this text: the same until a letter of it changes. */
  get idempotencyKey(): string {
    const key = this.#draft.idempotencyKey ?? crypto.randomUUID();
    if (!this.#draft.idempotencyKey) this.#save({ ...this.#draft, idempotencyKey: key });
    return key;
  }

  /** Names what is being sent, so that `clear` hits it even when the element shows another place by then. */
  get place(): string | null {
    return this.#key;
  }

  /** What was typed in a place has been sent. */
  clear(place: string | null): void {
    if (place) saveDraft(place, null);
    if (place === this.#key) this.#draft = empty;
    this.#host.requestUpdate();
  }

  #save(draft: Draft): void {
    this.#draft = draft;
    if (this.#key) saveDraft(this.#key, draft);
    this.#host.requestUpdate();
  }
}
