import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import * as queries from '../deep/mutations/queries.js';
import * as walls from '../deep/mutations/walls.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The long run takes each of these texts out, once. One that has moved would make it stop before it has begun. */
test('every guard that is taken out in the long run is where it says', () => {
  const mutations = [...Object.values(queries), ...Object.values(walls)].flat();
  expect(mutations.length).toBeGreaterThan(100);
  const lost = mutations.filter(({ file, find }) => readFileSync(join(root, file), 'utf8').split(find).length !== 2);
  expect(lost.map(({ name }) => name)).toEqual([]);
});
