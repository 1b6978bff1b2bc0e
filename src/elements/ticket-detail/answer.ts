import type { ReactiveControllerHost } from 'lit';

import { announce } from '../../controllers/announcer.js';
import { CommandController } from '../../controllers/command-controller.js';
import type { DraftController } from '../../controllers/draft-controller.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import type { PortalController } from '../../controllers/portal-controller.js';
import type { MessageKey } from '../../i18n/translate.js';
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
  /** The reply is stored. */
  readonly replied: (message: Message) => void;
  /** The ticket has another state. */
  readonly moved: (ticket: TicketDetail) => void;
}

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
  #complaint: 'reply.empty' | 'reply.too-long' | undefined;

  constructor(host: AnswerHost, id: string, deps: AnswerDeps) {
    this.#host = host;
    this.#id = id;
    this.#deps = deps;
    this.#command = new CommandController(host, host.portal);
  }

  get pending(): boolean {
    return this.#command.pending;
  }

  get text(): string {
    return this.#deps.draft.get('body');
  }

  set text(text: string) {
    this.#complaint = undefined;
    this.#deps.draft.set('body', text);
  }

  /** What keeps it from being done, in words. */
  get problem(): string | undefined {
    const { t } = this.#deps;
    if (this.#complaint) return t(this.#complaint, { count: this.#longest });
    const { error } = this.#command;
    return error && t(failed[this.doing], { reason: errorText(t, error) });
  }

  /** False when the reply cannot be sent as it is: `problem` says why. */
  check(): boolean {
    const { text } = this;
    this.#complaint = text.trim() ? (text.length > this.#longest ? 'reply.too-long' : undefined) : 'reply.empty';
    this.#host.requestUpdate();
    return !this.#complaint;
  }

  async reply(then?: Move): Promise<void> {
    await this.#run(
      (client) => this.#reply(client),
      ...(then ? [(client: PortalClient) => this.#move(client, then)] : []),
    );
  }

  async move(move: Move): Promise<void> {
    await this.#run((client) => this.#move(client, move));
  }

  /** Of several steps the first may be done where a later one fails: who looks at the ticket is told in any case. */
  async #run(...steps: ((client: PortalClient) => Promise<void>)[]): Promise<void> {
    const { client } = this.#host.portal;
    let hasChanged = false;
    await this.#command.run(async () => {
      for (const step of client ? steps : []) {
        await step(client as PortalClient);
        hasChanged = true;
      }
    });
    if (hasChanged) client?.changed();
  }

  async #reply(client: PortalClient): Promise<void> {
    this.doing = 'reply';
    const { draft, t, replied } = this.#deps;
    const { place, idempotencyKey } = draft;
    const { locale } = this.#host.localize;
    const input = { body: this.text, ...attachmentsOf(draft) };
    const message = await client.backend.reply?.(this.#id, input, { idempotencyKey, locale });
    if (!message) return;
    draft.clear(place);
    replied(message);
    announce(t('reply.sent'), locale);
  }

  async #move(client: PortalClient, move: Move): Promise<void> {
    this.doing = move;
    const { locale } = this.#host.localize;
    const ticket = await client.backend[move]?.(this.#id, { locale });
    if (!ticket) return;
    this.#deps.moved(ticket);
    announce(this.#deps.t(done[move]), locale);
  }

  get #longest(): number {
    return this.#host.portal.client?.portal?.limits.messageLength ?? Number.POSITIVE_INFINITY;
  }
}
