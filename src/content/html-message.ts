import { sanitise } from './sanitise.js';

/** HTML of a message as nodes that may be put into a page. */
export interface HtmlMessage {
  readonly nodes: readonly Node[];
  /** Images of the web; each is without its address until the reader wants to see it. */
  readonly remote: readonly { readonly image: HTMLImageElement; readonly url: string }[];
  /** Images that came with the message, without an address. */
  readonly inline: readonly { readonly image: HTMLImageElement; readonly contentId: string }[];
  /** Holds the history that hangs below what was written; it wants a `summary`. */
  readonly quote: HTMLDetailsElement | null;
}

/**
 * Makes HTML ready to be read: links open elsewhere and say where they lead, images wait, quoted history is folded.
 *
 * @returns `null` for HTML that is too large: then there is the text
 */
export function readHtml(html: string): HtmlMessage | null {
  const fragment = sanitise(html);
  if (!fragment) return null;
  for (const link of fragment.querySelectorAll('a')) dressLink(link);
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) flatten(heading);
  const images = [...fragment.querySelectorAll('img')].map((image) => {
    const address = image.getAttribute('src') ?? '';
    image.removeAttribute('src');
    image.loading = 'lazy';
    image.referrerPolicy = 'no-referrer';
    return { image, address };
  });
  const isInline = ({ address }: { address: string }) => /^cid:/i.test(address);
  const quote = foldQuote(fragment);
  return {
    nodes: [...fragment.childNodes],
    remote: images.filter((one) => !isInline(one)).map(({ image, address: url }) => ({ image, url })),
    inline: images
      .filter(isInline)
      .map(({ image, address }) => ({ image, contentId: decoded(address.slice('cid:'.length)) })),
    quote,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** It is none of the page it is shown in. */
function flatten(heading: Element): void {
  const [line, bold] = [document.createElement('p'), document.createElement('b')];
  bold.append(...heading.childNodes);
  line.append(bold);
  heading.replaceWith(line);
}

function dressLink(link: HTMLAnchorElement): void {
  if (!link.hasAttribute('href')) return;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow ugc';
  const { host } = link;
  if (!host || link.textContent.toLowerCase().includes(host.replace(/^www\./, ''))) return;
  // What a link is called is up to who wrote it; where it leads is not.
  const where = document.createElement('small');
  where.textContent = ` (${host})`;
  link.append(where);
}

/** Folds the last quote when nothing was written below it, and something above. */
function foldQuote(fragment: DocumentFragment): HTMLDetailsElement | null {
  const quote = [...fragment.querySelectorAll('blockquote')].findLast(
    (one) => !one.parentElement?.closest('blockquote'),
  );
  if (!quote || textAround(fragment, quote, 'after') || !textAround(fragment, quote, 'before')) return null;
  const details = document.createElement('details');
  quote.replaceWith(details);
  details.append(quote);
  return details;
}

function textAround(fragment: DocumentFragment, node: Node, side: 'before' | 'after'): string {
  const range = document.createRange();
  range.selectNodeContents(fragment);
  if (side === 'before') range.setEndBefore(node);
  else range.setStartAfter(node);
  const part = range.cloneContents();
  return part.querySelector('img') ? 'an image' : part.textContent.trim();
}
