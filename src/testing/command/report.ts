import type { LiveReport, LiveResult } from '../live/run.js';

const count = (cases: readonly LiveResult[], result: LiveResult['result']) =>
  cases.filter((one) => one.result === result).length;

/** Numbers of cases by result. */
export const totalsOf = ({ cases }: LiveReport) => ({
  passed: count(cases, 'passed'),
  failed: count(cases, 'failed'),
  skipped: count(cases, 'skipped'),
});

/** For people: what was asked, a line a promise, what failed and what was left out, and one line at the end. */
export function textOf(report: LiveReport): string {
  const { passed, failed, skipped } = totalsOf(report);
  return [
    `${report.portal}, ${report.address}`,
    ...report.people.map(({ email, tickets }) => `  ${email} sees ${tickets} ticket${tickets === 1 ? '' : 's'}`),
    '',
    ...table(report.cases),
    '',
    ...report.cases.filter(({ result }) => result === 'failed').flatMap(failureOf),
    ...leftOut(report.cases),
    `${report.requests} requests`,
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');
}

function table(cases: readonly LiveResult[]): string[] {
  const rows = [...new Set(cases.map(({ promise }) => promise))].map((promise) => {
    const ours = cases.filter((one) => one.promise === promise);
    return [promise, String(ours.length), verdictOf(ours)] as const;
  });
  const lines = [['promise', 'cases', 'result'] as const, ...rows];
  const width = Math.max(...lines.map(([promise]) => promise.length));
  return lines.map(([promise, number, result]) => `${promise.padEnd(width)}  ${number.padStart(5)}  ${result}`);
}

function verdictOf(cases: readonly LiveResult[]): string {
  const [failed, skipped] = [count(cases, 'failed'), count(cases, 'skipped')];
  if (failed > 0) return `${failed} FAILED`;
  if (skipped === cases.length) return 'not asked';
  return skipped > 0 ? `kept, ${skipped} not asked` : 'kept';
}

const failureOf = ({ promise, name, why }: LiveResult) => [`FAILED  ${promise}`, `  ${name}`, `  ${why}`, ''];

/** Each reason once, with what was left out for it. */
function leftOut(cases: readonly LiveResult[]): string[] {
  const skipped = cases.filter(({ result }) => result === 'skipped');
  const reasons = [...new Set(skipped.map(({ why }) => why))];
  const lines = reasons.map((why) => {
    const names = skipped.filter((one) => one.why === why).map(({ name }) => name);
    return `  ${names.length} × ${why}${names.length === 1 ? ` (${names[0]})` : ''}`;
  });
  return lines.length > 0 ? ['Not asked', ...lines, ''] : [];
}
