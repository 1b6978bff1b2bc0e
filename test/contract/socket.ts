import { afterAll } from 'vitest';

import { conformanceCases, seedOf, type ConformanceCase } from '../../src/testing/conformance/index.js';
import { createRestTarget } from '../../src/testing/rest-target.js';
import type { PostgresTemplate } from '../support/postgres-database.js';
import { testConformance } from './conformance.js';
import { createBrowser, startSeededServer } from './seeded-server.js';

/** The suite over a real process and socket. */
export async function testOverSocket(postgres: PostgresTemplate | null): Promise<void> {
  const tagOf = (one: ConformanceCase) => `case-${conformanceCases.indexOf(one)}`;
  const worlds = conformanceCases.map((one) => seedOf(tagOf(one), one.permission));
  const server = await startSeededServer(worlds, postgres);
  afterAll(() => server.stop());
  const target = createRestTarget({
    origin: server.origin,
    adminToken: server.adminToken,
    // The server found the worlds when it started.
    seed: async () => {},
    newFetch: () => createBrowser(server.origin),
  });
  testConformance(target, tagOf);
}
