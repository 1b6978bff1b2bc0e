/**
 * The script that a page includes: a few hundred bytes that look for our tags and load the elements on first sight. The
 * server writes its own address into the copy that it serves; the build writes in the name of the elements' chunk.
 */

declare const __PORTICO_CHUNK__: string;

const selector = ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form']
  .map((tag) => `${tag}:not(:defined)`)
  .join();
const marker = Symbol.for('portico.loader');
const page = globalThis as typeof globalThis & { [marker]?: true };

let added: Node[] = [];

const observer = new MutationObserver((records) => {
  // A busy page calls often: one look a frame, and only into what is new.
  if (added.length === 0) requestAnimationFrame(lookAtAdded);
  for (const record of records) added.push(...record.addedNodes);
});

function lookAtAdded(): void {
  const nodes = added;
  added = [];
  const isOurs = (node: Node) => node instanceof Element && (node.matches(selector) || node.querySelector(selector));
  if (nodes.some(isOurs)) void load();
}

async function load(): Promise<void> {
  observer.disconnect();
  try {
    const url = new URL(__PORTICO_CHUNK__, import.meta.url).href;
    const elements = (await import(/* @vite-ignore */ url)) as { start(address: string): void };
    elements.start('__PORTICO_ADDRESS__');
  } catch {
    // What the page put inside our tags stays visible; the page may also act on the event. A tag added later tries again.
    for (const element of document.querySelectorAll(selector)) {
      element.dispatchEvent(new Event('portal-load-error', { bubbles: true, composed: true }));
    }
    watch();
  }
}

function watch(): void {
  observer.observe(document, { childList: true, subtree: true });
}

// Included twice, the first copy does the work.
if (!page[marker]) {
  page[marker] = true;
  if (document.querySelector(selector)) void load();
  else watch();
}
