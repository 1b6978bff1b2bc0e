import type { ErrorCode } from '../../../src/model/index.js';
import { BackendError, isBackendError, type PortalBackend } from '../../../src/index.js';
import { codeOf, retryAfter } from './breakage.js';
import type { RequestLog } from './log.js';
import type { Network } from './network.js';
import { isRouteName, lineOf, loggedQuery, type RouteName } from './routes.js';

type Method = (...args: unknown[]) => Promise<unknown>;

export interface CallsOptions {
  readonly log: RequestLog;
  /** Acts on calls as it would on requests; `null` where requests travel, which it acts on then. */
  readonly network: Network | null;
  /** The scenario itself breaks this call, before it becomes a request. */
  isBroken(call: string): boolean;
}

/** The same backend, of which calls are delayed, broken and logged as their requests would be. */
export function callsThrough(backend: PortalBackend, { log, network, isBroken }: CallsOptions): PortalBackend {
  const wrap = (name: RouteName, method: Method): Method => {
    return async (...args) => {
      const broken = isBroken(name);
      if (!broken && !network) return method(...args);
      const complete = log.begin(...requestOf(name, args));
      const due = (!broken && network?.due(name)) || null;
      const fault = { fault: broken ? 'scenario' : due };
      try {
        if (!broken && name !== 'subscribe') await network?.wait(signalOf(args));
        if (due) throw errorOf(due);
        const answer = await method(...args);
        complete({ status: 'ok', size: JSON.stringify(answer)?.length ?? 0, ...fault });
        return answer;
      } catch (error) {
        complete({ status: isBackendError(error) ? error.code : 'aborted', ...fault });
        throw error;
      }
    };
  };
  return Object.fromEntries(
    Object.entries(backend).map(([name, method]) => [
      name,
      isRouteName(name) && typeof method === 'function' ? wrap(name, method.bind(backend) as Method) : method,
    ]),
  ) as PortalBackend;
}

function errorOf(due: Parameters<typeof codeOf>[0] | 'offline'): BackendError {
  const code: ErrorCode = due === 'offline' ? 'offline' : codeOf(due);
  return new BackendError(code, undefined, { retryAfter: code === 'rate-limited' ? retryAfter : null });
}

/** The line that the call would have in the log of a server. */
function requestOf(name: RouteName, args: readonly unknown[]): [method: string, path: string] {
  const [method = '', pattern = ''] = lineOf(name).split(' ');
  const path = pattern.replace(':id', String(args[0]));
  const query = { listTickets: args[0], listMessages: args[1] }[name as string];
  return [method, path + loggedQuery(Object.entries(query ?? {}).map(([key, value]) => [key, String(value ?? '')]))];
}

const signalOf = (args: readonly unknown[]): AbortSignal | undefined =>
  args.map((arg) => (arg as { signal?: AbortSignal } | null | undefined)?.signal).find(Boolean);
