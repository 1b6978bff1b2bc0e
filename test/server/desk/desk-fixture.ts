import { randomUUID } from 'node:crypto';

import { followOnce } from '../../../src/server/desks/follow.js';
import { deliverWaiting } from '../../../src/server/desks/outbox.js';
import { type ConnectorFactory, DeskError } from '../../../src/server/connectors/connector.js';
import type { AppDeps } from '../../../src/server/deps.js';
import { seedWorld } from '../../../src/server/node/demo/seed-world.js';
import { type InProcess, type Jar, createInProcess } from '../../../src/testing/in-process.js';
import { seedOf } from '../../../src/testing/conformance/index.js';
import type { World, WorldContact } from '../../../src/world/world.js';
import type { TestDatabase } from '../../support/database.js';

/** A person of RT who may sign in at the portal. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role?: string;
}

export interface DeskSetting {
  readonly settings: Record<string, unknown>;
  readonly password: string;
  /** RT tokens of contacts, by address. */
  readonly tokens?: Readonly<Record<string, string>>;
}

/** What a test of a portal before a help desk asks: the app without a socket, followed when the test says so. */
export interface DeskFixture {
  readonly server: InProcess;
  readonly deps: AppDeps;
  readonly account: number;
  readonly world: World;
  /** One look of the job that follows the desk. */
  follow(): Promise<void>;
  /** Moves the server's clock on, in milliseconds. */
  pass(milliseconds: number): void;
  admin(method: string, path: string, body?: unknown): Promise<Response>;
  /** Signed in. */
  visitor(person: Person): Promise<DeskVisitor>;
}

export interface DeskVisitor {
  request(method: string, path: string, body?: unknown, key?: string): Promise<Response>;
  json<T>(method: string, path: string, body?: unknown, key?: string): Promise<T>;
}

const origin = 'http://localhost:4400';

/** An account whose tickets are in the desk, with these people and the permission `company-if` role is manager. */
export async function openDeskFixture(
  database: TestDatabase,
  connectors: Readonly<Record<string, ConnectorFactory>>,
  kind: string,
  setting: DeskSetting,
  people: readonly Person[],
): Promise<DeskFixture> {
  let ahead = 0;
  const failures: string[] = [];
  const server = createInProcess(database, {
    clock: () => new Date(Date.now() + ahead),
    connectors,
    log: (entry) => {
      // That a desk does not answer is for whoever asks.
      if (entry.level === 'error' && entry['error'] !== 'DeskError') failures.push(JSON.stringify(entry));
    },
  });
  const { deps } = server;
  const world = worldOf(`desk-${randomUUID().slice(0, 8)}`, people);
  const connected = await connectDesk(server, world, kind, setting);
  const { account, admin } = connected;

  return {
    server,
    deps,
    account,
    world,
    admin,
    async follow() {
      await connected.follow();
      if (failures.length > 0) throw new Error(failures.splice(0).join('\n'));
    },
    pass(milliseconds) {
      ahead += milliseconds;
    },
    visitor: (person) => signIn(server, world, person),
  };
}

/** How a page of the world's portal asks, in a browser with this jar. */
export const createRequest =
  (server: InProcess, { portal }: World, jar: Jar): DeskVisitor['request'] =>
  (method, path, body, key) =>
    server.handle(
      new Request(`${origin}/${portal.slug}/api/v1${path}`, {
        method,
        headers: {
          'x-portal-client': 'portico-test/1',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
      jar,
    );

/** A visitor of the world's portal. */
export async function signIn(server: InProcess, world: World, { email }: Person): Promise<DeskVisitor> {
  const request = createRequest(server, world, new Map());
  const signedIn = await request('POST', '/session', { method: 'password', email, password: world.password });
  if (signedIn.status !== 200) throw new Error(`${email} cannot sign in: ${signedIn.status}`);
  return {
    request,
    async json<T>(...asked: Parameters<DeskVisitor['request']>) {
      const response = await request(...asked);
      if (!response.ok) throw new Error(`${asked[0]} ${asked[1]}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
  };
}

export interface ConnectedDesk {
  readonly account: number;
  admin(method: string, path: string, body?: unknown): Promise<Response>;
  /** A look of the job that follows the desk, and more while the desk is too slow. */
  follow(looks?: number): Promise<void>;
}

/** Writes the world as an account, and puts its tickets into the desk's hands: the portal shows all inboxes of the desk. */
export async function connectDesk(
  server: InProcess,
  world: World,
  kind: string,
  { settings, password, tokens }: DeskSetting,
): Promise<ConnectedDesk> {
  const { deps } = server;
  await seedWorld(deps, world);
  const [[row]] = (await deps.database.batch({ role: 'staff' }, [
    {
      statement: { name: 'test_account', text: 'SELECT account_id FROM accounts WHERE public_id = $1' },
      params: [world.account],
    },
  ])) as [{ account_id: number }[]];
  const account = row!.account_id;

  const admin = (method: string, path: string, body?: unknown) => {
    const url = new URL(`${origin}/admin/api/v1${path}`);
    url.searchParams.set('account', world.account);
    const headers = {
      authorization: `Bearer ${deps.adminToken}`,
      'x-portal-client': 'portico-test/1',
      'content-type': 'application/json',
    };
    return server.handle(
      new Request(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
      new Map(),
    );
  };
  const put = await admin('PUT', '/desk', { kind, settings, secret: { password, ...tokens } });
  if (put.status !== 200) throw new Error(`the desk was not taken: ${await put.text()}`);
  const { inboxes } = (await put.json()) as { inboxes: { id: string }[] };
  const patched = await admin('PATCH', `/portals/${world.portal.slug}`, { inboxes: inboxes.map(({ id }) => id) });
  if (patched.status !== 200) throw new Error(`the portal was not changed: ${await patched.text()}`);

  const connected: ConnectedDesk = {
    account,
    admin,
    async follow(looks = 5) {
      const desk = await deps.desks.of(account);
      try {
        await followOnce(deps, desk!, 'test', new AbortController().signal);
        await deliverWaiting(deps, desk!);
      } catch (error) {
        // The job looks again as well.
        if (!(error instanceof DeskError) || error.kind !== 'unavailable' || looks === 1) throw error;
        await connected.follow(looks - 1);
      }
    },
  };
  return connected;
}

/** An account without tickets whose people may all sign in. */
export function worldOf(tag: string, people: readonly Person[]): World {
  const seed = seedOf(tag);
  const contacts = people.map(
    ({ id, name, email, role }): WorldContact => ({
      id: `${tag}-${id}`,
      name,
      email,
      locale: 'en',
      companies: [],
      primaryCompany: null,
      properties: role === undefined ? {} : { role },
      enabled: true,
      verified: true,
      hint: { en: '', pl: '' },
    }),
  );
  return {
    ...seed,
    companies: [],
    contacts,
    tickets: [],
    accessGroup: { ...seed.accessGroup, members: contacts.map(({ id }) => id) },
  };
}
