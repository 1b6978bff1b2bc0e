import { describe, expect, test } from 'vitest';
import { readJson } from '../../src/server/http/input.js';

const ask = (body: string) =>
  new Request('https://portal.test/', { method: 'POST', headers: { 'content-type': 'application/json' }, body });

/** A request as a browser shows it to a page. */
const shown = (request: Request, body: unknown) => Object.defineProperty(request, 'body', { value: body });

describe('a body is read in a page', () => {
  test('where a request shows no stream of it, as in Firefox', async () => {
    expect(await readJson(shown(ask('{"a":1}'), undefined))).toEqual({ a: 1 });
  });

  test('where a stream cannot be iterated over, as in WebKit', async () => {
    const request = ask('{"a":1}');
    const { body } = request;
    expect(await readJson(shown(request, { getReader: () => body?.getReader() }))).toEqual({ a: 1 });
  });

  test('and no further than it may be long', async () => {
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
      cancel() {
        cancelled = true;
      },
    });
    await expect(readJson(shown(ask('{}'), body))).rejects.toMatchObject({ code: 'too-large' });
    expect(cancelled).toBe(true);
  });
});
