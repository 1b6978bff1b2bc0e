import { expect, test } from 'vitest';

import { password } from '../app-fixture.js';
import { useSignIn, whoIs } from './sign-in-fixture.js';

const fixture = useSignIn();
const minute = 60_000;

const come = async (email: string) => (await fixture.visitor().signIn(email)).status;
const lockOut = (email: string) =>
  fixture.database.asSuperuser(`UPDATE contacts SET verified = false WHERE email = '${email}'`);

test('access groups let in their members; who leaves one is out at once', async () => {
  expect(await come('eve@example.com')).toBe(401);
  const visitor = fixture.visitor();
  await visitor.signIn('ann@example.com');
  await fixture.setPortal({ accessGroups: ['Partners'] });
  expect(await whoIs(visitor)).toBe(null);
  expect((await visitor.request('GET', '/tickets')).status).toBe(401);
  await fixture.setPortal({ accessGroups: ['Partners', 'Customers'] });
  expect(await come('ann@example.com')).toBe(200);
});

test('open lets in every contact whose address is proven, and of some domains only theirs', async () => {
  await fixture.setPortal({ access: { kind: 'open', emailDomains: [] } });
  expect(await come('eve@example.com')).toBe(200);
  await lockOut('eve@example.com');
  expect(await come('eve@example.com')).toBe(401);
  await lockOut('ann@example.com');
  expect(await come('ann@example.com')).toBe(401);
  await fixture.database.asSuperuser('UPDATE contacts SET verified = true');
  for (const [domain, status] of [
    ['example.com', 200],
    ['ample.com', 401],
    ['com', 401],
    ['sub.example.com', 401],
  ] as const) {
    const changed = await fixture.admin('PATCH', '/portals/help', { access: { kind: 'open', emailDomains: [domain] } });
    expect(changed.status, domain).toBe(domain === 'com' ? 400 : 200);
    if (changed.ok) expect(await come('eve@example.com'), domain).toBe(status);
  }
});

test('who came in by an open door is out when it closes', async () => {
  await fixture.setPortal({ access: { kind: 'open', emailDomains: [] } });
  const visitor = fixture.visitor();
  await visitor.signIn('eve@example.com');
  expect(await whoIs(visitor)).toBe('eve@example.com');
  await fixture.setPortal({ access: { kind: 'access-groups' } });
  expect(await whoIs(visitor)).toBe(null);
});

test('single sign-on alone ends what began by something else, and offers nothing else', async () => {
  const visitor = fixture.visitor();
  await visitor.signIn('ann@example.com');
  await fixture.setPortal({ access: { kind: 'sso-only' } });
  expect(await whoIs(visitor)).toBe(null);
  expect(await (await visitor.request('GET', '/portal')).json()).toMatchObject({ signIn: [] });
  const body = { method: 'password', email: 'ann@example.com', password };
  expect((await visitor.request('POST', '/session', { body })).status).toBe(403);
  // Not even somebody who has come by it before.
  await fixture.database.asSuperuser(
    `INSERT INTO identities SELECT account_id, 'https://idp.example', 'ann', id, now() FROM contacts WHERE name = 'ann'`,
  );
  expect(await whoIs(visitor)).toBe(null);
});

test('a session that nobody uses ends when its owner says', async () => {
  for (const idleMinutes of [20, 40, 60, 1440]) {
    await fixture.setPortal({ idleMinutes });
    const [used, unused] = [fixture.visitor(), fixture.visitor()];
    await used.signIn('ann@example.com');
    await unused.signIn('max@example.com');
    fixture.pass((idleMinutes - 1) * minute);
    expect((await used.request('GET', '/tickets')).status).toBe(200);
    fixture.pass(minute);
    expect((await used.request('GET', '/tickets')).status).toBe(200);
    const late = await unused.request('GET', '/tickets');
    expect(await late.json(), `${idleMinutes}`).toMatchObject({ status: 401, code: 'session-expired' });
  }
  expect((await fixture.admin('PATCH', '/portals/help', { idleMinutes: 30 })).status).toBe(400);
});

test('explain says in words why somebody may not come in', async () => {
  const ticket = fixture.world.tickets.ann;
  const words = async (contact: string) => {
    const response = await fixture.admin(
      'GET',
      `/portals/help/explain?contact=${contact}@example.com&ticket=${ticket}`,
    );
    const { steps } = (await response.json()) as { steps: { rule: string; words: string; holds: boolean }[] };
    const access = steps.find(({ rule }) => rule === 'access');
    return [access?.holds, access?.words];
  };
  expect(await words('eve')).toEqual([false, "eve is in none of the portal's access groups: Customers."]);
  await fixture.setPortal({ access: { kind: 'open', emailDomains: [] } });
  expect(await words('eve')).toEqual([true, 'eve may sign in: the portal is open to everybody.']);
  await fixture.setPortal({ access: { kind: 'open', emailDomains: ['acme.example'] } });
  expect(await words('eve')).toEqual([
    false,
    'eve may not sign in: the portal is open to addresses of acme.example and to its access groups: Customers.',
  ]);
  await fixture.setPortal({ access: { kind: 'sso-only' } });
  expect(await words('ann')).toEqual([
    false,
    'ann may not sign in: the portal lets in who comes by single sign-on, and ann never has.',
  ]);
});
