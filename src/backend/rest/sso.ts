import type { Session } from '../../model/index.js';
import { portalAnswers } from '../../wire/later-answers.js';
import { BackendError } from '../backend-error.js';
import type { RequestOptions } from '../portal-backend.js';

/** Milliseconds between two looks whether the window is still there: closing one tells nobody. */
const glance = 300;

/** Sends what begins a session. */
type Send = (
  route: typeof portalAnswers.signIn,
  call: { readonly body: object; readonly options?: RequestOptions | undefined },
) => Promise<Session>;

/** What this page keeps to itself while somebody signs in elsewhere. */
interface Asked {
  readonly state: string;
  readonly verifier: string;
}

type Answer = Readonly<Record<'code' | 'error', unknown>>;

/**
 * Signs in at a connection.
 *
 * @param address of the portal, slug included
 * @param popup a window that was opened in the click, still empty; `null` where the browser has not opened one
 */
export async function signInElsewhere(
  send: Send,
  address: string,
  connection: string,
  popup: Window | null,
  options?: RequestOptions,
): Promise<Session> {
  const signal = options?.signal;
  try {
    signal?.throwIfAborted();
    const asked: Asked = { state: random(), verifier: random() };
    const start = await startOf(address, connection, asked);
    const answer = popup && (await inWindow(popup, new URL(address).origin, start('popup'), asked.state, signal));
    if (answer) return await redeem(send, asked, answer, options);
    sessionStorage.setItem(storageKey(address), JSON.stringify(asked));
    location.assign(start('redirect'));
    return await pageIsShownAgain(signal);
  } catch (error) {
    popup?.close();
    throw error;
  }
}

/** Goes on with what the page has come back with. */
export async function resumeSignIn(
  send: Send,
  address: string,
  answer: string,
  options?: RequestOptions,
): Promise<Session> {
  const kept = sessionStorage.getItem(storageKey(address));
  sessionStorage.removeItem(storageKey(address));
  const asked = kept === null ? null : (JSON.parse(kept) as Asked);
  const [state, result = ''] = answer.split('.');
  // Anybody can lead somebody to this page with an answer of their own.
  if (!asked || asked.state !== state) throw refused('expired');
  const isCode = result.length > 20;
  return redeem(send, asked, { code: isCode ? result : null, error: result }, options);
}

/**
 * The answer out of the window. `null` when it was lost before it had begun: a page that shuts its windows off (by a
 * `Cross-Origin-Opener-Policy`) hears nothing of them, and sees them as closed.
 */
function inWindow(popup: Window, origin: string, to: string, state: string, signal?: AbortSignal) {
  return new Promise<Answer | null>((resolve, reject) => {
    let hasBegun = false;
    const end = (settle: () => void) => {
      removeEventListener('message', hear);
      signal?.removeEventListener('abort', abort);
      clearInterval(timer);
      settle();
    };
    const hear = ({ origin: from, source, data }: MessageEvent<unknown>) => {
      if (from !== origin || source !== popup || !isObject(data) || data['state'] !== state) return;
      if (data['type'] === 'portal-start') hasBegun = true;
      if (data['type'] !== 'portal-code') return;
      const { code, error } = data;
      end(() => resolve({ code, error }));
    };
    const abort = () => end(() => reject(signal?.reason));
    const timer = setInterval(() => {
      // What it has said before is on its way still.
      if (popup.closed) setTimeout(() => end(hasBegun ? () => reject(refused('closed')) : () => resolve(null)), glance);
    }, glance);
    addEventListener('message', hear);
    signal?.addEventListener('abort', abort);
    popup.location.replace(to);
  });
}

async function redeem(send: Send, { verifier }: Asked, { code, error }: Answer, options?: RequestOptions) {
  if (typeof code !== 'string') throw refused(typeof error === 'string' ? error : 'failed');
  return send(portalAnswers.signIn, { body: { method: 'exchange', code, verifier }, options });
}

/** The page is on its way out. The browser may bring it back as it was left: then nobody has come. */
const pageIsShownAgain = (signal?: AbortSignal) =>
  new Promise<never>((_, reject) => {
    addEventListener('pageshow', ({ persisted }) => persisted && reject(refused('closed')));
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

const refused = (code: string) =>
  new BackendError('unauthenticated', `Nobody came back: ${code}`, { fields: [{ path: 'connection', code }] });

/** Addresses of the portal's page that leads to the provider, by how it is shown. */
async function startOf(address: string, connection: string, { state, verifier }: Asked) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return (mode: 'popup' | 'redirect') => {
    const url = new URL(`${address}/sso/${encodeURIComponent(connection)}/start`);
    url.searchParams.set('challenge', toBase64Url(new Uint8Array(hash)));
    url.searchParams.set('state', state);
    url.searchParams.set('origin', location.origin);
    url.searchParams.set('mode', mode);
    if (mode === 'redirect') url.searchParams.set('return_to', location.href.replace(/#.*/s, ''));
    return url.href;
  };
}

const storageKey = (address: string) => `portico:sso:${address.slice(address.lastIndexOf('/') + 1)}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const random = () => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));

const toBase64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
