import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findRt } from '../../.ci/rt.mjs';
import { temporaryFolder } from '../support/folder.js';

const files = [
  'usr/share/request-tracker5/libexec/rt-server',
  'usr/sbin/rt-setup-database-5',
  'usr/share/request-tracker5/lib/RT/Generated.pm',
];

function systemWith(paths: readonly string[]): string {
  const root = temporaryFolder();
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "our $VERSION = '5.0.99';\n");
  }
  return root;
}

test('a system without Request Tracker, or with a part of it, has none', () => {
  for (const missing of files) {
    const root = systemWith(files.filter((path) => path !== missing));
    expect(findRt(root)).toEqual({ why: 'no Request Tracker 5 was found' });
  }
});

test('a Request Tracker is found with its version and its library', () => {
  const root = systemWith(files);
  const found = findRt(root);
  // On a machine without what else it would need, that is what is said.
  if ('why' in found) expect(found.why).toMatch(/^Request Tracker (5\.0\.99 was found|is not run as root), and/);
  else expect(found).toMatchObject({ version: '5.0.99', library: join(root, 'usr/share/request-tracker5/lib') });
});
