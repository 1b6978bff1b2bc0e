import { html } from 'lit';

import type { Contact } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { saveFile } from '../../../controllers/files.js';
import { errorText } from '../../templates.js';
import type { RoomHost } from '../room.js';

/** What the law gives a person a right to: everything about them, and that it is erased. */
export class ContactData {
  readonly #host: RoomHost;
  readonly #command: CommandController;
  readonly #gone: () => void;
  #isErasing = false;

  /** @param gone the contact is there no more */
  constructor(host: RoomHost, gone: () => void) {
    this.#host = host;
    this.#gone = gone;
    this.#command = new CommandController(host, host);
  }

  render(contact: Contact): unknown {
    const { t } = this.#host;
    const { pending, error } = this.#command;
    return html`<section part="group" aria-labelledby="data-label">
      <p part="label" id="data-label">${t('contacts.data')}</p>
      <p class="meta">${t('contacts.data-about')}</p>
      <div part="actions">
        <button part="button export" type="button" aria-disabled=${pending} @click=${() => this.#export(contact)}>${t('contacts.export')}</button>
        ${this.#isErasing ? '' : html`<button part="button delete" type="button" @click=${() => this.#ask(true)}>${t('contacts.erase')}</button>`}
      </div>
      ${this.#isErasing ? this.#renderErase(contact) : ''}
      <p part="error data-error" role="alert" tabindex="-1" ?hidden=${!error}>${error ? errorText(t, error) : ''}</p>
    </section>`;
  }

  #renderErase({ id, name }: Contact): unknown {
    const { t } = this.#host;
    return html`<div part="group" role="group" aria-labelledby="erase-about">
      <p part="notice" id="erase-about">${t('contacts.erase-about', { name })}</p>
      <div part="actions">
        <button part="button delete-now" type="button" aria-disabled=${this.#command.pending} @click=${() => this.#erase(id)}>${t('contacts.erase-now')}</button>
        <button part="button" type="button" @click=${() => this.#ask(false)}>${t('setup.domain-cancel')}</button>
      </div>
    </div>`;
  }

  #ask(isErasing: boolean): void {
    this.#isErasing = isErasing;
    this.#command.reset();
    this.#host.requestUpdate();
    this.#host.focusOn(isErasing ? '[part~=delete-now]' : '[part~=delete]');
  }

  async #export({ id, email }: Contact): Promise<void> {
    const isDone = await this.#command.run(async () => {
      const data = await this.#host.setup.exportContact(id);
      saveFile(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }), `${email}.json`);
    });
    if (!isDone) this.#host.focusOn('[part~=data-error]');
  }

  async #erase(id: string): Promise<void> {
    const isDone = await this.#command.run(() => this.#host.setup.eraseContact(id));
    if (!isDone) return this.#host.focusOn('[part~=data-error]');
    this.#gone();
    this.#host.go('#/people');
  }
}
