const countOf = (row, key) => (row.notRun ? '-' : String(row[key]));

function table(rows) {
  const lines = [
    ['engine', 'passed', 'failed', 'skipped'],
    ...rows.map((row) => [row.name, countOf(row, 'passed'), countOf(row, 'failed'), countOf(row, 'skipped')]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  '),
  );
}

/** Why something was skipped, was not run, or should not have been skipped: a line each. */
const remarksOn = ({ name, reasons = {}, mute = [], notRun }) => [
  ...(notRun ? [`${name} NOT RUN: ${notRun}; as root on Debian \`npm run test:engines\` installs it.`] : []),
  ...Object.entries(reasons).map(([why, count]) => `${name} skipped ${count}: ${why}`),
  ...mute.map((title) => `${name} skipped without a reason: ${title}`),
];

/**
 * What a run over engines ends with.
 *
 * @param rows an engine each: `name`, how many cases `passed`, `failed` and were `skipped`, how many for which of the
 *   `reasons`, the titles of those that are `mute` about theirs, and why the engine was `notRun`
 */
export function closingWords(rows) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  const verdict = `${sum('passed')} passed, ${sum('failed')} failed${skipped}`;
  const remarks = rows.flatMap(remarksOn);
  return [...table(rows), ...(remarks.length ? ['', ...remarks] : []), '', verdict].join('\n');
}
