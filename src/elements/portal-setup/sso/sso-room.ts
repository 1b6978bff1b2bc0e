import { html, nothing } from 'lit';

import type { OwnedPortal } from '../../../backend/setup/setup-backend.js';
import type { Connection, HostKey } from '../../../backend/setup/ways-in-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { renderPortalPage } from '../portal-pages.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import { ConnectionForm } from './connection-form.js';
import { HostKeys } from './host-keys.js';

interface Known {
  readonly portal: OwnedPortal;
  readonly connections: readonly Connection[];
  readonly keys: readonly HostKey[];
}

/** Where else people of a portal sign in: at providers by OpenID Connect, and at the owner's own site. */
export class SsoRoom implements Room {
  readonly state = 'sso';
  readonly #host: RoomHost;
  readonly #slug: string;
  readonly #known: Reading<Known>;
  readonly #command: CommandController;
  readonly #keys: HostKeys;
  #form: ConnectionForm | undefined;
  /** Which one the form, or the question, is about; `new` for one that is not there yet. */
  #about = '';
  #isDeleting = false;

  constructor(host: RoomHost, slug: string) {
    this.#host = host;
    this.#slug = slug;
    this.#command = new CommandController(host, host);
    this.#known = new Reading(host, async (signal) => {
      const [portal, connections, keys] = await Promise.all([
        host.setup.getPortal(slug, { signal }),
        host.setup.listConnections(slug, { signal }),
        host.setup.listHostKeys(slug, { signal }),
      ]);
      return { portal, connections, keys };
    });
    this.#keys = new HostKeys(host, slug, this.#known.refresh);
    void this.#known.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: known, error } = this.#known;
    if (error && !known) return renderFailure(t, error, this.#known.refresh);
    if (!known) return renderSkeleton(t('loading'));
    const { portal } = known;
    return html`<div class="stack">
      <a part="link" href="#/">${t('setup.all-portals')}</a>
      ${renderHeading(headingLevel, portal.name)}
      ${renderPortalPage(t, portal, 'sso', this.#renderContent(known))}
    </div>`;
  }

  #renderContent({ portal, connections, keys }: Known): unknown {
    const { t } = this.#host;
    return html`<p>${t('sso.about')}</p>
      ${this.#renderCallback(portal)}
      <ul part="rows" role="list">${connections.map((connection) => html`<li part="row">${this.#renderOne(connection)}</li>`)}</ul>
      ${
        this.#about === 'new'
          ? this.#form?.render()
          : html`<button part="button button-primary add" type="button" @click=${() => this.#open('new', null)}>${t('sso.add')}</button>`
      }
      ${this.#keys.render(portal, keys)}`;
  }

  leave(): void {
    this.#known.stop();
  }

  #renderCallback({ address }: OwnedPortal): unknown {
    return html`<section part="group" aria-labelledby="callback-label">
      <p part="label" id="callback-label">${this.#host.t('sso.callback')}</p>
      <pre part="code" tabindex="0" role="textbox" aria-readonly="true" aria-labelledby="callback-label" dir="ltr">${address}sso/callback</pre>
    </section>`;
  }

  #renderOne(connection: Connection): unknown {
    const { t } = this.#host;
    const { id, label, issuer } = connection;
    const isAsked = this.#about === id;
    const action = (part: string, words: string, handle: () => void) =>
      html`<button part="button button-plain ${part}" type="button" aria-label="${words}: ${label}" @click=${handle}>${words}</button>`;
    return html`<p><strong dir="auto">${label}</strong></p>
      <p class="meta"><bdi>${issuer}</bdi></p>
      ${
        isAsked
          ? this.#isDeleting
            ? this.#renderDelete(connection)
            : this.#form?.render()
          : html`<div part="actions">
              ${action('change', t('setup.change'), () => this.#open(id, connection))}
              ${action('delete', t('sso.delete'), () => this.#ask(id))}
            </div>`
      }`;
  }

  #renderDelete({ id, label }: Connection): unknown {
    const { t } = this.#host;
    const { error, pending } = this.#command;
    return html`<div part="group" role="group" aria-labelledby="delete-about">
      <p part="notice" id="delete-about">${t('sso.delete-about', { label })}</p>
      <p part="error" role="alert" ?hidden=${!error}>${error ? errorText(t, error) : nothing}</p>
      <div part="actions">
        <button part="button delete-now" type="button" aria-disabled=${pending} @click=${() => this.#delete(id)}>${t('sso.delete-now')}</button>
        <button part="button button-plain" type="button" @click=${this.#close}>${t('setup.domain-cancel')}</button>
      </div>
    </div>`;
  }

  #open(about: string, before: Connection | null): void {
    const { setup } = this.#host;
    this.#about = about;
    this.#isDeleting = false;
    this.#form = new ConnectionForm(this.#host, before, {
      save: async (input) => {
        if (before) await setup.updateConnection(this.#slug, before.id, input);
        else await setup.createConnection(this.#slug, input);
        await this.#known.refresh();
        this.#close();
      },
      cancel: this.#close,
    });
    this.#host.requestUpdate();
    this.#host.focusOn('#label');
  }

  #ask(id: string): void {
    this.#about = id;
    this.#isDeleting = true;
    this.#command.reset();
    this.#host.requestUpdate();
    this.#host.focusOn('[part~=delete-now]');
  }

  async #delete(id: string): Promise<void> {
    const done = await this.#command.run(async () => {
      await this.#host.setup.deleteConnection(this.#slug, id);
      await this.#known.refresh();
    });
    if (done) this.#close();
  }

  readonly #close = (): void => {
    this.#about = '';
    this.#isDeleting = false;
    this.#form = undefined;
    this.#host.requestUpdate();
    this.#host.focusOn('[part~=heading]');
  };
}
