import { html } from 'lit';

import { linkify } from '../../content/links.js';

/** A notice as its owner wrote it: paragraphs, with its addresses as links, and nothing else. */
export const renderConsentText = ({ text, locale }: { readonly text: string; readonly locale: string }) =>
  html`<div part="consent-text" lang=${locale} dir="auto">${text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => html`<p dir="auto">${linked(paragraph.trim())}</p>`)}</div>`;

const linked = (text: string) =>
  linkify(text).map((piece) =>
    typeof piece === 'string'
      ? piece
      : html`<a part="consent-link" href=${piece.href} target="_blank" rel="noopener noreferrer">${piece.text}</a>`,
  );
