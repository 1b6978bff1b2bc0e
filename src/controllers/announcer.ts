/** Milliseconds in which the same text is said once, and a new region becomes known to screen readers. */
const pause = 100;

let region: HTMLElement | undefined;
/** Texts to be said, with the language of each. */
let waiting: Map<string, string> | undefined;

/**
 * Says a short text to users of screen readers, once and politely, a moment later: two elements that say the same at the
 * same moment are heard once. Live regions inside shadow roots are not announced reliably, so where the platform has no
 * call for it one region lies at the end of the page. What a `role="alert"` says is not said here again.
 */
export function announce(text: string, locale: string): void {
  if (!waiting) {
    waiting = new Map();
    setTimeout(speak, pause);
    // A region that comes together with its text is often not read.
    if (!notifierIn(locale)) openRegion().replaceChildren();
  }
  waiting.set(text, locale);
}

/** The platform's own call speaks the page's language, and no other. */
function notifierIn(locale: string): ((text: string) => void) | undefined {
  const speaker = document as Document & { ariaNotify?: (text: string) => void };
  const [language] = locale.split('-');
  if (document.documentElement.lang.split('-')[0] !== language) return undefined;
  return speaker.ariaNotify?.bind(document);
}

function speak(): void {
  for (const [text, locale] of waiting ?? []) {
    const notify = notifierIn(locale);
    if (notify) notify(text);
    // An element of its own: the same text once more is something new.
    else openRegion().append(Object.assign(document.createElement('p'), { lang: locale, textContent: text }));
  }
  waiting = undefined;
}

function openRegion(): HTMLElement {
  if (region?.isConnected) return region;
  region = document.createElement('div');
  region.setAttribute('role', 'status');
  // Set through the object model, which a strict content security policy allows.
  region.style.cssText =
    'position:fixed;inset:0 auto auto 0;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)';
  document.body.append(region);
  return region;
}
