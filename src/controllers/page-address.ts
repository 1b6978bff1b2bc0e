import type { Routing } from '../context/route-context.js';

export type { Routing };

/** The parameters of the page's address now. Empty with `none`. */
export function readParams(
  routing: Routing,
  { search, hash }: Pick<URL, 'search' | 'hash'> = location,
): URLSearchParams {
  if (routing === 'query') return new URLSearchParams(search);
  // A heading's anchor is no list of values; the place takes its turn.
  return new URLSearchParams(routing === 'hash' && hash.includes('=') ? hash.slice(1) : '');
}

/**
 * The page's address with some parameters changed and the rest left alone.
 *
 * @param changes by name; an empty value takes the parameter out
 */
export function addressWith(routing: Routing, changes: Readonly<Record<string, string | null>>): string {
  const url = new URL(location.href);
  const params = readParams(routing, url);
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  if (routing === 'hash') url.hash = params.toString();
  else if (routing === 'query') url.search = params.toString();
  return url.href;
}
