import { html, nothing } from 'lit';

import { announce } from '../../../controllers/announcer.js';
import type { TicketDetail } from '../../../model/index.js';
import { errorText } from '../../templates.js';
import type { TicketDetailElement } from '../ticket-detail-element.js';
import { TicketForm } from './ticket-form.js';

/** What is wrong with an address. */
type Fault = 'empty' | 'unknown';

/**
 * Brings a colleague into the ticket by their address. It says before what they will see; what is typed stays until they take
 * part, also through a reload.
 */
export class Colleague extends TicketForm {
  #isOpen = false;
  #fault: Fault | undefined;

  constructor(host: TicketDetailElement, id: string, changed: (ticket: TicketDetail) => void) {
    super(host, id, 'colleague', changed);
  }

  renderButton(ticket: TicketDetail): unknown {
    if (!this.#may(ticket) || this.#isShown) return nothing;
    return html`<button part="button button-plain add-colleague" type="button" @click=${this.#handleOpen}>${this.t('people.add')}</button>`;
  }

  renderForm(ticket: TicketDetail): unknown {
    if (!this.#may(ticket) || !this.#isShown) return nothing;
    const { pending } = this.command;
    const problem = this.#problem;
    return html`<form part="colleague-form" class="stack" novalidate @submit=${(event: Event) => void this.#handleSubmit(event, ticket)}>
      <div part="field">
        <label part="label" for="colleague">${this.t('people.email')}</label>
        <p class="meta" part="hint" id="colleague-hint">${this.t('people.hint')}</p>
        <input part="input" id="colleague" name="colleague" type="email" dir="ltr" autocomplete="off" .value=${this.#email} ?readonly=${pending}
          aria-invalid=${!!this.#fault} aria-describedby="colleague-hint colleague-problem" @input=${this.#handleInput} />
        <p part="error" id="colleague-problem" ?hidden=${!this.#fault}>${this.#fault ? this.t(`people.${this.#fault}`) : nothing}</p>
      </div>
      <p part="error" role="alert" ?hidden=${!problem}>${problem ?? nothing}</p>
      <div class="bar">
        <button part="button button-primary send-colleague" type="submit" aria-disabled=${pending}>${this.t(pending ? 'people.adding' : 'people.submit')}</button>
        <button part="button button-plain cancel-colleague" type="button" @click=${this.#handleCancel}>${this.t('details.cancel')}</button>
      </div>
    </form>`;
  }

  #may({ actions }: TicketDetail): boolean {
    return !!this.host.portal.client?.supports('addParticipant') && actions.includes('add-participant');
  }

  get #email(): string {
    return this.draft.get('email');
  }

  get #isShown(): boolean {
    return this.#isOpen || !!this.#email;
  }

  /** What keeps them from being added and is not the address, in words. */
  get #problem(): string | undefined {
    const { error } = this.command;
    return error && !this.#fault ? this.t('people.failed', { reason: errorText(this.t, error) }) : undefined;
  }

  async #refuse(fault: Fault): Promise<void> {
    this.#fault = fault;
    this.host.requestUpdate();
    await this.focus('#colleague');
  }

  #close(): void {
    this.#isOpen = false;
    this.#fault = undefined;
    this.draft.clear(this.draft.place);
    void this.focus('[part~=add-colleague]');
  }

  readonly #handleOpen = (): void => {
    this.#isOpen = true;
    this.host.requestUpdate();
    void this.focus('#colleague');
  };

  readonly #handleCancel = (): void => {
    this.command.reset();
    this.#close();
  };

  readonly #handleInput = ({ target }: Event): void => {
    this.#fault = undefined;
    this.command.reset();
    this.#isOpen = true;
    this.draft.set('email', (target as HTMLInputElement).value);
  };

  async #handleSubmit(event: Event, before: TicketDetail): Promise<void> {
    event.preventDefault();
    const email = this.#email.trim();
    if (!email) return this.#refuse('empty');
    this.#fault = undefined;
    const { client } = this.host.portal;
    const { locale } = this.host.localize;
    let joined: string | undefined;
    const done = await this.command.run(async () => {
      const ticket = await client?.backend.addParticipant?.(this.id, { email }, { locale });
      if (!ticket) return;
      joined = ticket.participants.find(({ id }) => before.participants.every((one) => one.id !== id))?.name;
      this.changed(ticket);
    });
    if (done) {
      announce(joined ? this.t('people.added', { name: joined }) : this.t('people.already'), locale);
      return this.#close();
    }
    if (this.command.error?.fields?.some(({ path }) => path === 'email')) await this.#refuse('unknown');
  }
}
