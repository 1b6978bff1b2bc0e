import { expect } from 'vitest';

import type { Visitor, VisitorRequest } from './app-fixture.js';
import { askAdmin } from './admin-client.js';
import { type StaffSeed, staffPassword, welcomeStaff } from './staff-visitor.js';
import type { SmallWorldHeld } from './use-small-world.js';

/** What tests of the staff ask a server, as whom, and what they are told. */

export const hour = 3_600_000;
export const admin = { name: 'olga', role: 'admin' } as const;
export const agent = { name: 'adam', role: 'agent' } as const;

export interface Answer {
  readonly status: number;
  /** Nothing: `{}`. */
  readonly body: Readonly<Record<string, unknown>>;
}

export async function ask(
  visitor: Visitor,
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<Answer> {
  const response = await visitor.request(method, path, { ...(body !== undefined && { body }), headers });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text || '{}') as Answer['body'] };
}

export const onAdmin = (visitor: Visitor, method: string, path: string, body?: unknown): Promise<Answer> =>
  ask(visitor, method, `/admin/api/v1${path}`, body);
export const signIn = (
  visitor: Visitor,
  email: string,
  secret = staffPassword,
  headers: VisitorRequest['headers'] = {},
): Promise<Answer> => ask(visitor, 'POST', '/admin/api/v1/session', { email, password: secret }, headers);
export const welcome = (visitor: Visitor, token: string, more: object = {}): Promise<Answer> =>
  onAdmin(visitor, 'POST', '/welcome', { token, password: staffPassword, name: 'Somebody', ...more });

export const unauthenticated = { status: 401, body: expect.objectContaining({ code: 'unauthenticated' }) as unknown };
export const expired = { status: 401, body: expect.objectContaining({ code: 'session-expired' }) as unknown };
export const refusedAt = (status: number, path: string, code: string) => ({
  status,
  body: expect.objectContaining({ fields: [{ path, code }] }) as unknown,
});

export interface Entry {
  readonly event: string;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly subjects: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly change: unknown;
}

/** Of the file's small world: who joins its staff, and what it holds. */
export function staffOf(small: SmallWorldHeld) {
  return {
    join: (seed: StaffSeed) => welcomeStaff(small.fixture, seed),
    stranger: () => small.fixture.visitor(),
    async entries(): Promise<readonly Entry[]> {
      const { body } = await askAdmin<{ items: Entry[] }>(small, 'GET', '/audit?limit=100');
      return body.items;
    },
    async rows(table: string): Promise<number> {
      return (await small.database.asSuperuser<{ n: number }>(`SELECT count(*)::integer AS n FROM ${table}`))[0]!.n;
    },
  };
}
