import type { Caller, Carrier } from '../deps.js';

const attributes = {
  // Only requests of our elements need it, and these are of the same site.
  'same-site': 'SameSite=Strict',
  // Kept apart for each site that embeds the portal, so that none of them is followed to another.
  'cross-site': 'SameSite=None; Partitioned',
} as const satisfies Partial<Record<Caller['carrier'], string>>;

/** Headers that give tokens to the memory of a page, by the kind that the name of a cookie says. */
const headerOf: Readonly<Record<string, string>> = { s: 'x-portal-session', f: 'x-portal-flow' };

/** Tokens travel in cookies that scripts cannot read; where the browser keeps none, in headers that a page's memory holds. */
export const callerCarrier: Carrier = {
  read: (caller, name) => (caller.carrier === 'memory' ? caller.tokens : caller.cookies)[name] ?? null,
  write(headers, caller, name, token, maxAge) {
    if (caller.carrier === 'memory') {
      const header = headerOf[/^__Host-portal_(\w)_/.exec(name)?.[1] ?? ''];
      if (header) headers.set(header, token ?? '');
      return;
    }
    const life = token === null ? '; Max-Age=0' : maxAge === null ? '' : `; Max-Age=${Math.floor(maxAge)}`;
    const kind = attributes[caller.carrier];
    headers.append('set-cookie', `${name}=${token ?? ''}; Path=/; Secure; HttpOnly; ${kind}${life}`);
  },
};
