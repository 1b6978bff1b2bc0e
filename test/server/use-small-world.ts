import { afterAll, beforeAll, beforeEach } from 'vitest';

import type { ConnectorFactory } from '../../src/server/connectors/connector.js';
import type { FileStore } from '../../src/server/deps.js';
import type { Fetch } from '../../src/server/outgoing.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { keepRows } from '../support/kept-rows.js';
import { type AppFixture, createAppFixture } from './app-fixture.js';
import { type SmallWorld, seedSmallWorld } from './small-world.js';

/** What each test of a file finds: a database of the file's own, the small world in it, and an app over it. */
export interface SmallWorldHeld {
  readonly database: TestDatabase;
  readonly fixture: AppFixture;
  readonly world: SmallWorld;
}

/** Opens one database for the file; before each test the world is as it was, and the app a new one. To be read inside of tests only. */
export function useSmallWorld(
  connectors?: Readonly<Record<string, ConnectorFactory>>,
  outside?: Fetch,
): SmallWorldHeld {
  const held = {} as { -readonly [Part in keyof SmallWorldHeld]: SmallWorldHeld[Part] };
  let putBack: () => Promise<void>;
  let files: FileStore;
  beforeAll(async () => {
    held.database = await openTestDatabase();
    const { deps } = createAppFixture(held.database);
    ({ files } = deps);
    held.world = await seedSmallWorld(deps);
    putBack = await keepRows(held.database);
  }, 60_000);
  afterAll(() => held.database.close());
  beforeEach(async () => {
    await putBack();
    held.fixture = createAppFixture(held.database, {}, connectors, files, null, outside);
  });
  return held;
}
