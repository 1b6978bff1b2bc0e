/** What HTML of strangers may be made of. Whatever is not named here is left out; its text stays. */

/** Neither SVG nor MathML, nothing that runs, asks, plays, or looks like a part of the page. */
export const allowedTags = [
  ...['p', 'div', 'span', 'br', 'hr', 'blockquote', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...[
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'del',
    'ins',
    'mark',
    'small',
    'sub',
    'sup',
    'code',
    'kbd',
    'q',
    'cite',
    'bdi',
  ],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ...['a', 'img'],
];

/** No style and no name: nothing in a message can reach, cover or imitate what is around it. */
export const allowedAttributes = [
  ...['href', 'src', 'alt', 'title', 'dir', 'lang', 'colspan', 'rowspan', 'start'],
  // Of images, so that nothing moves when they come.
  ...['width', 'height'],
];

/** Of links. */
export const linkAddress = /^(?:https?:\/\/|mailto:|tel:)/i;
/** Of images: one of the web, which is asked for only when the reader wants it, or a file of the message. */
export const imageAddress = /^(?:https?:\/\/|cid:)/i;

/** An image that nobody can see counts who reads. */
export const isDot = (...sizes: readonly (string | null | undefined)[]): boolean =>
  sizes.every((size) => /^\s*[01](?:px)?\s*$/.test(size ?? ''));

/** Source: research/security.md 3.2. */
export const limits = { characters: 512 * 1024, nodes: 5000, depth: 100 };
