import { html, nothing } from 'lit';

import type { Contact } from '../../../backend/setup/people-backend.js';
import type { OwnedPortal } from '../../../backend/setup/setup-backend.js';
import { renderFailure } from '../../templates.js';
import { renderSelect } from '../fields.js';
import { Reading } from '../reading.js';
import type { RoomHost } from '../room.js';
import { addGuests } from './guests.js';

/** People who are ticked in their list, and the way to invite them to a portal. */
export class Picking {
  readonly #host: RoomHost;
  readonly #portals: Reading<readonly OwnedPortal[]>;
  /** By their ids. */
  readonly #picked = new Map<string, Contact>();
  #slug = '';

  constructor(host: RoomHost) {
    this.#host = host;
    this.#portals = new Reading(host, async (signal) =>
      (await host.setup.listPortals({ signal })).filter(({ open }) => open),
    );
  }

  renderTick(contact: Contact): unknown {
    const { t } = this.#host;
    const { id, name } = contact;
    const change = ({ target }: Event) => {
      if ((target as HTMLInputElement).checked) this.#picked.set(id, contact);
      else this.#picked.delete(id);
      if (this.#picked.size && !this.#portals.value) void this.#portals.refresh();
      this.#host.requestUpdate();
    };
    return html`<label part="tick"><input type="checkbox" aria-label=${t('invite.choose', { name })} .checked=${this.#picked.has(id)} @change=${change} /></label>`;
  }

  /** Nothing while nobody is ticked. */
  renderBar(): unknown {
    const { t } = this.#host;
    const { value: portals, error } = this.#portals;
    const count = this.#picked.size;
    const portal = portals?.find(({ slug }) => slug === this.#slug) ?? portals?.[0];
    return html`<div role="status" class="stack">${count ? html`<p>${t('invite.chosen', { count })}</p>` : nothing}</div>
      ${count && error ? renderFailure(t, error, this.#portals.refresh) : nothing}
      ${count && portals && !portal ? html`<p class="meta">${t('contacts.sees-no-portal')}</p>` : nothing}
      ${
        count && portals && portal
          ? html`<div part="group">
              ${
                portals.length > 1
                  ? renderSelect(
                      'portal',
                      t('invite.portal'),
                      portals.map(({ slug, name }) => ({ value: slug, label: name })),
                      portal.slug,
                      (slug) => this.#choose(slug),
                    )
                  : nothing
              }
              <button part="button button-primary invite" type="button" @click=${() => this.#go(portal.slug)}>${t('invite.invite-to', { count, portal: portal.name })}</button>
            </div>`
          : nothing
      }`;
  }

  stop(): void {
    this.#portals.stop();
  }

  #choose(slug: string): void {
    this.#slug = slug;
    this.#host.requestUpdate();
  }

  #go(slug: string): void {
    addGuests(
      slug,
      [...this.#picked.values()].map(({ email }) => email),
    );
    this.#host.go(`#/${slug}/invitations`);
  }
}
