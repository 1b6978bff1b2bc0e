import { createHash, randomBytes } from 'node:crypto';

import { afterEach, beforeEach, expect } from 'vitest';

import type { Fetch } from '../../../src/server/outgoing.js';
import { type Visitor, base } from '../app-fixture.js';
import { type TestProvider, clientId, clientSecret, openProvider } from './sso-provider.js';
import { type SignInFixture, useSignIn } from './sign-in-fixture.js';

/** What a page keeps to itself while it waits. */
export interface Asked {
  readonly state: string;
  readonly verifier: string;
}

/** The small world by the clock on the wall, which providers look at as well. */
export interface TimedFixture extends SignInFixture {
  /** As `pass`; providers do not hear of it. */
  wait(milliseconds: number): void;
  /** Moves the portal's clock to what it is now. */
  tick(): void;
}

export interface SsoFixture extends TimedFixture {
  readonly provider: TestProvider;
  /** Makes a connection of the portal `help`; returns its id. */
  connect(change?: Readonly<Record<string, unknown>>): Promise<string>;
}

const over = <Base extends object, More extends object>(lower: Base, more: More) =>
  new Proxy({} as Base & More, {
    get: (_, name) => (name in more ? more[name as keyof More] : lower[name as keyof Base]),
  });

/** The small world, anew for each test. */
export function useTimed(outside?: Fetch): TimedFixture {
  const signIn = useSignIn(outside);
  let ahead = 0;
  const tick = () => signIn.pass(Date.now() + ahead - signIn.deps.clock().getTime());
  beforeEach(() => {
    ahead = 0;
    tick();
  });
  const wait = (milliseconds: number) => {
    ahead += milliseconds;
    tick();
  };
  return over(signIn, { tick, wait });
}

/** The small world and a real provider beside it, anew for each test. */
export function useSso(): SsoFixture {
  const timed = useTimed();
  let provider: TestProvider;
  beforeEach(async () => {
    provider = await openProvider(async (request) => timed.app.fetch(request));
  });
  afterEach(() => provider.close());
  return over(timed, {
    get provider() {
      return provider;
    },
    connect: (change: Readonly<Record<string, unknown>> = {}) => connect(timed, { issuer: provider.issuer, ...change }),
  });
}

/** Makes a connection of the portal `help`; returns its id. */
export async function connect(
  { admin }: Pick<SignInFixture, 'admin'>,
  change: Readonly<Record<string, unknown>>,
): Promise<string> {
  const response = await admin('POST', '/portals/help/connections', {
    label: 'Acme',
    clientId,
    clientSecret,
    ...change,
  });
  expect(response.status, await response.clone().text()).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

export const ask = (): Asked => ({
  state: randomBytes(32).toString('base64url'),
  verifier: randomBytes(32).toString('base64url'),
});

/** Opens one of the portal's own pages in the visitor's browser. */
export async function open(
  { app, tick }: TimedFixture,
  { cookies }: Visitor,
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  tick();
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
  const response = await app.request(address, { headers: { 'x-test-cookie': cookie, ...headers } });
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
  return response;
}

export function startAddress(
  connection: string,
  { state, verifier }: Asked,
  change: Readonly<Record<string, string | null>> = {},
): string {
  const url = new URL(`${base}/help/sso/${connection}/start`);
  const query = {
    challenge: createHash('sha256').update(verifier).digest('base64url'),
    state,
    origin: base,
    mode: 'popup',
    ...change,
  };
  for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

/** Where a page of ours leads on to, by itself. */
export async function onward(response: Response): Promise<string> {
  const location = response.headers.get('location');
  if (location !== null) return location;
  const [, text] = /location\.replace\(("[^)]*")\)/.exec(await response.clone().text()) ?? [];
  return JSON.parse(text ?? 'null') as string;
}

/** What a window tells the page that has opened it. */
export async function told(response: Response): Promise<{ message: Record<string, unknown>; origin: string }> {
  const text = await response.clone().text();
  const [, message, origin] = /opener\.postMessage\((\{[^}]*\}), ("[^)]*")\)/.exec(text) ?? [];
  return {
    message: JSON.parse(message ?? 'null') as Record<string, unknown>,
    origin: JSON.parse(origin ?? 'null') as string,
  };
}

export const exchange = (
  visitor: Visitor,
  code: unknown,
  { verifier }: Pick<Asked, 'verifier'>,
  headers: Record<string, string> = {},
) => visitor.request('POST', '/session', { body: { method: 'exchange', code, verifier }, headers });

/** The whole way through the provider, up to what the window says. */
export async function comeBack(
  fixture: SsoFixture,
  visitor: Visitor,
  connection: string,
  person: string | null,
  asked: Asked = ask(),
): Promise<{ code?: string; error?: string; asked: Asked }> {
  const start = await open(fixture, visitor, startAddress(connection, asked));
  const back = await fixture.provider.signIn(await onward(start), person);
  const { message } = await told(await open(fixture, visitor, back));
  expect(message).toMatchObject({ type: 'portal-code', state: asked.state });
  return { ...(message as { code?: string; error?: string }), asked };
}

/** Signs in by the provider, from the click to the session. */
export async function signInBy(fixture: SsoFixture, connection: string, person: string): Promise<Visitor> {
  const visitor = fixture.visitor();
  const { code, asked } = await comeBack(fixture, visitor, connection, person);
  const response = await exchange(visitor, code, asked);
  expect(response.status, await response.clone().text()).toBe(200);
  return visitor;
}

/** What must be as before where nobody came in. */
export const traces = ({ database }: SignInFixture) =>
  database.asSuperuser(`SELECT (SELECT count(*) FROM sessions) AS sessions, (SELECT count(*) FROM identities) AS identities,
    (SELECT count(*) FROM contacts) AS contacts, (SELECT count(*) FROM contacts WHERE verified) AS verified`);
