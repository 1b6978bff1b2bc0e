import type { ReactiveControllerHost } from 'lit';

import { announce } from '../../controllers/announcer.js';
import { CommandController } from '../../controllers/command-controller.js';
import type { DraftController } from '../../controllers/draft-controller.js';
import { Outbox } from '../../controllers/outbox.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import type { PortalController } from '../../controllers/portal-controller.js';
import type { MessageArgs, MessageKey } from '../../i18n/translate.js';
import type { Message, TicketDetail } from '../../model/index.js';
import { attachmentsOf } from '../files/files-part.js';
import { errorText, type Translate } from '../templates.js';

/** A change of a ticket's state that a customer may ask for. */
export type Move = 'close' | 'reopen';

export interface AnswerHost extends ReactiveControllerHost {
  readonly portal: PortalController;
  readonly localize: { readonly locale: string };
}

export interface AnswerDeps {
  readonly t: Translate;
  readonly draft: DraftController;
  /** Who has answered since the reader saw the thread last; they read it before theirs goes. */
  readonly answered: () => Promise<string | undefined>;
  /** The reply is stored. */
  readonly replied: (message: Message) => void;
  /** The ticket has another state. */
  readonly moved: (ticket: TicketDetail) => void;
}

/** What is wrong with what is written, for `Translate`. */
type Complaint = readonly [key: MessageKey, args?: MessageArgs];

const failed: Readonly<Record<'reply' | Move, MessageKey>> = {
  reply: 'reply.failed',
  close: 'detail.close-failed',
  reopen: 'detail.reopen-failed',
};
const done: Readonly<Record<Move, MessageKey>> = { close: 'detail.closed', reopen: 'detail.reopened' };

/** What somebody does with one ticket: replies, closes it, opens it again, or replies and closes it. One at a time. */
export class Answer {
  /** What is on its way, or the last that failed. */
  doing: 'reply' | Move = 'reply';
  readonly #id: string;
  readonly #host: AnswerHost;
  readonly #deps: AnswerDeps;
  readonly #command: CommandController;
  #complaint: Complaint | undefined;
  #isGiven = false;

  constructor(host: AnswerHost, id: string, deps: AnswerDeps) {
    this.#host = host;
    this.#id = id;
    this.#deps = deps;
    this.#command = new CommandController(host, host.portal);
  }

  get pending(): boolean {
    return this.#command.pending;
  }

  /** The last thing that was asked for has failed, and is asked for again. */
  get failed(): boolean {
    return !this.#complaint && this.#command.error !== undefined;
  }

  /** What was written before has been read. */
  get ready(): boolean {
    return this.#deps.draft.settled;
  }

  get text(): string {
    return this.#deps.draft.get('body');
  }

  set text(text: string) {
    this.#complaint = undefined;
    this.#deps.draft.set('body', text);
  }

  /** The words of a reply on its way: they stand in the thread, and no more in the box. */
  get sending(): string | undefined {
    return this.#isGiven ? this.text : undefined;
  }

  /** What keeps it from being done, in words. */
  get problem(): string | undefined {
    const { draft, t } = this.#deps;
    if (this.#complaint) return t(...this.#complaint);
    const { error } = this.#command;
    if (error) return t(failed[this.doing], { reason: errorText(t, error) });
    return draft.isUnsure && !this.pending ? t('reply.unsure') : undefined;
  }

  /** False when the reply cannot be sent as it is: `problem` says why. */
  check(): boolean {
    const { text } = this;
    if (!text.trim()) this.#complain('reply.empty');
    else if (text.length > this.#longest) this.#complain('reply.too-long', { count: this.#longest });
    else this.#complaint = undefined;
    return !this.#complaint;
  }

  /**
   * Sends what is in the box, unless somebody has answered meanwhile: then `problem` says so, and who sends again has read it.
   *
   * @param then what should follow the reply
   */
  async reply(then?: Move): Promise<void> {
    await this.#run(
      async (client) => {
        this.doing = 'reply';
        const name = await this.#deps.answered();
        if (name === undefined) return this.#reply(client);
        this.#complain('reply.answered', { name });
        return false;
      },
      ...(then ? [(client: PortalClient) => this.#move(client, then)] : []),
    );
  }

  /** Goes on with a reply that was on its way. */
  async goOn(): Promise<void> {
    await this.#run((client) => this.#reply(client));
  }

  async move(move: Move): Promise<void> {
    await this.#run((client) => this.#move(client, move));
  }

  /**
   * Of several steps the first may be done where a later one fails: who looks at the ticket is told in any case. A step that
   * is not done ends it.
   */
  async #run(...steps: ((client: PortalClient) => Promise<boolean>)[]): Promise<void> {
    const { client } = this.#host.portal;
    let hasChanged = false;
    await this.#command.run(async () => {
      for (const step of client ? steps : []) {
        if (!(await step(client as PortalClient))) return;
        hasChanged = true;
      }
    });
    if (hasChanged) client?.changed();
  }

  async #reply(client: PortalClient): Promise<boolean> {
    const { draft, t, replied } = this.#deps;
    const { place } = draft;
    const { locale } = this.#host.localize;
    // Whose session has ended meanwhile finds the words in the box.
    if (!place || place.scope !== client.draftScope) return false;
    this.doing = 'reply';
    this.#isGiven = true;
    this.#host.requestUpdate();
    try {
      const given = draft.give({ ticketId: this.#id, locale, input: { body: this.text, ...attachmentsOf(draft) } });
      const message = (await Outbox.of(client).send(place, given)) as Message;
      draft.clear(place);
      replied(message);
    } finally {
      this.#isGiven = false;
    }
    announce(t('reply.sent'), locale);
    return true;
  }

  async #move(client: PortalClient, move: Move): Promise<boolean> {
    this.doing = move;
    const { locale } = this.#host.localize;
    const ticket = await client.backend[move]?.(this.#id, { locale });
    if (!ticket) return false;
    this.#deps.moved(ticket);
    announce(this.#deps.t(done[move]), locale);
    return true;
  }

  #complain(...complaint: Complaint): void {
    this.#complaint = complaint;
    this.#host.requestUpdate();
  }

  get #longest(): number {
    return this.#host.portal.client?.portal?.limits.messageLength ?? Number.POSITIVE_INFINITY;
  }
}
