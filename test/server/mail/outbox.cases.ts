import type { AddressObject } from 'mailparser';
import { expect, onTestFinished, vi } from 'vitest';

import { DatabaseError } from '../../../src/server/database.js';
import { createOutbox, removeMails } from '../../../src/server/mail/outbox.js';
import type { MailTransport, OutgoingMail } from '../../../src/server/mail/transport.js';
import { deferred } from '../../support/deferred.js';
import { nextId } from '../app-fixture.js';
import { type MailWorld, link, minute } from './mail-world.js';

/** What the outbox and the job that empties it keep, on every database. */
export interface MailCase {
  readonly name: string;
  run(world: MailWorld): Promise<void>;
}

const hold = minute;

/** Until a condition holds; the clock of the world does not move meanwhile, a faked timer does. */
const until = (condition: () => unknown) => expect.poll(condition, { timeout: 10_000, interval: 10 });
const outcomes = async ({ rows }: MailWorld) => (await rows()).map(({ outcome }) => outcome);
const addressesOf = (to: AddressObject | AddressObject[] | undefined) =>
  [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));

/** Takes mail for as long as it is told to. */
function createHeldTransport() {
  const arrived: OutgoingMail[] = [];
  const gate = deferred<void>();
  const transport: MailTransport = {
    async send(mail) {
      arrived.push(mail);
      await gate.promise;
    },
    close: async () => {},
  };
  return { arrived, gate, transport };
}

export const mailCases: readonly MailCase[] = [
  {
    name: 'a mail arrives in text and HTML, in the language of who reads it, and is blank when it was sent',
    async run(world) {
      const { server } = world;
      await world.put();
      await world.put({ to: { email: 'ola@example.com', name: 'Ola Żak' }, locale: 'pl-PL' });
      world.start();
      await until(() => server.received.length).toBe(2);
      const [english, polish] = server.received;
      expect(english!.subject).toBe('Sign in to Small Support');
      expect(english!.from?.value).toEqual([{ name: 'Small Support', address: 'help@support.example' }]);
      expect(english!.text).toMatch(/^K7QM-3XN4 is your code for Small Support\.\n/);
      expect(english!.html).toContain('>K7QM-3XN4</p>');
      expect(english!.headers.get('auto-submitted')).toBe('auto-generated');
      expect(english!.messageId).toMatch(/^<[\w-]+@support\.example>$/);
      expect(english!.attachments).toEqual([]);
      expect(polish!.subject).toBe('Logowanie do portalu „Small Support”');
      expect(addressesOf(polish!.to)).toEqual(['ola@example.com']);
      expect(polish!.text).toContain('Dzień dobry, Ola Żak!');
      expect(polish!.text).toContain(link);
      expect(polish!.html).toContain('<html lang="pl" dir="ltr">');
      await until(() => outcomes(world)).toEqual(['sent', 'sent']);
      expect((await world.rows()).map(({ sealed }) => sealed)).toEqual([null, null]);
      expect(world.log).toEqual([]);
    },
  },
  {
    name: 'a mail that comes later is sent at once when the job is woken, and otherwise when it looks again',
    async run(world) {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
      onTestFinished(() => void vi.useRealTimers());
      const { arrived, gate, transport } = createHeldTransport();
      gate.resolve();
      const job = world.start(transport);
      const arrivalOf = async (count: number) => {
        const began = performance.now();
        await until(() => arrived.length).toBe(count);
        return performance.now() - began;
      };
      await world.put();
      job.wake();
      expect(await arrivalOf(1)).toBeLessThan(1_000);
      await until(() => outcomes(world)).toEqual(['sent']);
      await world.put();
      expect(await arrivalOf(2)).toBeGreaterThan(1_000);
      await until(() => outcomes(world)).toEqual(['sent', 'sent']);
    },
  },
  {
    name: 'no value of a row shows an address, a code or a link',
    async run(world) {
      await world.put();
      await world.put({ locale: 'pl' }, false);
      const rows = await world.database.asSuperuser<{ row: string }>('SELECT mails::text AS row FROM mails');
      expect(rows).toHaveLength(2);
      for (const { row } of rows) {
        for (const told of ['ann', 'example', 'K7QM', '3XN4', 'kb.', 'Small', 'sign-in', 'deliver'])
          expect(row.toLowerCase()).not.toContain(told.toLowerCase());
      }
      const [one, other] = (await world.rows()).map(({ sealed }) => sealed!.length);
      expect(Math.abs(one! - other!)).toBeLessThan(4);
    },
  },
  {
    name: 'a mail to nobody is put in like any other, never sent, and gone',
    async run(world) {
      await world.put({ to: { email: 'nobody@example.com', name: null } }, false);
      await world.put();
      expect(await world.rows()).toHaveLength(2);
      world.start();
      await until(() => outcomes(world)).toEqual(['sent']);
      expect(world.server.received.flatMap(({ to }) => addressesOf(to))).toEqual(['ann@example.com']);
      expect(world.log).toEqual([]);
    },
  },
  {
    name: 'a mail of what was rolled back is not there',
    async run(world) {
      const { database, portal } = world;
      const failing = database.tx({ role: 'app', account: portal.account, portal: portal.id }, async (tx) => {
        await tx.query(
          {
            name: 'mail_test_insert',
            text: `INSERT INTO mails (account_id, portal_id, message_id, sealed, expires_at, next_at, created_at)
            VALUES ($1, $2, 'x', 'x', $3, $3, $3)`,
          },
          [portal.account, portal.id, new Date(0)],
        );
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await world.rows()).toEqual([]);
    },
  },
  {
    name: 'what is refused for good is given up, and the log says so without address or text',
    async run(world) {
      world.server.recipient = (address) => (address === 'gone@example.com' ? 550 : 'take');
      world.server.text = ({ subject }) => (subject?.includes('password') ? 554 : 'take');
      await world.put({ to: { email: 'gone@example.com', name: 'Gone Away' } });
      await world.put({ content: { kind: 'password-changed', link } });
      await world.put();
      world.start();
      await until(() => outcomes(world)).toEqual(['refused', 'refused', 'sent']);
      expect((await world.rows()).map(({ sealed }) => sealed)).toEqual([null, null, null]);
      expect(world.log).toMatchObject([
        { level: 'error', event: 'mail-refused', account: world.account, status: 550 },
        { level: 'error', event: 'mail-refused', account: world.account, status: 554 },
      ]);
      const written = JSON.stringify(world.log);
      for (const told of ['gone', 'Gone', 'example', 'K7QM', 'assword']) expect(written).not.toContain(told);
      world.pass(20 * minute);
      world.server.recipient = () => 'take';
      world.server.text = () => 'take';
      await world.put();
      world.start();
      await until(() => outcomes(world)).toEqual(['refused', 'refused', 'sent', 'sent']);
      expect(world.server.received).toHaveLength(2);
    },
  },
  {
    name: 'what is put off once arrives once, and others do not wait for it',
    async run(world) {
      let refusals = 1;
      world.server.recipient = (address) => (address === 'slow@example.com' && refusals-- > 0 ? 451 : 'take');
      await world.put({ to: { email: 'slow@example.com', name: null } });
      await world.put();
      const job = world.start();
      await until(() => outcomes(world)).toEqual([null, 'sent']);
      world.pass(10_000);
      job.wake();
      await until(() => outcomes(world)).toEqual(['sent', 'sent']);
      expect(world.server.received.flatMap(({ to }) => addressesOf(to))).toEqual([
        'ann@example.com',
        'slow@example.com',
      ]);
      expect(world.log).toMatchObject([{ level: 'info', event: 'mail-deferred', status: 451 }]);
    },
  },
  {
    name: 'a mail whose text was cut off is sent again with the same Message-ID',
    async run(world) {
      const ids: (string | undefined)[] = [];
      world.server.text = ({ messageId }) => (ids.push(messageId) === 1 ? 'drop' : 'take');
      await world.put();
      const job = world.start();
      await until(async () => (await world.rows())[0]!.next_at.getTime()).toBe(world.deps.clock().getTime() + 10_000);
      expect(world.server.received).toEqual([]);
      world.pass(10_000);
      job.wake();
      await until(() => outcomes(world)).toEqual(['sent']);
      expect(world.server.received.map(({ messageId }) => messageId)).toEqual([ids[0]]);
      expect(ids).toEqual([ids[0], ids[0]]);
      expect(world.log.map(({ event }) => event)).toEqual(['mail-failed', 'mail-back']);
    },
  },
  {
    name: 'a server that is away gets its mail when it is back, and is asked less and less often until then',
    async run(world) {
      await world.server.close();
      await world.put({ expiresAt: new Date(world.deps.clock().getTime() + 60 * minute) });
      const job = world.start();
      const began = world.deps.clock().getTime();
      const tried: number[] = [];
      for (let attempts = 1; attempts <= 5; attempts++) {
        await until(async () => {
          const [row] = await world.rows();
          return row!.attempts === attempts && row!.next_at.getTime() - world.deps.clock().getTime() !== hold;
        }).toBe(true);
        tried.push((world.deps.clock().getTime() - began) / 1000);
        const [row] = await world.rows();
        world.pass(row!.next_at.getTime() - world.deps.clock().getTime());
        if (attempts === 5) await world.server.reopen();
        job.wake();
      }
      await until(() => outcomes(world)).toEqual(['sent']);
      expect(tried).toEqual([0, 10, 40, 160, 760]);
      expect(world.server.received).toHaveLength(1);
      expect(world.log).toMatchObject([
        { level: 'error', event: 'mail-failed', detail: 'ECONNREFUSED' },
        { level: 'info', event: 'mail-back' },
      ]);
    },
  },
  {
    name: 'a mail that is soon outdated is tried more often, and then never again',
    async run(world) {
      await world.server.close();
      await world.put();
      const job = world.start();
      const attempts = async () => (await world.rows())[0]!.attempts;
      const began = world.deps.clock().getTime();
      const tried: number[] = [];
      for (;;) {
        const count = tried.length + 1;
        await until(async () => {
          const [row] = await world.rows();
          const waits = row!.next_at.getTime() - world.deps.clock().getTime();
          return row!.outcome === 'outdated' || (row!.attempts === count && waits > 0 && waits !== hold);
        }).toBe(true);
        if ((await outcomes(world))[0] === 'outdated') break;
        tried.push(Math.round((world.deps.clock().getTime() - began) / 1000));
        world.pass((await world.rows())[0]!.next_at.getTime() - world.deps.clock().getTime());
        job.wake();
      }
      expect(tried.slice(0, 5)).toEqual([0, 10, 40, 160, 380]);
      expect(tried.at(-1)).toBeLessThan(600);
      expect(await attempts()).toBe(tried.length);
      expect((await world.rows())[0]!.sealed).toBeNull();
      await world.server.reopen();
      job.wake();
      await until(() => world.log.at(-1)).toMatchObject({ level: 'error', event: 'mail-outdated', count: 1 });
      expect(world.server.begun).toBe(0);
    },
  },
  {
    name: 'what is outdated when the job begins is never sent',
    async run(world) {
      await world.put();
      world.pass(10 * minute);
      await world.put();
      world.start();
      await until(() => outcomes(world)).toEqual(['outdated', 'sent']);
      expect(world.server.received).toHaveLength(1);
    },
  },
  {
    name: 'two jobs at one outbox send each mail once',
    async run(world) {
      for (let mail = 0; mail < 50; mail++) await world.put({ to: { email: `p${mail}@example.com`, name: null } });
      world.start();
      world.start();
      await until(async () => (await outcomes(world)).every((outcome) => outcome === 'sent')).toBe(true);
      const ids = world.server.received.map(({ messageId }) => messageId);
      expect(ids).toHaveLength(50);
      expect(new Set(ids).size).toBe(50);
    },
  },
  {
    name: 'a mail whose sender has died is sent by another when nobody can be at it any more',
    async run(world) {
      await world.put();
      const { taken } = await createOutbox(world.deps).take(world.account);
      expect(taken).toMatchObject({ attempts: 1, mail: { to: { email: 'ann@example.com' } } });
      const job = world.start();
      world.pass(hold - 1);
      job.wake();
      await world.put({ to: { email: 'other@example.com', name: null } });
      job.wake();
      await until(() => world.server.received.length).toBe(1);
      world.pass(1);
      job.wake();
      await until(() => outcomes(world)).toEqual(['sent', 'sent']);
      expect(world.server.received.map(({ messageId }) => messageId)[1]).toBe(`<${taken!.messageId}@support.example>`);
    },
  },
  {
    name: 'a mail on its way when the server ends may arrive, and no further one is begun',
    async run(world) {
      const { arrived, gate, transport } = createHeldTransport();
      await world.put();
      await world.put();
      const job = world.start(transport);
      await until(() => arrived.length).toBe(1);
      const stopped = job.stop();
      gate.resolve();
      await stopped;
      expect(await outcomes(world)).toEqual(['sent', null]);
      expect(arrived).toHaveLength(1);
    },
  },
  {
    name: 'a mail server that does not answer is not waited for when the server ends, and its mail is left for the next',
    async run(world) {
      world.server.text = () => 'hang';
      await world.put();
      const job = world.start();
      await until(() => world.server.begun).toBe(1);
      const began = performance.now();
      await job.stop();
      expect(performance.now() - began).toBeLessThan(6_000);
      expect((await world.rows())[0]).toMatchObject({ outcome: null, next_at: world.deps.clock() });
      world.server.text = () => 'take';
      world.start();
      await until(() => outcomes(world)).toEqual(['sent']);
    },
  },
  {
    name: 'a database that is away for a moment makes no mail be sent twice',
    async run(world) {
      let failures = 1;
      const { database } = world;
      const failing: typeof database = {
        ...database,
        batch: (context, steps) =>
          steps.some(({ statement }) => statement.name === 'mail_finish') && failures-- > 0
            ? Promise.reject(new DatabaseError('08006', 'away'))
            : database.batch(context, steps),
      };
      await world.put();
      world.start(undefined, failing);
      await until(() => outcomes(world)).toEqual(['sent']);
      expect([failures, world.server.received.length]).toEqual([-1, 1]);
      expect((await world.rows())[0]!.attempts).toBe(1);
    },
  },
  {
    name: 'a database that is away when the job looks is looked at again',
    async run(world) {
      let failures = 1;
      const { database } = world;
      const failing: typeof database = {
        ...database,
        batch: (context, steps) =>
          failures-- > 0 ? Promise.reject(new DatabaseError('08006', 'away')) : database.batch(context, steps),
      };
      await world.put();
      world.start(undefined, failing);
      await until(() => outcomes(world)).toEqual(['sent']);
      expect(world.log).toEqual([{ level: 'error', event: 'mail-failed', error: 'DatabaseError', sqlstate: '08006' }]);
    },
  },
  {
    name: 'a mail that another secret has sealed is given up',
    async run(world) {
      await world.put();
      await world.database.asSuperuser(`UPDATE mails SET sealed = 'a.b.c.d.e'`);
      world.start();
      await until(() => outcomes(world)).toEqual(['refused']);
      expect(world.log).toMatchObject([{ event: 'mail-unreadable' }]);
    },
  },
  {
    name: 'what was sent is forgotten after a day, and what nobody was there to send as well',
    async run(world) {
      await world.put();
      world.start();
      await until(() => outcomes(world)).toEqual(['sent']);
      await world.put({ expiresAt: new Date(world.deps.clock().getTime() + 60 * minute) }, false);
      const remove = () =>
        world.database.batch({ role: 'staff', account: world.account }, [
          removeMails(world.account, world.deps.clock()),
        ]);
      world.pass(24 * 60 * minute - 1);
      await remove();
      world.pass(1);
      expect(await outcomes(world)).toContain('sent');
      await remove();
      expect(await outcomes(world)).not.toContain('sent');
      world.pass(60 * minute);
      await remove();
      expect(await world.rows()).toEqual([]);
    },
  },
  {
    name: 'a visitor puts in mails of their portal, and reads, changes and removes none',
    async run({ database, portal, put }) {
      await put();
      const visitor = { role: 'app', account: portal.account, portal: portal.id } as const;
      const run = (context: Parameters<typeof database.batch>[0], text: string) =>
        database.batch(context, [{ statement: { name: nextId(), text } }]);
      const insert = (account: number, id: number, columns = '', values = '') =>
        `INSERT INTO mails (account_id, portal_id, message_id, sealed, expires_at, next_at, created_at${columns})
          VALUES (${account}, ${id}, 'm' || random(), 'x', '2026-11-01', '2026-11-01', '2026-11-01'${values})`;
      for (const text of ['SELECT 1 FROM mails', 'UPDATE mails SET attempts = 1', 'DELETE FROM mails']) {
        await expect(run(visitor, text), text).rejects.toMatchObject({ code: '42501' });
      }
      await run(visitor, insert(portal.account, portal.id));
      for (const context of [visitor, { role: 'app' }] as const) {
        const foreign = context === visitor ? insert(portal.account, portal.id + 1) : insert(portal.account, portal.id);
        await expect(run(context, foreign)).rejects.toMatchObject({ code: '42501' });
      }
      await expect(run(visitor, insert(portal.account + 1, portal.id))).rejects.toMatchObject({ code: '42501' });
      const sent = insert(portal.account, portal.id, ', attempts', ', 1');
      await expect(run(visitor, sent)).rejects.toMatchObject({ code: '42501' });
      await expect(run(visitor, `SELECT mail_accounts(now())`)).rejects.toMatchObject({ code: '42501' });
      const elsewhere = { role: 'staff', account: portal.account + 1 } as const;
      expect(await run(elsewhere, 'SELECT 1 AS there FROM mails')).toEqual([[]]);
      const accounts = `SELECT mail_accounts('2027-01-01') AS account`;
      expect(await run({ role: 'staff' }, accounts)).toEqual([[{ account: portal.account }]]);
    },
  },
];
