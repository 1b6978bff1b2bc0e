/**
 * What a search finds. A query matches a ticket when every word of the query begins some word of its subject, its number or
 * its public messages; letter case, accents and punctuation do not count. Server, memory and the marks in a snippet all ask
 * here, and the database only compares the words that were made here.
 */

/** Words are cut here, in characters: what follows tells no two apart. */
const wordLength = 32;
/** How many characters of text without spaces one word holds. */
const spanLength = 8;
/** Distinct words of one text, at most. Further ones are not found. */
export const mostWords = 8000;
/** UTF-16 code units of a snippet on either side of the first hit. */
const around = 60;

const runs = /[\p{L}\p{N}\p{M}]+/gu;
/** A character with its marks. */
const characters = /.\p{M}*/gsu;
/** Scripts that set no space between words: there a word may begin at every character. */
const spaceless = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu;
/** Accents and vowel points. Marks that are letters of their script stay, and so do the voicing marks of kana. */
const accents = /(?![\u3099\u309a])[\p{Script=Inherited}\u0591-\u05c7]/gu;
/** Letters that no normalization takes apart. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
  þ: 'th',
  ς: 'σ',
};
const others = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(accents, '')
    .replace(others, (letter) => plain[letter] ?? letter)
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');

/** A stretch of letters and digits that is one word, or as many as it has characters when its script has no spaces. */
interface Stretch {
  readonly text: string;
  /** Where it begins, in UTF-16 code units. */
  readonly at: number;
  readonly spaceless: boolean;
}

function* stretchesOf(text: string): Generator<Stretch> {
  for (const { 0: run, index } of text.matchAll(runs)) {
    let from = 0;
    for (const { 0: part, index: at } of run.matchAll(spaceless)) {
      if (at > from) yield { text: run.slice(from, at), at: index + from, spaceless: false };
      yield { text: part, at: index + at, spaceless: true };
      from = at + part.length;
    }
    if (from < run.length) yield { text: run.slice(from), at: index + from, spaceless: false };
  }
}

const cut = (word: string): string => (word.length > wordLength ? [...word].slice(0, wordLength).join('') : word);

/** The characters of the text, folded; some fold to nothing and some to two letters. */
const foldedCharacters = (text: string): string[] => (text.match(characters) ?? []).map(fold);

/** The distinct words of a text, as the database keeps them. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const stretch of stretchesOf(text)) {
    if (words.size >= mostWords) break;
    if (stretch.spaceless) {
      const letters = foldedCharacters(stretch.text);
      for (let at = 0; at < letters.length && words.size < mostWords; at++) {
        words.add(cut(letters.slice(at, at + spanLength).join('')));
      }
    } else {
      words.add(cut(fold(stretch.text)));
    }
  }
  words.delete('');
  return [...words];
}

/** The words that a ticket must have words beginning with; none for a query without letters and digits, which finds nothing. */
export function queryWords(q: string): string[] {
  const words = new Set<string>();
  for (const stretch of stretchesOf(q)) {
    const letters = stretch.spaceless ? foldedCharacters(stretch.text) : [fold(stretch.text)];
    for (let at = 0; at < letters.length; at += spanLength) words.add(cut(letters.slice(at, at + spanLength).join('')));
  }
  words.delete('');
  // "re" is found wherever "repair" is.
  return [...words].filter((word) => ![...words].some((other) => other !== word && other.startsWith(word)));
}

/** Do words of texts match a query? Both as made above. */
export const matches = (words: readonly string[], asked: readonly string[]): boolean =>
  asked.length > 0 && asked.every((one) => words.some((word) => word.startsWith(one)));

/** The first hit of `q` in `text` with up to 60 code units on either side and all hits in it marked; `null` without one. */
export function snippetOf(text: string, q: string): { text: string; marks: [number, number][] } | null {
  const hits = hitsIn(text, queryWords(q));
  const first = hits[0];
  if (!first) return null;
  const from = whole(text, Math.max(0, first[0] - around));
  const to = whole(text, Math.min(text.length, first[1] + around));
  const before = from > 0 ? '…' : '';
  const shift = before.length - from;
  return {
    text: `${before}${text.slice(from, to)}${to < text.length ? '…' : ''}`,
    marks: hits.filter((hit) => hit[1] <= to).map((hit) => [hit[0] + shift, hit[1] + shift]),
  };
}

/** The end of a character at or before a place: an emoji is not cut in two. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at);

/** Where words of the text begin with one of those asked for, in order and apart. */
function hitsIn(text: string, asked: readonly string[]): [number, number][] {
  const hits: [number, number][] = [];
  if (asked.length === 0) return hits;
  for (const stretch of stretchesOf(text)) {
    if (!stretch.spaceless && !asked.some((one) => fold(stretch.text).startsWith(one))) continue;
    const letters = stretch.text.match(characters) ?? [];
    const folded = letters.map(fold);
    let at = stretch.at;
    for (const [place, letter] of letters.entries()) {
      if (place > 0 && !stretch.spaceless) break;
      const word = folded.slice(place, stretch.spaceless ? place + spanLength : undefined).join('');
      const longest = asked
        .filter((one) => cut(word).startsWith(one))
        .sort((one, other) => other.length - one.length)[0];
      if (longest) {
        let end = at;
        for (let used = 0, next = place; used < longest.length; next++) {
          used += folded[next]?.length ?? longest.length;
          end += letters[next]?.length ?? 0;
        }
        const last = hits.at(-1);
        if (last && at <= last[1] && stretch.spaceless) last[1] = Math.max(last[1], end);
        else hits.push([at, end]);
      }
      at += letter.length;
    }
  }
  return hits;
}
