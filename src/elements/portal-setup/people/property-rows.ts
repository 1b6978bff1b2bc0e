import { html, nothing } from 'lit';

import { renderError } from '../fields.js';
import type { RoomHost } from '../room.js';

export type PropertyRow = readonly [name: string, value: string];

/** Properties of a contact, a name and a value a line. */
export function renderPropertyRows(
  host: Pick<RoomHost, 't' | 'focusOn'>,
  rows: readonly PropertyRow[],
  known: readonly string[],
  legend: string,
  error: string | undefined,
  change: (rows: readonly PropertyRow[]) => void,
): unknown {
  const { t } = host;
  const put = (at: number, row: PropertyRow) => change(rows.map((other, place) => (place === at ? row : other)));
  const remove = (at: number) => {
    change(rows.filter((_, place) => place !== at));
    host.focusOn('[part~=add-property]');
  };
  const add = () => {
    change([...rows, ['', '']]);
    host.focusOn(`[name=property-name-${rows.length}]`);
  };
  const input = (name: string, label: string, value: string, list: string | undefined, put: (text: string) => void) =>
    html`<input part="input" name=${name} aria-label=${label} aria-describedby="properties-error" autocomplete="off" list=${list ?? nothing} .value=${value}
      @input=${({ target }: Event) => put((target as HTMLInputElement).value)} />`;
  return html`<fieldset part="group">
    <legend part="label">${legend}</legend>
    <p class="meta" part="hint">${t('contacts.properties-hint')}</p>
    <datalist id="known-properties">${known.map((name) => html`<option value=${name}></option>`)}</datalist>
    ${rows.map(
      ([name, value], at) => html`<div part="property">
        ${input(`property-name-${at}`, t('setup.filter-property'), name, 'known-properties', (text) => put(at, [text, value]))}
        ${input(`property-value-${at}`, name || t('setup.filter-value'), value, undefined, (text) => put(at, [name, text]))}
        <button part="button button-plain remove" type="button" aria-label="${t('contacts.property-remove')}: ${name}" @click=${() => remove(at)}>${t('contacts.property-remove')}</button>
      </div>`,
    )}
    ${renderError('properties', error)}
    <div part="actions"><button part="button add-property" type="button" @click=${add}>${t('contacts.property-add')}</button></div>
  </fieldset>`;
}
