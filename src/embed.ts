/**
 * The script that a page includes: a few hundred bytes that look for our tags and load the elements on first sight. While
 * these are on their way, it asks the portal what they will ask first. The server writes its own address into the copy that
 * it serves; the build writes in the name of the elements' chunk and the version.
 *
 * One expression without imports, exports and names of its own: an optimiser may put it into one file with other scripts,
 * as a module or not.
 */

declare const __PORTICO_CHUNK__: string;
declare const __PORTICO_VERSION__: string;

(() => {
  const tags = ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form', 'ticket-count'];
  /** Also what stands in for a tag where an editor strips unknown ones: `<div data-ticket-list data-state="open">`. */
  const selector = tags.map((tag) => `${tag}:not(:defined),[data-${tag}]`).join();
  const marker = Symbol.for('portico.loader');
  const page = globalThis as typeof globalThis & { [marker]?: true };
  const address = '__PORTICO_ADDRESS__';
  const isServed = address[0] !== '_';
  const script = document.currentScript;

  let added: Node[] = [];
  let tries = 0;

  const observer = new MutationObserver((records) => {
    // A busy page calls often: one look a frame, and only into what is new.
    if (!added[0]) requestAnimationFrame(lookAtAdded);
    for (const record of records) added.push(...record.addedNodes);
  });

  const lookAtAdded = (): void => {
    const nodes = added;
    added = [];
    // Text has neither method.
    const isOurs = (node: Node & Partial<Pick<Element, 'matches' | 'querySelector'>>) =>
      node.matches?.(selector) || node.querySelector?.(selector);
    if (nodes.some(isOurs)) void load();
  };

  /** What was asked ahead, by path: `EarlyAnswers` of the elements. Who takes an answer hears of what has failed. */
  const early = new Map<string, Promise<unknown>>();
  let language = '';

  /** Asks what the elements of this page will ask first, as they would: what they do not ask alike is of no use to them. */
  const askAhead = (): void => {
    const element = document.querySelector<HTMLElement>(selector);
    if (!element || element.closest('[backend],[data-backend]') || !isServed || !isSecureContext) return;
    try {
      // Throws where the page keeps nothing, and so no session either.
      const wasSignedIn = localStorage[`portico:${address}`];
      language = element.closest<HTMLElement>('[lang]')?.lang || navigator.language;
      // In place of a language that we do not speak.
      if (!/^(en|pl|de|ar)/.test(language)) language = 'en';
      const ask = (path: string) =>
        fetch(`${address}/api/v1/${path}`, {
          credentials: 'include',
          redirect: 'error',
          headers: { 'accept-language': language, 'x-portal-client': `portico-elements/${__PORTICO_VERSION__}` },
        });
      const keep = (path: string, answer: Promise<unknown>) =>
        early.set(
          path,
          answer.catch((error: unknown) => error),
        );
      const session = ask('session');
      keep('session', session);
      keep('portal', ask('portal'));
      const list = document.querySelector('customer-portal:not([layout]),ticket-list:not([scope],[sort])');
      // Elsewhere, the portal shows a ticket, a list of other tickets, or nothing until its dialog is opened.
      if (list && !/[?&#]ticket/.test(location.href)) {
        const tickets = `tickets?state=${list.getAttribute('state') ?? 'all'}&limit=25`;
        const askForThem = async () => (wasSignedIn || (await (await session).clone().json()).contact) && ask(tickets);
        keep(tickets, askForThem());
      }
      // A page that is kept to be gone back to may be gone back to by somebody else.
      addEventListener('pagehide', () => early.clear());
    } catch {}
  };

  const load = async (): Promise<void> => {
    observer.disconnect();
    askAhead();
    try {
      // A copy that no server has written its address into lies beside its chunks. A module does not know its element.
      const from = (script ?? document.querySelector('script[src$="embed.js"]')) as HTMLScriptElement | null;
      const home = isServed ? `${address}/` : (from?.src ?? location.href);
      const url = new URL(__PORTICO_CHUNK__, home).href;
      const elements = (await import(/* @vite-ignore */ url)) as {
        start(address: string, options: undefined, asked: typeof early, language: string): void;
      };
      elements.start(address, undefined, early, language);
    } catch {
      // On a phone the line drops for a moment.
      if (tries++ < 3) return void setTimeout(load, 2000);
      // What the page put inside our tags stays visible; the page may also act on the event. A tag added later tries again.
      for (const element of document.querySelectorAll(selector)) {
        element.dispatchEvent(new Event('portal-load-error', { bubbles: true }));
      }
      watch();
    }
  };

  const watch = (): void => observer.observe(document, { childList: true, subtree: true });

  // Included twice, the first copy does the work.
  if (page[marker]) return;
  page[marker] = true;
  if (document.querySelector(selector)) void load();
  else watch();
})();
