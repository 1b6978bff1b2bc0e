import en from './en.json';

/** Flat i18next v4 JSON: plural forms carry the suffixes of `Intl.PluralRules`. */
export type Catalogue = Readonly<Record<string, string>>;

type WithoutPlural<K> = K extends `${infer Base}_${Intl.LDMLPluralRule}` ? Base : K;

/** Every key of the English catalogue, plural suffixes aside. */
export type MessageKey = WithoutPlural<keyof typeof en>;

/** A page's own wording: by language, then by key (with the plural suffix where there is one). */
export type Messages = Readonly<Record<string, Catalogue>>;

/** Values for the `{{names}}` in a message; `count` also picks the plural form. */
export type MessageArgs = Readonly<Record<string, string | number>>;

const loaders: Readonly<Record<string, () => Promise<{ default: Catalogue }>>> = {
  pl: () => import('./pl.json'),
};

const catalogues = new Map<string, Catalogue>([['en', en]]);

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
  catalogues.set(language, catalogue?.default ?? en);
}

export function translate(locale: string, key: MessageKey, args: MessageArgs = {}, messages: Messages = {}): string {
  const language = languageOf(locale);
  const suffix = typeof args.count === 'number' ? `_${new Intl.PluralRules(locale).select(args.count)}` : '';
  const texts = [messages[language], catalogues.get(language), en] as readonly (Catalogue | undefined)[];
  const text = texts.map((from) => from?.[key + suffix] ?? from?.[`${key}_other`] ?? from?.[key]).find((found) => found !== undefined);
  return (text ?? key).replace(/{{(\w+)}}/g, (_, name: string) => {
    const value = args[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString(locale) : value;
  });
}
