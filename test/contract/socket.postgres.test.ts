import { afterAll, inject } from 'vitest';

import { conformanceCases, seedOf, type ConformanceCase } from '../../src/testing/conformance/index.js';
import { createRestTarget } from '../../src/testing/rest-target.js';
import { testConformance } from './conformance.js';
import { createBrowser, startSeededServer } from './seeded-server.js';

const postgres = inject('postgres');
if (!postgres) throw new Error('These tests run with --mode postgres.');

const tagOf = (one: ConformanceCase) => `case-${conformanceCases.indexOf(one)}`;
const worlds = conformanceCases.map((one) => seedOf(tagOf(one), one));
const server = await startSeededServer(worlds, postgres);
afterAll(() => server.stop());

testConformance(
  createRestTarget({
    origin: server.origin,
    adminToken: server.adminToken,
    // The server found the worlds when it started.
    seed: async () => {},
    newFetch: () => createBrowser(server.origin),
  }),
  tagOf,
);
