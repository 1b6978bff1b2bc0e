import { writeFileSync } from 'node:fs';

/** Every case of a suite, with the names of the groups that it stands in. */
const casesOf = (suite, groups = []) => [
  ...suite.tests.map((one) => ({ ...one, title: [...groups, one.name].join(' › ') })),
  ...suite.suites.flatMap((inner) => casesOf(inner, [...groups, inner.name])),
];

/** What is skipped says why in its title, as `itWhere` and `describeWhere` of test/support/engine.ts write it. */
const reason = / \[not in \w+: (.+?)\]/;

/** What the table says of one engine. */
export function summarize(name, sessions) {
  const cases = sessions.flatMap(({ testResults }) => (testResults ? casesOf(testResults) : []));
  const skipped = cases.filter((one) => one.skipped);
  const mute = skipped.filter(({ title }) => !reason.test(title)).map(({ title }) => title);
  const reasons = {};
  for (const { title } of skipped) {
    const why = reason.exec(title)?.[1];
    if (why) reasons[why] = (reasons[why] ?? 0) + 1;
  }
  const passed = cases.filter((one) => one.passed && !one.skipped).length;
  const broken = sessions.filter(({ errors }) => errors.length > 0).length;
  const failed = cases.length - passed - skipped.length + broken + mute.length;
  return { name, passed, failed, skipped: skipped.length - mute.length, reasons, mute };
}

/**
 * Writes into a file how each engine did. A test file that does not load counts as one failed case, and so does a case that
 * is skipped without a reason.
 */
export const engineReporter = (path) => ({
  onTestRunFinished({ sessions }) {
    const byEngine = new Map();
    for (const session of sessions) {
      const { name } = session.browser;
      byEngine.set(name, [...(byEngine.get(name) ?? []), session]);
    }
    writeFileSync(path, JSON.stringify([...byEngine].map(([name, own]) => summarize(name, own))));
  },
});
