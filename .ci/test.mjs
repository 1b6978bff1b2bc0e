/**
 * `npm test`: every stage that guards a promise, one after the other, each against its time budget. Ends with a table
 * and the line `N passed, N failed`. `--quick` leaves out PostgreSQL, Request Tracker, the build and what needs it, and the
 * slow files.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { readResults, root, run } from './child.mjs';
import { findPostgres } from './postgres.mjs';
import { findRt } from './rt.mjs';
import { reportSizes } from './size.mjs';

const results = join(root, '.cache', 'results');
const { seconds: budget, slow } = JSON.parse(readFileSync(new URL('budget.json', import.meta.url), 'utf8'));
const quick = process.argv.includes('--quick');

/** A runner that fails without a failed case (it broke down, or something was rejected beside the tests) is one. */
const withVerdict = (counts, content) => ({ ...counts, failed: counts.failed || (content ? 0 : 1) });

async function lint() {
  const verdicts = await Promise.all([
    run('node_modules/oxlint/bin/oxlint', ['--deny-warnings', '--quiet']),
    run('node_modules/@biomejs/biome/bin/biome', ['format', '--log-level=error']),
    run('node_modules/typescript/bin/tsc', ['--noEmit']),
  ]);
  const passed = verdicts.filter(Boolean).length;
  return { passed, failed: verdicts.length - passed };
}

async function vitest(name, args) {
  const file = join(results, `${name}.json`);
  const report = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const content = await run('node_modules/vitest/vitest.mjs', ['run', ...report, ...args]);
  const found = readResults(file);
  const unread = found?.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  );
  const counts = {
    passed: found?.numPassedTests ?? 0,
    failed: (found?.numFailedTests ?? 0) + (unread?.length ?? 0),
    skipped: (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0),
    failures: found?.testResults.flatMap(failuresOf),
  };
  return withVerdict(counts, content);
}

const failuresOf = ({ name, message, assertionResults }) => {
  const file = relative(root, name);
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (!assertionResults.length && message) return [{ name: file, why: message }];
  return failed.map(({ fullName, failureMessages }) => ({
    name: `${file} > ${fullName}`,
    why: failureMessages[0] ?? '',
  }));
};

/** A stage that needs what may not be there. */
async function ifFound(name, { why }, elsewhere) {
  if (!why) return vitest(name, [`--mode=${name}`]);
  console.log(`NOT RUN: ${why}; as root on Debian \`npm test\` installs it; elsewhere ${elsewhere}.`);
  // Where machines watch, what was not run has not been kept.
  return { passed: 0, failed: process.env.CI === 'true' ? 1 : 0, notRun: true };
}

const postgres = () => ifFound('postgres', findPostgres(), 'install it, or name its bin folder in POSTGRES_BIN');
const rt = () => ifFound('rt', findRt(), 'install request-tracker5, rt5-db-sqlite and rt5-standalone');

async function browser() {
  const file = join(results, 'browser.json');
  const content = await run('node_modules/@web/test-runner/dist/bin.js', [], { RESULTS_FILE: file });
  return withVerdict(readResults(file) ?? { passed: 0, failed: 0 }, content);
}

async function buildAndWeigh() {
  if (!(await run('.ci/build.mjs'))) return { passed: 0, failed: 1 };
  const { text, passed, failed } = reportSizes();
  console.log(text);
  return { passed: passed + 1, failed };
}

const stages = [
  { name: 'lint', promise: 'imports follow the house, code is typed, linted and formatted', work: lint },
  {
    name: 'node',
    promise: 'who sees what, wire, database, server, adapters and world keep their rules',
    work: () => vitest('node', quick ? slow.map((files) => `--exclude=${files}`) : []),
  },
  { name: 'postgres', promise: 'the same rules hold on PostgreSQL, and plans stay quick', work: postgres, full: true },
  { name: 'browser', promise: 'every element in every state, by keyboard and by assistive technology', work: browser },
  { name: 'build', promise: 'everything builds, and weighs no more than its budget', work: buildAndWeigh, full: true },
  { name: 'rt', promise: 'the portal stands before a help desk that nobody here wrote', work: rt, full: true },
  {
    name: 'e2e',
    promise: 'a customer walks the whole path, and packages hold what they name',
    work: () => vitest('e2e', ['--mode=e2e']),
    full: true,
  },
];

async function runStage({ name, promise, work }) {
  console.log(`\n── ${name}: ${promise}\n`);
  const start = performance.now();
  const counts = await work().catch((error) => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  const seconds = (performance.now() - start) / 1000;
  const late = seconds > budget[name];
  if (late) console.error(`${name} took ${seconds.toFixed(0)} s; its budget is ${budget[name]} s.`);
  return { name, promise, seconds, skipped: 0, ...counts, failed: counts.failed + (late ? 1 : 0) };
}

function table(rows) {
  const cells = rows.map(({ name, promise, passed, failed, skipped, notRun, seconds }) => [
    name,
    promise,
    String(passed + failed + skipped),
    notRun ? 'not run' : failed > 0 ? `${failed} failed` : 'kept',
    `${seconds.toFixed(0)} of ${budget[name]} s`,
  ]);
  const lines = [['stage', 'promise', 'cases', 'result', 'time'], ...cells];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What failed, at the end, where also those see it who are shown the last lines only. */
const failureLines = (rows) =>
  rows.flatMap(({ name: stage, failures = [] }) =>
    failures.map(({ name, why }) => `${stage}: ${name}\n    ${why.trim().split('\n').slice(0, 3).join('\n    ')}`),
  );

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const rows = [];
for (const stage of stages) if (!(quick && stage.full)) rows.push(await runStage(stage));

const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
const failures = failureLines(rows).slice(0, 20);
if (failures.length) console.log(`\n${failures.join('\n')}`);
console.log(`\n${table(rows)}\n\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
