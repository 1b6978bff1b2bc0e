import { html, nothing } from 'lit';

import type { ContactProperty } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import { renderAboutProperty } from './defined-fields.js';
import { PropertyForm } from './property-form.js';

interface Known {
  readonly defined: readonly ContactProperty[];
  /** Names in use that nobody has defined. */
  readonly others: readonly string[];
}

/** What is known of every contact: the properties that have a field of their own. */
export class PropertiesRoom implements Room {
  readonly state = 'properties';
  readonly #host: RoomHost;
  readonly #known: Reading<Known>;
  readonly #command: CommandController;
  #form: PropertyForm | undefined;
  /** Which the form is about; `new` for one that is not there yet. */
  #about = '';
  /** About to be deleted. */
  #deleting: ContactProperty | undefined;

  constructor(host: RoomHost) {
    this.#host = host;
    this.#command = new CommandController(host, host);
    this.#known = new Reading(host, async (signal) => {
      const [defined, { contactProperties }] = await Promise.all([
        host.setup.listContactProperties({ signal }),
        host.setup.setup({ signal }),
      ]);
      const others = contactProperties.filter((name) => !defined.some((property) => property.name === name));
      return { defined, others };
    });
    void this.#known.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: known, error } = this.#known;
    if (error && !known) return renderFailure(t, error, this.#known.refresh);
    if (!known) return renderSkeleton(t('loading'));
    const { defined, others } = known;
    return html`<div class="stack">
      <a part="link" href="#/people">${t('contacts.all')}</a>
      ${renderHeading(headingLevel, t('properties.heading'))}
      <p>${t('properties.about')}</p>
      ${
        defined.length
          ? html`<ul part="rows" role="list">${defined.map((property) => this.#renderProperty(property))}</ul>`
          : html`<p class="meta">${t('properties.none')}</p>`
      }
      ${others.length ? html`<p class="meta">${t('properties.others')} <bdi>${others.join(', ')}</bdi></p>` : nothing}
      ${
        this.#about === 'new'
          ? this.#form?.render()
          : html`<div part="actions"><button part="button button-primary add" type="button" @click=${() => this.#open('new', null)}>${t('properties.new')}</button></div>`
      }
    </div>`;
  }

  leave(): void {
    this.#known.stop();
  }

  #renderProperty(property: ContactProperty): unknown {
    const { t } = this.#host;
    const { id, label } = property;
    const action = (part: string, words: string, handle: () => unknown) =>
      html`<button part="button button-plain ${part}" type="button" aria-label="${words}: ${label}" @click=${handle}>${words}</button>`;
    return html`<li part="row">
      <p><strong dir="auto">${label}</strong></p>
      ${renderAboutProperty(t, property)}
      ${
        this.#about === id
          ? this.#form?.render()
          : this.#deleting?.id === id
            ? this.#renderDelete(property)
            : html`<div part="actions">
                ${action('change', t('setup.change'), () => this.#open(id, property))}
                ${action('delete', t('properties.delete'), () => this.#ask(property))}
              </div>`
      }
    </li>`;
  }

  #renderDelete({ label, portals }: ContactProperty): unknown {
    const { t } = this.#host;
    const { pending, error } = this.#command;
    // Somebody may have written such a filter a moment ago.
    const isUsed = portals.length > 0 || error?.fields?.some(({ path }) => path === 'portals');
    const failure = error && !isUsed ? errorText(t, error) : '';
    return html`<div part="group" role="group" aria-labelledby="delete-about">
      <p part="notice" id="delete-about" tabindex="-1">${t(isUsed ? 'properties.delete-used' : 'properties.delete-about', { label })}</p>
      <p part="error" role="alert" ?hidden=${!failure}>${failure}</p>
      <div part="actions">
        ${isUsed ? nothing : html`<button part="button delete-now" type="button" aria-disabled=${pending} @click=${this.#handleDelete}>${t('properties.delete-now')}</button>`}
        <button part="button" type="button" @click=${() => this.#ask(undefined)}>${t('setup.domain-cancel')}</button>
      </div>
    </div>`;
  }

  #open(about: string, property: ContactProperty | null): void {
    const { setup } = this.#host;
    this.#about = about;
    this.#deleting = undefined;
    this.#form = new PropertyForm(this.#host, property, this.#known.value?.others ?? [], {
      save: async (input) => {
        const { label, options } = input;
        if (property) await setup.updateContactProperty(property.id, { label, ...(options && { options }) });
        else await setup.addContactProperty(input);
        await this.#known.refresh();
        this.#close();
      },
      cancel: () => this.#close(),
    });
    this.#host.requestUpdate();
    this.#host.focusOn('#label');
  }

  #close(): void {
    this.#about = '';
    this.#form = undefined;
    this.#host.requestUpdate();
    this.#host.focusOn('[part~=heading]');
  }

  #ask(property: ContactProperty | undefined): void {
    this.#deleting = property;
    this.#about = '';
    this.#command.reset();
    this.#host.requestUpdate();
    this.#host.focusOn(property ? '#delete-about' : '[part~=heading]');
  }

  readonly #handleDelete = async (): Promise<void> => {
    const { id } = this.#deleting ?? {};
    if (!id) return;
    const isDone = await this.#command.run(async () => {
      await this.#host.setup.deleteContactProperty(id);
      await this.#known.refresh();
    });
    if (isDone) this.#ask(undefined);
    else this.#host.focusOn('#delete-about');
  };
}
