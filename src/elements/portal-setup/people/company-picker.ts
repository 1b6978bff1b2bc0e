import { html, nothing } from 'lit';

import type { Company, Named } from '../../../backend/setup/people-backend.js';
import { renderError, renderTextField } from '../fields.js';
import { Reading } from '../reading.js';
import type { RoomHost } from '../room.js';

/** Milliseconds without a key press, after which is searched. */
const pause = 250;

/** Companies of a contact, with the primary one of them. */
export interface Chosen {
  readonly companies: readonly Named[];
  readonly primary: string | null;
}

/** Chooses companies by a search, and which of them is the primary one. */
export class CompanyPicker {
  readonly #host: RoomHost;
  readonly #found: Reading<readonly Company[]>;
  readonly #change: (chosen: Chosen) => void;
  #q = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: RoomHost, change: (chosen: Chosen) => void) {
    this.#host = host;
    this.#change = change;
    this.#found = new Reading(host, async (signal) => {
      const q = this.#q.trim();
      return q ? (await host.setup.listCompanies({ q }, { signal })).items : [];
    });
  }

  render(chosen: Chosen, error: string | undefined): unknown {
    const { t } = this.#host;
    const { companies, primary } = chosen;
    return html`<fieldset part="group" aria-describedby="companies-hint companies-error" @keydown=${this.#handleKey}>
      <legend part="label">${t('contacts.companies')}</legend>
      <p class="meta" part="hint" id="companies-hint">${t('contacts.companies-hint')}</p>
      ${
        companies.length
          ? html`<ul part="rows" role="list">${companies.map((company) => this.#renderChosen(chosen, company))}
              <li part="row choice"><label><input type="radio" name="primary" .checked=${primary === null}
                @change=${() => this.#change({ companies, primary: null })} /> <span>${t('contacts.no-primary')}</span></label></li></ul>`
          : nothing
      }
      ${renderError('companies', error)}
      ${renderTextField({
        name: 'company-search',
        label: t('contacts.company-add'),
        value: this.#q,
        onInput: (q) => this.#search(q, pause),
      })}
      <div role="status" class="stack">${this.#renderFound(chosen)}</div>
    </fieldset>`;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#found.stop();
  }

  #renderChosen({ companies, primary }: Chosen, { id, name }: Named): unknown {
    const { t } = this.#host;
    const remove = () => {
      this.#change({
        companies: companies.filter((other) => other.id !== id),
        primary: primary === id ? null : primary,
      });
      this.#host.focusOn('#company-search');
    };
    return html`<li part="row choice">
      <label><input type="radio" name="primary" .checked=${primary === id}
        @change=${() => this.#change({ companies, primary: id })} /> <span><bdi>${name}</bdi>${primary === id ? html` <span part="status">${t('contacts.primary')}</span>` : nothing}</span></label>
      <button part="button button-plain remove" type="button" aria-label="${t('contacts.company-remove')}: ${name}" @click=${remove}>${t('contacts.company-remove')}</button>
    </li>`;
  }

  #renderFound({ companies, primary }: Chosen): unknown {
    const { t } = this.#host;
    const { value: found, error } = this.#found;
    if (!this.#q.trim() || !found) return error ? t('contacts.company-search-failed') : nothing;
    const others = found.filter(({ id }) => !companies.some((company) => company.id === id)).slice(0, 8);
    if (!others.length) return html`<p class="meta">${t('rooms.no-match')}</p>`;
    return html`<div part="actions">${others.map(({ id, name }) => {
      const add = () => {
        this.#search('', 0);
        // The first one is nearly always the one that counts.
        this.#change({ companies: [...companies, { id, name }], primary: companies.length ? primary : id });
        this.#host.focusOn('#company-search');
      };
      return html`<button part="button add" type="button" aria-label=${t('contacts.company-add-this', { name })} @click=${add}><bdi>${name}</bdi></button>`;
    })}</div>`;
  }

  #search(q: string, wait: number): void {
    this.#q = q;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#found.refresh(), wait);
    this.#host.requestUpdate();
  }

  /** Enter searches, and does not save the form. */
  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || (event.target as Element).id !== 'company-search') return;
    event.preventDefault();
    this.#search(this.#q, 0);
  };
}
