import { expect, test } from 'vitest';

import type { Visitor } from '../app-fixture.js';
import { inviteTo, start, useSignIn } from './sign-in-fixture.js';

/** What can only happen where transactions run side by side. */

const fixture = useSignIn();
const atOnce = 100;
const rounds = 50;
const own = 'seven quiet herons';

/** Each from another place, so that no limit comes in between. */
async function useAtOnce(visitor: Visitor, path: string, body: unknown): Promise<number[]> {
  const cookies = [...visitor.cookies].map((pair) => pair.join('=')).join('; ');
  const answers = Array.from({ length: atOnce }, async (_, at) => {
    const headers = { 'x-test-ip': `192.0.2.${at}`, 'x-test-cookie': cookies };
    return (await fixture.visitor().request('POST', path, { body, headers })).status;
  });
  return Promise.all(answers);
}

const ways: Readonly<Record<string, (round: number) => Promise<number[]>>> = {
  'a code': async () => {
    const visitor = fixture.visitor();
    await start(visitor, { method: 'email', email: 'ann@example.com' });
    return useAtOnce(visitor, '/session', { method: 'code', code: await fixture.codeTo('ann@example.com') });
  },
  'a code for a new password': async (round) => {
    const visitor = fixture.visitor();
    await start(visitor, { method: 'reset', email: 'max@example.com' });
    const code = await fixture.codeTo('max@example.com');
    return useAtOnce(visitor, '/session/password', { code, password: `${own} ${round}` });
  },
  'a registration': async (round) => {
    const [visitor, email] = [fixture.visitor(), `nora${round}@example.org`];
    await start(visitor, { method: 'register', email, name: 'Nora', password: own });
    return useAtOnce(visitor, '/session', { method: 'code', code: await fixture.codeTo(email) });
  },
  'an invitation': async () => {
    await inviteTo(fixture, { email: 'eve@example.com' });
    const link = (await fixture.mailsTo('eve@example.com')).at(-1)?.content.link ?? '';
    const token = link.split('#portal_invitation=')[1];
    return useAtOnce(fixture.visitor(), '/session', { method: 'invitation', token, password: own });
  },
};

test(`what can be used once is used once by ${atOnce} at the same moment`, { timeout: 240_000 }, async () => {
  await fixture.setPortal({ access: { kind: 'open', emailDomains: [] } });
  const all = Object.entries(ways);
  for (let round = 0; round < rounds; round++) {
    const [way, use] = all[round % all.length] as (typeof all)[number];
    const statuses = await use(round);
    expect(
      statuses.filter((status) => status < 300),
      `${way}, round ${round}`,
    ).toHaveLength(1);
    expect(new Set(statuses.filter((status) => status >= 300)), `${way}, round ${round}`).toEqual(new Set([401]));
    fixture.pass(61 * 60_000);
  }
});
