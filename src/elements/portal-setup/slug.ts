/** Longest slug, less the number that may come behind it. */
const longest = 50;
const most = 20;

/** A name as the end of an address: `Pomoc i wsparcie` becomes `pomoc-i-wsparcie`. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    // What no decomposition takes apart.
    .replaceAll('ł', 'l')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
  return slug || 'help';
}

/** The first that is free: the name's own, then with a number. */
export async function suggestSlug(name: string, isFree: (slug: string) => Promise<boolean>): Promise<string> {
  const slug = slugOf(name);
  for (let number = 2; number <= most; number++) {
    const asked = number === 2 ? slug : `${slug}-${number - 1}`;
    if (await isFree(asked)) return asked;
  }
  return slug;
}
