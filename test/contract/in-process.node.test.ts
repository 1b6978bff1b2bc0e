import { afterAll } from 'vitest';

import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import { createSanitise } from '../../src/server/node/sanitise.js';
import { createInProcess, type Jar } from '../../src/testing/in-process.js';
import { createRestTarget } from '../../src/testing/rest-target.js';
import { openTestDatabase } from '../support/database.js';
import { testConformance } from './conformance.js';

const database = await openTestDatabase();
const server = createInProcess(database, { sanitise: createSanitise() });

testConformance(
  createRestTarget({
    origin: 'http://localhost:4400',
    adminToken: server.deps.adminToken,
    seed: (world) => seedWorld(server.deps, world),
    newFetch() {
      const jar: Jar = new Map();
      return (request) => server.handle(request, jar);
    },
  }),
);

afterAll(() => database.close());
