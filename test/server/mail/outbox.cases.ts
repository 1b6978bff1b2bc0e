import { expect, onTestFinished, vi } from 'vitest';

import { createOutbox, removeMails } from '../../../src/server/mail/outbox.js';
import { nextId } from '../app-fixture.js';
import { addressesOf, createHeldTransport, hold, outcomes, until, type MailCase } from './mail-case.js';
import { link, minute } from './mail-world.js';
import { troubleCases } from './outbox-trouble.cases.js';

/** On every database. */
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
      const kept = await world.database.asSuperuser('SELECT sealed, recipient FROM mails');
      expect(kept).toEqual([1, 2].map(() => ({ sealed: null, recipient: null })));
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
        for (const told of ['ann@', 'example', 'K7QM', '3XN4', 'kb.', 'Small', 'sign-in', 'deliver'])
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
  ...troubleCases,
];
