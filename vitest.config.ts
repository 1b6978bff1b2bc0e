import './.ci/node20.mjs';

import { defineConfig } from 'vitest/config';

// `--mode e2e` runs the tests that drive a browser over the build; without it, those on source.
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'e2e' ? ['test/e2e/**/*.node.test.ts'] : ['test/**/*.node.test.ts'],
    exclude: mode === 'e2e' ? [] : ['test/e2e/**'],
    env: { TZ: 'UTC' },
    maxWorkers: 2,
    // Starting a server takes seconds, and longer while another file does the same on the other core.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
  },
}));
