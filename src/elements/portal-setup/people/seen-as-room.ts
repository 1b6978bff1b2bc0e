import { html, nothing } from 'lit';

import type { Contact, Page, SeenTicket } from '../../../backend/setup/people-backend.js';
import type { OwnedPortal } from '../../../backend/setup/setup-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton, renderTime, whyText } from '../../templates.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';

interface Seen {
  readonly contact: Contact;
  readonly portal: OwnedPortal;
  readonly page: Page<SeenTicket>;
}

/** The tickets of a portal as one contact gets them, to be looked at and nothing else. */
export class SeenAsRoom implements Room {
  readonly state = 'seen-as';
  readonly #host: RoomHost;
  readonly #id: string;
  readonly #slug: string;
  readonly #seen: Reading<Seen>;
  readonly #more: CommandController;

  constructor(host: RoomHost, id: string, slug: string) {
    this.#host = host;
    this.#id = id;
    this.#slug = slug;
    this.#more = new CommandController(host, host);
    this.#seen = new Reading(host, async (signal) => {
      const [contact, portal, page] = await Promise.all([
        host.setup.getContact(id, { signal }),
        host.setup.getPortal(slug, { signal }),
        host.setup.ticketsAs(slug, id, undefined, { signal }),
      ]);
      return { contact, portal, page };
    });
    void this.#seen.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { value: seen, error } = this.#seen;
    if (error && !seen) return renderFailure(t, error, this.#seen.refresh);
    if (!seen) return renderSkeleton(t('loading'));
    const { contact, portal, page } = seen;
    return html`<div class="stack">
      <a part="link" href="#/people/${contact.id}"><bdi>${contact.name}</bdi></a>
      ${renderHeading(headingLevel, t('contacts.seen-as', { name: contact.name, portal: portal.name }))}
      <p part="notice">${t('contacts.seen-as-about')}</p>
      ${page.items.length ? this.#renderTickets(page) : html`<p>${t('contacts.seen-nothing')}</p>`}
    </div>`;
  }

  leave(): void {
    this.#seen.stop();
  }

  #renderTickets({ items, nextCursor }: Page<SeenTicket>): unknown {
    const { t, locale } = this.#host;
    const { pending, error } = this.#more;
    return html`<ul part="rows" role="list">${items.map(
      ({ number, subject, status, updatedAt, why }) => html`<li part="row">
        <p><span class="meta">#${number}</span> <strong dir="auto">${subject}</strong> <span part="status">${status.label}</span></p>
        <p class="meta">${whyText(t, why)} · ${renderTime(locale, updatedAt)}</p>
      </li>`,
    )}</ul>
    <p part="error" role="alert" ?hidden=${!error}>${error ? errorText(t, error) : nothing}</p>
    ${
      nextCursor
        ? html`<button part="button more-rows" type="button" aria-disabled=${pending} @click=${this.#handleMore}>${t('rooms.more')}</button>`
        : nothing
    }`;
  }

  readonly #handleMore = async (): Promise<void> => {
    const { value: seen } = this.#seen;
    const cursor = seen?.page.nextCursor;
    if (!seen || !cursor) return;
    await this.#more.run(async () => {
      const next = await this.#host.setup.ticketsAs(this.#slug, this.#id, cursor);
      this.#seen.value = { ...seen, page: { ...next, items: [...seen.page.items, ...next.items] } };
    });
  };
}
