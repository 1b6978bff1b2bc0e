import { BackendError } from '../backend-error.js';

/** What was said already: once a page is enough. */
const said = new Set<string>();

/**
 * Looks for a mistake of who has put the portal on this page, when nothing can be asked of it. The visitor gets a neutral
 * word, the console one sentence that says what to do.
 *
 * @param address of the portal, slug included
 * @returns the error as it was, or `config`
 */
export async function diagnose(error: BackendError, address: string): Promise<BackendError> {
  const hint = error.code === 'not-found' ? `There is no portal at ${address}: check the address.` : await ask(address);
  if (hint === null) return error;
  // oxlint-disable-next-line no-console -- It is for whoever has put the portal on this page, and nobody else.
  if (!said.has(hint)) console.warn(`Portico: ${hint}`);
  said.add(hint);
  return new BackendError('config', hint, { cause: error });
}

/** A browser tells a page nothing of why a request to elsewhere failed; what it lets through tells. */
async function ask(address: string): Promise<string | null> {
  const { origin } = new URL(address);
  if (origin === location.origin) return null;
  let blocked = false;
  const hear = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
    if (effectiveDirective === 'connect-src' && blockedURI.startsWith(origin)) blocked = true;
  };
  document.addEventListener('securitypolicyviolation', hear);
  const answered = await fetch(`${address}/embed.js`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' }).then(
    () => true,
    () => false,
  );
  // The event of a request that was blocked comes in a turn of its own.
  await new Promise((resolve) => setTimeout(resolve));
  document.removeEventListener('securitypolicyviolation', hear);
  if (blocked) return `The content security policy of this page blocks the portal: add ${origin} to its connect-src.`;
  if (!answered) return null;
  return `The portal at ${address} does not know this page: add ${location.origin} to the portal's origins.`;
}
