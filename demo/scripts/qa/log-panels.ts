import { find, make } from '../dom.js';
import { pageLanguage } from '../page.js';
import type { EventEntry, RequestEntry } from './log.js';
import { say } from './words.js';

/** What happened since the scenario was opened: requests and events, the newest last. */
export interface Logs {
  readonly requests: readonly RequestEntry[];
  readonly events: readonly EventEntry[];
  request(entry: RequestEntry): void;
  event(entry: EventEntry): void;
  clear(): void;
  /** The page speaks another language. */
  rename(): void;
}

/** More lines help nobody and slow the page down. */
const most = 200;

const timeOf = (at: number): string => {
  const language = pageLanguage() === 'pl' ? 'pl' : 'en-GB';
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(at);
};

const sizeOf = (bytes: number | null): string =>
  bytes === null ? '' : new Intl.NumberFormat(pageLanguage()).format(bytes);

export function createLogs(requestPanel: HTMLElement, eventPanel: HTMLElement): Logs {
  let requests: RequestEntry[] = [];
  let events: EventEntry[] = [];
  const requestRows = find('tbody', requestPanel);
  const eventRows = find('tbody', eventPanel);
  const rows = new Map<number, HTMLTableRowElement>();

  function add(body: Element, row: HTMLTableRowElement): void {
    const box = body.closest('.scroll');
    const isAtEnd = !box || box.scrollTop + box.clientHeight >= box.scrollHeight - 4;
    body.append(row);
    if (body.children.length > most) body.firstElementChild?.remove();
    if (isAtEnd) box?.scrollTo({ top: box.scrollHeight, behavior: 'instant' });
  }

  function tell(): void {
    for (const [panel, entries, key] of [
      [requestPanel, requests, 'noRequests'],
      [eventPanel, events, 'noEvents'],
    ] as const) {
      find('.none', panel).textContent = entries.length > 0 ? '' : say(key);
      find<HTMLElement>('table', panel).hidden = entries.length === 0;
      const count = document.querySelector(`[aria-controls="${panel.id}"] .count`);
      if (count) count.textContent = entries.length > 0 ? String(entries.length) : '';
    }
  }

  function showRequest(entry: RequestEntry): void {
    const row = requestRow(entry);
    const old = rows.get(entry.id);
    rows.set(entry.id, row);
    if (old) old.replaceWith(row);
    else add(requestRows, row);
  }

  return {
    get requests() {
      return requests;
    },
    get events() {
      return events;
    },
    request(entry) {
      const isNew = !rows.has(entry.id);
      requests = isNew ? [...requests, entry] : requests.map((one) => (one.id === entry.id ? entry : one));
      showRequest(entry);
      tell();
    },
    event(entry) {
      events = [...events, entry];
      add(eventRows, eventRow(entry));
      tell();
    },
    clear() {
      requests = [];
      events = [];
      rows.clear();
      requestRows.replaceChildren();
      eventRows.replaceChildren();
      tell();
    },
    rename() {
      for (const entry of requests) showRequest(entry);
      eventRows.replaceChildren(...events.map(eventRow));
      tell();
    },
  };
}

function requestRow({ at, method, path, status, ms, size, fault }: RequestEntry): HTMLTableRowElement {
  const isFailure = status !== null && !/^(2|ok$|aborted$)/.test(status);
  const row = make('tr', isFailure ? { 'data-failed': '' } : {});
  row.append(
    make('td', {}, timeOf(at)),
    make('td', {}, method),
    make('td', { class: 'wide' }, make('code', {}, path)),
    make('td', {}, status ?? '…'),
    make('td', { class: 'number' }, ms === null ? '' : String(ms)),
    make('td', { class: 'number' }, sizeOf(size)),
    make('td', {}, fault ?? ''),
  );
  return row;
}

function eventRow({ at, name, detail, path, canceled }: EventEntry): HTMLTableRowElement {
  return make(
    'tr',
    {},
    make('td', {}, timeOf(at)),
    make('td', {}, make('code', {}, name), canceled ? ` ${say('canceled')}` : ''),
    make('td', { class: 'wide' }, make('code', {}, JSON.stringify(detail))),
    make('td', { class: 'wide' }, path),
  );
}
