import { announce } from '../../../controllers/announcer.js';
import { CommandController } from '../../../controllers/command-controller.js';
import { saveFile } from '../../../controllers/files.js';
import type { PortalClient } from '../../../controllers/portal-client.js';
import { QueryController } from '../../../controllers/query-controller.js';
import words from '../../../i18n/en.list.json';
import { addEnglish } from '../../../i18n/translate.js';
import type { Counts, Page, Ticket, TicketScope } from '../../../model/index.js';
import { field } from '../../../styles/field.styles.js';
import type { Speech } from '../cells.js';
import type { Columns } from '../columns.js';
import type { ListAddress } from '../list-address.js';
import { everything, type ListQuery, toTicketQuery } from '../list-query.js';
import type { TicketListElement } from '../ticket-list-element.js';
import { arrivalsOf, joinPages, keepPlaces } from './pages.js';
import { tools } from './tools.styles.js';
import { renderArrived, renderNone, renderTools } from './tools-view.js';
import { addStyles } from '../../late-styles.js';

addEnglish(words);

/** Milliseconds without a further letter after which what was typed is looked for. */
const pause = 250;
/** Milliseconds within which what happens to a ticket belongs to its being opened. */
const opening = 60_000;

export type Panel = 'filter' | 'view';

/**
 * What people do with the list once they see it: search, filter, sort, choose columns, load more. It is one part of its
 * element, in its root, and asks by the element's query; its code comes after the first rows.
 */
export class ListTools {
  /** The panel that is open. */
  open: Panel | undefined;
  /** What stands in the search field, also while it is not asked for yet. */
  typed = '';
  /** There were more tickets than a page when the tools came: room is kept for large numbers. */
  readonly isLong: boolean;
  readonly host: TicketListElement;
  /** Loads further tickets. */
  readonly more: CommandController;
  /** Keeps the choice of columns. */
  readonly keeping: CommandController;
  /** Brings the list as a file. */
  readonly exporting: CommandController;
  readonly #columns: Columns;
  readonly #asked: ListAddress;
  readonly #tickets: QueryController<[ListQuery], Page<Ticket>>;
  readonly #counts: QueryController<[TicketScope], Counts>;
  /** The newest answer, while tickets in it wait to be shown. */
  #waiting: Page<Ticket> | undefined;
  #lookedFor = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: TicketListElement,
    asked: ListAddress,
    tickets: QueryController<[ListQuery], Page<Ticket>>,
    columns: Columns,
  ) {
    this.host = host;
    this.#columns = columns;
    this.#asked = asked;
    this.#tickets = tickets;
    this.isLong = !!tickets.value?.nextCursor;
    this.more = new CommandController(host, host.portal);
    this.keeping = new CommandController(host, host.portal);
    this.exporting = new CommandController(host, host.portal);
    const scope = () => this.query.scope;
    this.#counts = new QueryController<[TicketScope], Counts>(host, {
      args: () => (host.portal.client?.supports('counts') ? [scope()] : null),
      about: scope,
      ask: async (backend, [of], options) =>
        (await backend.counts?.({ scope: of }, options)) ?? Promise.reject(new TypeError('no counts')),
    });
    addStyles(host, field, tools);
  }

  get query(): ListQuery {
    return this.#asked.value;
  }

  /** Numbers, where the backend has them and has answered. */
  get counts(): Counts | undefined {
    return this.#counts.value;
  }

  get speech(): Speech {
    const { locale, t } = this.host.localize;
    return { t, locale, properties: this.host.portal.client?.settingsIn(locale)?.properties ?? [] };
  }

  render(): unknown {
    // What was asked elsewhere, by the address or by a button, stands in the field as well.
    if (this.query.q !== this.#lookedFor) this.typed = this.#lookedFor = this.query.q;
    return renderTools(this);
  }

  renderArrived(): unknown {
    const count = this.#arrivals.length;
    return renderArrived(this.speech, count, () => void this.#handleArrived());
  }

  renderNone(query: ListQuery): unknown {
    return renderNone(this, query);
  }

  /**
   * Takes an answer to what is asked, and says what is to be shown of it.
   *
   * @param shown what the reader is looking at: its rows keep their places, and new ones wait, unless the reader has just
   *   opened one of them. Absent when rows may move
   * @param isAnother it answers another question than the last
   */
  receive(page: Page<Ticket>, shown: Page<Ticket> | undefined, isAnother: boolean): Page<Ticket> {
    if (isAnother) this.#say(page);
    const kept = shown?.items.length && keepPlaces(shown, page);
    if (!kept || arrivalsOf(kept, page).some(this.#isJustOpened)) {
      this.#waiting = undefined;
      return page;
    }
    const before = this.#arrivals.length;
    this.#waiting = page;
    const count = arrivalsOf(kept, page).length;
    if (count > before) announce(this.speech.t('list.arrived', { count }), this.speech.locale);
    return kept;
  }

  /** Loads further tickets after those shown. Resolves with the id of the first of them. */
  async loadMore(): Promise<string | undefined> {
    const { client } = this.host.portal;
    const { query } = this;
    let first: string | undefined;
    await this.more.run(async () => {
      for (let before = this.#tickets.value; client && before?.nextCursor; before = this.#tickets.value) {
        const asking = { ...toTicketQuery(query), cursor: before.nextCursor };
        const page = await client.backend.listTickets(asking, { locale: this.speech.locale });
        // Another question was faster; its rows stand.
        if (this.query !== query) return;
        // So was a refresh: the page goes on from its rows.
        if (this.#tickets.value !== before) continue;
        const all = { ...joinPages(before, page), asOf: page.asOf };
        this.#tickets.patch(all);
        this.#say(all);
        await this.host.updateComplete;
        first = page.items[0]?.id;
        return;
      }
    });
    return first;
  }

  /** Asks for something else. */
  ask(changes: Partial<ListQuery>): void {
    clearTimeout(this.#timer);
    this.more.reset();
    this.#asked.ask(changes);
  }

  /** Asks for all tickets again, in the order chosen. */
  clear(): void {
    this.ask({ ...everything, sort: this.query.sort });
  }

  /** Looks for what is typed, as soon as nothing more is. */
  search(text: string, now = false): void {
    this.typed = text;
    clearTimeout(this.#timer);
    const look = () => {
      this.#lookedFor = text.trim();
      if (this.#lookedFor !== this.query.q) this.ask({ q: this.#lookedFor });
    };
    if (now) look();
    else this.#timer = setTimeout(look, pause);
  }

  toggle(panel: Panel): void {
    this.open = this.open === panel ? undefined : panel;
    this.host.requestUpdate();
  }

  /** Names of the columns that are shown. */
  get columns(): readonly string[] {
    const { client } = this.host.portal;
    return client ? this.#columns.shown(client, this.speech.locale, this.query.scope, this.host.columns) : [];
  }

  /** Shows other columns at once, and keeps them where the backend can. */
  choose(columns: readonly string[]): void {
    const { client } = this.host.portal;
    if (!client) return;
    this.#columns.choose(client, columns);
    this.host.requestUpdate();
    if (client.supports('setPreferences')) void this.keeping.run(() => this.#keepColumns(client));
  }

  /** Hands the whole list that is asked for to the browser's downloads. */
  async export(): Promise<void> {
    const { client } = this.host.portal;
    const { locale } = this.speech;
    await this.exporting.run(async () => {
      const file = await client?.backend.exportTickets?.(toTicketQuery(this.query), { locale });
      if (file) saveFile(file, 'tickets.csv');
    });
  }

  /** Puts the focus on one of the tools. */
  focusTool(part: string): void {
    this.host.renderRoot.querySelector<HTMLElement>(`[part~=${part}]`)?.focus();
  }

  /** By the reader: they look for it where it belongs. */
  readonly #isJustOpened = ({ requester, createdAt, updatedAt }: Ticket): boolean =>
    requester.id === this.host.portal.client?.contact?.id && Date.parse(updatedAt) - Date.parse(createdAt) < opening;

  get #arrivals(): readonly Ticket[] {
    const { value } = this.#tickets;
    return value && this.#waiting ? arrivalsOf(value, this.#waiting) : [];
  }

  /** What is chosen while another choice is on its way is kept after it. */
  async #keepColumns(client: PortalClient): Promise<void> {
    let kept = '';
    while (kept !== this.columns.join()) {
      const { columns } = this;
      await client.backend.setPreferences?.({ columns });
      kept = columns.join();
    }
  }

  async #handleArrived(): Promise<void> {
    const { value } = this.#tickets;
    const [first] = this.#arrivals;
    if (!value || !this.#waiting || !first) return;
    this.#tickets.patch({ ...joinPages(this.#waiting, value), asOf: value.asOf });
    this.#waiting = undefined;
    await this.host.updateComplete;
    this.host.focusTicket(first.id);
  }

  #say({ items }: Page<Ticket>): void {
    announce(this.speech.t('list.count', { count: items.length }), this.speech.locale);
  }
}
