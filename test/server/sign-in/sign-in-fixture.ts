import { afterAll, beforeAll, beforeEach, expect } from 'vitest';

import type { Fetch } from '../../../src/server/outgoing.js';
import { type TestDatabase, openTestDatabase } from '../../support/database.js';
import { type AppFixture, type Visitor, createAppFixture } from '../app-fixture.js';
import { type Mailbox, createMailbox } from '../mailbox.js';
import { type SmallWorld, seedSmallWorld } from '../small-world.js';

export interface SignInFixture extends AppFixture, Mailbox {
  readonly database: TestDatabase;
  readonly world: SmallWorld;
  /** Changes the portal `help`, as its owner. */
  setPortal(change: Readonly<Record<string, unknown>>): Promise<void>;
  admin(method: string, path: string, body?: unknown): Promise<Response>;
}

/** The small world anew for each test, and its mail. */
export function useSignIn(outside?: Fetch): SignInFixture {
  let database: TestDatabase;
  let fixture: SignInFixture;
  beforeAll(async () => {
    database = await openTestDatabase();
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.reset();
    const app = createAppFixture(database, {}, {}, undefined, null, outside);
    const world = await seedSmallWorld(app.deps);
    fixture = { ...app, database, world, ...createMailbox(app.deps, database), ...withOwner(app) };
  });
  return new Proxy({} as SignInFixture, { get: (_, name) => fixture[name as keyof SignInFixture] });
}

function withOwner({ deps, app }: AppFixture) {
  const admin = async (method: string, path: string, body?: unknown) =>
    app.request(`http://localhost:4400/admin/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${deps.adminToken}`,
        'x-portal-client': 'portico-test/1',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  return {
    admin,
    async setPortal(change: Readonly<Record<string, unknown>>) {
      const response = await admin('PATCH', '/portals/help', change);
      expect(response.status, await response.clone().text()).toBe(200);
    },
  };
}

/** As from a domain of the portal's own, which alone sends invitations. Visitors of the fixture come by the server's name. */
export async function inviteTo(
  { database, admin }: Pick<SignInFixture, 'database' | 'admin'>,
  body: Readonly<Record<string, unknown>>,
  path: '' | '/many' = '',
): Promise<Response> {
  await database.asSuperuser(`INSERT INTO domains (account_id, kind, host, locale)
    SELECT account_id, 'connected', 'help.example.com', 'en' FROM portals WHERE slug = 'help' ON CONFLICT DO NOTHING`);
  const moveTo = (host: string) => database.asSuperuser(`UPDATE portals SET host = ${host} WHERE slug = 'help'`);
  await moveTo(`'help.example.com'`);
  const answer = await admin('POST', `/portals/help/invitations${path}`, body);
  await moveTo('NULL');
  return answer;
}

export const start = (visitor: Visitor, body: Readonly<Record<string, unknown>>) =>
  visitor.request('POST', '/session/start', { body });

export const enter = (visitor: Visitor, code: string) =>
  visitor.request('POST', '/session', { body: { method: 'code', code } });

/** Who is signed in, by their address. */
export async function whoIs(visitor: Visitor): Promise<string | null> {
  const session = (await (await visitor.request('GET', '/session')).json()) as { contact: { email: string } | null };
  return session.contact?.email ?? null;
}

export const problemOf = async (response: Response) => {
  const { status, code, fields } = (await response.json()) as Record<string, unknown>;
  return { status, code, fields };
};
