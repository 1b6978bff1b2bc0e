import { html, nothing } from 'lit';

import { linkify } from '../../content/links.js';
import { splitQuote } from '../../content/quotes.js';
import type { Translate } from '../templates.js';

/** Plain text with its addresses as links, and the history below it folded. */
export function renderText(t: Translate, text: string) {
  const said = splitQuote(text);
  return html`<div part="text" dir="auto">${linked(said.text)}</div>
    ${
      said.quoted
        ? html`<details part="quote">
            <summary part="quote-toggle">${t('detail.quoted')}</summary>
            <blockquote part="quote-text" dir="auto">${linked(said.quoted)}</blockquote>
          </details>`
        : nothing
    }`;
}

const linked = (text: string) =>
  linkify(text).map((piece) =>
    typeof piece === 'string'
      ? piece
      : html`<a part="text-link" href=${piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">${piece.text}</a>`,
  );
