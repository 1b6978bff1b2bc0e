import { html } from 'lit';

import type { RenderRow } from '../../elements/ticket-list/render-row.js';

/** Rows and words of a page's own. Like any page, it brings its own looks; these are the browser's. */

/** A card, by function: the turn comes first, and only where there is one. */
export const cardRow: RenderRow = (ticket, { href, text }) => html`
  <article>
    ${text.turn && html`<strong>${text.turn}</strong>`}
    <a href=${href} dir="auto">${ticket.subject}</a>
    <small>${text.status} · <time datetime=${ticket.updatedAt}>${text.updated}</time></small>
  </article>`;

/** A line with a link in it. */
export const lineTemplate = html`
  <template slot="row">
    <a data-field="subject"></a>
    <p><span data-field="number"></span> <span data-field="status"></span> <time data-field="updated"></time></p>
    <p data-field="snippet"></p>
  </template>`;

/** No link of its own: ours lies over it. */
export const bareTemplate = html`
  <template slot="row">
    <strong data-field="subject"></strong>
    <p><span data-field="turn"></span> <span data-field="requester"></span> <span data-field="property:product"></span></p>
  </template>`;
