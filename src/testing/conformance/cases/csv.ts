import { holds } from '../check.js';

/** Cells of a CSV file by line, read as RFC 4180 has it. */
export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  // A cell in quotes or without, and what it ends with.
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  cells.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  while (cells.lastIndex < text.length) {
    const found = cells.exec(text);
    holds(found !== null, 'the file is CSV');
    line.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
