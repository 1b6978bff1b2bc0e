import { createMemoryBackend, createStore } from '../../backend/memory/memory-backend.js';
import type { PortalBackend } from '../../backend/portal-backend.js';
import { forgetDrafts, saveDraft, writeDrafts } from '../../storage/draft-store.js';
import type { World } from '../../world/world.js';
import { stopClock } from './clock.js';
import { withFaults } from './faulty.js';
import type { Scenario, ScenarioFault } from './scenario.js';
import { worldOf } from './worlds.js';

/** What an element of a scenario is given, and how its backend is broken and healed while it runs. */
export interface OpenScenario {
  /** Of an element: an object, or the address of a portal that cannot be used from this page. */
  readonly backend: PortalBackend | string;
  /** From now on a call goes wrong. */
  fault(fault: ScenarioFault): void;
  /** Every call goes well again. */
  heal(): void;
  /** Puts back what the page was made to believe. */
  close(): void;
}

/** Makes the backend of a world: in memory, unless a page has a server of its own. */
export type BackendOfWorld = (world: World) => PortalBackend | Promise<PortalBackend>;

const inMemory: BackendOfWorld = (world) => createMemoryBackend({ store: createStore({ world }) });

/**
 * Makes the backend of a scenario: its world, somebody signed in, its answers, then its faults. What was typed in another
 * scenario is forgotten, and the page's clock stands at the scenario's until it is closed.
 */
export async function openScenario(scenario: Scenario, makeBackend: BackendOfWorld = inMemory): Promise<OpenScenario> {
  const putBack = makeBelieve(scenario);
  try {
    return { ...(await openBackend(scenario, makeBackend)), close: putBack };
  } catch (error) {
    putBack();
    throw error;
  }
}

/** Time and origin, as the scenario wants them. Returns what puts both back, and the page's address. */
function makeBelieve({ clock, opaque }: Scenario): () => void {
  const startClock = clock ? stopClock(clock) : () => {};
  const { origin } = globalThis;
  const { href } = location;
  if (opaque) globalThis.origin = 'null';
  return () => {
    startClock();
    if (location.href !== href) history.replaceState(history.state, '', href);
    if (opaque) globalThis.origin = origin;
  };
}

async function openBackend(
  { world: name = 'demo', contact = 'alice', answers, faults = [], link, opaque, unsent }: Scenario,
  makeBackend: BackendOfWorld,
): Promise<Omit<OpenScenario, 'close'>> {
  if (opaque) return { backend: 'https://support.example.com/help', fault: () => {}, heal: () => {} };
  if (link) history.replaceState(history.state, '', `#${link}`);
  const world = worldOf(name);
  await forgetDrafts(`${world.portal.slug}:`);
  const plain = await makeBackend(world);
  const person = contact === null ? undefined : world.contacts.find(({ id }) => id === contact);
  if (contact !== null && !person) throw new Error(`the world has no contact "${contact}"`);
  if (person) await plain.signIn?.({ method: 'password', email: person.email, password: world.password });
  if (unsent) await writeDown(plain, `${world.portal.slug}:`, unsent);
  const broken = new Map<string, ScenarioFault>(faults.map((fault) => [fault.call, fault]));
  return {
    backend: withFaults({ ...plain, ...answers?.(plain) }, broken),
    fault: (fault) => void broken.set(fault.call, fault),
    heal: () => broken.clear(),
  };
}

async function writeDown(backend: PortalBackend, portal: string, message: string): Promise<void> {
  const { contact, draftKey } = await backend.session();
  const place = { scope: `${portal}${contact?.id}:`, draftKey, name: 'form:' };
  saveDraft(place, { values: { message }, idempotencyKey: crypto.randomUUID() });
  await writeDrafts();
}
