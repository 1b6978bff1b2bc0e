import type { Catalogue } from './translate.js';

/** What has no loader here is not there: `translate.ts` knows the names, and this module comes only when one is asked for. */
const loaders: Readonly<Record<string, (english: Catalogue) => Promise<Catalogue>>> = {
  de: async () => (await import('./de.json')).default,
  ar: async () => (await import('./ar.json')).default,
  'en-XA': async (english) => (await import('./pseudo.js')).accented(english),
  'ar-XB': async (english) => (await import('./pseudo.js')).mirrored(english),
};

/** The catalogue of a language that a page asks for by name; the languages for tests are made of the English words. */
export const loadDraft = (name: string, english: Catalogue): Promise<Catalogue> | undefined => loaders[name]?.(english);
