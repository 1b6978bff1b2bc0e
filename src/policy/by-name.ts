/** How many of those who asked are named beside the numbers of a list. */
export const mostRequesters = 200;

/** In the order in which a language sorts names, the first `mostRequesters`. */
export function firstByName<T extends { readonly id: string; readonly name: string }>(
  people: readonly T[],
  language: string,
): T[] {
  const { compare } = new Intl.Collator(language);
  return people
    .toSorted((one, other) => compare(one.name, other.name) || (one.id < other.id ? -1 : 1))
    .slice(0, mostRequesters);
}
