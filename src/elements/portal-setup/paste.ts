import { html, nothing } from 'lit';

import type { RoomHost } from './room.js';

/** Texts that somebody takes somewhere else, each with a button that copies it. */
export class Pastes {
  readonly #host: RoomHost;
  #copied: string | undefined;

  constructor(host: RoomHost) {
    this.#host = host;
  }

  /** @param name unlike that of every other on the page */
  render(name: string, label: string, about: string | undefined, text: string): unknown {
    const { t } = this.#host;
    return html`<section part="group" aria-labelledby="${name}-label">
      <p part="label" id="${name}-label">${label}</p>
      ${about ? html`<p class="meta">${about}</p>` : nothing}
      <pre part="code" tabindex="0" role="textbox" aria-readonly="true" aria-labelledby="${name}-label" dir="ltr">${text}</pre>
      <div part="actions"><button part="button" type="button" aria-describedby="${name}-label" @click=${() => this.#copy(name, text)}>${t('setup.copy')}</button> <span class="meta" role="status">${this.#copied === name ? t('setup.copied') : nothing}</span></div>
    </section>`;
  }

  async #copy(name: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#copied = name;
    } catch {
      // Where the browser lets nobody write there, the text can be marked by hand.
      this.#copied = undefined;
    }
    this.#host.requestUpdate();
  }
}
