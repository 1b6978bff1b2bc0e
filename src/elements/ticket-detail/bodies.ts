import type { HtmlMessage, readHtml } from '../../content/html-message.js';
import type { Message } from '../../model/index.js';

/**
 * The HTML of the messages of a thread, each read once. The code for it comes with the first message that has any; where it
 * cannot be had, and for what it does not take, there is the text.
 */
export class Bodies {
  #read: typeof readHtml | undefined;
  readonly #known = new Map<string, { readonly html: string; readonly body: HtmlMessage | null }>();

  /** Resolves when `of` can answer for these messages. */
  async prepare(messages: readonly Message[]): Promise<void> {
    if (this.#read || messages.every(({ html }) => html === null)) return;
    this.#read = await import('../../content/html-message.js').then(
      (content) => content.readHtml,
      () => undefined,
    );
  }

  of({ id, html }: Message): HtmlMessage | null {
    if (html === null || !this.#read) return null;
    const known = this.#known.get(id);
    if (known?.html === html) return known.body;
    const body = this.#read(html);
    this.#known.set(id, { html, body });
    return body;
  }
}
