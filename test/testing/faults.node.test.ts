import { expect, test } from 'vitest';

import { createFaults, withoutNetwork } from '../../src/testing/index.js';

const read = () => new Request('https://support.example.com/help/api/v1/tickets?limit=5');
const write = () => new Request('https://support.example.com/help/api/v1/tickets/abc/messages', { method: 'POST' });
const forward = async () => new Response('whole');

test('passes everything on without a rule', async () => {
  expect(await (await createFaults().handle(read(), forward)).text()).toBe('whole');
});

test('breaks only the requests that a rule names, by method and path below the API', async () => {
  const faults = createFaults();
  faults.add({ on: /^GET \/tickets$/, fault: { kind: 'problem', status: 429, code: 'rate-limited', retryAfter: 7 } });
  const broken = await faults.handle(read(), forward);
  expect([broken.status, broken.headers.get('retry-after')]).toEqual([429, '7']);
  expect((await faults.handle(write(), forward)).status).toBe(200);
});

test('breaks as often as it is told', async () => {
  const faults = createFaults();
  faults.add({ fault: { kind: 'proxy', status: 502 }, times: 2 });
  const statuses = [];
  for (let count = 0; count < 3; count++) statuses.push((await faults.handle(read(), forward)).status);
  expect(statuses).toEqual([502, 502, 200]);
});

test('forgets its rules when they are cleared', async () => {
  const faults = createFaults();
  faults.add({ fault: { kind: 'unreachable' } });
  await expect(faults.handle(read(), forward)).rejects.toThrow(TypeError);
  faults.clear();
  expect((await faults.handle(read(), forward)).status).toBe(200);
});

test('carries out a request whose answer gets lost', async () => {
  const faults = createFaults();
  faults.add({ fault: { kind: 'lost' } });
  let arrived = 0;
  const count = async () => {
    arrived += 1;
    return new Response();
  };
  await expect(faults.handle(write(), count)).rejects.toThrow(TypeError);
  expect(arrived).toBe(1);
});

test('lets an abort end the wait for a late answer', async () => {
  const faults = createFaults();
  faults.add({ fault: { kind: 'late', by: 60_000 } });
  const controller = new AbortController();
  const answer = faults.handle(new Request(read(), { signal: controller.signal }), forward);
  controller.abort(new Error('No longer wanted'));
  await expect(answer).rejects.toThrow('No longer wanted');
});

test('gives the browser its network back', async () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  await withoutNetwork(async () => expect(navigator.onLine).toBe(false));
  expect(Object.getOwnPropertyDescriptor(globalThis, 'navigator')).toEqual(before);
});
