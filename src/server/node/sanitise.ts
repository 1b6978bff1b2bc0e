import sanitizeHtml from 'sanitize-html';

import { allowedAttributes, allowedTags, imageAddress, isDot, limits, linkAddress } from '../../content/allowed.js';
import type { Sanitise } from '../index/html.js';

/** Characters of a mail that are read at the most: parsing takes time, and there is its text. */
const longest = 4 * limits.characters;

/**
 * Makes HTML of a stranger harmless by a list of what may stay. Whatever changes in what it returns, a newer version of the
 * library included, takes a new `htmlVersion` along.
 */
export const createSanitise = (): Sanitise => (html) => {
  if (html.length > longest) return null;
  let nodes = 0;
  const clean = sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: {
      '*': allowedAttributes.filter((name) => !['href', 'src', 'width', 'height'].includes(name)),
      a: ['href'],
      img: ['src', 'width', 'height'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'cid'] },
    allowProtocolRelative: false,
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template', 'svg', 'math'],
    nestingLimit: limits.depth,
    transformTags: {
      a: (tagName, { href = '', ...rest }) => ({ tagName, attribs: linkAddress.test(href) ? { ...rest, href } : rest }),
      img: (tagName, attribs) => ({ tagName, attribs: isDot(attribs['width'], attribs['height']) ? {} : attribs }),
    },
    exclusiveFilter({ tag, attribs }) {
      nodes += 1;
      return tag === 'img' && !imageAddress.test(attribs['src'] ?? '');
    },
  });
  return nodes > limits.nodes || clean.length > limits.characters ? null : clean;
};
