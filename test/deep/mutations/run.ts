import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Mutation } from './mutation.js';
import { matrixTests } from './mutation.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const copied = ['src', 'test', '.ci', 'vitest.config.ts', 'package.json', 'tsconfig.json'];

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** A busy machine is no finding. Some mutations are noticed by what never comes, and that takes as long. */
const patience = ['--testTimeout=180000', '--hookTimeout=180000'];

/** A copy of the source, for the tests of one mutation after another. */
export interface Copy {
  /** Runs test files over the copy with these mutations; without `toTheEnd` it stops at the first failure. */
  run(mutations: readonly Mutation[], tests: readonly string[], toTheEnd?: boolean): Promise<Outcome>;
  remove(): Promise<void>;
}

/** @throws Error when a text is not there exactly once */
export async function mutate(folder: string, mutations: readonly Mutation[]): Promise<Map<string, string>> {
  const changed = new Map<string, string>();
  for (const { name, file, find, replace } of mutations) {
    const before = changed.get(file) ?? (await readFile(join(folder, file), 'utf8'));
    const times = before.split(find).length - 1;
    if (times !== 1) throw new Error(`${name}: its text is ${times} times in ${file}`);
    if (find === replace) throw new Error(`${name}: changes nothing`);
    changed.set(
      file,
      before.replace(find, () => replace),
    );
  }
  return changed;
}

export const checkTexts = (mutations: readonly Mutation[]) =>
  Promise.all(mutations.map((mutation) => mutate(root, [mutation])));

export async function makeCopy(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-mutations-'));
  for (const path of copied) await cp(join(root, path), join(folder, path), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, '.cache'));
  const report = join(folder, '.cache', 'report.json');

  async function vitest(tests: readonly string[], toTheEnd: boolean): Promise<Outcome> {
    await rm(report, { force: true });
    const args = ['run', '--reporter=json', `--outputFile=${report}`, '--no-file-parallelism', ...patience, ...tests];
    if (!toTheEnd) args.push('--bail=1');
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, PORTICO_SEED: '1', VITEST: undefined, VITEST_MODE: undefined, NODE_ENV: undefined },
    });
    await new Promise((resolve) => child.once('exit', resolve));
    const found = JSON.parse(await readFile(report, 'utf8')) as { numPassedTests: number; numFailedTests: number };
    return { passed: found.numPassedTests, failed: found.numFailedTests };
  }

  return {
    async run(mutations, tests, toTheEnd = false) {
      const originals = new Map<string, string>();
      for (const [file, text] of await mutate(folder, mutations)) {
        originals.set(file, await readFile(join(folder, file), 'utf8'));
        await writeFile(join(folder, file), text);
      }
      try {
        return await vitest(tests, toTheEnd);
      } finally {
        for (const [file, text] of originals) await writeFile(join(folder, file), text);
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * What came of a mutation: `killed` by a test, or `survived`; `broken` when not one test is content with it, which says more
 * of the mutation than of the tests.
 */
export async function judge(copy: Copy, mutation: Mutation): Promise<'killed' | 'survived' | 'broken'> {
  const tests = mutation.tests ?? matrixTests;
  let outcome = await copy.run([mutation], tests);
  // The first test may have been the one to notice: are the others content?
  if (outcome.failed > 0 && outcome.passed === 0) outcome = await copy.run([mutation], tests, true);
  if (outcome.passed === 0) return 'broken';
  return outcome.failed > 0 ? 'killed' : 'survived';
}
