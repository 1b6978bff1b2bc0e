import { html, nothing, type PropertyValues } from 'lit';

import { announce } from '../../controllers/announcer.js';
import { CommandController } from '../../controllers/command-controller.js';
import { DraftController, draftPlace } from '../../controllers/draft-controller.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { QueryController } from '../../controllers/query-controller.js';
import { PortalReplySentEvent } from '../../events/portal-reply-sent-event.js';
import { formPlace } from '../../context/route-context.js';
import type { Message, MessagePage, SignedInContact, TicketDetail } from '../../model/index.js';
import more from '../../i18n/en.more.json';
import writing from '../../i18n/en.writing.json';
import { addEnglish } from '../../i18n/translate.js';
import { base } from '../../styles/base.styles.js';
import { status } from '../../styles/status.styles.js';
import { field } from '../../styles/field.styles.js';
import { AboveKeyboard } from '../above-keyboard.js';
import { FilesPart } from '../files/files-part.js';
import { PortalElement } from '../portal-element.js';
import { renderAsOf, renderFailure, renderHeading, renderKept } from '../templates.js';
import { LatePart } from '../late-part.js';
import { Answer, type Move } from './answer.js';
import { Bodies } from './bodies.js';
import { Download } from './download.js';
import { renderHead } from './head.js';
import type { More } from './more/more.js';
import { idsOf, Meanwhile, newAnswer } from './meanwhile.js';
import { needsMore } from './needs-more.js';
import { PointedMessage } from './pointed-message.js';
import { readThread } from './read-thread.js';
import { renderReply } from './reply.js';
import { renderThread } from './thread.js';
import { detail } from './ticket-detail.styles.js';

addEnglish({ ...more, ...writing });

/**
 * Shows one ticket: its thread, its files, why the customer sees it, and a box to reply.
 * Set `ticket-id` on a page of your own, or let `<customer-portal>` open it.
 *
 * @fires {PortalReplySentEvent} portal-reply-sent - A reply was sent and stored.
 * @fires {PortalErrorEvent} portal-error - A request failed.
 *
 * @csspart heading - The ticket's subject.
 * @csspart as-of - Until when the thread is complete, while the help desk behind the portal does not answer.
 * @csspart why - Why the reader sees the ticket.
 * @csspart number - The number of the ticket.
 * @csspart meta - Lines of less important text: number and reason, author and time.
 * @csspart status - The status of the ticket, with its shape.
 * @csspart status-open - The same, when support has to act.
 * @csspart status-waiting-on-contact - The same, when the customer has to act.
 * @csspart status-closed - The same, when nobody has to act.
 * @csspart facts - The line below the subject.
 * @csspart turn - The mark "Your turn".
 * @csspart article - The link to the article that the ticket is about.
 * @csspart properties - The properties of the ticket that have a value.
 * @csspart property - One of them: its name and its value.
 * @csspart property-name - What it is called.
 * @csspart property-value - What it holds.
 * @csspart edit-details - The button that opens the form of the properties.
 * @csspart details-form - The form of the properties.
 * @csspart details-fields - The fields of that form.
 * @csspart save-details - The button that stores them.
 * @csspart cancel-details - The button that leaves them as they were.
 * @csspart changes - The buttons that open the two forms: of the properties, and of a colleague.
 * @csspart add-colleague - The button that opens the form of a colleague.
 * @csspart colleague-form - The form that brings a colleague into the ticket.
 * @csspart send-colleague - The button that does so.
 * @csspart cancel-colleague - The button that leaves it.
 * @csspart people - Who else takes part in the ticket.
 * @csspart person - The name of one of them.
 * @csspart ties - The tickets that this one goes on with, or that go on with it.
 * @csspart tie - The link to one of them.
 * @csspart follow-up-offer - The way on from a closed ticket.
 * @csspart follow-up - The link to the form of a follow-up.
 * @csspart earlier - The button that loads earlier messages.
 * @csspart thread - The list of messages.
 * @csspart message - One message.
 * @csspart message-contact - A message of a customer.
 * @csspart message-own - A message of the reader.
 * @csspart message-support - A message of the support staff.
 * @csspart message-system - A message that nobody wrote by hand.
 * @csspart message-sending - A reply on its way.
 * @csspart author - Who wrote a message.
 * @csspart message-head - Who wrote a message, and when.
 * @csspart time - When a message or a change was.
 * @csspart text - What is written in a message.
 * @csspart text-link - An address in a message.
 * @csspart html - A message that came as HTML. What is inside stands in a shadow root of its own.
 * @csspart images - Says that images of the web are not shown.
 * @csspart show-images - The button that shows them.
 * @csspart quote - The history below a message, folded.
 * @csspart quote-toggle - What unfolds it.
 * @csspart quote-text - The history itself.
 * @csspart new - Stands before the first message since the last visit.
 * @csspart message-linked - The message that the page's address names.
 * @csspart permalink - The time of a message, as a link to it.
 * @csspart event - A change of status, between messages.
 * @csspart attachments - The files of a message.
 * @csspart attachment - The button that downloads a file.
 * @csspart file-size - The size of a file.
 * @csspart file-name - The name of a file.
 * @csspart rating - What the reader thinks of the help, or is asked to.
 * @csspart rating-choice - The choice of an answer, with its question.
 * @csspart rating-steps - The answers that there are.
 * @csspart rating-step - One of them.
 * @csspart send-rating - The button that sends the answer.
 * @csspart rated - The answer that was given.
 * @csspart rating-comment - What was written with it.
 * @csspart change-rating - The button that asks again.
 * @csspart keep-rating - The button that leaves the answer as it was.
 * @csspart form - The form of the reply.
 * @csspart label - The label of a field, and the question about the help.
 * @csspart field - A field with its label and hint, such as the reply box.
 * @csspart hint - Who will see the reply or the answer, what it changes, and what a colleague will see.
 * @csspart input - The reply box, and any other field.
 * @csspart files-box - The files that go along, and the button for more.
 * @csspart files - The list of files that go along.
 * @csspart file - One of them.
 * @csspart file-preview - A small picture of it, where it is one.
 * @csspart file-progress - How much of it is on its way.
 * @csspart file-remove - The button that takes it back.
 * @csspart add-files - The button that chooses files.
 * @csspart files-limits - How many files may go along, and how large.
 * @csspart submit - The button that sends the reply.
 * @csspart move - The button that closes the ticket or opens it again.
 * @csspart keys - Which keys send the reply.
 * @csspart button-primary - The main button.
 * @csspart not-found - What is said when there is no such ticket for this customer.
 * @csspart signed-out - What is said when nobody is signed in.
 *
 * @cssprop [--portal-color-turn=var(--portal-color-accent)] - Behind the mark "Your turn".
 * @cssprop [--portal-color-on-turn=var(--portal-color-on-accent)] - Text of that mark.
 * @cssprop [--portal-turn-radius=1em] - Corners of that mark.
 * @cssprop [--portal-color-warning=#b45309] - Says that what is shown may be old.
 * @cssprop [--portal-color-own=var(--portal-color-line)] - Edge of messages of the reader.
 * @cssprop [--portal-color-support=var(--portal-color-accent)] - Edge of messages of the support staff.
 * @cssprop [--portal-thread-width=70ch] - Greatest width of the thread, and of the form unless it has its own.
 * @cssprop [--portal-thread-gap=24px] - Space between messages.
 * @cssprop [--portal-icon-attachment='↓'] - What stands before a file, a value of `content`.
 *
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate not-found - There is no such ticket for this customer.
 * @cssstate ready - The ticket is shown.
 */
export class TicketDetailElement extends PortalElement {
  static override styles = [base, status, field, detail];
  static override properties = { ticketId: { attribute: 'ticket-id' } };

  /** Chooses the ticket by its id. */
  ticketId = '';

  readonly #ticket = new QueryController<[string], TicketDetail>(this, {
    args: () => (this.#id ? [this.#id] : null),
    about: () => this.#id,
    keep: ([id]) => `ticket:${id}`,
    ask: async (backend, [id], options) => {
      // Where tickets may be changed, nearly each has something of it.
      if (this.portal.client?.supports('edit')) void this.#more.load();
      const ticket = await backend.getTicket(id, options);
      // Nothing moves once it is shown.
      if (needsMore(ticket)) await this.#more.load();
      return ticket;
    },
  });
  readonly #thread = new QueryController<[string], MessagePage>(this, {
    args: () => (this.#id ? [this.#id] : null),
    about: () => this.#id,
    keep: ([id]) => `thread:${id}`,
    ask: async (backend, [id], options, last) => {
      const prepared = this.#files.prepare(this.portal.client);
      const page = await readThread(backend, id, options, last, this.#pointed.id);
      await prepared;
      await this.#bodies.prepare(page.items);
      this.#announceReplies(page, last);
      return page;
    },
  });
  readonly #pointed = new PointedMessage(this, () => this.route.value);
  readonly #draft = new DraftController(
    this,
    () => (this.#id ? draftPlace(this.portal.client, `ticket:${this.#id}`) : null),
    () => void this.#answer.goOn(),
  );
  readonly #files = new FilesPart(this, this.#draft);
  /** New ones for each ticket: a reply on its way to another ticket says nothing about this one. */
  #answer = this.#answerTo('');
  #earlier = new CommandController(this, this.portal);
  #download = new Download(this);
  #shown = '';
  readonly #more = new LatePart<More>(this, async () => {
    const { More } = await import('./more/more.js');
    return new More(this, (ticket) => this.#show(ticket));
  });
  #bodies = new Bodies(this);
  #images: ReadonlySet<string> = new Set();
  /** Until when it had been read when it was opened. */
  #visitedAt: string | null | undefined;
  #marked: TicketDetail | undefined;
  readonly #meanwhile = new Meanwhile(this, this.#thread);

  constructor() {
    super();
    this.addController(new AboveKeyboard(this));
  }

  get #id(): string {
    const place = this.route.value?.place ?? '';
    return this.ticketId || (formPlace.test(place) ? '' : place);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.#ticket.value?.id === this.#id) this.#visitedAt ??= this.#ticket.value.readAt;
    // What is under way is of one contact and one ticket.
    const shown = `${this.portal.client?.contact?.id} ${this.#id}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#bodies = new Bodies(this);
    this.#images = new Set();
    this.#visitedAt = undefined;
    this.#answer = this.#answerTo(this.#id);
    this.#earlier = new CommandController(this, this.portal);
    this.#download = new Download(this);
  }

  protected override update(changed: PropertyValues): void {
    const box = this.shadowRoot?.activeElement?.closest('textarea');
    const { bottom = 0, top = 0 } = box?.getBoundingClientRect() ?? {};
    super.update(changed);
    // Who writes keeps in sight what is written, whatever comes above it.
    if (box && bottom > 0 && top < innerHeight) box.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#ticket.value?.unread && this.#thread.value && !document.hidden) void this.#markRead(this.#ticket.value);
  }

  /** Focuses the heading, or the message that the page's address names. */
  override focus(): void {
    const { element } = this.#pointed;
    if (element) element.focus();
    else super.focus();
  }

  /** Asks for the ticket again; what is shown stays until the answer is there. */
  async refresh(): Promise<void> {
    await Promise.all([this.#ticket.refresh(), this.#thread.refresh()]);
  }

  protected override renderFor(client: PortalClient, contact: SignedInContact | null): unknown {
    if (!contact) return this.as('signed-out', html`<p part="signed-out">${this.t('detail.signed-out')}</p>`);
    const ticket = this.#ticket.value;
    const messages = this.#thread.value;
    const error = this.#ticket.error ?? this.#thread.error;
    const retry = () => void this.refresh();
    if (error?.code === 'not-found') return this.as('not-found', this.#renderNotFound());
    if (!this.#id) return this.as('not-found', nothing);
    if (!ticket || !messages) return error ? this.renderFailed(error, retry) : this.renderSkeleton();
    const more = this.#moreFor(ticket);
    return this.as(
      'ready',
      html`${renderHead(ticket, { t: this.t, locale: this.localize.locale, level: this.headingLevel })} ${more?.renderHead(ticket, this.route.value)} ${error ? renderFailure(this.t, error, retry) : nothing}
        ${renderAsOf(this.t, this.localize.locale, messages.asOf)}${renderKept(this.t, this.localize.locale, this.#thread.keptAt)} ${this.#renderEarlier(messages)}
        ${renderThread(messages.items, {
          t: this.t,
          locale: this.localize.locale,
          contactId: contact.id,
          download: client.supports('download') ? this.#download.start : undefined,
          file: this.#download.file,
          bodies: this.#bodies,
          images: this.#images,
          showImages: this.#handleImages,
          load: client.supports('download')
            ? (file) => Promise.resolve(client.backend.download?.(file.id)).catch(() => undefined)
            : undefined,
          visitedAt: this.#visitedAt ?? null,
          href: this.#pointed.href,
          point: this.#pointed.point,
          target: this.#pointed.id,
          sending: this.#meanwhile.sendingBelow(messages, this.#answer.sending, contact.id),
          failure: this.#download.renderFailure(),
        })}
        ${more?.renderBelow(ticket)} ${this.#renderReply(client, ticket)} ${more?.renderLast(ticket, this.route.value)}`,
    );
  }

  #renderNotFound(): unknown {
    return html`<div class="stack" part="not-found">
      ${renderHeading(this.headingLevel, this.t('detail.not-found'))}
      <p>${this.t('error.not-found')}</p>
    </div>`;
  }

  #renderEarlier({ previousCursor }: MessagePage): unknown {
    const { pending, error } = this.#earlier;
    if (!previousCursor) return nothing;
    if (error) return renderFailure(this.t, error, this.#handleEarlier);
    return html`<button part="button earlier" type="button" aria-disabled=${pending} @click=${this.#handleEarlier}>
      ${this.t(pending ? 'loading' : 'detail.earlier')}
    </button>`;
  }

  #moreFor(ticket: TicketDetail): More | undefined {
    // A ticket that was kept in the browser comes without it.
    if (needsMore(ticket) && !this.#more.settled) void this.#more.load();
    return this.#more.value;
  }

  #renderReply(client: PortalClient, ticket: TicketDetail): unknown {
    const may = (action: 'reply' | Move) => client.supports(action) && ticket.actions.includes(action);
    const canReply = may('reply');
    const move = may('close') ? 'close' : may('reopen') ? 'reopen' : undefined;
    if (!canReply && !move) return nothing;
    const box = { t: this.t, ticket, answer: this.#answer, files: this.#files, client };
    return renderReply({ ...box, canReply, move, send: this.#handleSend });
  }

  /** Says once who of the support staff has written while the thread was open. */
  #announceReplies({ items }: MessagePage, last: MessagePage | undefined): void {
    const reply = last && newAnswer(items, idsOf(last.items));
    if (reply) announce(this.t('detail.new-reply', { name: reply.author.name }), this.localize.locale);
  }

  #answerTo(id: string): Answer {
    return new Answer(this, id, {
      t: this.t,
      draft: this.#draft,
      answered: () => this.#meanwhile.answered(id),
      replied: (message) => {
        const thread = this.#thread.value;
        const isThere = thread?.items.some((one) => one.id === message.id);
        if (thread && !isThere && id === this.#id) this.#thread.patch({ ...thread, items: [...thread.items, message] });
        this.dispatchEvent(new PortalReplySentEvent(id, message.id));
      },
      moved: (ticket) => this.#show(ticket),
    });
  }

  /** What was done to a ticket has made it this one. */
  #show(ticket: TicketDetail): void {
    if (ticket.id === this.#id) this.#ticket.patch(ticket);
  }

  async #markRead(ticket: TicketDetail): Promise<void> {
    const { client } = this.portal;
    if (this.#marked === ticket || !client?.supports('markRead')) return;
    this.#marked = ticket;
    try {
      await client.backend.markRead?.(ticket.id);
      client.changed(this.portal);
    } catch {
      // It stays unread and is marked the next time that it is shown; nobody waits for it.
    }
  }

  readonly #handleEarlier = async (): Promise<void> => {
    const before = this.#thread.value;
    const cursor = before?.previousCursor;
    if (!cursor) return;
    await this.#earlier.run(async () => {
      const { locale } = this.localize;
      const page = await this.portal.client?.backend.listMessages(this.#id, { before: cursor }, { locale });
      if (page) await this.#bodies.prepare(page.items);
      // A refresh may have been faster; its messages stand.
      if (!page || this.#thread.value !== before) return;
      this.#thread.patch({ ...before, items: [...page.items, ...before.items], previousCursor: page.previousCursor });
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[data-message]')?.focus();
      announce(this.t('detail.earlier-shown', { count: page.items.length }), locale);
    });
  };

  readonly #handleSend = async (then?: Move): Promise<void> => {
    const answer = this.#answer;
    if (!answer.check()) this.renderRoot.querySelector('textarea')?.focus();
    else if (await this.#files.ready()) await answer.reply(then);
  };

  readonly #handleImages = ({ id }: Message): void => {
    this.#images = new Set([...this.#images, id]);
    this.requestUpdate();
  };
}
