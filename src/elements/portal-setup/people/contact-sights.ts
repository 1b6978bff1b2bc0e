import { html } from 'lit';

import type { Contact } from '../../../backend/setup/people-backend.js';
import type { OwnedPortal, Sight } from '../../../backend/setup/setup-backend.js';
import { renderFailure, renderSkeleton } from '../../templates.js';
import { Reading } from '../reading.js';
import type { RoomHost } from '../room.js';

interface PortalSight {
  readonly portal: OwnedPortal;
  readonly sight: Sight;
}

/** What a contact sees in each open portal, and why. */
export class ContactSights {
  readonly #host: RoomHost;
  readonly #sights: Reading<readonly PortalSight[]>;

  constructor(host: RoomHost, id: string) {
    this.#host = host;
    this.#sights = new Reading(host, async (signal) => {
      const portals = (await host.setup.listPortals({ signal })).filter(({ open }) => open);
      return Promise.all(
        portals.map(async (portal) => ({
          portal,
          sight: await host.setup.whatIf(portal.slug, portal.permission, id, { signal }),
        })),
      );
    });
    void this.#sights.refresh();
  }

  readonly refresh = (): Promise<void> => this.#sights.refresh();

  stop(): void {
    this.#sights.stop();
  }

  render(contact: Contact): unknown {
    const { t } = this.#host;
    const { value: sights, error } = this.#sights;
    return html`<section part="group" aria-labelledby="sights-label">
      <p part="label" id="sights-label">${t('contacts.sees', { name: contact.name })}</p>
      ${
        error
          ? renderFailure(t, error, this.#sights.refresh)
          : !sights
            ? renderSkeleton(t('loading'))
            : sights.length
              ? html`<ul part="rows" role="list">${sights.map((sight) => this.#renderSight(contact, sight))}</ul>`
              : html`<p class="meta">${t('contacts.sees-no-portal')}</p>`
      }
    </section>`;
  }

  #renderSight(contact: Contact, { portal, sight }: PortalSight): unknown {
    const { t } = this.#host;
    const { name } = portal;
    if (!sight.admitted)
      return html`<li part="row"><p>${t('contacts.not-admitted', { portal: name, why: this.#whyNot(contact, portal) })}</p></li>`;
    const words = t('contacts.sees-tickets', { count: sight.count, portal: name, why: this.#why(portal, sight) });
    return html`<li part="row"><p>${words}</p>
      <a part="link" href="#/people/${contact.id}/${portal.slug}" aria-label="${t('contacts.look-as')}: ${name}">${t('contacts.look-as')}</a></li>`;
  }

  #whyNot({ enabled, verified, accessGroups }: Contact, { access, accessGroups: asked }: OwnedPortal): string {
    const { t } = this.#host;
    if (!enabled) return t('contacts.why-disabled');
    if (!verified) return t('contacts.why-not-verified');
    if (access.kind === 'sso-only') return t('contacts.why-sso');
    const isMember = asked.some((group) => accessGroups.includes(group));
    return t(access.kind === 'open' || isMember ? 'contacts.why-domain' : 'contacts.why-no-group');
  }

  #why({ permission: { kind } }: OwnedPortal, { permission, company }: Sight): string {
    const { t } = this.#host;
    if (kind === 'own') return t('contacts.why-own');
    if (!company) return t('contacts.why-no-company');
    if (permission === 'own') return t('contacts.why-no-match');
    return t(kind === 'company' ? 'contacts.why-company' : 'contacts.why-match', { company: company.name });
  }
}
