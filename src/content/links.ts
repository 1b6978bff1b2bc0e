/** A part of a text: as it is, or with the address that it names. */
export type Piece = string | { readonly text: string; readonly href: string };

/** An address of the web with its scheme or `www.`, or one of a mailbox. */
const address = /\b(?:https?:\/\/|www\.)[^\s<>"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
/** What closes a sentence around an address is not its end; a bracket is when it was opened in it. */
const trailing = /[.,;:!?'"’”»…*_]+$/;

/** Splits a text where it names addresses of the web and mailboxes. Together the pieces are the text. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const named = withoutTrailing(found);
    const href = hrefOf(named);
    if (!href) continue;
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push({ text: named, href });
    end = index + named.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

function withoutTrailing(found: string): string {
  for (let named = found; ; ) {
    const shorter = named.replace(trailing, '');
    const last = shorter.at(-1) ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    const unopened = opening && shorter.split(last).length > shorter.split(opening).length;
    const next = unopened ? shorter.slice(0, -1) : shorter;
    if (next === named) return named;
    named = next;
  }
}

function hrefOf(named: string): string | null {
  const isWeb = /^(?:https?:|www\.)/i.test(named);
  const href = isWeb ? named.replace(/^www\./i, 'https://www.') : `mailto:${named}`;
  return !isWeb || URL.canParse(href) ? href : null;
}
