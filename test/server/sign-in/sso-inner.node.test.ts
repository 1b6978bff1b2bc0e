import type { JWTPayload } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { createOutsideFetch } from '../../../src/server/node/outside-fetch.js';
import { createIssuers } from '../../../src/server/sso/issuers.js';
import { type Listener, listenFor } from '../../support/listener.js';
import { base } from '../app-fixture.js';
import { ask, connect, onward, open, startAddress, told, useTimed } from './sso-fixture.js';
import { type FakeIssuer, makeAllKeys, openIssuer, token } from './sso-issuer.js';

/** The provider stands in for the world outside; all else on this machine is inside. */
const fixture = useTimed(createOutsideFetch({ isOutside: (address) => address === '127.0.0.1' }));
let issuer: FakeIssuer;
let inside: Listener;
let at: string;

beforeAll(makeAllKeys);
beforeEach(async () => {
  issuer = await openIssuer();
  inside = await listenFor('127.0.0.2');
  at = `http://127.0.0.2:${inside.port}`;
  await reach(false);
});
afterEach(() => issuer.close());

const reach = (may: boolean) => fixture.database.asSuperuser(`UPDATE accounts SET inner_addresses = ${may}`);
const seconds = () => Math.floor(Date.now() / 1000);
const claims = (change: JWTPayload): JWTPayload => ({
  iss: issuer.issuer,
  aud: 'portal',
  sub: 'a-1',
  iat: seconds(),
  exp: seconds() + 300,
  ...change,
});

/** Goes to the provider and comes back. */
async function signIn(connection: string) {
  const [visitor, asked] = [fixture.visitor(), ask()];
  const start = await open(fixture, visitor, startAddress(connection, asked));
  const { searchParams } = new URL(await onward(start));
  issuer.answer = async () => ({ id_token: await token(claims({ nonce: searchParams.get('nonce') })) });
  const query = new URLSearchParams({ code: 'c', state: searchParams.get('state') ?? '', iss: issuer.issuer });
  const back = await open(fixture, visitor, `${searchParams.get('redirect_uri')}?${query.toString()}`);
  return (await told(back)).message;
}

/** The provider says that somebody has signed out. */
async function sayOut(connection: string): Promise<number> {
  const logout = claims({ jti: 'once', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } });
  const response = await fixture.app.request(`${base}/help/sso/${connection}/backchannel-logout`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: await token(logout) }).toString(),
  });
  return response.status;
}

describe('of a provider outside that names an address inside', () => {
  test.each(['jwks_uri', 'token_endpoint', 'userinfo_endpoint'])('%s is not asked', async (name) => {
    issuer.document = { [name]: `${at}/asked` };
    const connection = await connect(fixture, { issuer: issuer.issuer });
    expect(await signIn(connection)).toMatchObject({ error: 'failed' });
    if (name === 'jwks_uri') expect(await sayOut(connection)).toBe(400);
    expect(inside.connections()).toBe(0);

    // Who may is asked there, and what it says is not what a provider says.
    await reach(true);
    expect(await signIn(connection)).toMatchObject({ error: 'failed' });
    expect(inside.connections()).toBe(1);
  });

  test('all that is outside is', async () => {
    const connection = await connect(fixture, { issuer: issuer.issuer });
    expect(await sayOut(connection)).toBe(200);
    expect(issuer.asked).toContain('/keys');
  });
});

test('what one account may ask is nothing to another', async () => {
  const asked: number[] = [];
  const issuers = createIssuers({
    clock: () => new Date(),
    outgoing: (account) => async (address, init) => {
      asked.push(account);
      return fetch(address, init);
    },
  });
  for (const account of [1, 1, 2]) await issuers(account, issuer.issuer);
  expect(asked).toEqual([1, 2]);
});
