import { html, nothing, type PropertyValues } from 'lit';

import { CommandController } from '../../controllers/command-controller.js';
import { DraftController, draftPlace } from '../../controllers/draft-controller.js';
import type { PortalRoute } from '../../context/route-context.js';
import { Outbox } from '../../controllers/outbox.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { PortalTicketCreatedEvent } from '../../events/portal-ticket-created-event.js';
import type { SignedInContact, TicketDetail } from '../../model/index.js';
import more from '../../i18n/en.more.json';
import writing from '../../i18n/en.writing.json';
import { addEnglish } from '../../i18n/translate.js';
import { base } from '../../styles/base.styles.js';
import { field } from '../../styles/field.styles.js';
import { AboveKeyboard } from '../above-keyboard.js';
import { onPlainClick } from '../clicks.js';
import { attachmentsOf, FilesPart } from '../files/files-part.js';
import { PortalElement } from '../portal-element.js';
import { errorText, renderHeading } from '../templates.js';
import { AskedPart } from './asked-part.js';
import { FollowedTicket } from './followed-ticket.js';
import { form } from './support-form.styles.js';

type Name = 'subject' | 'message';
type Problem = 'empty' | 'too-long' | 'invalid';

const names = ['subject', 'message'] as const;
const subjectLength = 200;

addEnglish({ ...more, ...writing });

/**
 * Lets a signed-in customer open a ticket, and keeps what is typed until it is sent.
 * Put it at the end of an article, with the article's address, or let `<customer-portal>` show it.
 *
 * @fires {PortalTicketCreatedEvent} portal-ticket-created - A ticket was sent and stored.
 * @fires {PortalErrorEvent} portal-error - A request failed.
 *
 * @csspart heading - The heading of the form, or of the thanks.
 * @csspart form - The form.
 * @csspart article - The article that the ticket will be about.
 * @csspart followed - The ticket that the new one goes on with.
 * @csspart summary - The list of what is missing, above the fields.
 * @csspart problem - A link in it, to the field.
 * @csspart label - The label of a field.
 * @csspart field - A label with its field and what is wrong there.
 * @csspart input - A field; also the choice of what it is about, where the portal has several forms.
 * @csspart files-box - The files that go along, and the button for more.
 * @csspart files - The list of files that go along.
 * @csspart file - One of them.
 * @csspart file-preview - A small picture of it, where it is one.
 * @csspart file-name - The name of a file.
 * @csspart file-size - The size of a file.
 * @csspart file-progress - How much of it is on its way.
 * @csspart file-remove - The button that takes it back.
 * @csspart add-files - The button that chooses files.
 * @csspart files-limits - How many files may go along, and how large.
 * @csspart submit - The button that sends the form.
 * @csspart button-primary - The main button.
 * @csspart success - What is said once the ticket is stored.
 * @csspart ticket-link - The link to the new ticket.
 * @csspart another - The button that begins a new ticket.
 * @csspart signed-out - What is said when nobody is signed in.
 * @csspart unavailable - What is said when the portal takes no tickets.
 *
 * @cssprop [--portal-color-success=#2f855a] - Edge of the thanks.
 * @cssprop [--portal-form-width=var(--portal-thread-width)] - Greatest width of the form.
 * @cssprop [--portal-thread-width=70ch] - Greatest width of the thread, and of the form unless it has its own.
 *
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate unavailable - The portal takes no tickets.
 * @cssstate ready - The form is shown.
 * @cssstate sent - The ticket is stored.
 */
export class SupportFormElement extends PortalElement {
  static override styles = [base, field, form];
  static override properties = {
    articleUrl: { attribute: 'article-url' },
    articleTitle: { attribute: 'article-title' },
    followUp: { attribute: 'follow-up' },
  };

  /** Sends the address of an article along as the property `articleUrl`. */
  articleUrl = '';

  /** Sends the title of an article along as the property `articleTitle`, and shows it above the form. */
  articleTitle = '';

  /** Names by its id the ticket that the new one goes on with. */
  followUp = '';

  readonly #followed = new FollowedTicket(this);
  #problems: Partial<Record<Name, Problem>> = {};
  #created: TicketDetail | undefined;
  #place: string | null | undefined;
  readonly #command = new CommandController(this, this.portal);
  readonly #draft = new DraftController(
    this,
    // An article has a draft of its own: with another article the same text is another ticket.
    () => draftPlace(this.portal.client, `form:${this.#followed.named}${this.articleUrl}`),
    () => void this.#send(),
  );
  readonly #files = new FilesPart(this, this.#draft);
  readonly #asked = new AskedPart(this, this.#draft);

  constructor() {
    super();
    this.addController(new AboveKeyboard(this));
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const place = this.route.value?.place;
    if (place === this.#place) return;
    this.#place = place;
    // Who comes back to the form has another question.
    this.#created = undefined;
  }

  /**
   * The way through the portal around it.
   * @ignore
   */
  get way(): PortalRoute | undefined {
    return this.route.value;
  }

  /** Leaves the thanks and shows an empty form. */
  reset(): void {
    this.#created = undefined;
    this.#problems = {};
    this.requestUpdate();
  }

  protected override renderFor(client: PortalClient, contact: SignedInContact | null): unknown {
    if (!contact) return this.as('signed-out', html`<p part="signed-out">${this.t('form.signed-out')}</p>`);
    if (!client.supports('createTicket'))
      return this.as('unavailable', html`<p part="unavailable">${this.t('form.unavailable')}</p>`);
    // Both are asked for at once.
    const settled = [this.#asked.isSettled(client), this.#files.isSettled(client)];
    if (settled.includes(false)) return this.renderSkeleton();
    return this.#created
      ? this.as('sent', this.#renderSuccess(this.#created))
      : this.as('ready', this.#renderForm(client));
  }

  #renderForm(client: PortalClient): unknown {
    const { waiting } = this.#files;
    const pending = this.#command.pending || waiting;
    const isFixed = pending || !this.#draft.settled;
    const asked = this.#asked.value;
    return html`<form part="form" class="stack" novalidate @submit=${(event: Event) => this.#handleSubmit(event, client)}>
      ${renderHeading(this.headingLevel, this.t('form.heading'))}
      ${
        this.articleTitle
          ? html`<p class="meta" part="article">${this.t('detail.article')} <bdi>${this.articleTitle}</bdi></p>`
          : nothing
      }
      ${this.#followed.render()} ${this.#renderSummary(client)} ${asked?.renderChoice(isFixed)}
      <div part="field">
        <label part="label" for="subject">${this.t('form.subject')}</label>
        ${this.#renderProblem('subject', client)}
        <input part="input" id="subject" name="subject" dir="auto" autocomplete="off" .value=${this.#draft.get('subject')}
          ?readonly=${isFixed} aria-invalid=${'subject' in this.#problems} aria-describedby="subject-problem" @input=${this.#handleInput} />
      </div>
      <div part="field">
        <label part="label" for="message">${this.t('form.message')}</label>
        ${this.#renderProblem('message', client)}
        <textarea part="input" id="message" name="message" dir="auto" .value=${this.#draft.get('message')}
          ?readonly=${isFixed} aria-invalid=${'message' in this.#problems} aria-describedby="message-problem" @input=${this.#handleInput}></textarea>
        ${this.#files.render(client, this.#command.pending)}
      </div>
      ${asked?.renderFields(isFixed)}
      <button part="button button-primary submit" type="submit" aria-disabled=${pending}>
        ${this.t(waiting ? 'files.waiting' : pending ? 'reply.sending' : 'form.send')}
      </button>
    </form>`;
  }

  #renderSummary(client: PortalClient): unknown {
    const { error } = this.#command;
    const own = names.flatMap((id) => (this.#problems[id] ? { id, text: this.#problemText(id, client) } : []));
    const wrong = [...own, ...(this.#asked.value?.problems ?? [])];
    if (!wrong.length && !error) return nothing;
    return html`<div part="summary" tabindex="-1">
      <div role="alert">
        <div class="label" role="heading" aria-level=${this.headingLevel + 1}>${this.t('form.problem')}</div>
        ${wrong.length || !error ? nothing : html`<p part="error">${this.t('form.failed', { reason: errorText(this.t, error) })}</p>`}
        <ul role="list">
          ${wrong.map(
            ({ id, text }) =>
              html`<li><a part="problem" href="#${id}" @click=${(event: Event) => this.#handleJump(event, id)}>${text}</a></li>`,
          )}
        </ul>
      </div>
    </div>`;
  }

  #renderProblem(name: Name, client: PortalClient): unknown {
    const text = this.#problemText(name, client);
    return html`<p part="error" id="${name}-problem" ?hidden=${!text}>${text}</p>`;
  }

  #renderSuccess({ id, number }: TicketDetail): unknown {
    const route = this.route.value;
    return html`<div class="stack" part="success">
      ${renderHeading(this.headingLevel, this.t('form.sent', { number: `#${number}` }))}
      <p>${this.t('form.sent-more')}</p>
      <div class="bar">
        ${
          route
            ? html`<a part="button ticket-link" href=${route.href(id)} @click=${onPlainClick(() => route.go(id))}>${this.t('form.open')}</a>`
            : nothing
        }
        <button part="button button-plain another" type="button" @click=${this.#handleAnother}>${this.t('form.another')}</button>
      </div>
    </div>`;
  }

  #limit(name: Name, client: PortalClient): number {
    return name === 'subject' ? subjectLength : (client.portal?.limits.messageLength ?? Number.POSITIVE_INFINITY);
  }

  #problemText(name: Name, client: PortalClient): string | undefined {
    const problem = this.#problems[name];
    return problem && this.t(`form.${name}-${problem}`, { count: this.#limit(name, client) });
  }

  readonly #handleInput = (event: InputEvent): void => {
    const { name, value } = event.target as HTMLInputElement | HTMLTextAreaElement;
    this.#draft.set(name, value);
  };

  #handleJump(event: Event, id: string): void {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
  }

  readonly #handleAnother = async (): Promise<void> => {
    this.reset();
    await this.updateComplete;
    this.focus();
  };

  async #handleSubmit(event: Event, client: PortalClient): Promise<void> {
    event.preventDefault();
    this.#problems = {};
    for (const name of names) {
      const value = this.#valueOf(name);
      if (!value.trim()) this.#problems[name] = 'empty';
      else if (value.length > this.#limit(name, client)) this.#problems[name] = 'too-long';
    }
    this.#command.reset();
    const asked = this.#asked.value;
    asked?.check(event.target as HTMLFormElement);
    if (Object.keys(this.#problems).length || asked?.problems.length) return this.#showSummary();
    if (!(await this.#files.ready())) return;
    const done = await this.#send();
    await this.updateComplete;
    if (done) return this.focus();
    const refused = this.#command.error?.fields ?? [];
    asked?.refuse(refused);
    for (const { path } of refused) {
      if (names.includes(path as Name)) this.#problems[path as Name] = 'invalid';
    }
    await this.#showSummary();
  }

  /** As it is sent: a subject has no blanks around it. */
  readonly #valueOf = (name: Name): string =>
    name === 'subject' ? this.#draft.get(name).trim() : this.#draft.get(name);

  #send(): Promise<boolean> {
    const { client } = this.portal;
    const { place } = this.#draft;
    const [subject, message] = names.map(this.#valueOf) as [string, string];
    const { articleUrl, articleTitle } = this;
    const { id: followUp } = this.#followed;
    const { properties: given, ...asked } = this.#asked.value?.input ?? {};
    const properties = { ...given, ...(articleUrl && { articleUrl }), ...(articleTitle && { articleTitle }) };
    return this.#command.run(async () => {
      if (!client || !place) return;
      const { locale } = this.localize;
      const input = {
        subject,
        message,
        properties,
        ...asked,
        ...(followUp && { followUp }),
        ...attachmentsOf(this.#draft),
      };
      const given = this.#draft.give({ ticketId: null, locale, input });
      const created = (await Outbox.of(client).send(place, given)) as TicketDetail;
      this.#draft.clear(place);
      this.#created = created;
      this.dispatchEvent(new PortalTicketCreatedEvent(created.id, created.number));
      client.changed();
    });
  }

  async #showSummary(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[part=summary]')?.focus();
  }
}
