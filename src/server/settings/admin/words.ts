import type { PortalChangeWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { PortalWords } from '../portal.js';

type Words = NonNullable<PortalChangeWire['words']>;

/**
 * What is kept of the owner's own words: their forms without space around them.
 *
 * @param locales of the portal
 * @throws ApiError `invalid`, with the path of a language that the portal does not have (`unknown`), of a form that the
 *   language counts with and that is not there (`missing`), and of one that it does not count with (`unknown`)
 */
export function readWords({ ticket }: Words, locales: readonly string[]): PortalWords {
  const fields = Object.entries(ticket).flatMap(([language, forms]) => {
    const path = `words.ticket.${language}`;
    const needed = locales.includes(language) ? formsOf(language) : null;
    if (!needed) return [{ path, code: 'unknown' }];
    const given = Object.keys(forms);
    return [
      ...needed.filter((form) => !given.includes(form)).map((form) => ({ path: `${path}.${form}`, code: 'missing' })),
      ...given.filter((form) => !needed.includes(form)).map((form) => ({ path: `${path}.${form}`, code: 'unknown' })),
    ];
  });
  if (fields.length > 0) throw new ApiError('invalid', { fields });
  const trimmed = (forms: object) =>
    Object.fromEntries(Object.entries(forms).map(([form, text]) => [form, text.trim()]));
  return {
    ticket: Object.fromEntries(Object.entries(ticket).map(([language, forms]) => [language, trimmed(forms)])),
  };
}

/** The words of those languages that the portal still has. */
export const keepWords = ({ ticket }: PortalWords, locales: readonly string[]): PortalWords => ({
  ticket: Object.fromEntries(Object.entries(ticket).filter(([language]) => locales.includes(language))),
});

/** The plural categories of a language, and the nominative of many; `null` for one that nobody can count in here. */
function formsOf(language: string): readonly string[] | null {
  try {
    const [known] = Intl.PluralRules.supportedLocalesOf(language);
    return known ? [...new Intl.PluralRules(known).resolvedOptions().pluralCategories, 'nominative'] : null;
  } catch {
    // It looks like a language tag and is none.
    return null;
  }
}
