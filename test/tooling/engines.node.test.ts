import { expect, test } from 'vitest';
import { closingWords } from '../../.ci/engines/closing.mjs';
import { summarize } from '../../.ci/engines/report.mjs';

const passed = { name: 'shows', passed: true, skipped: false };
const failed = { name: 'hides', passed: false, skipped: false };
const skipped = (name: string) => ({ name, passed: false, skipped: true });

const session = (tests: (typeof passed)[], errors: unknown[] = []) => ({ testResults: { tests, suites: [] }, errors });

test('what is skipped for a reason is counted under it, in a test’s title and in a group’s', () => {
  const reason = '[not in WebKit: devtools: its driver has none]';
  const groups = { tests: [], suites: [{ name: `media ${reason}`, tests: [skipped('a')], suites: [] }] };
  const row = summarize('WebKit', [session([passed, skipped(`b ${reason}`)]), { testResults: groups, errors: [] }]);
  const reasons = { 'devtools: its driver has none': 2 };
  expect(row).toEqual({ name: 'WebKit', passed: 1, failed: 0, skipped: 2, reasons, mute: [] });
});

test('what is skipped without a reason has failed, and so has a file that does not load', () => {
  const row = summarize('Firefox', [session([passed, failed, skipped('mute')]), { errors: [new Error('404')] }]);
  expect(row).toEqual({ name: 'Firefox', passed: 1, failed: 3, skipped: 0, reasons: {}, mute: ['mute'] });
});

test('the closing table names engines, reasons, and what was not run', () => {
  const rows = [
    { name: 'Firefox', passed: 610, failed: 0, skipped: 2, reasons: { 'devtools: none': 2 } },
    { name: 'WebKit', passed: 0, failed: 0, skipped: 0, notRun: 'there is none' },
  ];
  expect(closingWords(rows).split('\n')).toEqual([
    'engine   passed  failed  skipped',
    'Firefox     610       0        2',
    'WebKit        -       -        -',
    '',
    'Firefox skipped 2: devtools: none',
    'WebKit NOT RUN: there is none; as root on Debian `npm run test:engines` installs it.',
    '',
    '610 passed, 0 failed, 2 skipped',
  ]);
});
