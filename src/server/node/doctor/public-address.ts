import type { Config } from '../config.js';
import { type Answered, type AskOptions, ask } from './ask.js';
import { type Finding, hint, missing, ok } from './finding.js';

const day = 24 * 3600 * 1000;
const authority = 'Let the proxy take one from an authority, as Caddy and certbot do by themselves.';

/** Is it said how the world reaches the server? */
export function checkPublicUrl({ publicUrl }: Pick<Config, 'publicUrl'>): Finding {
  const check = 'the public address';
  if (publicUrl === null)
    return missing(check, 'PORTICO_PUBLIC_URL is not set. Set it to the https address of the proxy in front.');
  if (!publicUrl.startsWith('https:'))
    return missing(check, `PORTICO_PUBLIC_URL is ${publicUrl}: others than this machine need an https address.`);
  return ok(check);
}

export interface Reached {
  readonly finding: Finding;
  /** The server's own answer; `null` when there was none. */
  readonly answer: Answered | null;
}

/** Asks the server from outside, as a browser would. */
export async function reach(origin: string, options: AskOptions, now: Date): Promise<Reached> {
  const check = `${origin} answers`;
  let answer: Answered;
  try {
    answer = await ask(`${origin}/healthz`, options);
  } catch (error) {
    return { finding: missing(check, adviceFor(error)), answer: null };
  }
  if (answer.status !== 200 || answer.body !== '{"status":"ok"}') {
    return { finding: missing(check, adviceForStatus(answer.status)), answer: null };
  }
  const days = ((answer.certificateUntil ?? now).getTime() - now.getTime()) / day;
  const isEnding = answer.certificateUntil !== null && days < 14;
  return {
    finding: isEnding
      ? hint(check, `Its certificate ends in ${Math.floor(days)} days. See that the proxy renews it.`)
      : ok(check),
    answer,
  };
}

function adviceFor(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `Its certificate is self-signed, and no browser takes that. ${authority}`;
    case 'CERT_HAS_EXPIRED':
      return `Its certificate has expired. ${authority}`;
    case 'CERT_NOT_YET_VALID':
      return 'Its certificate is not valid yet. Is the clock of this machine right?';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `Its certificate is for another name. ${authority}`;
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'Its certificate leads to no known authority. Let the proxy send the whole chain.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The name leads nowhere. Make an A or AAAA record for it.';
    case 'ECONNREFUSED':
      return 'Nothing listens there. Start the proxy.';
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'What listens there speaks no TLS. Give the proxy a certificate.';
    default:
      return name === 'AbortError' || code === 'ABORT_ERR'
        ? 'There is no answer in time. Does a firewall keep it back?'
        : `The request fails (${code ?? name}). Look at the proxy's log.`;
  }
}

function adviceForStatus(status: number): string {
  if (status >= 502 && status <= 504)
    return `The proxy answers ${status}: it does not reach this server. Does \`portico start\` run, on the port that the proxy names?`;
  return `It answers ${status}, and not as this server. Let the proxy hand on every path, and to this server.`;
}
