import { BackendError } from '../../src/backend/backend-error.js';
import { createRestBackend } from '../../src/backend/rest/rest-backend.js';
import type { ErrorCode } from '../../src/model/index.js';
import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import { createInProcess, type Jar } from '../../src/testing/in-process.js';
import { publicIdOf } from '../../src/world/public-id.js';
import type { World } from '../../src/world/world.js';
import type { Database } from '../../src/server/database.js';
import { readEvents } from '../support/event-reader.js';
import type { Browser, Desk, Target } from './desk.js';
import type { Ask } from './owner-by-api.js';
import { ownerByApi } from './owner-by-api.js';

export type Send = (request: Request) => Promise<Response>;

export interface ServerTargetOptions {
  readonly name: string;
  /** Scheme and host. */
  readonly origin: string;
  readonly adminToken: string;
  /** The server's own: for what no route does. */
  readonly database: Database;
  seed(world: World): Promise<void>;
  /** How a browser of its own sends. */
  newSend(): Send;
}

/** A server that speaks the wire, asked through the REST adapter. Each world is an account of its own in one database. */
export function createServerTarget({ name, origin, adminToken, database, seed, newSend }: ServerTargetOptions): Target {
  return {
    name,
    async open(world) {
      await seed(world);
      const ask = createAsk(origin, world.account, adminToken, newSend());
      return {
        browser: () => browserOf(`${origin}/${world.portal.slug}`, newSend()),
        staff: staffOf((method, path, body) => ask(method, `staff/api/v1/tickets/${path}`, body)),
        owner: await ownerByApi((method, path, body) => ask(method, `admin/api/v1/${path}`, body), database, world),
      };
    },
  };
}

/** The app in this process. Each look at its clock finds it 10 ms later: nothing happens at the same time as another. */
export function createInProcessTarget(name: string, database: Database): Target {
  let now = Date.now();
  const server = createInProcess(database, { clock: () => new Date((now += 10)) });
  return createServerTarget({
    name,
    origin: 'http://localhost:4400',
    adminToken: server.deps.adminToken,
    database,
    seed: (world) => seedWorld(server.deps, world),
    newSend() {
      const jar: Jar = new Map();
      return (request) => server.handle(request, jar);
    },
  });
}

export function browserOf(address: string, send: Send): Browser {
  async function get(path: string): Promise<Response> {
    const response = await send(
      new Request(`${address}/api/v1${path}`, { headers: { 'x-portal-client': 'portico-model/1' } }),
    );
    if (!response.ok) throw await problemOf(response);
    return response;
  }
  return {
    backend: createRestBackend({ address, fetch: (input, init) => send(new Request(input, init)) }),
    events: async () => readEvents(await get('/events')),
  };
}

export function createAsk(origin: string, account: string, token: string, send: Send): Ask {
  return async (method, path, body) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-portal-client': 'portico-model/1',
    };
    const url = `${origin}/${path}?account=${account}`;
    const asked = { method, headers, body: JSON.stringify(body) };
    const response = await send(new Request(url, asked));
    if (!response.ok) throw await problemOf(response);
    await response.text();
  };
}

const staffOf = (ask: Ask): Desk['staff'] => ({
  answer: (ticket, body) => ask('POST', `${ticket}/messages`, { body }),
  note: (ticket, body) => ask('POST', `${ticket}/notes`, { body }),
  status: (ticket, status) => ask('PATCH', ticket, { status }),
  move: (ticket, inbox) => ask('PATCH', ticket, { inbox: publicIdOf('inbox', inbox) }),
});

async function problemOf(response: Response): Promise<BackendError> {
  const { code } = (await response.json()) as { code: ErrorCode };
  return new BackendError(code);
}
