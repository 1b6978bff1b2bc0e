import type { Context } from 'hono';
import { accepts } from 'hono/accepts';

import type { PortalSettings } from '../settings/portal.js';

type Languages = Pick<PortalSettings, 'locale' | 'locales'>;

const languageOf = (locale = ''): string | undefined => locale.split('-')[0];

/** One of the portal's languages for a tag: by full tag, else by language. */
const localeFor = ({ locales }: Languages, tag: string): string | undefined =>
  locales.find((locale) => locale === tag || locale === languageOf(tag)) ??
  locales.find((locale) => languageOf(locale) === languageOf(tag));

/** What a visitor reads, and whether that is none of the languages that they asked for. */
export interface ChosenLanguage {
  readonly language: string;
  readonly isForeign: boolean;
}

/** The first of the visitor's languages that the portal has, by full tag or by language; else the portal's own. */
export function chooseLanguage(c: Context, portal: Languages): ChosenLanguage {
  const found = accepts(c, {
    header: 'Accept-Language',
    supports: [...portal.locales],
    // To whom every language is welcome, the portal's own is.
    default: c.req.header('accept-language') ? '' : portal.locale,
    match: (wanted, { default: own }) =>
      wanted
        .toSorted((one, other) => other.q - one.q)
        .flatMap(({ type }) => (type === '*' ? portal.locale : undefined) ?? localeFor(portal, type) ?? [])[0] ?? own,
  });
  return { language: found || portal.locale, isForeign: !found };
}

/** The language of a page: the one that its address asks for, where the portal has it; else as above. */
export const pageLanguage = (c: Context, portal: Languages): string =>
  localeFor(portal, c.req.query('lang') ?? '') ?? chooseLanguage(c, portal).language;

/** Languages that are written from right to left. */
export const directionOf = (locale: string): 'rtl' | 'ltr' =>
  /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)(-|$)/i.test(locale) ? 'rtl' : 'ltr';
