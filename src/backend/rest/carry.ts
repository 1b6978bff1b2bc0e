import { isHTTPError } from 'ky';

/** By which a server says how tokens travel, and by which a page says that it keeps them itself. */
const carrier = 'x-portal-carrier';

/** The tokens: as the server gives them, and as they are sent back. */
const tokens = [
  { given: 'x-portal-session', sent: 'authorization', prefix: 'Bearer ' },
  { given: 'x-portal-flow', sent: 'x-portal-flow', prefix: '' },
] as const;

/**
 * Sends what begins or ends a session. A server that has seen this browser drop its cookies refuses and says so; then the
 * tokens are kept in memory, in `kept`, and it is sent once more: nothing was done the first time.
 *
 * @param kept headers of every request to the portal
 */
export async function carry(send: () => Promise<Response>, kept: Record<string, string>): Promise<Response> {
  const response = await send().catch((error: unknown) => {
    if (kept[carrier] || !isHTTPError(error) || error.response.headers.get(carrier) !== 'memory') throw error;
    kept[carrier] = 'memory';
    return send();
  });
  for (const { given, sent, prefix } of tokens) {
    const token = response.headers.get(given);
    if (token) kept[sent] = prefix + token;
    else if (token === '') delete kept[sent];
  }
  return response;
}
