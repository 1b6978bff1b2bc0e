import ky from 'ky';
import { expect, test, vi } from 'vitest';

import { followEvents } from '../../../src/backend/rest/follow-events.js';
import { deferred } from '../../support/deferred.js';

/** A stream that the test writes into. */
function openStream() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  return {
    response: new Response(readable),
    send: (text: string) => writer.write(encoder.encode(text)),
    end: () => writer.close(),
  };
}

test('a stream that ends or is refused is opened again, and what may have been missed is told', async () => {
  const watching = new AbortController();
  try {
    const streams = [openStream(), openStream()];
    let tries = 0;
    const open = async () => {
      const number = tries++;
      if (number === 1) throw new Error('429');
      return streams[number === 0 ? 0 : 1]!.response;
    };
    const told: number[] = [];
    let hear = deferred<void>();
    const listening = followEvents(
      open,
      () => {
        told.push(tries);
        hear.resolve();
      },
      watching.signal,
      1,
    );
    await streams[0]!.send('event: ready\ndata: {}\n\n');
    await listening;
    expect(told).toEqual([]);
    // In two parts, as a network may cut it.
    await streams[0]!.send('event: tic');
    await streams[0]!.send('ket\ndata: {}\n\n:\n\n');
    await hear.promise;
    expect(told).toEqual([1]);
    hear = deferred();
    await streams[0]!.end();
    await hear.promise;
    expect(told).toEqual([1, 3]);
  } finally {
    watching.abort();
  }
});

test('who looks away before the first answer is told nothing, and nothing is opened again', async () => {
  const watching = new AbortController();
  const opened = deferred<Response>();
  const open = vi.fn(() => opened.promise);
  const change = vi.fn();
  const listening = followEvents(open, change, watching.signal);
  watching.abort();
  opened.reject(new Error('aborted'));
  await listening;
  expect(open).toHaveBeenCalledTimes(1);
  expect(change).not.toHaveBeenCalled();
});

test('a session that is over is told at once', async () => {
  const watching = new AbortController();
  try {
    const told = deferred<void>();
    const refused = new Response('{}', { status: 401, headers: { 'content-type': 'application/json' } });
    const open = () =>
      ky('http://portal.example/events', { fetch: async () => refused, retry: 0 }) as Promise<Response>;
    await followEvents(open, told.resolve, watching.signal, 60_000);
    await told.promise;
  } finally {
    watching.abort();
  }
});

test('where no stream is to be had, a change is taken for granted now and then', async () => {
  vi.useFakeTimers();
  const watching = new AbortController();
  const told: number[] = [];
  const begin = performance.now();
  const refused = async () => Promise.reject(new TypeError('fetch failed'));
  await followEvents(refused, () => told.push(performance.now() - begin), watching.signal);
  await vi.advanceTimersByTimeAsync(3_600_000);
  watching.abort();
  expect(told[0]).toBeGreaterThanOrEqual(15_000);
  expect(told[0]).toBeLessThanOrEqual(30_000);
  const gaps = told.slice(1).map((time, index) => time - (told[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(29_999);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(60_001);
  expect(new Set(gaps.map(Math.round)).size).toBeGreaterThan(10);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
