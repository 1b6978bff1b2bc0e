import type { Catalogue } from './translate.js';

/**
 * Two languages that nobody speaks, made of the English words while they are asked for: what is still plain English on the
 * screen did not go through `t`, what is cut has no room for German, and what stands on the wrong side has a left or right
 * where a start or end belongs. Placeholders stay as they are.
 */

const accents: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...'AÅBƁCÇDÐEÉFƑGĜHĤIÎJĴKĶLĻMṀNÑOÖPÞQǪRŔSŠTŢUÛVṼWŴXẊYÝZŽaåbƀcçdðeéfƒgĝhĥiîjĵkķlļmɱnñoöpþqǫrŕsštţuûvṽwŵxẋyýzž'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, plain = '', accented = '']) => [plain, accented]),
);

/** A catalogue that is made word by word, for English words may still come. */
const madeOf = (english: Catalogue, make: (text: string) => string): Catalogue =>
  new Proxy(english, {
    get: (words, key) => {
      const text = words[String(key)];
      return text === undefined ? undefined : make(text);
    },
  });

/** Applies `change` to what is not a placeholder. */
const around = (text: string, change: (words: string) => string): string =>
  text
    .split(/({{\w+}})/)
    .map((piece, at) => (at % 2 ? piece : change(piece)))
    .join('');

/** Accented letters in brackets, about 40 % longer: `en-XA`. */
export const accented = (english: Catalogue): Catalogue =>
  madeOf(english, (text) => {
    const letters = text.replace(/{{\w+}}/g, '').length;
    const longer = '~'.repeat(Math.ceil(letters * 0.4));
    return `[${around(text, (words) => words.replace(/[A-Za-z]/g, (letter) => accents[letter] ?? letter))}${longer && ` ${longer}`}]`;
  });

/** Each word written from right to left: `ar-XB`. */
export const mirrored = (english: Catalogue): Catalogue =>
  madeOf(english, (text) => around(text, (words) => words.replace(/\S+/g, (word) => `\u202e${word}\u202c`)));
