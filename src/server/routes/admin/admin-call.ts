import type { Context } from 'hono';

import type { Route, adminRoutes } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { AppDeps } from '../../deps.js';
import { accountOf, readAdmin } from '../../identity/staff.js';
import { type Sealer, createSealer, cursorSeconds } from '../../seal.js';
import { type AdminWriting, refuse } from '../../settings/admin/writing.js';

/** The account that the administrator acts for. */
export interface AdminWho {
  readonly account: number;
}

export type AdminWhos = { readonly [Name in keyof typeof adminRoutes]: Name extends 'backup' ? undefined : AdminWho };

/** The checks of every route below `/admin/api/v1`: the administrator's token, no other. */
export const adminChecks = (deps: AppDeps) => ({
  async admit(c: Context): Promise<void> {
    if (!c.req.header('x-portal-client')) throw new ApiError('forbidden');
  },
  async identify(_: unknown, route: Route, c: Context): Promise<AdminWho | undefined> {
    await readAdmin(deps, c);
    // What takes no `?account=` is of all accounts.
    return route.query && { account: await accountOf(deps, c.req.query('account') ?? null) };
  },
});

export const contextOf = ({ account }: AdminWho) => ({ role: 'staff', account }) as const;

/** One transaction for all that a request writes. */
export const createWrite =
  ({ database, clock, newId, isFreeMail }: AppDeps) =>
  <T>(who: AdminWho, run: (writing: AdminWriting) => Promise<T>): Promise<T> =>
    database.tx(contextOf(who), (tx) => run({ tx, account: who.account, now: clock(), newId, isFreeMail }));

interface Asked {
  readonly cursor?: string | undefined;
  readonly limit?: string | undefined;
}

/** Pages of rows in the order of their ids. A cursor leads on in exactly the list, named by `list`, that it came from. */
export function createPages(deps: AppDeps) {
  const cursors: Sealer = createSealer(deps.secret, 'admin cursor', deps.clock);
  return async <Row extends { readonly id: number }, Item>(
    list: readonly unknown[],
    { cursor, limit = '25' }: Asked,
    /** The rows beyond an id, one more than a page holds. */
    read: (beyond: number | null, rows: number) => Promise<readonly Row[]>,
    toItem: (row: Row) => Item,
  ) => {
    const name = JSON.stringify(list);
    const position = cursor === undefined ? null : await cursors.open(cursor);
    if (cursor !== undefined && position?.['list'] !== name) throw refuse('cursor');
    const rows = await read(position && (position['id'] as number), Number(limit) + 1);
    const page = rows.slice(0, Number(limit));
    const id = rows.length > page.length ? page.at(-1)?.id : undefined;
    return {
      items: page.map(toItem),
      nextCursor: id === undefined ? null : await cursors.seal({ list: name, id }, cursorSeconds),
    };
  };
}
