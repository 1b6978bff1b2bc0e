import { type CsvError, type InfoRecord, parse } from 'csv-parse/sync';

import type { CsvRow, ReadCsv } from '../deps.js';

/** A quote that nobody closes takes all that follows into its cell. So often the reading begins again below it. */
const patience = 10;

export const readCsv: ReadCsv = (text) => {
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  let rest = text;
  let line = 1;
  for (let tries = 0; ; tries++) {
    const read = readRows(rest, delimiter, line);
    rows.push(...read);
    const broken = read.at(-1);
    if (!broken || broken.cells || tries === patience) return rows;
    const skipped = broken.line - line + 1;
    rest = rest
      .split(/(?<=\r\n|\n|\r(?!\n))/)
      .slice(skipped)
      .join('');
    line += skipped;
    if (rest === '') return rows;
  }
};

function readRows(text: string, delimiter: string, from: number): CsvRow[] {
  const rows: CsvRow[] = [];
  // A row ends before the next one begins, however many lines a cell has.
  let line = from;
  const add = (cells: readonly string[] | null, last: number) => {
    // What is empty is no row.
    if (!cells || cells.some((cell) => cell !== '')) rows.push({ line, cells });
    line = from + last;
  };
  parse(text, {
    bom: true,
    trim: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      add(null, (error as CsvError & { readonly lines: number }).lines);
      return undefined;
    },
    // Its types know nothing of `info`.
    on_record: (row) => {
      const { record, info } = row as unknown as { readonly record: string[]; readonly info: InfoRecord };
      add(record, info.lines);
      return null;
    },
  });
  return rows;
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split(/[\r\n]/, 1);
  return first.split(';').length > first.split(',').length ? ';' : ',';
}
