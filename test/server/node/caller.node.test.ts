import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { readCaller } from '../../../src/server/node/caller.js';
import { callerCarrier } from '../../../src/server/node/carrier.js';

const incoming = { socket: { remoteAddress: '10.0.0.9' } } as IncomingMessage;
const direct = { trustProxy: 0, publicUrl: null };

/** `Request` would refuse some of these headers. */
const call = (headers: Record<string, string>, options = direct as { trustProxy: number; publicUrl: string | null }) =>
  readCaller(
    { headers: new Headers(headers), url: 'http://localhost/help/api/v1/session' } as Request,
    incoming,
    options,
  );

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
      carrier: 'same-site',
      tokens: {},
      system: true,
      base: 'http://localhost:4400',
      ownBase: 'http://localhost:4400',
    });
  });

  test('is nobody in particular when nothing is said', () => {
    expect(call({ 'sec-fetch-site': 'made-up' })).toEqual({
      origin: null,
      site: null,
      ip: '10.0.0.9',
      cookies: {},
      carrier: 'cross-site',
      tokens: {},
      system: false,
      base: 'http://invalid.invalid',
      ownBase: 'http://invalid.invalid',
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

test('a portal without a host of its own answers under the server’s names, and under no other', () => {
  const options = { trustProxy: 0, publicUrl: 'https://support.example.com:8443' };
  for (const [host, system, ownBase] of [
    ['support.example.com', true, 'https://support.example.com'],
    ['support.example.com:8443', true, 'https://support.example.com:8443'],
    ['localhost:4400', true, 'https://localhost:4400'],
    ['other.example.com', false, 'https://support.example.com:8443'],
    ['support.example.com.evil.example', false, 'https://support.example.com:8443'],
  ] as const) {
    expect(call({ host }, options), host).toMatchObject({ system, ownBase });
  }
});

const reached = (headers: Record<string, string>) => call({ host: 'help.example.org', ...headers });
const writtenFor = (headers: Record<string, string>) => {
  const written = new Headers();
  callerCarrier.write(written, reached(headers), '__Host-portal_s_help', 'token', 86_399.9);
  callerCarrier.write(written, reached(headers), '__Host-portal_p_help', '1', null);
  callerCarrier.write(written, reached(headers), '__Host-portal_s_help', null, 0);
  return written;
};

test('a page of the same site gets cookies for this host alone, out of reach of scripts', () => {
  for (const site of ['same-origin', 'same-site', 'none']) {
    expect(writtenFor({ 'sec-fetch-site': site }).getSetCookie(), site).toEqual([
      '__Host-portal_s_help=token; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=86399',
      '__Host-portal_p_help=1; Path=/; Secure; HttpOnly; SameSite=Strict',
      '__Host-portal_s_help=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0',
    ]);
  }
});

test('a page of another site gets cookies that are kept for it alone', () => {
  expect(writtenFor({ 'sec-fetch-site': 'cross-site' }).getSetCookie()).toEqual([
    '__Host-portal_s_help=token; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=86399',
    '__Host-portal_p_help=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned',
    '__Host-portal_s_help=; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=0',
  ]);
});

test('where the browser does not say, only the portal’s own pages are of its site', () => {
  expect(reached({ origin: 'http://help.example.org' }).carrier).toBe('same-site');
  expect(reached({ origin: 'https://kb.example.org' }).carrier).toBe('cross-site');
});

test('tokens go into the memory of a page only where it is of another site and asks for it', () => {
  const memory = { 'x-portal-carrier': 'memory' };
  const headers = writtenFor({ ...memory, 'sec-fetch-site': 'cross-site' });
  expect([...headers]).toEqual([['x-portal-session', '']]);
  expect(writtenFor({ ...memory, 'sec-fetch-site': 'same-site' }).getSetCookie()).toHaveLength(3);
  const sent = { ...memory, 'sec-fetch-site': 'cross-site', authorization: 'Bearer abc', 'x-portal-flow': 'def' };
  const { tokens } = reached(sent);
  expect(tokens).toEqual({ '__Host-portal_s_help': 'abc', '__Host-portal_f_help': 'def' });
  expect(callerCarrier.read(reached(sent), '__Host-portal_s_help')).toBe('abc');
  expect(callerCarrier.read(reached({ ...sent, 'sec-fetch-site': 'same-site' }), '__Host-portal_s_help')).toBe(null);
});
