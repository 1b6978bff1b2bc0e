import { html, nothing } from 'lit';

import type { SetupState } from '../../backend/setup/setup-backend.js';
import { renderFailure, renderHeading, renderSkeleton } from '../templates.js';
import { Reading } from './reading.js';
import type { Room, RoomHost } from './room.js';

interface Need {
  readonly name: string;
  readonly text: string;
  readonly isReady: boolean;
}

/** What is there: the portals, and what one needs to set up another. */
export class OverviewRoom implements Room {
  readonly state = 'overview';
  readonly #host: RoomHost;
  readonly #setup: Reading<SetupState>;

  constructor(host: RoomHost) {
    this.#host = host;
    this.#setup = new Reading(host, (signal) => host.setup.setup({ signal }));
    void this.#setup.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: setup, error } = this.#setup;
    if (error) return renderFailure(t, error, this.#setup.refresh);
    if (!setup) return renderSkeleton(t('loading'));
    const isFirst = setup.portals.length === 0;
    return html`<div class="stack">
      ${renderHeading(headingLevel, t(isFirst ? 'setup.before' : 'setup.portals'))}
      ${isFirst ? html`<p>${t('setup.before-about')}</p>${this.#renderNeeds(setup)}` : this.#renderPortals(setup)}
      <a part="button button-primary" href="#/new/name">${t(isFirst ? 'setup.new' : 'setup.another')}</a>
      ${
        isFirst
          ? nothing
          : html`<details part="before"><summary>${t('setup.before')}</summary>${this.#renderNeeds(setup)}</details>`
      }
    </div>`;
  }

  leave(): void {
    this.#setup.stop();
  }

  #renderPortals({ portals }: SetupState): unknown {
    const { t } = this.#host;
    return html`<ul part="portals" role="list">${portals.map(
      ({ slug, name, open, address, step }) => html`<li part="portal">
        <p><strong dir="auto">${name}</strong> <span part="status">${t(open ? 'setup.open' : 'setup.not-open')}</span></p>
        <p class="meta"><bdi>${address}</bdi></p>
        <p class="links">
          <a href="#/${slug}/${open ? 'name' : step}" aria-label="${t(open ? 'setup.change' : 'setup.continue')}: ${name}">${t(open ? 'setup.change' : 'setup.continue')}</a>
          ${open ? html`<a href="#/${slug}/invitations" aria-label="${t('invitations.heading')}: ${name}">${t('invitations.heading')}</a>` : nothing}
          ${open ? html`<a href=${address} aria-label="${t('setup.visit')}: ${name}">${t('setup.visit')}</a>` : nothing}
        </p>
      </li>`,
    )}</ul>`;
  }

  #renderNeeds(setup: SetupState): unknown {
    const { t } = this.#host;
    return html`<ul part="needs" role="list">${this.#needs(setup).map(
      ({ name, text, isReady }) => html`<li part="need">
        <p><strong>${name}</strong> <span part="status">${t(isReady ? 'setup.ready' : 'setup.optional')}</span></p>
        <p class="meta">${text}</p>
      </li>`,
    )}</ul>`;
  }

  #needs({ base, domains, desk, inboxes, contacts, mail }: SetupState): Need[] {
    const { t } = this.#host;
    const hosts = domains.flatMap(({ host }) => (host ? [host] : []));
    return [
      {
        name: t('setup.need-domain'),
        text: hosts.length
          ? t('setup.domain-connected', { hosts: hosts.join(', ') })
          : t('setup.domain-system', { base: new URL(base).host }),
        isReady: true,
      },
      {
        name: t('setup.need-inbox'),
        text: desk
          ? t('setup.desk-there', { kind: desk.kind })
          : t('setup.inboxes-there', { inboxes: inboxes.map((inbox) => inbox.name).join(', ') }),
        isReady: !!desk || inboxes.length > 0,
      },
      {
        name: t('setup.need-people'),
        text: contacts ? t('setup.people-there', { count: contacts }) : t('setup.people-none'),
        isReady: contacts > 0,
      },
      {
        name: t('setup.need-mail'),
        text: t(mail.sends ? 'setup.mail-sends' : mail.keeps ? 'setup.mail-keeps' : 'setup.mail-none'),
        isReady: mail.sends,
      },
    ];
  }
}
