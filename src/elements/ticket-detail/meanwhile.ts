import type { QueryController } from '../../controllers/query-controller.js';
import type { Message, MessagePage } from '../../model/index.js';
import type { TicketDetailElement } from './ticket-detail-element.js';

/** Milliseconds that a reply waits to hear whether somebody has answered meanwhile. */
const patience = 3000;

export const idsOf = (messages: readonly Message[] = []): ReadonlySet<string> => new Set(messages.map(({ id }) => id));

/** The last that support has written, beside what is known. */
export const newAnswer = (messages: readonly Message[], known: ReadonlySet<string>): Message | undefined =>
  messages.findLast(({ id, author }) => author.side === 'support' && !known.has(id));

/** What is written to a ticket while its reader sends something. */
export class Meanwhile {
  readonly #host: TicketDetailElement;
  readonly #thread: QueryController<[string], MessagePage>;
  /** What was there when the reader sent. */
  #known: ReadonlySet<string> = new Set();

  constructor(host: TicketDetailElement, thread: QueryController<[string], MessagePage>) {
    this.#host = host;
    this.#thread = thread;
  }

  /** Who of the support staff has written what is not in the thread yet; it is then shown there. */
  async answered(ticket: string): Promise<string | undefined> {
    const { portal, localize } = this.#host;
    this.#known = idsOf(this.#thread.value?.items);
    const options = { locale: localize.locale, signal: AbortSignal.timeout(patience) };
    // Nobody's words are held back because this cannot be said now.
    const page = await portal.client?.backend.listMessages(ticket, {}, options).catch(() => undefined);
    const answer = page && newAnswer(page.items, this.#known);
    if (answer) await this.#thread.refresh();
    return answer?.author.name;
  }

  /** The reply on its way, until it is among the messages: they may hear of it before its sender does. */
  sendingBelow({ items }: MessagePage, sending: string | undefined, me: string): string | undefined {
    const isThere = items.some(
      ({ id, author, text }) => author.id === me && !this.#known.has(id) && text === sending?.trim(),
    );
    return isThere ? undefined : sending;
  }
}
