import { generateKeyPairSync } from 'node:crypto';

import { expect, test } from 'vitest';

import { readPublicKey } from '../../src/elements/portal-setup/sso/public-key.js';

const ed = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const wide = generateKeyPairSync('ec', { namedCurve: 'P-384' });

type Pair = typeof ed;
const pemOf = ({ publicKey }: Pair) => publicKey.export({ type: 'spki', format: 'pem' }).toString();
const jwkOf = ({ publicKey }: Pair) => publicKey.export({ format: 'jwk' });
const secretPemOf = ({ privateKey }: Pair) => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test.each([
  ['Ed25519', ed],
  ['P-256', ec],
])('a public key of %s is read as PEM and as JWK, whatever is around it', async (_, pair) => {
  const jwk = jwkOf(pair);
  expect(await readPublicKey(pemOf(pair))).toEqual(jwk);
  expect(await readPublicKey(`\r\n  ${pemOf(pair).replaceAll('\n', '\r\n')}`)).toEqual(jwk);
  expect(
    await readPublicKey(JSON.stringify({ ...jwk, kid: 'site', use: 'sig', key_ops: ['verify'] }, null, 2)),
  ).toEqual(jwk);
});

const broken = pemOf(ed).replace(/\n(.{8})/, '\n!$1');
const bad: readonly [what: string, text: string, problem: string][] = [
  ['the private half as PEM', secretPemOf(ed), 'private'],
  ['both halves', pemOf(ec) + secretPemOf(ec), 'private'],
  ['the private half as JWK', JSON.stringify(ed.privateKey.export({ format: 'jwk' })), 'private'],
  ['a shared secret', JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }), 'private'],
  ['a private half in the older form', ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(), 'private'],
  ['RSA', pemOf(rsa as Pair), 'unsupported'],
  ['RSA as JWK', JSON.stringify(jwkOf(rsa as Pair)), 'unsupported'],
  ['RSA in the older form', rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(), 'unsupported'],
  ['another curve', pemOf(wide), 'unsupported'],
  ['another curve as JWK', JSON.stringify(jwkOf(wide)), 'unsupported'],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'unsupported'],
  ['a PEM with a slip', broken, 'malformed'],
  ['half a PEM', pemOf(ed).slice(0, 60), 'malformed'],
  ['two keys', pemOf(ed) + pemOf(ec), 'malformed'],
  ['half a JWK', JSON.stringify(jwkOf(ed)).slice(0, 30), 'malformed'],
  ['a JWK without its numbers', '{"kty":"OKP","crv":"Ed25519"}', 'malformed'],
  ['a JWK with a number that is too short', '{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}', 'malformed'],
  [
    'a JWK that is no point of its curve',
    JSON.stringify({ ...jwkOf(ec as Pair), y: jwkOf(ec as Pair).x }),
    'malformed',
  ],
  ['another object', '{"name":"site"}', 'malformed'],
  ['words', 'the key of our site', 'malformed'],
  ['nothing', ' \n', 'malformed'],
];

test.each(bad)('%s is no key that a portal takes', async (_, text, problem) => {
  expect(await readPublicKey(text)).toBe(problem);
});
