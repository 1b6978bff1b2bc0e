import type { AppDeps } from '../deps.js';
import { toBase64Url } from '../identity/session.js';
import { cursorSeconds, deriveKey } from '../seal.js';

/**
 * Milliseconds for which an answer with a cursor keeps its tag. The cursor is sealed anew for every answer, and who keeps the
 * old one by its tag has to get on with it: it runs for twice as long.
 */
const cursorSlot = (cursorSeconds * 1000) / 2;

/** The top of an answer, as far as it holds cursors. */
interface Paged {
  readonly nextCursor?: string | null;
  readonly previousCursor?: string | null;
}

/**
 * Makes the ETag of an answer: of what is told, so that it can tell no more than that, to whom, and at which address. Keyed, so
 * that nobody can try out what an answer may have said.
 */
export function createTagger({ secret, clock }: Pick<AppDeps, 'secret' | 'clock'>) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = deriveKey(secret, 'ETag').then((bytes) =>
    crypto.subtle.importKey('raw', bytes as BufferSource, algorithm, false, ['sign']),
  );

  return async (to: readonly unknown[], request: Request, body: object): Promise<string> => {
    const { nextCursor = null, previousCursor = null, ...told } = body as Paged;
    // A cursor is the place after the last item, or before the first: that it is there is all that the items leave open.
    const cursors = [nextCursor !== null, previousCursor !== null];
    const slot = cursors.includes(true) && Math.floor(clock().getTime() / cursorSlot);
    const { pathname, search } = new URL(request.url);
    const text = JSON.stringify([to, pathname, search, cursors, slot, told]);
    const mac = await crypto.subtle.sign(algorithm.name, await key, new TextEncoder().encode(text));
    // Weak: the bytes of two cursors differ.
    return `W/"${toBase64Url(new Uint8Array(mac).subarray(0, 16))}"`;
  };
}

/** Does the client have this answer? By the very text of the tag: ours is weak already, and nobody who keeps nothing asks for `*`. */
export const isKept = (request: Request, tag: string): boolean =>
  (request.headers.get('if-none-match') ?? '').split(/\s*,\s*/).includes(tag);
