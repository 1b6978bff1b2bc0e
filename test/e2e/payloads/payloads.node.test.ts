import blns from 'big-list-of-naughty-strings/blns.json' with { type: 'json' };
import { expect, test } from 'vitest';

import { randomNumbers } from '../no-loss.js';
import { cases } from './cases.js';
import { generateFragments } from './generate.js';
import { showPayloads } from './show-payloads.js';

const nothing = { ran: 0, complaints: [], requests: [], found: [] };

test.each([
  ['written by hand', cases],
  ['of the big list of naughty strings', blns],
  ['generated, a sample', generateFragments(randomNumbers(1), 200)],
])('no payload %s runs, asks for anything or stays', { timeout: 240_000 }, async (_, payloads) => {
  const { html, ...shown } = await showPayloads(payloads, 'both');
  expect(shown).toEqual(nothing);
  expect(html, 'they were shown as HTML').toBeGreaterThan(10);
});

test('the elements alone let nothing run either, had a server let it through', { timeout: 240_000 }, async () => {
  const { html: _, complaints, ...shown } = await showPayloads(cases, 'elements');
  expect(shown).toEqual({ ran: 0, requests: [], found: [] });
  // The policy complains of HTML that is only read, in a document that shows nothing.
  const reports = /^(policy: (script|style)-src-(attr|elem) inline|console: (Executing|Applying) inline )/;
  expect(complaints.filter((one) => !reports.test(one))).toEqual([]);
});

test('the same payloads run in a page that shows them as they are', { timeout: 120_000 }, async () => {
  const { ran, complaints } = await showPayloads(cases, 'nobody');
  expect(ran, 'or the others prove nothing').toBeGreaterThan(5);
  expect(complaints.filter((one) => one.includes('evil.example')).length).toBeGreaterThan(5);
});
