import type { InspectionWire } from '../../../wire/index.js';
import { isLoopbackName } from '../config.js';
import { type Finding, hint, missing, ok } from './finding.js';

/** Pages that may embed a portal: browsers send exactly one spelling, and keep no session for a page without TLS. */
export function checkOrigins({ slug, origins }: InspectionWire['portals'][number]): Finding {
  const check = `pages of the portal ${slug}`;
  const isLocal = (origin: string) => isLoopbackName(new URL(origin).hostname);
  const insecure = origins.filter((origin) => origin.startsWith('http:') && !isLocal(origin));
  if (insecure.length > 0) {
    const secure = insecure.map((origin) => origin.replace(/^http:/, 'https:'));
    return missing(
      check,
      `It allows ${insecure.join(', ')}, where nobody can sign in. Allow ${secure.join(', ')} instead.`,
    );
  }
  const local = origins.filter(isLocal);
  if (local.length > 0)
    return hint(check, `It still allows ${local.join(', ')}. Take away what was for trying it out.`);
  const twins = origins.map(twinOf).filter((twin) => twin !== null && !origins.includes(twin));
  if (twins.length > 0)
    return hint(check, `It does not allow ${twins.join(', ')}. If your pages are found there as well, allow it.`);
  return ok(check);
}

/** With or without `www.`: for browsers another origin. A name with more labels seldom has such a twin. */
function twinOf(origin: string): string | null {
  const { protocol, host, hostname } = new URL(origin);
  if (hostname.startsWith('www.')) return `${protocol}//${host.slice('www.'.length)}`;
  return /^[^.]+\.[^.]*[a-z][^.]*$/.test(hostname) ? `${protocol}//www.${host}` : null;
}
