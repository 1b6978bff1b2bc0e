import type { Statement } from './database.js';
import type { AppDeps } from './deps.js';

/** Asks another server, as `fetch` does. */
export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

/** The address is inside the server's own network, and nothing there was asked. */
export class InnerAddressError extends Error {
  override readonly name = 'InnerAddressError';
  readonly host: string;

  constructor(host: string) {
    super(`${host} is inside the server's own network`);
    this.host = host;
  }
}

/** The inner address for which something failed, however deep; `null` where it failed for another reason. */
export function innerAddressOf(error: unknown): InnerAddressError | null {
  // By name, so that no library that wraps errors has to keep the class. None wraps one in itself.
  for (let one = error, depth = 0; one instanceof Error && depth < 10; one = one.cause, depth++) {
    if (one.name === 'InnerAddressError') return one as InnerAddressError;
  }
  return null;
}

const mayReachInside: Statement = {
  name: 'account_inner_addresses',
  text: 'SELECT inner_addresses AS may FROM accounts WHERE account_id = $1',
};

/**
 * What asks other servers for an account, wherever its admins have said that they are. Whether the account reaches inner
 * addresses is looked up with every call: what keeps the `fetch` of an account needs to know nothing of rights that change.
 *
 * @param anywhere asks whatever it is told to
 * @param outside throws `InnerAddressError` for what is inside
 */
export function createOutgoing(
  { database, log }: Pick<AppDeps, 'database' | 'log'>,
  { anywhere, outside }: { readonly anywhere: Fetch; readonly outside: Fetch },
): (account: number) => Fetch {
  /** The host that was last refused, by account: said once, however often a desk is looked at. */
  const refused = new Map<number, string>();

  return (account) => async (address, init) => {
    const steps = [{ statement: mayReachInside, params: [account] }];
    const [[row]] = (await database.batch({ role: 'staff', account }, steps)) as [{ may: boolean }[]];
    if (row?.may) return anywhere(address, init);
    try {
      return await outside(address, init);
    } catch (error) {
      const host = innerAddressOf(error)?.host;
      if (host !== undefined && refused.get(account) !== host) {
        refused.set(account, host);
        log({ level: 'info', event: 'inner-address-refused', account, host });
      }
      throw error;
    }
  };
}
