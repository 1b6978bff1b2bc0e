import { html } from 'lit';

import type { OwnedPortal, SeenPage } from '../../backend/setup/setup-backend.js';
import { renderFailure, renderHeading, renderSkeleton } from '../templates.js';
import { Pastes } from './paste.js';
import { Reading } from './reading.js';
import type { Room, RoomHost } from './room.js';

/** Milliseconds between two looks for the page that the portal was put into. */
const pause = 3000;
/** Looks: an hour of them. */
const most = 1200;

/** The portal's own page is not the one that it was put into. */
const isForeign = ({ url }: SeenPage, { address }: OwnedPortal): boolean => !url.startsWith(address);

/** The portal is open: what to paste where, and whether it has been seen there. */
export class DoneRoom implements Room {
  readonly state = 'done';
  readonly #host: RoomHost;
  readonly #portal: Reading<OwnedPortal>;
  readonly #pages: Reading<readonly SeenPage[]>;
  readonly #pastes: Pastes;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looks = 0;

  constructor(host: RoomHost, slug: string) {
    this.#host = host;
    this.#pastes = new Pastes(host);
    this.#portal = new Reading(host, (signal) => host.setup.getPortal(slug, { signal }));
    this.#pages = new Reading(host, (signal) => host.setup.seenPages(slug, { signal }));
    void this.#portal.refresh();
    void this.#look();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: portal, error } = this.#portal;
    if (error) return renderFailure(t, error, this.#portal.refresh);
    if (!portal) return renderSkeleton(t('loading'));
    const base = portal.address.replace(/\/$/, '');
    const { origin } = new URL(base);
    // The portal's server learns on which page it is, and shows it here.
    const paste = `<script type="module" src="${base}/embed.js" referrerpolicy="no-referrer-when-downgrade"></script>\n<customer-portal></customer-portal>`;
    const policy = `script-src ${origin};\nconnect-src ${origin};`;
    return html`<div class="stack">
      <a part="link" href="#/">${t('setup.all-portals')}</a>
      ${renderHeading(headingLevel, t('setup.done', { name: portal.name }))}
      ${this.#renderSeen(portal)}
      ${this.#pastes.render('paste', t('setup.done-paste'), t('setup.done-paste-about'), paste)}
      ${this.#pastes.render('policy', t('setup.done-policy'), t('setup.done-policy-about'), policy)}
      ${this.#pastes.render('address', t('setup.done-link'), undefined, portal.address)}
    </div>`;
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#portal.stop();
    this.#pages.stop();
  }

  #renderSeen(portal: OwnedPortal): unknown {
    const { t } = this.#host;
    const page = this.#pages.value?.find((seen) => isForeign(seen, portal));
    return html`<p part="notice" role="status">${
      page
        ? html`<strong>${t('setup.seen', { page: page.url })}</strong>`
        : html`<strong>${t('setup.not-seen')}</strong> ${t('setup.not-seen-about')}`
    }</p>`;
  }

  async #look(): Promise<void> {
    await this.#pages.refresh();
    const { value: portal } = this.#portal;
    const isSeen = portal && this.#pages.value?.some((page) => isForeign(page, portal));
    if (isSeen || ++this.#looks >= most) return;
    this.#timer = setTimeout(() => void this.#look(), pause);
  }
}
