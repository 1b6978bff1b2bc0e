import { html, nothing } from 'lit';

import type { PropertyDraft } from './properties-section.js';

/** Any day: the same in every picture. */
const someDay = new Date(Date.UTC(2026, 2, 2));

/** A value such as a ticket may have. */
function sampleOf({ type, options }: PropertyDraft, language: string): string {
  switch (type) {
    case 'choice':
      return options[0]?.label[language]?.trim() || '…';
    case 'number':
      return (12.5).toLocaleString(language);
    case 'date':
      return someDay.toLocaleDateString(language, { dateStyle: 'medium', timeZone: 'UTC' });
    case 'boolean':
      return '✓';
    default:
      return 'TF-1042';
  }
}

/** The columns of the list with one row, as customers read them in a language. */
export function renderSample(caption: string, rows: readonly PropertyDraft[], language: string): unknown {
  const columns = rows.filter(({ type }) => type !== 'none');
  if (!columns.length) return nothing;
  return html`<div part="sample" role="region" tabindex="0" aria-label=${caption}><table>
    <caption>${caption}</caption>
    <thead lang=${language}><tr>${columns.map(({ label }) => html`<th scope="col" dir="auto">${label[language]?.trim() || '…'}</th>`)}</tr></thead>
    <tbody lang=${language}><tr>${columns.map((column) => html`<td dir="auto">${sampleOf(column, language)}</td>`)}</tr></tbody>
  </table></div>`;
}
