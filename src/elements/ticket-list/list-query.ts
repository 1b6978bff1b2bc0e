import type { TicketQuery, TicketScope, TicketSort, TicketState, Turn } from '../../model/index.js';

/** What is asked of the list, as one value that is never changed: another question is another value. */
export interface ListQuery {
  readonly scope: TicketScope;
  readonly state: TicketState;
  /** A status id; empty for any. */
  readonly status: string;
  /** Who is expected to write next; empty for anybody. */
  readonly turn: Turn | '';
  /** Id of the contact who asked; empty for anybody. */
  readonly requester: string;
  /** Wanted values by the name of a property, as `TicketQuery` has them. */
  readonly properties: Readonly<Record<string, string>>;
  /** What is searched for; empty for no search. */
  readonly q: string;
  readonly sort: TicketSort;
}

/** Where a page lets the list begin: what its attributes say. */
export type ListStart = Pick<ListQuery, 'scope' | 'state' | 'sort'>;

/** Nothing is left out. */
export const everything: ListQuery = {
  scope: 'all',
  state: 'all',
  status: '',
  turn: '',
  requester: '',
  properties: {},
  q: '',
  sort: '-updated',
};

/** What an address may say; anybody can write there. */
const valid: Readonly<Record<string, RegExp>> = {
  scope: /^(all|mine|participating|company(:.+)?)$/,
  state: /^(all|open|closed)$/,
  turn: /^(contact|support)$/,
  sort: /^-?(updated|created|number|status)$/,
};

const names = ['scope', 'state', 'status', 'turn', 'requester', 'q', 'sort'] as const;

/** Behind this, in the page's address, the name of a property follows. */
const property = 'property.';

/**
 * The query that an address names; what it does not say is as the page begins.
 *
 * @param prefix before each of our names, with its dot: `tickets.`
 */
export function readQuery(params: URLSearchParams, prefix: string, start: ListStart): ListQuery {
  const query = { ...everything, ...start };
  const said = names.flatMap((name) => {
    const value = params.get(prefix + name);
    return value && (valid[name]?.test(value) ?? true) ? [[name, value]] : [];
  });
  const properties = [...params].flatMap(([name, value]) =>
    name.startsWith(prefix + property) && value ? [[name.slice((prefix + property).length), value]] : [],
  );
  return { ...query, ...Object.fromEntries(said), properties: Object.fromEntries(properties) };
}

/** What an address has to say of a query, by name; an empty value takes a name out. */
export function paramsOf(
  query: ListQuery,
  prefix: string,
  start: ListStart,
  before: URLSearchParams,
): Record<string, string | null> {
  const begun = { ...everything, ...start };
  const gone = [...before.keys()].filter((name) => name.startsWith(prefix + property)).map((name) => [name, null]);
  const said = names.map((name) => [prefix + name, query[name] === begun[name] ? null : query[name]]);
  const properties = Object.entries(query.properties).map(([name, value]) => [prefix + property + name, value]);
  return Object.fromEntries([...gone, ...said, ...properties]);
}

/** The query as a backend takes it, without what asks for nothing. */
export function toTicketQuery({ state, sort, scope, properties, ...texts }: ListQuery): TicketQuery {
  return {
    state,
    ...(scope !== 'all' && { scope }),
    ...(sort !== '-updated' && { sort }),
    ...(Object.keys(properties).length && { properties }),
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value)),
  };
}

export const isSameQuery = (one: ListQuery, other: ListQuery): boolean =>
  JSON.stringify(toTicketQuery(one)) === JSON.stringify(toTicketQuery(other));

/** True when tickets may be left out, whatever their order. */
export const isNarrowed = (query: ListQuery): boolean => !isSameQuery({ ...query, sort: everything.sort }, everything);
