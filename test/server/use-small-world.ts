import { afterAll, beforeAll, beforeEach } from 'vitest';

import type { ConnectorFactory } from '../../src/server/connectors/connector.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type AppFixture, createAppFixture } from './app-fixture.js';
import { type SmallWorld, seedSmallWorld } from './small-world.js';

/** What each test of a file finds: a database of the file's own, the small world in it, and an app over it. */
export interface SmallWorldHeld {
  readonly database: TestDatabase;
  readonly fixture: AppFixture;
  readonly world: SmallWorld;
}

/** Opens one database for the file and makes world and app anew before each test. To be read inside of tests only. */
export function useSmallWorld(connectors?: Readonly<Record<string, ConnectorFactory>>): SmallWorldHeld {
  const held = {} as { -readonly [Part in keyof SmallWorldHeld]: SmallWorldHeld[Part] };
  beforeAll(async () => {
    held.database = await openTestDatabase();
  }, 60_000);
  afterAll(() => held.database.close());
  beforeEach(async () => {
    await held.database.reset();
    held.fixture = createAppFixture(held.database, {}, connectors);
    held.world = await seedSmallWorld(held.fixture.deps);
  });
  return held;
}
