import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import type { Speech } from '../cells.js';
import type { ListQuery } from '../list-query.js';
import { chipsOf, countText, isKnownScope, scopeLabel, scopesOf } from './filters.js';
import { renderFilterPanel } from './filter-panel.js';
import type { ListTools, Panel } from './list-tools.js';
import { renderOptions } from './options.js';
import { renderViewPanel } from './view-panel.js';

const states = ['all', 'open', 'closed'] as const;

/** The line of tools, the panel that is open below it, and the filters in force. */
export const renderTools = (tools: ListTools): unknown => html`<div part="line" class=${tools.open ?? ''}>
    ${renderScope(tools)} ${renderStates(tools)} ${renderSearch(tools)}
    ${renderToggle(tools, 'filter', chipsOf(tools).filter(({ name }) => name !== 'scope').length)}
    ${renderToggle(tools, 'view')}
  </div>
  ${renderPanel(tools)} ${renderChips(tools)}`;

function renderScope(tools: ListTools): unknown {
  const { query, speech } = tools;
  return html`<select part="input scope" aria-label=${speech.t('scope.label')} @change=${({ target }: Event) => tools.ask({ scope: (target as HTMLSelectElement).value as ListQuery['scope'], requester: '' })}>${renderOptions(
    speech.locale,
    scopesOf(tools).map(({ scope, ...one }) => ({ value: scope, ...one })),
    query.scope,
  )}</select>`;
}

function renderStates(tools: ListTools): unknown {
  const {
    query,
    counts,
    host,
    speech: { t, locale },
  } = tools;
  const numbers = counts && { all: counts.states.open + counts.states.closed, ...counts.states };
  // Their place is kept, so that nothing moves when they come.
  const hasNumbers = host.portal.client?.supports('counts');
  return html`<div part="filter" class=${tools.isLong ? 'long' : ''} role="group" aria-label=${t('list.show')}>${states.map(
    (state) =>
      html`<button part="filter-button" type="button" aria-pressed=${state === query.state} @click=${() => tools.ask({ state, status: '' })}>${t(`list.${state}`)}${
        hasNumbers ? html` <span part="count">${numbers ? countText(locale, numbers[state]) : nothing}</span>` : nothing
      }</button>`,
  )}</div>`;
}

function renderSearch(tools: ListTools): unknown {
  const { t } = tools.speech;
  const label = t('list.search');
  return html`<input part="input search" type="search" name="q" aria-label=${label} placeholder=${label} autocomplete="off" enterkeyhint="search"
    .value=${live(tools.typed)}
    @input=${({ target }: InputEvent) => tools.search((target as HTMLInputElement).value)}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter') tools.search(tools.typed, true);
      if (event.key !== 'Escape' || !tools.typed) return;
      // It is this field's, and not that of a dialog around it.
      event.preventDefault();
      event.stopPropagation();
      tools.search('', true);
      tools.host.requestUpdate();
    }} />`;
}

const renderToggle = (tools: ListTools, panel: Panel, count = 0): unknown =>
  html`<button part=${`toggle toggle-${panel}`} type="button" aria-expanded=${tools.open === panel} @click=${() => tools.toggle(panel)}>${tools.speech.t(`list.${panel}`)}${
    count ? html` <span part="count">${count}</span>` : nothing
  }</button>`;

function renderPanel(tools: ListTools): unknown {
  const {
    open,
    speech: { t },
  } = tools;
  if (!open) return nothing;
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    tools.focusTool(`toggle-${open}`);
    tools.toggle(open);
  };
  return html`<div part="panel" role="group" aria-label=${t(`list.${open}`)} @keydown=${close}>${
    open === 'filter' ? renderFilterPanel(tools) : renderViewPanel(tools)
  }</div>`;
}

function renderChips(tools: ListTools): unknown {
  const { t } = tools.speech;
  const chips = chipsOf(tools);
  if (!chips.length) return nothing;
  const drop = (changes: Partial<ListQuery>) => {
    // The chip goes; the focus stays near.
    tools.focusTool('toggle-filter');
    tools.ask(changes);
  };
  const isScopeAlone = chips.length === 1 && chips[0]?.name === 'scope';
  return html`<div part="chips" class=${isScopeAlone ? 'scope-alone' : ''} role="group" aria-label=${t('list.in-force')}>${chips.map(
    ({ name, text, without }) =>
      html`<button part=${name === 'scope' ? 'chip chip-scope' : 'chip'} type="button" aria-label=${t('list.remove', { filter: text })} @click=${() => drop(without)}>${text}</button>`,
  )}${isScopeAlone ? nothing : html`<button part="button button-plain clear" type="button" @click=${() => drop({ status: '', turn: '', requester: '', properties: {} })}>${t('list.clear')}</button>`}</div>`;
}

/** The way to tickets that came while the reader was here. */
export const renderArrived = ({ t }: Speech, count: number, show: () => void): unknown =>
  count
    ? html`<button part="button button-plain arrived" type="button" @click=${show}>${t('list.arrived', { count })}</button>`
    : nothing;

/** What is said instead of rows when it is the question that has none. */
export function renderNone(tools: ListTools, { scope, ...query }: ListQuery): unknown {
  const { t } = tools.speech;
  const kind = scope.startsWith('company') ? 'company' : (scope as 'mine' | 'participating');
  const isScopeAlone =
    scope !== 'all' && isKnownScope(tools) && query.state === 'all' && !query.q && chipsOf(tools).length === 1;
  return html`<div class="stack" part="empty">
    <slot name="no-match"><p>${isScopeAlone ? t(`scope.none-${kind}`, { company: scopeLabel(tools) }) : t('list.no-match')}</p></slot>
    <button part="button show-all" type="button" @click=${() => tools.clear()}>${t('list.show-all')}</button>
  </div>`;
}
