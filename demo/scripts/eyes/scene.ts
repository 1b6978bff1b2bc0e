import type { MemoryBackend } from '../../../src/index.js';
import type { StaffMessage, StaffTicket, StaffTicketDetail } from '../staff-client.js';
import { type DemoPerson, demoPeople } from '../people.js';

/** What the page shows: three people with a backend and a session each, the desk, and the one switch between them. */

export type Permission = 'own' | 'company' | 'company-if';

export const permissions: readonly Permission[] = ['own', 'company', 'company-if'];

/** Somebody who looks, with what the rule asks of them. */
export interface Looker {
  readonly key: 'alice' | 'bob' | 'carol';
  readonly person: DemoPerson;
  /** The primary company. */
  readonly company: string | null;
  readonly role: string | null;
}

const personOf = (key: string): DemoPerson => {
  const person = demoPeople.find(({ email }) => email.startsWith(`${key}@`));
  if (!person) throw new Error(`the demo has no ${key}`);
  return person;
};

export const lookers: readonly Looker[] = [
  { key: 'alice', person: personOf('alice'), company: 'Acme', role: null },
  { key: 'bob', person: personOf('bob'), company: 'Acme', role: 'manager' },
  { key: 'carol', person: personOf('carol'), company: 'Globex', role: 'manager' },
];

/** The other side of the counter. */
export interface Desk {
  /** All tickets of the account, the latest change first. */
  listTickets(): Promise<readonly StaffTicket[]>;
  getTicket(id: string): Promise<StaffTicketDetail>;
  listMessages(id: string): Promise<readonly StaffMessage[]>;
  reply(id: string, body: string): Promise<void>;
  addNote(id: string, body: string): Promise<void>;
  setStatus(id: string, status: string): Promise<void>;
}

export interface Viewpoint {
  readonly looker: Looker;
  readonly backend: MemoryBackend;
}

export interface Scene {
  readonly views: readonly Viewpoint[];
  readonly desk: Desk;
  setPermission(permission: Permission): Promise<void>;
  /** Calls back whenever something may have changed, whoever did it. */
  onChange(listener: () => void): void;
}

/** How the switch stands, by what it does: a session says what its contact sees beyond their own tickets. */
export async function readPermission(views: readonly Viewpoint[]): Promise<Permission> {
  const sessions = await Promise.all(views.map(async ({ backend }) => (await backend.session()).permission));
  if (sessions.every((permission) => permission === 'company')) return 'company';
  return sessions.includes('company') ? 'company-if' : 'own';
}

/** One that tells its elements of no change: this page does, for all panes at once, so that tickets are seen to move. */
export const quietly = (backend: MemoryBackend): MemoryBackend => ({
  ...backend,
  subscribe: async () => {},
});
