import type { Fetch } from '../outgoing.js';

/** Milliseconds that a provider may take for one answer. */
export const patience = 5000;
/** Bytes of an answer: documents, keys and tokens are small. */
const mostBytes = 256 * 1024;

const isLoopback = (hostname: string) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/** A provider on this machine may do without TLS. */
export const isLocal = (issuer: string): boolean => {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && isLoopback(hostname);
};

/** May requests for the provider go to this address? */
export function mayAsk(issuer: string, address: unknown): address is string {
  if (typeof address !== 'string' || !URL.canParse(address)) return false;
  return new URL(address).protocol === 'https:' || (isLocal(issuer) && isLocal(address));
}

/**
 * `fetch` for what one provider names: its addresses come out of a document of its own, so no answer is waited for without
 * end, read without end, or looked for where it says it has moved to.
 *
 * @param ask of the account that names the provider
 */
export const createIssuerFetch =
  (issuer: string, ask: Fetch): Fetch =>
  async (address, init = {}) => {
    if (!mayAsk(issuer, address)) throw new TypeError('a provider is asked over TLS alone');
    const late = AbortSignal.timeout(patience);
    const response = await ask(address, {
      ...init,
      redirect: 'manual',
      credentials: 'omit',
      signal: init.signal ? AbortSignal.any([init.signal, late]) : late,
    });
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > mostBytes) throw new TypeError('the answer of a provider is too large');
      chunks.push(new Uint8Array(chunk));
    }
    const { status, headers } = response;
    return new Response(size > 0 ? new Blob(chunks) : null, { status, headers });
  };
