import { expect } from 'vitest';

import { DatabaseError } from '../../../src/server/database.js';
import { addressesOf, hold, outcomes, until, type MailCase } from './mail-case.js';
import { link, minute } from './mail-world.js';

/** Mail servers that refuse, defer, break off or are silent, and a database that is away. */
export const troubleCases: readonly MailCase[] = [
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
];
