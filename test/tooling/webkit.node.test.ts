import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findWebkit } from '../../.ci/webkit.mjs';
import { temporaryFolder } from '../support/folder.js';

const files = {
  driver: 'usr/bin/WebKitWebDriver',
  browser: 'usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  display: 'usr/bin/Xvfb',
};

function findIn(paths: readonly string[]) {
  const root = temporaryFolder();
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  return { root, found: findWebkit({ PATH: join(root, 'usr/bin') }, root) };
}

test('WebKit is found with its driver, its browser and a display, on any architecture', () => {
  const { root, found } = findIn(Object.values(files));
  const paths = Object.entries(files).map(([name, path]) => [name, join(root, path)]);
  expect(found).toEqual(Object.fromEntries(paths));
});

test.each([
  ['driver', 'no WebKitGTK with its driver was found'],
  ['browser', 'no WebKitGTK with its driver was found'],
  ['display', 'WebKitGTK was found, and there is no Xvfb to show it'],
])('without its %s there is none, and it says so', (missing, why) => {
  const rest = Object.entries(files).filter(([name]) => name !== missing);
  expect(findIn(rest.map(([, path]) => path)).found).toEqual({ why });
});
