import { html, nothing } from 'lit';

import type { TicketDetail } from '../../../model/index.js';
import { errorText } from '../../templates.js';
import type { TicketDetailElement } from '../ticket-detail-element.js';
import { TicketForm } from './ticket-form.js';

/** From worst to best. */
const steps = [1, 2, 3, 4, 5] as const;

/**
 * Asks how good the help was, once a ticket is closed, and shows what was answered. Sent by a button, never by choosing; what
 * is chosen and written stays until then, also through a reload.
 */
export class Rating extends TicketForm {
  #isTooLong = false;

  constructor(host: TicketDetailElement, id: string, changed: (ticket: TicketDetail) => void) {
    super(host, id, 'rating', changed);
  }

  render(ticket: TicketDetail): unknown {
    const { client } = this.host.portal;
    const may = !!client?.supports('rate') && ticket.actions.includes('rate');
    if (may && (ticket.rating === null || this.#chosen)) return this.#renderForm(ticket);
    return ticket.rating === null ? nothing : this.#renderRated(ticket, may);
  }

  #renderRated({ rating, ratingComment }: TicketDetail, may: boolean): unknown {
    const { t } = this;
    const step = steps.find((one) => one === rating);
    return html`<div part="rating">
      <p part="rated" tabindex="-1"><span part="label">${t('rating.question')}</span> <b>${step ? t(`rating.${step}`) : rating}</b></p>
      ${ratingComment ? html`<p class="meta" part="rating-comment" dir="auto">${ratingComment}</p>` : nothing}
      <div class="bar">
        <span class="meta" part="hint">${t('rating.hint')}</span>
        ${may ? html`<button part="button button-plain change-rating" type="button" @click=${() => void this.#change(rating, ratingComment)}>${t('rating.change')}</button>` : nothing}
      </div>
    </div>`;
  }

  #renderForm(ticket: TicketDetail): unknown {
    const { t } = this;
    const { pending } = this.command;
    const chosen = this.#chosen;
    return html`<form part="rating" class="stack" novalidate @submit=${this.#handleSubmit}>
      <fieldset part="rating-choice" role="radiogroup" aria-describedby="rating-hint">
        <legend part="label" class="label">${t('rating.question')}</legend>
        <p class="meta" part="hint" id="rating-hint">${t('rating.hint')}</p>
        <div part="rating-steps">
          ${steps.map(
            (step) => html`<label part="rating-step">
              <input type="radio" name="rating" .value=${String(step)} .checked=${chosen === String(step)} ?disabled=${pending} @change=${this.#handleInput} />
              <span>${t(`rating.${step}`)}</span>
            </label>`,
          )}
        </div>
      </fieldset>
      ${chosen ? this.#renderRest(ticket, pending) : nothing}
    </form>`;
  }

  /** Comes with the choice, so that a closed ticket asks one short question. */
  #renderRest(ticket: TicketDetail, pending: boolean): unknown {
    const { t } = this;
    const problem = this.#problem;
    return html`<div part="field">
        <label part="label" for="rating-comment">${t('rating.comment')}</label>
        <textarea part="input" id="rating-comment" name="comment" dir="auto" .value=${this.draft.get('comment')} ?readonly=${pending}
          aria-invalid=${this.#isTooLong} aria-describedby="rating-problem" @input=${this.#handleInput}></textarea>
      </div>
      <p part="error" id="rating-problem" role="alert" ?hidden=${!problem}>${problem ?? nothing}</p>
      <div class="bar">
        <button part="button button-primary send-rating" type="submit" aria-disabled=${pending}>${t(pending ? 'reply.sending' : 'rating.send')}</button>
        ${ticket.rating === null ? nothing : html`<button part="button button-plain keep-rating" type="button" @click=${this.#handleKeep}>${t('rating.keep')}</button>`}
      </div>`;
  }

  get #chosen(): string {
    return this.draft.get('rating');
  }

  get #longest(): number {
    return this.host.portal.client?.portal?.limits.messageLength ?? Number.POSITIVE_INFINITY;
  }

  /** What keeps it from being sent, in words. */
  get #problem(): string | undefined {
    const { t } = this;
    if (this.#isTooLong) return t('rating.too-long', { count: this.#longest });
    const { error } = this.command;
    return error && t('reply.failed', { reason: errorText(t, error) });
  }

  async #change(rating: number | null, comment: string | null | undefined): Promise<void> {
    this.draft.set('rating', String(rating));
    this.draft.set('comment', comment ?? '');
    await this.focus(`[part=rating-step] [value="${rating}"]`);
  }

  readonly #handleKeep = (): void => {
    this.command.reset();
    this.draft.clear(this.draft.place);
    void this.focus('[part~=change-rating]');
  };

  readonly #handleInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement | HTMLTextAreaElement;
    this.#isTooLong = false;
    this.draft.set(name, value);
  };

  readonly #handleSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { place } = this.draft;
    const { client } = this.host.portal;
    const rating = Number(this.#chosen);
    const comment = this.draft.get('comment').trim();
    this.#isTooLong = comment.length > this.#longest;
    this.host.requestUpdate();
    if (this.#isTooLong) return this.host.focusOn('#rating-comment');
    const { locale } = this.host.localize;
    const done = await this.command.run(async () => {
      const input = { rating, ...(comment && { comment }) };
      const rated = await client?.backend.rate?.(this.id, input, { locale });
      if (!rated) return;
      this.draft.clear(place);
      this.changed(rated);
    });
    if (done) await this.focus('[part=rated]');
  };
}
