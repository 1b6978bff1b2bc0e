import { html, nothing } from 'lit';

import type { OwnedPortal } from '../../../backend/setup/setup-backend.js';
import type { HostKey } from '../../../backend/setup/ways-in-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { toBackendError } from '../../../controllers/portal-client.js';
import { fullTime } from '../../../i18n/format.js';
import { errorText } from '../../templates.js';
import { Pastes } from '../paste.js';
import type { RoomHost } from '../room.js';
import { HostKeyForm } from './host-key-form.js';
import { askingCode, signingCode } from './signing-code.js';

/** Keys of sites that sign in their customers themselves, and how such a site does it. */
export class HostKeys {
  readonly #host: RoomHost;
  readonly #slug: string;
  readonly #refresh: () => Promise<void>;
  readonly #command: CommandController;
  readonly #pastes: Pastes;
  #form: HostKeyForm | undefined;
  /** Which one is about to be removed. */
  #about = '';
  #said = '';

  /** @param refresh reads the keys anew */
  constructor(host: RoomHost, slug: string, refresh: () => Promise<void>) {
    this.#host = host;
    this.#slug = slug;
    this.#refresh = refresh;
    this.#command = new CommandController(host, host);
    this.#pastes = new Pastes(host);
  }

  render(portal: OwnedPortal, keys: readonly HostKey[]): unknown {
    const { t } = this.#host;
    return html`<section part="group" id="host-keys" aria-labelledby="host-keys-label">
      <p part="label" id="host-keys-label" tabindex="-1">${t('host-keys.heading')}</p>
      <p>${t('host-keys.about')}</p>
      <p class="meta" role="status">${this.#said || (keys.length ? nothing : t('host-keys.none'))}</p>
      ${keys.length ? html`<ul part="rows" role="list">${keys.map((key) => html`<li part="row">${this.#renderOne(key, keys)}</li>`)}</ul>` : nothing}
      ${
        this.#form
          ? this.#form.render()
          : html`<button part="button add-key" type="button" @click=${() => this.#open(!keys.length)}>${t('host-keys.add')}</button>`
      }
      ${this.#renderHow(portal, keys.at(-1))}
    </section>`;
  }

  #renderOne({ kid, algorithm, createdAt, lastUsedAt }: HostKey, keys: readonly HostKey[]): unknown {
    const { t, locale } = this.#host;
    const used = lastUsedAt ? t('host-keys.used', { time: this.#day(lastUsedAt) }) : t('host-keys.unused');
    return html`<p><strong><bdi>${kid}</bdi></strong> <span part="status">${algorithm}</span></p>
      <p class="meta">${t('host-keys.since', { time: fullTime(locale, createdAt) })} · ${used}</p>
      ${
        this.#about === kid
          ? this.#renderRemove(kid, keys.length === 1)
          : html`<div part="actions">
              <button part="button button-plain remove" type="button" aria-label="${t('host-keys.remove')}: ${kid}" @click=${() => this.#ask(kid)}>${t('host-keys.remove')}</button>
            </div>`
      }`;
  }

  /** It is known to the hour. */
  #day(iso: string): string {
    return new Date(iso).toLocaleDateString(this.#host.locale, { dateStyle: 'long' });
  }

  #renderRemove(kid: string, isLast: boolean): unknown {
    const { t } = this.#host;
    const { error, pending } = this.#command;
    return html`<div part="group" role="group" aria-labelledby="remove-key-about">
      <p part="notice" id="remove-key-about">${t('host-keys.remove-about', { kid })} ${t(isLast ? 'host-keys.remove-last' : 'host-keys.remove-others')}</p>
      <p part="error" role="alert" ?hidden=${!error}>${error ? errorText(t, error) : nothing}</p>
      <div part="actions">
        <button part="button delete-now" type="button" aria-disabled=${pending} @click=${() => this.#remove(kid)}>${t('host-keys.remove-now')}</button>
        <button part="button button-plain" type="button" @click=${() => this.#close('')}>${t('setup.domain-cancel')}</button>
      </div>
    </div>`;
  }

  #renderHow({ address }: OwnedPortal, key: HostKey | undefined): unknown {
    const { t } = this.#host;
    const { kid, algorithm } = key ?? ({ kid: 'site-2026', algorithm: 'EdDSA' } as const);
    const code = signingCode({ portal: address.replace(/\/$/, ''), kid, algorithm });
    return html`<details>
      <summary part="how">${t('host-keys.how')}</summary>
      ${this.#pastes.render('signing', t('host-keys.signing'), t('host-keys.signing-about'), code)}
      ${this.#pastes.render('asking', t('host-keys.asking'), t('host-keys.asking-about'), askingCode)}
    </details>`;
  }

  #open(isFirst: boolean): void {
    this.#said = '';
    this.#about = '';
    this.#form = new HostKeyForm(this.#host, isFirst, {
      save: async (input) => {
        await this.#host.setup.addHostKey(this.#slug, input);
        await this.#refresh();
        this.#form = undefined;
        this.#close(this.#host.t('host-keys.added', { kid: input.kid }));
      },
      cancel: () => {
        this.#form = undefined;
        this.#close('');
      },
    });
    this.#host.requestUpdate();
    this.#host.focusOn('#kid');
  }

  #ask(kid: string): void {
    this.#said = '';
    this.#about = kid;
    this.#command.reset();
    this.#host.requestUpdate();
    this.#host.focusOn('#host-keys [part~=delete-now]');
  }

  async #remove(kid: string): Promise<void> {
    const done = await this.#command.run(async () => {
      await this.#host.setup.removeHostKey(this.#slug, kid).catch((error: unknown) => {
        // Somebody else was faster.
        if (toBackendError(error).code !== 'not-found') throw error;
      });
      await this.#refresh();
    });
    if (done) this.#close(this.#host.t('host-keys.removed', { kid }));
  }

  #close(said: string): void {
    this.#said = said;
    this.#about = '';
    this.#host.requestUpdate();
    this.#host.focusOn('#host-keys-label');
  }
}
