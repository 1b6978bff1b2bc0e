import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { askingCode, makingCode, signingCode } from '../../src/elements/portal-setup/sso/signing-code.js';
import { snippetsOf } from '../support/readme.js';

const example = readFileSync(new URL('../../demo/host-token/sign-token.js', import.meta.url), 'utf8');

test('what the page shows a site’s backend is the example that is proven, for this portal and its key', () => {
  const portal = 'https://support.example.com/help';
  expect(signingCode({ portal, kid: 'site-2026', algorithm: 'EdDSA' })).toBe(example);
  const other = signingCode({ portal: 'https://help.acme.example', kid: 'shop', algorithm: 'ES256' });
  expect(other).toBe(
    example
      .replace(portal, 'https://help.acme.example')
      .replace('site-2026', 'shop')
      .replaceAll('EdDSA', 'ES256')
      .replace('ed25519', 'EC -pkeyopt ec_paramgen_curve:P-256'),
  );
});

test('what it shows for the site’s page, and for making a key, stands in the README as well', () => {
  const codes = snippetsOf(['js', 'sh']).map(({ code }) => code.trim());
  expect(codes).toContain(askingCode.trim());
  expect(codes).toContain(makingCode);
});
