import en from './en.json';
import type consent from './en.consent.json';
import type detail from './en.detail.json';
import type dialog from './en.dialog.json';
import type files from './en.files.json';
import type list from './en.list.json';
import type more from './en.more.json';
import type signIn from './en.sign-in.json';
import type writing from './en.writing.json';
import { loadCode } from '../load-code.js';
import { numberText } from './format.js';

/** Flat i18next v4 JSON: plural forms carry the suffixes of `Intl.PluralRules`. */
export type Catalogue = Readonly<Record<string, string>>;

type WithoutPlural<K> = K extends `${infer Base}_${Intl.LDMLPluralRule}` ? Base : K;

/** Every key of the English catalogues, plural suffixes aside. */
export type MessageKey = WithoutPlural<
  | keyof typeof en
  | keyof typeof consent
  | keyof typeof detail
  | keyof typeof dialog
  | keyof typeof files
  | keyof typeof list
  | keyof typeof more
  | keyof typeof signIn
  | keyof typeof writing
>;

/** A page's own wording: by language, then by key (with the plural suffix where there is one). */
export type Messages = Readonly<Record<string, Catalogue>>;

/** Values for the `{{names}}` in a message; `count` also picks the plural form. */
export type MessageArgs = Readonly<Record<string, string | number>>;

/** The portal's own word for a ticket in one language: a form by plural category, and `nominative` for many of them. */
export type TicketWord = Readonly<Record<string, string>>;

/** Only for pages that ask for them by name: not read with care yet (languages.json), or for tests (pseudo.ts). */
const drafts = ['de', 'ar', 'en-XA', 'ar-XB'];
const languages = ['en', 'pl', ...drafts];

const english: Record<string, string> = { ...en };
const catalogues = new Map<string, Catalogue>([['en', english]]);
const rules: Record<string, Intl.PluralRules> = {};

/** Adds English words that come with code that is loaded later. Other languages have one catalogue. */
export const addEnglish = (words: Catalogue): unknown => Object.assign(english, words);

const languageOf = (locale: string): string => locale.split('-', 1)[0]?.toLowerCase() ?? '';

/** The catalogue that speaks for a locale: `en-XA` has one of its own, `pt-BR` that of `pt`. */
const catalogueFor = (locale: string): string =>
  [locale, languageOf(locale)].find((name) => languages.includes(name)) ?? '';

/**
 * The locale itself when there are words for it, else English.
 *
 * @param byName the page asks for this language; else the browser prefers it, which is not enough for a draft
 */
export function supportedLocale(locale: string, byName = true): string {
  const name = catalogueFor(locale);
  return name && (byName || !drafts.includes(name)) ? locale : 'en';
}

/** True when `translate` can speak the locale at once. */
export const isLoaded = (locale: string): boolean => catalogues.has(catalogueFor(locale));

/** Loads the catalogue of a locale. One that cannot be loaded leaves English in its place. */
export async function loadCatalogue(locale: string): Promise<void> {
  const name = catalogueFor(locale);
  const load = async (): Promise<Catalogue | undefined> =>
    name === 'pl' ? (await import('./pl.json')).default : (await import('./drafts.js')).loadDraft(name, english);
  catalogues.set(name, (await loadCode(load).catch(() => undefined)) ?? english);
}

/**
 * A message in a language. What calls a ticket by its name says `{{ticket}}` or `{{tickets}}`, with a capital where one
 * belongs: the form that goes with `count`, the one for 1, and the nominative for many, of the page's own word, of the
 * portal's, or of the catalogue's.
 */
export function translate(
  locale: string,
  key: MessageKey,
  args: MessageArgs = {},
  messages: Messages = {},
  word?: TicketWord | null,
): string {
  const form = (rules[locale] ??= new Intl.PluralRules(locale)).select(Number(args.count ?? 1));
  const sources = [
    messages[locale],
    messages[languageOf(locale)],
    word && { [`ticket_${form}`]: word[form], tickets: word['nominative'] },
    catalogues.get(catalogueFor(locale)),
    english,
  ];
  const find = (key: string) =>
    sources.reduce<string | undefined>(
      (text, words) => text ?? words?.[`${key}_${form}`] ?? words?.[`${key}_other`] ?? words?.[key],
      undefined,
    );
  return (find(key) ?? key).replace(/{{(\w+)}}/g, (_, name: string) => {
    const small = name.toLowerCase();
    const value = args[name] ?? find(small) ?? '';
    if (typeof value === 'number') return numberText(locale, value);
    return name === small ? value : value.replace(/^./u, (letter) => letter.toLocaleUpperCase(locale));
  });
}
