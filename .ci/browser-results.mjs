import { writeFileSync } from 'node:fs';

const casesOf = (suite) => [...suite.tests, ...suite.suites.flatMap(casesOf)];

/** Counts the cases of the browser tests into a file. A test file that does not load counts as one failed case. */
export const resultsReporter = (path) => ({
  onTestRunFinished({ sessions }) {
    const cases = sessions.flatMap((session) => (session.testResults ? casesOf(session.testResults) : []));
    const passed = cases.filter((one) => one.passed && !one.skipped).length;
    const skipped = cases.filter((one) => one.skipped).length;
    const broken = sessions.filter((session) => session.errors.length > 0).length;
    writeFileSync(path, JSON.stringify({ passed, skipped, failed: cases.length - passed - skipped + broken }));
  },
});
