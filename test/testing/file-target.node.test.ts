import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { conformanceCases, runCase, skipReason } from '../../src/testing/conformance/index.js';
import { createFileTarget, type PortalFile } from '../../src/testing/file-target.js';
import { testConformance } from '../contract/conformance.js';

const file = new URL('../../demo/adapters/json-file.js', import.meta.url);

const { createJsonFileBackend } = (await import(file.href)) as {
  createJsonFileBackend(load: () => Promise<PortalFile>, email?: string): PortalBackend;
};

testConformance(createFileTarget(createJsonFileBackend));

test('the adapter fits on a page', () => {
  expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThan(60);
});

test('an adapter that shows everybody the company’s tickets is noticed', async () => {
  const target = createFileTarget((load, email) =>
    createJsonFileBackend(async () => {
      const all = await load();
      return { ...all, contacts: all.contacts.map((one) => ({ ...one, sees: 'company' as const })) };
    }, email),
  );
  const failed: string[] = [];
  for (const one of conformanceCases.filter((each) => skipReason(each, target) === null)) {
    await runCase(one, target).catch(() => failed.push(one.name));
  }
  expect(failed).toContain('shows own tickets only under the permission "own"');
});
