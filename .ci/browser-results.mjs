import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const casesOf = (suite, names = []) => [
  ...suite.tests.map((one) => ({ ...one, name: [...names, one.name].join(' > ') })),
  ...suite.suites.flatMap((inner) => casesOf(inner, [...names, inner.name])),
];

/**
 * Counts the cases of the browser tests into a file, and names those that failed. A test file that does not load counts as
 * one failed case.
 */
export const resultsReporter = (path) => ({
  onTestRunFinished({ sessions }) {
    const cases = sessions.flatMap(({ testFile, testResults }) =>
      testResults ? casesOf(testResults, [relative('', testFile)]) : [],
    );
    const passed = cases.filter((one) => one.passed && !one.skipped).length;
    const skipped = cases.filter((one) => one.skipped).length;
    const failures = [
      ...cases.filter((one) => !one.passed && !one.skipped).map(({ name, error }) => describe(name, error)),
      ...sessions.flatMap(({ testFile, errors }) =>
        errors.map((error) => describe(relative('', testFile), error)).slice(0, 1),
      ),
    ];
    writeFileSync(path, JSON.stringify({ passed, skipped, failed: failures.length, failures }));
  },
});

const describe = (name, error) => ({ name, why: error?.message ?? 'no error was given' });
