import { html, nothing } from 'lit';

import type { Company, Contact, Page, Search } from '../../../backend/setup/people-backend.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { errorText, renderFailure, renderHeading, renderSkeleton } from '../../templates.js';
import { renderTextField } from '../fields.js';
import { KeptValues } from '../kept-values.js';
import { Reading } from '../reading.js';
import type { Room, RoomHost } from '../room.js';
import { Picking } from './picking.js';
import type { SetupTranslate } from '../words.js';

/** Milliseconds without a key press, after which is searched. */
const pause = 250;

/** What a list is of. */
export interface ListOf<Item> {
  readonly name: 'people' | 'companies';
  read(host: RoomHost, search: Search, signal: AbortSignal): Promise<Page<Item>>;
  renderRow(t: SetupTranslate, item: Item): unknown;
  renderActions(t: SetupTranslate): unknown;
  /** Where several of them can be ticked. */
  pick?(host: RoomHost): PickingOf<Item>;
}

interface PickingOf<Item> {
  renderTick(item: Item): unknown;
  renderBar(): unknown;
  stop(): void;
}

export const contactList: ListOf<Contact> = {
  name: 'people',
  read: ({ setup }, search, signal) => setup.listContacts(search, { signal }),
  renderRow: (t, { id, name, email, companies, enabled }) => html`
    <p><a href="#/people/${id}"><strong dir="auto">${name}</strong></a>
      ${enabled ? nothing : html`<span part="status">${t('contacts.disabled')}</span>`}</p>
    <p class="meta"><bdi>${email}</bdi>${companies.map((company) => html` · <bdi>${company.name}</bdi>`)}</p>`,
  renderActions: (t) => html`<a part="button button-primary" href="#/people/new">${t('contacts.new')}</a>
    <a part="button" href="#/people/import">${t('contacts.import')}</a>
    <a part="button" href="#/people/definitions">${t('properties.heading')}</a>`,
  pick: (host) => new Picking(host),
};

export const companyList: ListOf<Company> = {
  name: 'companies',
  read: ({ setup }, search, signal) => setup.listCompanies(search, { signal }),
  renderRow: (_t, { id, name, emailDomains }) => html`
    <p><a href="#/companies/${id}"><strong dir="auto">${name}</strong></a></p>
    <p class="meta" dir="ltr">${emailDomains.join(', ')}</p>`,
  renderActions: (t) => html`<a part="button button-primary" href="#/companies/new">${t('companies.new')}</a>`,
};

/** A list that is searched while one types. */
export class ListRoom<Item> implements Room {
  readonly state: 'people' | 'companies';
  readonly #host: RoomHost;
  readonly #list: ListOf<Item>;
  readonly #kept: KeptValues;
  readonly #page: Reading<Page<Item>>;
  readonly #more: CommandController;
  readonly #picking: PickingOf<Item> | undefined;
  readonly #values = { q: '' };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: RoomHost, list: ListOf<Item>) {
    this.#host = host;
    this.#list = list;
    this.state = list.name;
    this.#kept = new KeptValues(list.name);
    Object.assign(this.#values, this.#kept.read());
    this.#more = new CommandController(host, host);
    this.#picking = list.pick?.(host);
    this.#page = new Reading(host, (signal) => list.read(host, this.#search, signal));
    void this.#page.refresh();
  }

  render(): unknown {
    const { t, headingLevel } = this.#host;
    const { name } = this.#list;
    return html`<div class="stack">
      ${renderHeading(headingLevel, t(`${name === 'people' ? 'contacts' : 'companies'}.heading`))}
      <div part="actions">${this.#list.renderActions(t)}</div>
      <search class="stack">${renderTextField({
        name: 'q',
        label: t(name === 'people' ? 'contacts.search' : 'companies.search'),
        value: this.#values.q,
        onInput: this.#handleInput,
      })}</search>
      ${this.#renderPage()}
      ${this.#picking?.renderBar()}
    </div>`;
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#page.stop();
    this.#picking?.stop();
  }

  get #search(): Search {
    const q = this.#values.q.trim();
    return q ? { q } : {};
  }

  #renderPage(): unknown {
    const { t } = this.#host;
    const { value: page, error } = this.#page;
    const failure = error && renderFailure(t, error, this.#page.refresh);
    if (!page) return failure ?? renderSkeleton(t('loading'));
    const isPeople = this.#list.name === 'people';
    const empty = this.#search.q ? 'rooms.no-match' : isPeople ? 'contacts.none' : 'companies.none';
    const { pending, error: moreError } = this.#more;
    return html`${failure ?? nothing}
      <p class="meta" role="status">${
        page.items.length ? t(isPeople ? 'contacts.shown' : 'companies.shown', { count: page.items.length }) : t(empty)
      }</p>
      ${
        page.items.length
          ? html`<ul part="rows" role="list">${page.items.map(
              (item) =>
                html`<li part=${this.#picking ? 'row ticked' : 'row'}>${this.#picking?.renderTick(item)}<div>${this.#list.renderRow(t, item)}</div></li>`,
            )}</ul>`
          : nothing
      }
      <p part="error" role="alert" ?hidden=${!moreError}>${moreError ? errorText(t, moreError) : nothing}</p>
      ${
        page.nextCursor
          ? html`<button part="button more-rows" type="button" aria-disabled=${pending} @click=${this.#handleMore}>${t('rooms.more')}</button>`
          : nothing
      }`;
  }

  readonly #handleInput = (q: string): void => {
    this.#values.q = q;
    this.#kept.write(this.#values);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#page.refresh(), pause);
  };

  readonly #handleMore = async (): Promise<void> => {
    const { value: page } = this.#page;
    if (!page?.nextCursor) return;
    const search = { ...this.#search, cursor: page.nextCursor };
    await this.#more.run(async () => {
      const next = await this.#list.read(this.#host, search, new AbortController().signal);
      // Something else was searched for meanwhile.
      if (this.#page.value !== page) return;
      this.#page.value = { ...next, items: [...page.items, ...next.items] };
    });
  };
}
