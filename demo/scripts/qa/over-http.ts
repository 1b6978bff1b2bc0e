import { createFaults } from '../../../src/testing/faults.js';
import { faultOf } from './breakage.js';
import type { RequestLog } from './log.js';
import type { Network } from './network.js';
import { loggedQuery, routeOf } from './routes.js';

/** A `fetch` that the network's controls act on, and that the log sees. */
export function fetchThrough(network: Network, log: RequestLog, forward: typeof fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (!network.isShown) return forward(request);
    const { pathname, searchParams } = new URL(request.url);
    const path = pathname.replace(/^.*\/api\/v1/, '');
    const complete = log.begin(request.method, path + loggedQuery(searchParams));
    const due = network.due(routeOf(request.method, path));
    const fault = due && { fault: due };
    try {
      await network.wait(request.signal);
      const faults = createFaults();
      if (due) faults.add({ fault: faultOf(due) });
      const response = await faults.handle(request, forward);
      complete({ status: String(response.status), size: await sizeOf(response), ...fault });
      return response;
    } catch (error) {
      complete({ status: request.signal.aborted ? 'aborted' : 'failed', ...fault });
      throw error;
    }
  };
}

/** A stream has no size. */
async function sizeOf(response: Response): Promise<number | null> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return null;
  return (await response.clone().arrayBuffer()).byteLength;
}
