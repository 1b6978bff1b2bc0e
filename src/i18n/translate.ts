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

const loaders: Readonly<Record<string, () => Promise<{ default: Catalogue }>>> = {
  pl: () => import('./pl.json'),
};

const english: Record<string, string> = { ...en };
const catalogues = new Map<string, Catalogue>([['en', english]]);

/** Adds English words that come with code that is loaded later. Other languages have one catalogue. */
export const addEnglish = (words: Catalogue): unknown => Object.assign(english, words);

export const languageOf = (locale: string): string => locale.split('-', 1)[0]?.toLowerCase() ?? '';

/** The locale itself when its language has a catalogue, else English. */
export const supportedLocale = (locale: string): string => {
  const language = languageOf(locale);
  return catalogues.has(language) || language in loaders ? locale : 'en';
};

/** True when `translate` can speak the locale at once. */
export const isLoaded = (locale: string): boolean => catalogues.has(languageOf(locale));

/** Loads the catalogue of a locale's language. One that cannot be loaded leaves English in its place. */
export async function loadCatalogue(locale: string): Promise<void> {
  const language = languageOf(locale);
  const catalogue = await loaders[language]?.().catch(() => undefined);
  catalogues.set(language, catalogue?.default ?? english);
}

export function translate(locale: string, key: MessageKey, args: MessageArgs = {}, messages: Messages = {}): string {
  const language = languageOf(locale);
  const suffix = typeof args.count === 'number' ? `_${new Intl.PluralRules(locale).select(args.count)}` : '';
  const find = (words: Catalogue | undefined) => words?.[key + suffix] ?? words?.[`${key}_other`] ?? words?.[key];
  const text = find(messages[language]) ?? find(catalogues.get(language)) ?? find(english) ?? key;
  return text.replace(/{{(\w+)}}/g, (_, name: string) => {
    const value = args[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString(locale) : value;
  });
}
