import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import { countText } from './filters.js';

/** One choice of a `<select>`, with its number where there is one. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly count?: number | undefined;
}

/** The choices of a `<select>`, of which one is chosen whatever somebody has pressed before. */
export const renderOptions = (locale: string, options: readonly Option[], chosen: string): unknown =>
  options.map(
    ({ value, label, count }) =>
      html`<option value=${value} .selected=${live(value === chosen)}>${label}${count === undefined ? nothing : ` (${countText(locale, count)})`}</option>`,
  );
