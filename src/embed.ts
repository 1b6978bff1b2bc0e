/**
 * The script that a page includes: a few hundred bytes that look for our tags and load the elements on first sight. The
 * server writes its own address into the copy that it serves; the build writes in the name of the elements' chunk.
 *
 * One expression without imports, exports and names of its own: an optimiser may put it into one file with other scripts,
 * as a module or not.
 */

declare const __PORTICO_CHUNK__: string;

(() => {
  const tags = ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form', 'ticket-count'];
  const selector = tags.map((tag) => `${tag}:not(:defined)`).join();
  /** What stands in for a tag where an editor strips unknown ones: `<div data-ticket-list data-state="open">`. */
  const places = tags.map((tag) => `[data-${tag}]`).join();
  const marker = Symbol.for('portico.loader');
  const page = globalThis as typeof globalThis & { [marker]?: true };
  const address = '__PORTICO_ADDRESS__';
  const { currentScript } = document;

  let added: Node[] = [];

  const observer = new MutationObserver((records) => {
    // A busy page calls often: one look a frame, and only into what is new.
    if (added.length === 0) requestAnimationFrame(lookAtAdded);
    for (const record of records) added.push(...record.addedNodes);
  });

  const lookAtAdded = (): void => {
    const nodes = added;
    added = [];
    const either = `${selector},${places}`;
    const isOurs = (node: Node) => node instanceof Element && (node.matches(either) || node.querySelector(either));
    if (nodes.some(isOurs)) void load();
  };

  /** Puts the tags into what stands in for them, with its `data-*` attributes and what the page has put inside. */
  const fill = (): void => {
    for (const place of document.querySelectorAll(places)) {
      const tag = tags.find((one) => place.hasAttribute(`data-${one}`)) as string;
      const element = document.createElement(tag);
      for (const { name, value } of [...place.attributes]) {
        if (!name.startsWith('data-')) continue;
        place.removeAttribute(name);
        if (name !== `data-${tag}`) element.setAttribute(name.slice(5), value);
      }
      element.append(...place.childNodes);
      place.append(element);
    }
  };

  const load = async (): Promise<void> => {
    observer.disconnect();
    fill();
    try {
      // A copy that no server has written its address into lies beside its chunks. A module does not know its element.
      const script = (currentScript ?? document.querySelector('script[src$="embed.js"]')) as HTMLScriptElement | null;
      const home = address.startsWith('http') ? `${address}/` : (script?.src ?? location.href);
      const url = new URL(__PORTICO_CHUNK__, home).href;
      const elements = (await import(/* @vite-ignore */ url)) as { start(address: string): void };
      elements.start(address);
    } catch {
      // What the page put inside our tags stays visible; the page may also act on the event. A tag added later tries again.
      for (const element of document.querySelectorAll(selector)) {
        element.dispatchEvent(new Event('portal-load-error', { bubbles: true, composed: true }));
      }
      watch();
    }
  };

  const watch = (): void => observer.observe(document, { childList: true, subtree: true });

  // Included twice, the first copy does the work.
  if (page[marker]) return;
  page[marker] = true;
  if (document.querySelector(`${selector},${places}`)) void load();
  else watch();
})();
