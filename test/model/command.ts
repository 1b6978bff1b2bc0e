import type { Permission, Settings } from './rules.js';

export interface Query {
  /** A number: the tickets of that company. */
  readonly scope: 'all' | 'mine' | 'participating' | 'company' | number;
  readonly state: 'all' | 'open' | 'closed';
  readonly status: string | null;
  readonly turn: 'contact' | 'support' | null;
  /** A person. */
  readonly requester: number | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly sort: 'updated' | 'created' | 'number' | 'status';
  readonly descending: boolean;
  readonly q: string | null;
  readonly limit: number;
}

/** Whatever there is, latest change first. */
export const everything: Query = {
  scope: 'all',
  state: 'all',
  status: null,
  turn: null,
  requester: null,
  properties: {},
  sort: 'updated',
  descending: true,
  q: null,
  limit: 100,
};

/**
 * What happens in a world. People, companies and tickets are places, taken round: 7 of 5 is the third. A ticket whose place
 * is -1 does not exist. Afterwards the viewer lists all their tickets; instead, a person whom the owner has changed; everybody,
 * after another permission.
 */
export type Command = { readonly viewer: number } & (
  | { readonly type: 'list'; readonly query: Query }
  /** Goes on with the cursor that somebody has: `holder` counts among those who have one. Their own, or taken from them. */
  | { readonly type: 'next'; readonly holder: number; readonly own: boolean }
  | { readonly type: 'session' | 'stream' | 'hang-up' }
  | { readonly type: 'counts'; readonly scope: Query['scope'] }
  | { readonly type: 'get' | 'read'; readonly ticket: number }
  | { readonly type: 'messages'; readonly ticket: number; readonly limit: number }
  | { readonly type: 'reply'; readonly ticket: number; readonly text: string }
  | { readonly type: 'create'; readonly subject: string; readonly text: string }
  | { readonly type: 'answer' | 'note'; readonly ticket: number; readonly text: string }
  | { readonly type: 'status'; readonly ticket: number; readonly status: number }
  | { readonly type: 'move'; readonly ticket: number; readonly inbox: number }
  | { readonly type: 'remove'; readonly ticket: number }
  | {
      readonly type: 'parties';
      readonly ticket: number;
      readonly contacts: readonly number[];
      readonly participants: readonly number[];
      /** `null`: as they are. */
      readonly companies: readonly number[] | null;
    }
  | {
      readonly type: 'companies';
      readonly person: number;
      readonly companies: readonly number[];
      readonly primary: boolean;
    }
  | { readonly type: 'enabled'; readonly person: number; readonly enabled: boolean }
  | { readonly type: 'properties'; readonly person: number; readonly properties: Readonly<Record<string, string>> }
  | { readonly type: 'permission'; readonly permission: Permission }
  | { readonly type: 'actions'; readonly actions: Settings }
);
