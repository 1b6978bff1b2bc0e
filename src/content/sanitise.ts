import DOMPurify, { type Config } from 'dompurify';

import { allowedAttributes, allowedTags, imageAddress, isDot, limits, linkAddress } from './allowed.js';

const config = {
  ALLOWED_TAGS: allowedTags,
  ALLOWED_ATTR: allowedAttributes,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel|cid):/i,
  ADD_URI_SAFE_ATTR: allowedAttributes.filter((name) => name !== 'href' && name !== 'src'),
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
} satisfies Config;

/**
 * Of our own: what a page that has the library as well tells its own instance, hooks and all, is nothing to us. Its
 * settings are read once, not with every message.
 */
let purifier: ReturnType<typeof DOMPurify> | undefined;

/**
 * HTML of a stranger as nodes that run nothing and ask for nothing. Addresses of images are still in them: take them away, or
 * the browser asks for them once they are in the page.
 *
 * @returns `null` for what is larger than `limits`, and where nothing is left: also on a page whose policy lets us read no HTML
 */
export function sanitise(html: string): DocumentFragment | null {
  if (html.length > limits.characters) return null;
  const fragment = parse(html);
  if (!fragment) return null;
  for (const link of fragment.querySelectorAll('[href]')) {
    if (link.localName !== 'a' || !linkAddress.test(link.getAttribute('href') ?? '')) link.removeAttribute('href');
  }
  for (const image of fragment.querySelectorAll('img, [src]')) {
    const isImage = image.localName === 'img' && imageAddress.test(image.getAttribute('src') ?? '');
    if (!isImage || isDot(image.getAttribute('width'), image.getAttribute('height'))) image.remove();
  }
  for (const sized of fragment.querySelectorAll('[width], [height]')) {
    for (const name of ['width', 'height'])
      if (sized.localName !== 'img' || !/^\d{1,4}$/.test(sized.getAttribute(name) ?? '')) sized.removeAttribute(name);
  }
  const isEmpty = !fragment.textContent.trim() && !fragment.querySelector('img');
  return !isEmpty && isSmall(fragment) ? fragment : null;
}

function parse(html: string): DocumentFragment | null {
  try {
    if (!purifier) {
      const made = DOMPurify(window);
      made.setConfig(config);
      purifier = made;
    }
    // As `config` wants it, which the types know only of a call that brings it along.
    return purifier.sanitize(html) as unknown as DocumentFragment;
  } catch {
    // Trusted Types of the page do not know the policy `dompurify`.
    return null;
  }
}

function isSmall(root: Node): boolean {
  let nodes = 0;
  // Not by recursion: the depth is what it is about.
  for (let [node, depth] = [root.firstChild, 1]; node; ) {
    if (++nodes > limits.nodes || depth > limits.depth) return false;
    if (node.firstChild) {
      [node, depth] = [node.firstChild, depth + 1];
      continue;
    }
    while (node && !node.nextSibling) {
      [node, depth] = [node.parentNode === root ? null : (node.parentNode as ChildNode | null), depth - 1];
    }
    node = node?.nextSibling ?? null;
  }
  return true;
}
