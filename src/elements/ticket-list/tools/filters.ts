import { numberText } from '../../../i18n/format.js';
import { propertyText } from '../../property-text.js';
import { everything, type ListQuery } from '../list-query.js';
import type { ListTools } from './list-tools.js';

/** A number is counted up to 1,000, which means "or more". */
export const countText = (locale: string, count: number): string =>
  numberText(locale, count) + (count >= 1000 ? '+' : '');

/** A company of the contact's, as the scope that lists its tickets. */
export interface Scope {
  readonly scope: ListQuery['scope'];
  readonly label: string;
  readonly count: number | undefined;
}

/** What a backend or a session knows; an address may ask for a company of which nobody here has heard. */
export const isKnownScope = (tools: ListTools): boolean =>
  knownScopes(tools).some(({ scope }) => scope === tools.query.scope);

/** Whose tickets can be asked for, and whose are. */
export function scopesOf(tools: ListTools): readonly Scope[] {
  const { query, speech } = tools;
  const other = { scope: query.scope, label: speech.t('scope.company'), count: undefined };
  return isKnownScope(tools) ? knownScopes(tools) : [...knownScopes(tools), other];
}

/** Whose tickets can be asked for: the contact's primary company is `company`, further ones go by their id. */
function knownScopes({ counts, host, speech: { t } }: ListTools): readonly Scope[] {
  const own = host.portal.client?.contact?.company;
  const companies = counts?.scopes.company ?? (own ? [{ ...own, count: undefined }] : []);
  return [
    ...(['all', 'mine', 'participating'] as const).map((scope) => ({
      scope,
      label: t(`scope.${scope}`),
      count: counts?.scopes[scope],
    })),
    ...companies.map(({ id, name, count }) => ({
      scope: id === own?.id ? ('company' as const) : (`company:${id}` as const),
      label: name,
      count,
    })),
  ];
}

export const scopeLabel = (tools: ListTools): string =>
  scopesOf(tools).find(({ scope }) => scope === tools.query.scope)?.label ?? '';

/** A filter that is in force: in words, and what to ask for without it. */
export interface Chip {
  readonly name: string;
  readonly text: string;
  readonly without: Partial<ListQuery>;
}

/** Filters that are in force, apart from those that are in sight anyway: open or closed, and the search. */
export function chipsOf(tools: ListTools): readonly Chip[] {
  const { query, counts, speech, host } = tools;
  const { t, locale, properties } = speech;
  const statuses = host.portal.client?.settingsIn(locale)?.statuses ?? [];
  const nameOf = <T extends { id: string }>(list: readonly T[] = []) => list.find(({ id }) => id === query.requester);
  const requester = nameOf(counts?.requesters)?.name ?? '…';
  const status = statuses.find(({ id }) => id === query.status)?.label ?? query.status;
  const turn = query.turn === 'contact' ? t('turn') : t('turn.support');
  const plain = (name: 'scope' | 'status' | 'turn' | 'requester', text: string): Chip[] =>
    query[name] === everything[name] ? [] : [{ name, text, without: { [name]: everything[name] } }];
  return [
    ...plain('scope', scopeLabel(tools)),
    ...plain('status', status),
    ...plain('turn', turn),
    ...plain('requester', `${t('filter.requester')}: ${requester}`),
    ...Object.entries(query.properties).map(([name, value]) => {
      const property = properties.find((candidate) => candidate.name === name);
      const said = property ? spanText(value, (one) => propertyText(speech, property, one)) : value;
      const { [name]: _, ...rest } = query.properties;
      return { name, text: `${property?.label ?? name}: ${said}`, without: { properties: rest } };
    }),
  ];
}

/** A span from one value to another, or a single one. */
function spanText(value: string, textOf: (one: string) => string): string {
  if (!value.includes('..')) return textOf(value);
  const [from = '', to = ''] = value.split('..');
  return `${from && textOf(from)} – ${to && textOf(to)}`.trim();
}
