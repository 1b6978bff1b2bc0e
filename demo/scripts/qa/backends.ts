import { createMemoryBackend, createStore } from '../../../src/backend/memory/memory-backend.js';
import { createRestBackend } from '../../../src/backend/rest/rest-backend.js';
import type { BackendOfWorld } from '../../../src/testing/scenarios/index.js';
import type { PageWorlds } from './page-worlds.js';
import { permissionOf } from './permission.js';
import type { QaState } from './state.js';

/** What a stage has to run a backend with. */
export interface BackendMeans {
  /** Travels through the network's controls. */
  readonly fetch: typeof fetch;
  worlds(): Promise<PageWorlds>;
}

/** What a scenario's portal runs on, as the control says. */
export function backendMaker(state: QaState, means: BackendMeans): BackendOfWorld {
  switch (state.server) {
    case 'memory':
      return (world) => inMemory(world, state);
    case 'page':
      return () => inPage(state, means);
    case 'here':
      return () => atServer(means.fetch);
  }
}

function inMemory(world: Parameters<BackendOfWorld>[0], { permission }: QaState) {
  const store = createStore({ world });
  const rule = permissionOf(permission);
  if (rule) store.admin.setPermission(rule);
  return createMemoryBackend({ store });
}

async function inPage(state: QaState, { fetch, worlds }: BackendMeans) {
  const { canIntercept, intercept } = await import('./worker.js');
  if (!canIntercept()) throw new Error('no service worker');
  const portal = await (await worlds()).open(state);
  await intercept(portal);
  return createRestBackend({ address: `${location.origin}/${portal.slug}`, fetch });
}

/** The demo's own portal and its real world. Whoever is signed in there in this browser is signed out. */
async function atServer(fetch: typeof globalThis.fetch) {
  const backend = createRestBackend({ address: `${location.origin}/help`, fetch });
  if ((await backend.session()).contact) await backend.signOut();
  return backend;
}
