import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import type { SortKey, TicketSort } from '../../../model/index.js';
import { renderFailure } from '../../templates.js';
import { columnLabel } from '../cells.js';
import type { ListTools } from './list-tools.js';

const sortKeys: readonly SortKey[] = ['updated', 'created', 'status', 'number'];
const sorts: readonly TicketSort[] = sortKeys.flatMap((key) => [`-${key}`, key] as const);

/** In the order in which they stand in a row, with the portal's properties between. */
const before = ['number', 'requester', 'company'];
const after = ['status', 'created', 'updated'];

/** Order, columns, and the list as a file. */
export function renderViewPanel(tools: ListTools): unknown {
  const { query, speech, columns, keeping, exporting, host } = tools;
  const { t, properties } = speech;
  const all = [...before, ...properties.map(({ name }) => `property:${name}`), ...after];
  const choose = (column: string, isWanted: boolean) =>
    tools.choose(all.filter((name) => (name === column ? isWanted : columns.includes(name))));
  return html`<div part="field"><label part="label" for="sort">${t('sort.label')}</label>
      <select part="input" id="sort" name="sort" @change=${({ target }: Event) => tools.ask({ sort: (target as HTMLSelectElement).value as TicketSort })}>${sorts.map(
        (sort) => html`<option value=${sort} .selected=${live(sort === query.sort)}>${t(`sort.${sort}`)}</option>`,
      )}</select>
    </div>
    ${
      // Rows of the page's own have no columns.
      host.hasOwnRows
        ? nothing
        : html`<fieldset part="columns"><legend part="label">${t('list.columns')}</legend>${all.map(
            (column) =>
              html`<label part="column"><input part="choice" type="checkbox" name=${column} .checked=${live(columns.includes(column))} @change=${({ target }: Event) => choose(column, (target as HTMLInputElement).checked)} /> ${columnLabel(speech, column)}</label>`,
          )}</fieldset>`
    }
    ${
      host.portal.client?.supports('exportTickets')
        ? html`<p part="field"><button part="button button-plain export" type="button" aria-disabled=${exporting.pending} @click=${() => void tools.export()}>${t(exporting.pending ? 'loading' : 'list.export')}</button></p>`
        : nothing
    }
    ${exporting.error ? renderFailure(host.localize.t, exporting.error, () => void tools.export()) : nothing}
    ${keeping.error ? renderFailure(host.localize.t, keeping.error, () => tools.choose(columns)) : nothing}`;
}
