import './.ci/node20.mjs';

import { defineConfig } from 'vitest/config';

/**
 * Without a mode, the tests on source, their database in memory. `--mode postgres` runs those that know a database once
 * more on a PostgreSQL that the run starts, `--mode e2e` those that drive a browser over the build.
 */
const modes: Record<string, { include: string[]; exclude?: string[]; globalSetup?: string }> = {
  test: { include: ['test/**/*.node.test.ts'], exclude: ['test/e2e/**'] },
  postgres: {
    include: ['test/**/*.postgres.test.ts', 'test/server/*.node.test.ts', 'test/contract/in-process.node.test.ts'],
    globalSetup: 'test/support/postgres-setup.ts',
  },
  e2e: { include: ['test/e2e/**/*.node.test.ts'] },
};

export default defineConfig(({ mode }) => ({
  test: {
    exclude: [],
    ...(modes[mode] ?? modes['test']),
    env: { TZ: 'UTC' },
    maxWorkers: 2,
    // Starting a server takes seconds, and longer while another file does the same on the other core.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
  },
}));
