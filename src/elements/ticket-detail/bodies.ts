import type { ReactiveControllerHost } from 'lit';

import type { HtmlMessage } from '../../content/html-message.js';
import type { Message } from '../../model/index.js';
import { LatePart } from '../late-part.js';

/**
 * The HTML of the messages of a thread, each read once. The code for it comes with the first message that has any; where it
 * cannot be had, and for what it does not take, there is the text.
 */
export class Bodies {
  readonly #reader: LatePart<(html: string) => HtmlMessage | null>;
  readonly #known = new Map<string, { readonly html: string; readonly body: HtmlMessage | null }>();

  constructor(host: ReactiveControllerHost) {
    this.#reader = new LatePart(host, async () => (await import('../../content/html-message.js')).readHtml);
  }

  /** Resolves when `of` can answer for these messages: then nothing moves once they are shown. */
  async prepare(messages: readonly Message[]): Promise<void> {
    if (messages.some(({ html }) => html !== null)) await this.#reader.load();
  }

  of({ id, html }: Message): HtmlMessage | null {
    if (html === null) return null;
    const read = this.#reader.value;
    // A thread that was kept in the browser comes unprepared.
    if (!read && !this.#reader.settled) void this.#reader.load();
    if (!read) return null;
    const known = this.#known.get(id);
    if (known?.html === html) return known.body;
    const body = read(html);
    this.#known.set(id, { html, body });
    return body;
  }
}
