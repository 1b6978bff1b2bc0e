import { html, nothing } from 'lit';

import { languageName, renderTextField } from '../fields.js';
import type { RoomHost } from '../room.js';
import type { SetupTranslate } from '../words.js';

/** Texts by language, while they are written. */
export type LabelsDraft = Record<string, string>;

/** As long as the server lets a label be. */
const longestLabel = 100;

/** By the name of a field, what is wrong with it. */
export type Problems = Record<string, string>;

/** What is wrong with a label; nothing where it is fine. */
export function labelProblem(t: SetupTranslate, text: string | undefined, locale: string): string | undefined {
  if (!text?.trim()) return t('entries.label-missing', { language: languageName(locale) });
  return text.trim().length > longestLabel ? t('entries.too-long', { max: longestLabel }) : undefined;
}

/** Without what a portal does not speak. */
export const labelsIn = (label: LabelsDraft, locales: readonly string[]): LabelsDraft =>
  Object.fromEntries(locales.map((locale) => [locale, label[locale]?.trim() ?? '']));

export const labelName = (name: string, locale: string): string => `${name}-${locale}`;

interface LabelFields {
  /** Of the fields; each has its language after it. */
  readonly name: string;
  /** Above each of them, without the language. */
  readonly words: string;
  readonly label: LabelsDraft;
  readonly locales: readonly string[];
  readonly problems: Problems;
  readonly onInput: (locale: string, text: string) => void;
}

/** A field for each language of the portal. */
export const renderLabels = ({ name, words, label, locales, problems, onInput }: LabelFields): unknown =>
  html`<div part="labels">${locales.map((locale) =>
    renderTextField({
      name: labelName(name, locale),
      label: locales.length > 1 ? `${words} (${languageName(locale)})` : words,
      value: label[locale] ?? '',
      error: problems[labelName(name, locale)],
      onInput: (text) => onInput(locale, text),
    }),
  )}</div>`;

interface Entry {
  /** Of the list that it is in. */
  readonly list: string;
  readonly at: number;
  /** How many there are. */
  readonly count: number;
  readonly title: string;
  readonly about?: string | undefined;
  /** Folded where it is false. */
  readonly isOpen: boolean;
  readonly body: unknown;
  readonly onToggle: () => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

/** One of several that have an order: folded, with the buttons that move and remove it. */
export function renderEntry(host: RoomHost, entry: Entry): unknown {
  const { list, at, title, about, isOpen, body, onToggle } = entry;
  const id = `${list}-${at}`;
  return html`<li part="entry">
    <div part="entry-head">
      <button part="button button-plain entry-toggle" type="button" aria-expanded=${isOpen} aria-controls=${id} @click=${onToggle}><bdi>${title}</bdi></button>
      <span class="meta">${about ?? nothing}</span>
      ${renderMoves(host, entry)}
    </div>
    <div part="entry-body" id=${id} ?hidden=${!isOpen}>${isOpen ? body : nothing}</div>
  </li>`;
}

/** The buttons that change the order. The focus stays on them, wherever the entry goes. */
export function renderMoves(
  host: RoomHost,
  { list, at, count, title, onMove, onRemove }: Pick<Entry, 'list' | 'at' | 'count' | 'title' | 'onMove' | 'onRemove'>,
): unknown {
  const { t } = host;
  const move = (way: 'up' | 'down', to: number) => {
    const isPossible = to >= 0 && to < count;
    const handle = () => {
      if (!isPossible) return;
      onMove(to);
      host.focusOn(`#${list}-${to}-${way}`);
    };
    return html`<button part="button move" type="button" id="${list}-${at}-${way}" aria-disabled=${!isPossible}
      aria-label=${t(way === 'up' ? 'entries.up' : 'entries.down', { name: title })} @click=${handle}>${way === 'up' ? '↑' : '↓'}</button>`;
  };
  return html`<span part="moves">${move('up', at - 1)} ${move('down', at + 1)}
    <button part="button button-plain remove" type="button" aria-label=${t('entries.remove-this', { name: title })} @click=${onRemove}>${t('entries.remove')}</button></span>`;
}

export function moveTo<T>(list: T[], from: number, to: number): void {
  list.splice(to, 0, ...list.splice(from, 1));
}
