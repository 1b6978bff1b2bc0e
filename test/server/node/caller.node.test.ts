import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { readCaller } from '../../../src/server/node/caller.js';
import { cookieCarrier } from '../../../src/server/node/carrier.js';

const incoming = { socket: { remoteAddress: '10.0.0.9' } } as IncomingMessage;
const direct = { trustProxy: 0, publicUrl: null };

/** `Request` would refuse some of these headers. */
const call = (headers: Record<string, string>, options = direct as { trustProxy: number; publicUrl: string | null }) =>
  readCaller({ headers: new Headers(headers) } as Request, incoming, options);

describe('who asks', () => {
  test('is read from headers and socket', () => {
    expect(
      call({
        host: 'localhost:4400',
        origin: 'http://localhost:4400',
        'sec-fetch-site': 'same-origin',
        cookie: 'a=1; __Host-portal_s_help=to-ken; b=x=y; broken; =c',
      }),
    ).toEqual({
      origin: 'http://localhost:4400',
      site: 'same-origin',
      ip: '10.0.0.9',
      cookies: { a: '1', '__Host-portal_s_help': 'to-ken', b: 'x=y' },
      base: 'http://localhost:4400',
    });
  });

  test('is nobody in particular when nothing is said', () => {
    expect(call({ 'sec-fetch-site': 'made-up' })).toEqual({
      origin: null,
      site: null,
      ip: '10.0.0.9',
      cookies: {},
      base: 'http://invalid.invalid',
    });
  });

  test.each([
    [0, '10.0.0.9'],
    [1, '3.3.3.3'],
    [2, '2.2.2.2'],
    [3, '1.1.1.1'],
    [4, '1.1.1.1'],
  ])('with %i trusted proxies has the address %s', (trustProxy, ip) => {
    const headers = { host: 'x.example', 'x-forwarded-for': '1.1.1.1, 2.2.2.2, 3.3.3.3' };
    expect(call(headers, { ...direct, trustProxy }).ip).toBe(ip);
  });

  test('cannot choose scheme or host without a trusted proxy', () => {
    const headers = { host: 'localhost:4400', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect(call(headers).base).toBe('http://localhost:4400');
  });

  test('reached us by the scheme of the public address, under the host it named', () => {
    const options = { trustProxy: 0, publicUrl: 'https://support.example.com' };
    expect(call({ host: 'help.example.org' }, options).base).toBe('https://help.example.org');
  });
});

test('the session cookie is for this host alone and out of reach of scripts', () => {
  const headers = new Headers();
  cookieCarrier.write(headers, '__Host-portal_s_help', 'token', 86_399.9);
  cookieCarrier.write(headers, '__Host-portal_s_help', null, 0);
  expect(headers.getSetCookie()).toEqual([
    '__Host-portal_s_help=token; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=86399',
    '__Host-portal_s_help=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0',
  ]);
});
