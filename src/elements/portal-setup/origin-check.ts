export type OriginMistake = 'scheme' | 'insecure' | 'path' | 'port' | 'wildcard' | 'malformed';

/** What is wrong with an address that shall be allowed, and what it was meant to be where that is plain. */
export interface OriginProblem {
  readonly text: string;
  readonly mistake: OriginMistake;
  readonly meant: string | null;
}

const hostForm = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
const isLoopback = (host: string) => host === 'localhost' || host.endsWith('.localhost') || host.startsWith('127.');

/** Looks at what an owner has typed as the origin of a page: `null` when browsers send exactly that. */
export function problemOfOrigin(text: string): OriginProblem | null {
  const problem = (mistake: OriginMistake, meant: string | null = null) => ({ text, mistake, meant });
  if (text.includes('*')) return problem('wildcard');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const meant = originOf(`https://${text}`);
    return meant ? problem('scheme', meant) : problem('malformed');
  }
  const origin = originOf(text);
  if (!origin) return problem('malformed');
  const { protocol, hostname } = new URL(origin);
  if (protocol === 'http:' && !isLoopback(hostname)) return problem('insecure', origin.replace(/^http:/, 'https:'));
  if (text === origin) return null;
  const hasDefaultPort = /^https?:\/\/[^/]*:(443|80)(\/|$)/i.test(text);
  return problem(hasDefaultPort ? 'port' : 'path', origin);
}

function originOf(text: string): string | null {
  if (/\s/.test(text) || !URL.canParse(text)) return null;
  const { protocol, hostname, origin, username } = new URL(text);
  const isName = (hostname.includes('.') || isLoopback(hostname)) && hostForm.test(hostname);
  return /^https?:$/.test(protocol) && isName && !username ? origin : null;
}

/** With or without `www.`: the other name of a site, which browsers take for another origin. */
export function twinOf(origin: string): string | null {
  const url = new URL(origin);
  if (isLoopback(url.hostname)) return null;
  const labels = url.hostname.split('.');
  if (labels[0] === 'www') return `${url.protocol}//${url.host.slice('www.'.length)}`;
  // A name with more labels is a part of a site, and seldom has such a twin.
  return labels.length === 2 ? `${url.protocol}//www.${url.host}` : null;
}
