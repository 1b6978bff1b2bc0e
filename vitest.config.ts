import './.ci/node20.mjs';

import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const { slow } = JSON.parse(readFileSync(new URL('.ci/budget.json', import.meta.url), 'utf8')) as { slow: string[] };

/** The slow files first: one that begins last keeps a single core busy while the other has nothing to do. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => slow.findIndex((path) => moduleId.endsWith(path));
    const sorted = await super.sort(files);
    const first = sorted.filter((file) => place(file) >= 0).toSorted((a, b) => place(a) - place(b));
    return [...first, ...sorted.filter((file) => place(file) < 0)];
  }
}

interface Mode {
  readonly include: string[];
  readonly exclude?: string[];
  readonly globalSetup?: string;
  readonly setupFiles?: string;
  readonly testTimeout?: number;
  readonly isolate?: boolean;
}

/**
 * Without a mode, the tests on source, their database in memory. `--mode postgres` runs those that know a database once
 * more on a PostgreSQL that the run starts, `--mode rt` those that stand before a Request Tracker that the run starts,
 * `--mode e2e` those that drive a browser over the build, `--mode engines` those that drive several, `--mode deep` the long
 * ones.
 */
const modes: Record<string, Mode> = {
  test: {
    include: ['test/**/*.node.test.ts'],
    exclude: ['test/e2e/**'],
    // Loading the server and warming up PGlite takes seconds, and would for each file if each had a worker of its own.
    isolate: false,
    setupFiles: 'test/support/leave-nothing.ts',
  },
  postgres: {
    include: [
      'test/**/*.postgres.test.ts',
      'test/server/*.node.test.ts',
      'test/server/sign-in/*.node.test.ts',
      'test/contract/in-process.node.test.ts',
    ],
    globalSetup: 'test/support/postgres-setup.ts',
    isolate: false,
    setupFiles: 'test/support/leave-nothing.ts',
  },
  rt: { include: ['test/**/*.rt.test.ts'], globalSetup: 'test/support/rt-setup.ts' },
  e2e: { include: ['test/e2e/**/*.node.test.ts'] },
  engines: { include: ['test/engines/**/*.engine.ts'], testTimeout: 120_000 },
  deep: { include: ['test/deep/**/*.deep.ts'], testTimeout: 14_400_000 },
};

export default defineConfig(({ mode }) => ({
  test: {
    exclude: [],
    env: { TZ: 'UTC' },
    sequence: { sequencer: SlowFirst },
    maxWorkers: 2,
    // Starting a server takes seconds, and longer while another file does the same on the other core.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A bound for waiting, no measure: a machine that has other work may take a while.
    expect: { poll: { timeout: 15_000 } },
    retry: 0,
    ...(modes[mode] ?? modes['test']),
  },
}));
