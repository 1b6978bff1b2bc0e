import { HttpResponse, http, type RequestHandler } from 'msw';

import { demoWorld } from '../../world/demo-world.js';
import type { World } from '../../world/world.js';
import { createFaults, type FaultLayer } from '../faults.js';
import type { Jar } from '../in-process.js';
import { createPageServer } from './page-server.js';

export { createPageServer, type PageServer } from './page-server.js';

export interface MswPortalOptions {
  /** What the database holds at first. Default: the demo world. */
  readonly world?: World;
  /** Where the portal seems to be. Default: the page's own origin. */
  readonly origin?: string;
}

export interface MswPortal {
  /** The portal's address, slug included: what a backend is made with. */
  readonly address: string;
  /** For `setupWorker(...handlers)`. */
  readonly handlers: readonly RequestHandler[];
  /** Breaks what a test wants broken. */
  readonly faults: FaultLayer;
  /** Token for the staff API. */
  readonly adminToken: string;
  close(): Promise<void>;
}

/**
 * The real server in the page, on PostgreSQL in memory (about 4 MB to load), for tests that need the whole wire. The page
 * is the one browser it knows: all elements share a session, and a reload begins anew.
 */
export async function createMswPortal(options: MswPortalOptions = {}): Promise<MswPortal> {
  const { world = demoWorld, origin = location.origin } = options;
  const server = await createPageServer();
  await server.seed(world);
  const faults = createFaults();
  const jar: Jar = new Map();
  const answer = (request: Request) =>
    faults
      .handle(request, (passed) => server.handle(passed, jar))
      // What msw makes of an exception is a 500; a request that goes nowhere is another thing.
      .catch(() => HttpResponse.error());

  return {
    address: `${origin}/${world.portal.slug}`,
    handlers: [`${origin}/${world.portal.slug}/api/*`, `${origin}/staff/api/*`].map((path) =>
      http.all(path, ({ request }) => answer(request)),
    ),
    faults,
    adminToken: server.deps.adminToken,
    close: server.close,
  };
}
