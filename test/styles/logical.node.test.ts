import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const isSheet = /(\.styles\.ts|\.css)$/;

const sheets = ['src', 'demo'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    // Sheets of host pages are other people's.
    .filter((path) => isSheet.test(path) && !path.startsWith('hostile/'))
    .map((path) => join(folder, path)),
);

/** What names a side of the screen, where the text may run the other way, and what names a dimension of it. */
const physical =
  /^\s*((?:margin|padding|border|inset|scroll-(?:margin|padding))-(?:left|right|top|bottom)\b[\w-]*|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:|(?:text-align|float|clear)\s*:\s*(left|right)\b/;

test('no style sheet names a side or a dimension of the screen', () => {
  expect(sheets.length).toBeGreaterThan(20);
  const found = sheets.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
      .filter(({ line }) => physical.test(line))
      .map(({ line, at }) => `${at} ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
