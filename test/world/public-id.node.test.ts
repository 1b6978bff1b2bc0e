import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { base64url, publicIdOf } from '../../src/world/public-id.js';

describe('public ids of the world', () => {
  it('never change: links into the demo rest on them', () => {
    expect(publicIdOf('ticket', 't-1058')).toBe('NbRon_yrwBwBrRvgfTPuyQ');
    expect(publicIdOf('contact', 'alice')).toBe('5BtJvvUvs866aHwizCS5sg');
  });

  it('tell kinds apart', () => {
    expect(publicIdOf('contact', 'acme')).not.toBe(publicIdOf('company', 'acme'));
  });
});

describe('base64url', () => {
  it('writes bytes as Node does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(base64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      }),
    );
  });
});
