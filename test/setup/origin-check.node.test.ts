import { describe, expect, test } from 'vitest';

import { problemOfOrigin, twinOf } from '../../src/elements/portal-setup/origin-check.js';

describe('the address of a page that may show the portal', () => {
  test.each([
    'https://docs.example.com',
    'https://example.com',
    'https://docs.example.com:8443',
    'https://xn--bcher-kva.example',
    'http://localhost:5173',
    'http://kb.localhost',
    'http://127.0.0.1:4400',
  ])('%s is what browsers send', (text) => expect(problemOfOrigin(text)).toBeNull());

  test.each([
    ['docs.example.com', 'scheme', 'https://docs.example.com'],
    ['www.example.com/help/', 'scheme', 'https://www.example.com'],
    ['//docs.example.com', 'scheme', 'https://docs.example.com'],
    ['http://docs.example.com', 'insecure', 'https://docs.example.com'],
    ['http://docs.example.com/help', 'insecure', 'https://docs.example.com'],
    ['https://docs.example.com/', 'path', 'https://docs.example.com'],
    ['https://docs.example.com/help/contact', 'path', 'https://docs.example.com'],
    ['https://docs.example.com?a=1', 'path', 'https://docs.example.com'],
    ['https://docs.example.com#a', 'path', 'https://docs.example.com'],
    ['https://Docs.Example.com', 'path', 'https://docs.example.com'],
    ['HTTPS://docs.example.com', 'path', 'https://docs.example.com'],
    ['https://bücher.example', 'path', 'https://xn--bcher-kva.example'],
    ['https://docs.example.com:443', 'port', 'https://docs.example.com'],
    ['https://docs.example.com:443/', 'port', 'https://docs.example.com'],
    ['http://localhost:80', 'port', 'http://localhost'],
    ['https://*.example.com', 'wildcard', null],
    ['*', 'wildcard', null],
    ['https://', 'malformed', null],
    ['https://docs', 'malformed', null],
    ['https://user@docs.example.com', 'malformed', null],
    ['https://docs .example.com', 'malformed', null],
    ['ftp://docs.example.com', 'malformed', null],
    ['null', 'malformed', null],
    ['file:///page.html', 'malformed', null],
    ['https://docs.example.com:99999', 'malformed', null],
    ['https://[::1]', 'malformed', null],
  ])('%s is not: %s', (text, mistake, meant) => expect(problemOfOrigin(text)).toEqual({ text, mistake, meant }));
});

test.each([
  ['https://example.com', 'https://www.example.com'],
  ['https://www.example.com', 'https://example.com'],
  ['https://example.com:8443', 'https://www.example.com:8443'],
  ['https://docs.example.com', null],
  ['http://localhost:5173', null],
])('%s has %s beside it', (origin, twin) => expect(twinOf(origin)).toBe(twin));
