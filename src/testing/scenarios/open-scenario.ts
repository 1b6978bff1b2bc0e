import { createMemoryBackend, createStore } from '../../backend/memory/memory-backend.js';
import type { PortalBackend } from '../../backend/portal-backend.js';
import type { World } from '../../world/world.js';
import { withFaults } from './faulty.js';
import type { Scenario, ScenarioFault } from './scenario.js';
import { worldOf } from './worlds.js';

/** What an element of a scenario is given, and how its backend is broken and healed while it runs. */
export interface OpenScenario {
  readonly backend: PortalBackend;
  /** From now on a call goes wrong. */
  fault(fault: ScenarioFault): void;
  /** Every call goes well again. */
  heal(): void;
}

/** Makes the backend of a world: in memory, unless a page has a server of its own. */
export type BackendOfWorld = (world: World) => PortalBackend | Promise<PortalBackend>;

const inMemory: BackendOfWorld = (world) => createMemoryBackend({ store: createStore({ world }) });

/** Makes the backend of a scenario: its world, somebody signed in, its answers, then its faults. */
export async function openScenario(
  { world: name = 'demo', contact = 'alice', answers, faults = [] }: Scenario,
  makeBackend: BackendOfWorld = inMemory,
): Promise<OpenScenario> {
  const world = worldOf(name);
  const plain = await makeBackend(world);
  const person = contact === null ? undefined : world.contacts.find(({ id }) => id === contact);
  if (contact !== null && !person) throw new Error(`the world has no contact "${contact}"`);
  if (person) await plain.signIn?.({ method: 'password', email: person.email, password: world.password });
  const broken = new Map<string, ScenarioFault>(faults.map((fault) => [fault.call, fault]));
  return {
    backend: withFaults({ ...plain, ...answers?.(plain) }, broken),
    fault: (fault) => void broken.set(fault.call, fault),
    heal: () => broken.clear(),
  };
}
