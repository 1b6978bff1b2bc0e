/**
 * `npm run test:engines`: the browser tests in every engine that can be had here, one after the other, and then the portal in
 * other people's pages: all that `npm test` does with the one browser it needs, and what would take it too long. Names after
 * `--` choose files. Ends with a table of engines, what they lack, and the line `N passed, N failed`.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { buildIfNeeded } from './build.mjs';
import { readResults, root, run } from './child.mjs';
import { closingWords } from './engines/closing.mjs';
import { findWebkit } from './webkit.mjs';

const results = join(root, '.cache', 'engines');
const names = process.argv.slice(2);

const chosen = readdirSync(join(root, 'test'), { recursive: true })
  .map((path) => `test/${path}`)
  .filter((path) => names.length === 0 || names.some((name) => path.includes(name)));

/** The browser tests, a row for each engine. */
async function browserTests(files) {
  const { why } = findWebkit();
  const engines = ['chromium', 'firefox', ...(why ? [] : ['webkit'])];
  const file = join(results, 'browser.json');
  const env = { ENGINES: engines.join(' '), TEST_FILES: files.join('\n'), RESULTS_FILE: file };
  const content = await run('node_modules/@web/test-runner/dist/bin.js', ['--config=.ci/engines/config.mjs'], env);
  const rows = readResults(file) ?? [];
  // A runner that breaks down has no failed case to show for it.
  const quiet = !content && !rows.some(({ failed }) => failed > 0);
  return [
    ...rows,
    ...(quiet ? [{ name: 'the run itself', passed: 0, failed: 1, skipped: 0 }] : []),
    ...(why ? [{ name: 'WebKit', passed: 0, failed: process.env.CI === 'true' ? 1 : 0, skipped: 0, notRun: why }] : []),
  ];
}

/** Sign-in on pages of other sites, by drivers that can keep cookies or drop them. */
async function otherPages() {
  await buildIfNeeded();
  const file = join(results, 'pages.json');
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = ['run', '--mode=engines', '--no-file-parallelism', ...report, ...names];
  const content = await run('node_modules/vitest/vitest.mjs', args);
  const { numPassedTests: passed = 0, numFailedTests = 0, numPendingTests: skipped = 0 } = readResults(file) ?? {};
  return { name: "other people's pages", passed, failed: numFailedTests || (content ? 0 : 1), skipped };
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const files = chosen.filter((path) => path.endsWith('.browser.test.ts'));
const rows = files.length > 0 ? await browserTests(files) : [];
if (chosen.some((path) => path.endsWith('.engine.ts'))) rows.push(await otherPages());

console.log(closingWords(rows));
process.exitCode = rows.length === 0 || rows.some(({ failed }) => failed > 0) ? 1 : 0;
