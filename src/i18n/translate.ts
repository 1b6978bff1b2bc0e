import en from './en.json';
import type more from './en.more.json';
import type signIn from './en.sign-in.json';

/** Flat i18next v4 JSON: plural forms carry the suffixes of `Intl.PluralRules`. */
export type Catalogue = Readonly<Record<string, string>>;

type WithoutPlural<K> = K extends `${infer Base}_${Intl.LDMLPluralRule}` ? Base : K;

/** Every key of the English catalogues, plural suffixes aside. */
export type MessageKey = WithoutPlural<keyof typeof en | keyof typeof more | keyof typeof signIn>;

/** A page's own wording: by language, then by key (with the plural suffix where there is one). */
export type Messages = Readonly<Record<string, Catalogue>>;

/** Values for the `{{names}}` in a message; `count` also picks the plural form. */
export type MessageArgs = Readonly<Record<string, string | number>>;

/** The portal's own word for a ticket in one language: a form by plural category, and `nominative` for many of them. */
export type TicketWord = Readonly<Record<string, string>>;

/** Languages that were read with care. The others are drafts, for pages that ask for them by name: languages.json. */
const reviewed = ['en', 'pl'];

const loaders: Readonly<Record<string, () => Promise<{ default: Catalogue }>>> = {
  pl: () => import('./pl.json'),
  de: () => import('./de.json'),
  ar: () => import('./ar.json'),
  'en-XA': () => import('./pseudo.js').then(({ accented }) => ({ default: accented(english) })),
  'ar-XB': () => import('./pseudo.js').then(({ mirrored }) => ({ default: mirrored(english) })),
};

const english: Record<string, string> = { ...en };
const catalogues = new Map<string, Catalogue>([['en', english]]);
const rules: Record<string, Intl.PluralRules> = {};

/** Adds English words that come with code that is loaded later. Other languages have one catalogue. */
export const addEnglish = (words: Catalogue): unknown => Object.assign(english, words);

/** A locale and what it is a kind of: `pt-BR`, `pt`. */
const withParents = (locale: string): string[] =>
  locale.split('-').map((_, at, subtags) => subtags.slice(0, subtags.length - at).join('-'));

/** The catalogue that speaks for a locale. */
const nameOf = (locale: string): string =>
  withParents(locale).find((name) => catalogues.has(name) || name in loaders) ?? '';

/**
 * The locale itself, as BCP 47 writes it, when there are words for it, else English.
 *
 * @param byName the page asks for this language; else the browser prefers it, which is not enough for a draft
 */
export function supportedLocale(locale: string, byName = true): string {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(locale);
    const name = nameOf(tag);
    return name && (byName || reviewed.includes(name)) ? tag : 'en';
  } catch {
    // A page may write anything.
    return 'en';
  }
}

/** True when `translate` can speak the locale at once. */
export const isLoaded = (locale: string): boolean => catalogues.has(nameOf(locale));

/** Loads the catalogue of a locale. One that cannot be loaded leaves English in its place. */
export async function loadCatalogue(locale: string): Promise<void> {
  const name = nameOf(locale);
  const catalogue = await loaders[name]?.().catch(() => undefined);
  catalogues.set(name, catalogue?.default ?? english);
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
  const names = withParents(locale);
  const form = (rules[locale] ??= new Intl.PluralRules(locale)).select(Number(args.count ?? 1));
  const find = (key: string, own?: string): string | undefined => {
    const among = (words: Catalogue | undefined) =>
      words?.[`${key}_${form}`] ?? words?.[`${key}_other`] ?? words?.[key];
    const first = (all: readonly (Catalogue | undefined)[]) => all.map(among).find((text) => text !== undefined);
    return (
      first(names.map((name) => messages[name])) ??
      own ??
      first([...names.map((name) => catalogues.get(name)), english])
    );
  };
  return (find(key) ?? key).replace(/{{(\w+)}}/g, (_, name: string) => {
    const value = args[name];
    if (typeof value === 'number') return value.toLocaleString(locale);
    if (value !== undefined) return value;
    const small = name.toLowerCase();
    const own: Record<string, string | undefined> = { ticket: word?.[form], tickets: word?.['nominative'] };
    const text = find(small, own[small]) ?? '';
    return small === name ? text : text.replace(/^./u, (letter) => letter.toLocaleUpperCase(locale));
  });
}
