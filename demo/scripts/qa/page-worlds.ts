import { createPageServer } from '../../../src/testing/msw/page-server.js';
import { scenarioOf, worldOf } from '../../../src/testing/scenarios/index.js';
import type { Jar } from '../../../src/testing/in-process.js';
import { permissionOf } from './permission.js';
import type { QaState } from './state.js';

/** What decides which world a scenario is shown in. */
export type WorldSettings = Pick<QaState, 'scenario' | 'permission' | 'clock'>;

/** A portal of the real server in the page, as one browser's profile sees it. */
export interface PagePortal {
  readonly slug: string;
  /** Answers what a browser without any cookie but its own would ask. */
  handle(request: Request): Promise<Response>;
}

export interface PageWorlds {
  /** Opens the portal of a scenario's world for a new visitor; the world is written when it is first asked for. */
  open(settings: WorldSettings): Promise<PagePortal>;
  /** Writes the scenario's world anew. */
  reset(settings: WorldSettings): Promise<void>;
}

/** Each world of the scenarios, under each permission, as an account of its own in one database in this page. */
export async function createPageWorlds(): Promise<PageWorlds> {
  let offset = 0;
  const server = await createPageServer(() => new Date(Date.now() + offset));
  /** For which moment each world was written: its times count back from there. */
  const written = new Map<string, string>();

  return {
    async open(settings) {
      const { clock } = settings;
      const world = worldFor(settings);
      offset = clock === '' ? 0 : Date.parse(clock) - Date.now();
      if (!written.has(world.account)) await server.seed(world);
      else if (written.get(world.account) !== clock) await server.reset(world);
      written.set(world.account, clock);
      const jar: Jar = new Map();
      return { slug: world.portal.slug, handle: (request) => server.handle(request, jar) };
    },
    async reset(settings) {
      const world = worldFor(settings);
      if (written.has(world.account)) await server.reset(world);
    },
  };
}

/** A world under an address of its own: the real portal of the demo may be on the same origin. */
function worldFor({ scenario, permission }: WorldSettings) {
  const name = scenarioOf(scenario).world ?? 'demo';
  const world = worldOf(name);
  const slug = permission === 'world' ? `qa-${name}` : `qa-${name}-${permission}`;
  const portal = { ...world.portal, slug, permission: permissionOf(permission) ?? world.portal.permission };
  // An address signs in one person of a server, and these worlds share theirs: nobody of the staff signs in here.
  const staff = world.staff.map(({ id, name: called }) => ({ id, name: called }));
  return { ...world, account: slug, portal, staff };
}
