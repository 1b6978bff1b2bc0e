import type { AppDeps } from '../deps.js';
import { newToken } from '../identity/session.js';

/** What a window of ours tells the page that has opened it. */
export interface WindowMessage {
  readonly type: 'portal-start' | 'portal-code';
  readonly state: string;
  readonly code?: string;
  readonly error?: string;
}

const words = {
  done: {
    en: 'Please close this window and go back to the one where you started.',
    pl: 'Zamknij to okno i wróć do tego, w którym zaczęto.',
  },
  lost: {
    en: 'This sign-in has ended. Please go back to the page where you started and try again.',
    pl: 'To logowanie wygasło. Wróć do strony, na której zaczęto, i spróbuj ponownie.',
  },
} as const;
type Language = keyof typeof words.done;

const quote = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

function respond(deps: Pick<AppDeps, 'newId'>, status: number, language: Language, body: string, script = '') {
  const nonce = newToken(deps);
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Portal</title>${body}${
    script && `<script nonce="${nonce}">${script}</script>`
  }</html>`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      // Any other would cut the page off that has opened the window.
      'cross-origin-opener-policy': 'unsafe-none',
      'cache-control': 'private, no-store',
    },
  });
}

const languageOf = (locale: string) => (locale.split('-')[0] === 'pl' ? 'pl' : 'en');
const sentence = (kind: keyof typeof words, language: Language) => `<p>${words[kind][language]}</p>`;
const tell = (message: WindowMessage, origin: string) => `opener.postMessage(${quote(message)}, ${quote(origin)})`;

/** Tells the page that has opened this window that it is heard, and goes on to the provider. */
export function leavePage(deps: Pick<AppDeps, 'newId'>, to: URL, origin: string, state: string): Response {
  const hello = tell({ type: 'portal-start', state }, origin);
  return respond(deps, 200, 'en', '', `if (window.opener) ${hello}; location.replace(${quote(to.href)})`);
}

/** Gives the page that has opened this window what it waits for, and closes it. */
export function returnPage(
  deps: Pick<AppDeps, 'newId'>,
  locale: string,
  message: WindowMessage,
  origin: string,
): Response {
  const language = languageOf(locale);
  return respond(
    deps,
    200,
    language,
    sentence('done', language),
    `if (window.opener) { ${tell(message, origin)}; close() }`,
  );
}

/** For who comes back with nothing that we have begun with this browser. */
export function lostPage(deps: Pick<AppDeps, 'newId'>, locale: string): Response {
  const language = languageOf(locale);
  return respond(deps, 400, language, sentence('lost', language));
}
