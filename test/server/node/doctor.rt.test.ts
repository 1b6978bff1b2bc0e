import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RtDesk } from '../../support/rt-desk.js';
import { runCommand } from '../../support/server-process.js';
import { freePort } from '../../support/process.js';
import { createContact, openDesk, rtOfRun } from '../rt/fixture.js';

/** Of this file alone: rights show on the newest ticket, which must not be one that another test has just closed. */
const queue = `Doctor ${randomUUID().slice(0, 8)}`;
let desk: RtDesk;
beforeAll(async () => {
  desk = openDesk();
  await desk.createQueue(queue);
  const alice = await createContact(desk, 'alice');
  await desk.createTicket({ queue, requestors: [alice.name], subject: 'Printer', text: 'It burns.' });
});
afterAll(() => desk.close());

const password = 'a-password-of-the-test';

/** A service account with these rights in the queue. */
async function createAccount(rights: readonly string[]): Promise<string> {
  const name = `doctor-${randomUUID().slice(0, 8)}`;
  await desk.createUser({ name, email: `${name}@example.com`, password, privileged: true });
  await desk.grant(name, rights, queue);
  await desk.grant(name, ['AdminUsers', 'SeeGroup']);
  return name;
}

const doctor = (more: Record<string, string>) =>
  runCommand(['doctor', 'rt'], {
    PORTICO_RT_URL: rtOfRun().url,
    PORTICO_RT_PASSWORD: password,
    PORTICO_RT_QUEUES: queue,
    ...more,
  });

describe('portico doctor rt', () => {
  test('is content with an account that has what it needs', async () => {
    const account = ['SeeQueue', 'ShowTicket', 'ReplyToTicket', 'ModifyTicket', 'CreateTicket'];
    const user = await createAccount(account);
    expect(await doctor({ PORTICO_RT_USER: user, PORTICO_RT_REPLY_AS: 'mail-gateway' })).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'ok       RT can be reached',
        'ok       the service account can log in',
        `ok       the queue ${queue}`,
        'ok       tickets can be read',
        'ok       comments stay hidden',
        'ok       contacts can be found',
        'ok       the mail gateway',
        '',
        `Nothing is missing in ${rtOfRun().url}.`,
        '',
      ].join('\n'),
    });
  });

  test('names a right that is missing, and what is well beside it', async () => {
    const user = await createAccount(['SeeQueue', 'ShowTicket', 'ModifyTicket', 'CreateTicket']);
    const { code, stdout, stderr } = await doctor({ PORTICO_RT_USER: user });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.split('\n').slice(2)).toEqual([
      `ok       the queue ${queue}`,
      'missing  tickets can be read: The service account has no right ReplyToTicket in the queues.',
      'ok       comments stay hidden',
      'ok       contacts can be found',
      '',
      '1 of 6 checks found something missing. Put it right and run this again.',
      '',
    ]);
  });

  test('says that the password is wrong, and does not show it', async () => {
    const { user } = rtOfRun().account;
    const { code, stdout, stderr } = await doctor({ PORTICO_RT_USER: user });
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        'ok       RT can be reached',
        'missing  the service account can log in: RT refuses the service account: its name or its password is wrong, or RT has disabled it.',
        '',
        '1 of 2 checks found something missing. Put it right and run this again.',
        '',
      ].join('\n'),
    );
    expect(stdout + stderr).not.toContain(password);
  });

  test('says that nothing answers at the address', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const { code, stdout } = await doctor({ PORTICO_RT_URL: nowhere, PORTICO_RT_USER: 'portal' });
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        'missing  RT can be reached: RT does not answer as it should (reach RT: no answer, ECONNREFUSED). Is the address right, can this server reach it, and does RT run?',
        '',
        '1 of 1 checks found something missing. Put it right and run this again.',
        '',
      ].join('\n'),
    );
  });
});
