import { afterAll } from 'vitest';

import { conformanceCases, seedOf, type ConformanceCase } from '../../src/testing/conformance/index.js';
import { createRestTarget } from '../../src/testing/rest-target.js';
import { testConformance } from './conformance.js';
import { createBrowser, startServerProcess } from './server-process.js';

const tagOf = (one: ConformanceCase) => `case-${conformanceCases.indexOf(one)}`;
const server = await startServerProcess(conformanceCases.map((one) => seedOf(tagOf(one), one.permission)));

testConformance(
  createRestTarget({
    origin: server.origin,
    adminToken: server.adminToken,
    // The server found the worlds in its folder when it started.
    seed: async () => {},
    newFetch: () => createBrowser(server.origin),
  }),
  tagOf,
);

afterAll(() => server.stop());
