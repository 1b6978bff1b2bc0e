import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import type { TicketProperty, Turn } from '../../../model/index.js';
import type { ListTools } from './list-tools.js';
import { type Option, renderOptions } from './options.js';

const valueOf = ({ target }: Event): string => (target as HTMLInputElement | HTMLSelectElement).value;

/** What else a list can be narrowed to, each choice with its number where the backend has numbers. */
export function renderFilterPanel(tools: ListTools): unknown {
  const { properties } = tools.speech;
  return [
    renderStatus(tools),
    renderTurn(tools),
    renderRequester(tools),
    properties.map((property) => renderProperty(tools, property)),
  ];
}

const renderField = (id: string, label: string, control: unknown) =>
  html`<div part="field"><label part="label" for=${id}>${label}</label>${control}</div>`;

const renderSelect = (
  { speech: { t, locale } }: ListTools,
  name: string,
  chosen: string,
  options: readonly Option[],
  choose: (value: string) => void,
): unknown =>
  html`<select part="input" id=${name} name=${name} @change=${(event: Event) => choose(valueOf(event))}>${renderOptions(locale, [{ value: '', label: t('filter.any') }, ...options], chosen)}</select>`;

function renderStatus(tools: ListTools): unknown {
  const {
    query,
    counts,
    host,
    speech: { t, locale },
  } = tools;
  const options = (host.portal.client?.settingsIn(locale)?.statuses ?? [])
    .filter(({ category }) => query.state === 'all' || (query.state === 'closed') === (category === 'closed'))
    .map(({ id, label }) => ({ value: id, label, count: counts?.statuses[id] }));
  if (!options.length) return nothing;
  const select = renderSelect(tools, 'status', query.status, options, (status) => tools.ask({ status }));
  return renderField('status', t('filter.status'), select);
}

function renderTurn(tools: ListTools): unknown {
  const {
    query,
    speech: { t },
  } = tools;
  const options: Option[] = [
    { value: 'contact', label: t('turn') },
    { value: 'support', label: t('turn.support') },
  ];
  const select = renderSelect(tools, 'turn', query.turn, options, (turn) => tools.ask({ turn: turn as Turn | '' }));
  return renderField('turn', t('filter.turn'), select);
}

/** Colleagues who asked, where there is more than one. */
function renderRequester(tools: ListTools): unknown {
  const {
    query,
    counts,
    speech: { t },
  } = tools;
  const options = (counts?.requesters ?? []).map(({ id, name, count }) => ({ value: id, label: name, count }));
  if (!query.scope.startsWith('company') || options.length < 2) return nothing;
  const select = renderSelect(tools, 'requester', query.requester, options, (requester) => tools.ask({ requester }));
  return renderField('requester', t('filter.requester'), select);
}

function renderProperty(tools: ListTools, property: TicketProperty): unknown {
  const {
    query,
    speech: { t },
  } = tools;
  const { name, type, label, options } = property;
  const chosen = query.properties[name] ?? '';
  const id = `property-${name}`;
  const choose = (value: string) => {
    const { [name]: _, ...rest } = tools.query.properties;
    tools.ask({ properties: value ? { ...rest, [name]: value } : rest });
  };
  if (type === 'choice' || type === 'boolean') {
    const answers = ['true', 'false'].map((value) => ({ value, label: t(value === 'true' ? 'yes' : 'no') }));
    const select = renderSelect(tools, id, chosen, options ?? answers, choose);
    return renderField(id, label, select);
  }
  if (type === 'text') {
    const input = html`<input part="input" id=${id} name=${id} autocomplete="off" .value=${live(chosen)} @change=${(event: Event) => choose(valueOf(event).trim())} />`;
    return renderField(id, label, input);
  }
  return renderSpan(tools, property, chosen, choose);
}

/** From one value to another; one side may be left open. */
function renderSpan(
  { speech: { t } }: ListTools,
  { name, type, label }: TicketProperty,
  chosen: string,
  choose: (value: string) => void,
): unknown {
  const [from = '', to = ''] = chosen.split('..');
  const renderEnd = (end: 'from' | 'to', value: string) =>
    html`<input part="input" type=${type} step="any" name=${`property-${name}-${end}`} aria-label=${t(`filter.${end}`, { property: label })} .value=${live(value)} @change=${(
      event: Event,
    ) => {
      const ends = end === 'from' ? [valueOf(event), to] : [from, valueOf(event)];
      choose(ends.some(Boolean) ? ends.join('..') : '');
    }} />`;
  return html`<div part="field" role="group" aria-label=${label}><span part="label" aria-hidden="true">${label}</span>
    <div part="range">${renderEnd('from', from)}<span aria-hidden="true">–</span>${renderEnd('to', to)}</div>
  </div>`;
}
