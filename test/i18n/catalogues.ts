import arabic from '../../src/i18n/ar.json' with { type: 'json' };
import english from '../../src/i18n/en.json' with { type: 'json' };
import german from '../../src/i18n/de.json' with { type: 'json' };
import consent from '../../src/i18n/en.consent.json' with { type: 'json' };
import detail from '../../src/i18n/en.detail.json' with { type: 'json' };
import dialog from '../../src/i18n/en.dialog.json' with { type: 'json' };
import files from '../../src/i18n/en.files.json' with { type: 'json' };
import list from '../../src/i18n/en.list.json' with { type: 'json' };
import more from '../../src/i18n/en.more.json' with { type: 'json' };
import polish from '../../src/i18n/pl.json' with { type: 'json' };
import signIn from '../../src/i18n/en.sign-in.json' with { type: 'json' };
import writing from '../../src/i18n/en.writing.json' with { type: 'json' };
import type { Catalogue } from '../../src/i18n/translate.js';

/** English, which comes in parts, with the code that speaks it. */
export const en: Catalogue = {
  ...english,
  ...consent,
  ...detail,
  ...dialog,
  ...files,
  ...list,
  ...more,
  ...signIn,
  ...writing,
};

/** Every language with a catalogue of its own. */
export const catalogues: Readonly<Record<string, Catalogue>> = { en, pl: polish, de: german, ar: arabic };

const plural = /_(zero|one|two|few|many|other)$/;

/** A key without its plural suffix. */
export const baseOf = (key: string): string => key.replace(plural, '');

export const isCounted = (key: string): boolean => plural.test(key);

/** Names in `{{…}}`, sorted. */
export const placeholders = (text: string): string[] =>
  [...text.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name).sort();
