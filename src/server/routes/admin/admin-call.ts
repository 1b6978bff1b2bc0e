import type { Context } from 'hono';

import type { Route, adminRoutes } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { AppDeps, Caller } from '../../deps.js';
import { accountOf, admitStaff, isOwnAccount, readAdmin, visitOf } from '../../identity/staff.js';
import type { StaffSignedIn } from '../../identity/staff-session.js';
import { type Sealer, createSealer, cursorSeconds } from '../../seal.js';
import { type AdminWriting, refuse } from '../../settings/admin/writing.js';

/** The account that the administrator acts for. */
export interface AdminWho {
  readonly account: number;
  /** Public id of the admin who signed in; absent for the bearer of the admin token. */
  readonly staff?: string;
}

/** A page of the server's own, where somebody of the staff is signed in or may sign in. */
export interface StaffVisit {
  readonly caller: Caller;
  readonly session: StaffSignedIn | null;
}

type Routes = typeof adminRoutes;
export type AdminWhos = {
  readonly [Name in keyof Routes]: Routes[Name] extends { readonly open: true }
    ? StaffVisit
    : Name extends 'backup' | 'applyConfig' | 'createAccount' | 'updateAccount' | 'inspect'
      ? undefined
      : AdminWho;
};

/**
 * The checks of every route below `/admin/api/v1`: the administrator's token, or the session of an admin, who reaches their
 * own account and nothing else. What is open is for pages of the server's own.
 */
export const adminChecks = (deps: AppDeps) => ({
  async admit(c: Context): Promise<void> {
    admitStaff(deps, c);
  },
  async identify(_: unknown, route: Route, c: Context): Promise<AdminWho | StaffVisit | undefined> {
    const visit = await visitOf(deps, c, route.open);
    if (visit && route.open) return visit;
    if (visit?.session) {
      // What takes no `?account=` is of all accounts.
      if (visit.session.role !== 'admin' || !route.query) throw new ApiError('forbidden');
      if (!isOwnAccount(c, visit.session)) throw new ApiError('not-found');
      return { account: visit.session.account.id, staff: visit.session.publicId };
    }
    await readAdmin(deps, c);
    return route.query && { account: await accountOf(deps, c.req.query('account') ?? null) };
  },
});

export const contextOf = ({ account }: AdminWho) => ({ role: 'staff', account }) as const;

/** One transaction for all that a request writes. */
export const createWrite =
  ({ database, clock, newId, isFreeMail }: AppDeps) =>
  <T>(who: AdminWho, run: (writing: AdminWriting) => Promise<T>): Promise<T> =>
    database.tx(contextOf(who), (tx) =>
      run({ tx, account: who.account, staff: who.staff, now: clock(), newId, isFreeMail }),
    );

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
