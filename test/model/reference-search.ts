/** What a search finds, for texts of plain English words: every word asked for begins a word that is there. */

export const wordsIn = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

export function found(words: readonly string[], q: string, how: 'every' | 'any' = 'every'): boolean {
  const all = wordsIn(q);
  // A word that begins another one adds nothing to it.
  const asked = all.filter((one) => !all.some((other) => other !== one && other.startsWith(one)));
  if (asked.length === 0) return false;
  const begins = (one: string) => words.some((word) => word.startsWith(one));
  return how === 'every' ? asked.every(begins) : asked.some(begins);
}
