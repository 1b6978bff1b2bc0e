import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkRt } from '../../../src/server/connectors/rt/doctor.js';
import type { RtSettings } from '../../../src/server/connectors/rt/settings.js';
import type { RtDesk } from '../../support/rt-desk.js';
import { createContact, makeDeps, makeSettings, newContact, openDesk, signal } from './fixture.js';

let desk: RtDesk;
beforeAll(async () => {
  desk = openDesk();
  const alice = await createContact(desk, 'alice');
  const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
  await desk.comment(ticket, { text: 'psst' });
});
afterAll(() => desk.close());

/** What is wrong, by check. */
async function wrongWith(more: Partial<RtSettings> = {}, deps: Parameters<typeof makeDeps>[0] = {}) {
  const findings = await checkRt(makeSettings(more), makeDeps(deps), signal);
  return Object.fromEntries(findings.filter(({ ok }) => !ok).map(({ check, hint }) => [check, hint]));
}

/** An account that may do what it is given, in the queue Support and everywhere. */
async function account(inQueue: readonly string[], everywhere: readonly string[]) {
  const user = newContact('bot').name;
  await desk.createUser({ name: user, email: `${user}@example.com`, password: 'password-1', privileged: true });
  if (inQueue.length > 0) await desk.grant(user, inQueue, 'Support');
  if (everywhere.length > 0) await desk.grant(user, everywhere);
  return { user, password: 'password-1', queues: ['Support'] as [string] };
}

const needed = ['SeeQueue', 'ShowTicket', 'ReplyToTicket', 'ModifyTicket', 'CreateTicket'];

test('nothing is wrong with an account that has what it needs', async () => {
  expect(await wrongWith()).toEqual({});
  expect(await wrongWith(await account(needed, ['AdminUsers']))).toEqual({});
});

test('an address without RT, and a wrong password, are said first and alone', async () => {
  expect(Object.keys(await wrongWith({ url: 'http://127.0.0.1:9' }))).toEqual(['RT can be reached']);
  expect(await wrongWith({ password: 'wrong' })).toEqual({
    'the service account can log in':
      'RT refuses the service account: its name or its password is wrong, or RT has disabled it.',
  });
});

test.each([...needed, 'AdminUsers'])('the right %s is named when it is missing', async (right) => {
  const has = (one: string) => one !== right;
  const wrong = await wrongWith(await account(needed.filter(has), ['AdminUsers'].filter(has)));
  expect(Object.values(wrong).join(' ')).toContain(right);
});

test('a right too many is named as well', async () => {
  const wrong = await wrongWith(await account([...needed, 'ShowTicketComments'], ['AdminUsers']));
  expect(Object.keys(wrong)).toEqual(['comments stay hidden']);
});

test('a mail gateway that does not let us in is named', async () => {
  const closed: typeof fetch = (url, init) =>
    String(url).includes('mail-gateway') ? Promise.resolve(new Response('', { status: 403 })) : fetch(url, init);
  expect(Object.keys(await wrongWith({ replyAs: 'mail-gateway' }, { fetch: closed }))).toEqual(['the mail gateway']);
});
