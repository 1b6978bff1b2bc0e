import type { Routing } from '../context/route-context.js';

type Address = Pick<URL, 'search' | 'hash'>;

/** A heading's anchor is no list of values: it says nothing of what a portal shows. */
export const isAnchor = (routing: Routing, { hash }: Address = location): boolean =>
  routing === 'hash' && hash !== '' && !hash.includes('=');

/** The parameters of an address as they are written there. Empty with `none`. */
const textOf = (routing: Routing, address: Address): string =>
  routing === 'none' || isAnchor(routing, address) ? '' : address[routing === 'hash' ? 'hash' : 'search'].slice(1);

/** The parameters of the page's address now. Empty with `none`. */
export const readParams = (routing: Routing, address: Address = location): URLSearchParams =>
  new URLSearchParams(textOf(routing, address));

/**
 * The page's address with some parameters changed. The rest stays letter by letter, however the page writes it; a heading's
 * anchor makes room for a place.
 *
 * @param changes by name; an empty value takes the parameter out
 */
export function addressWith(routing: Routing, changes: Readonly<Record<string, string | null>>): string {
  const url = new URL(location.href);
  const left = new Map(Object.entries(changes));
  const written = (name: string): string[] => {
    const value = left.get(name);
    left.delete(name);
    return value ? [String(new URLSearchParams([[name, value]]))] : [];
  };
  const kept = textOf(routing, url)
    .split('&')
    .flatMap((pair) => {
      const [name = ''] = new URLSearchParams(pair).keys();
      return Object.hasOwn(changes, name) ? written(name) : pair || [];
    });
  const text = [...kept, ...[...left.keys()].flatMap(written)].join('&');
  if (routing === 'hash') url.hash = text;
  else if (routing === 'query') url.search = text;
  return url.href;
}
