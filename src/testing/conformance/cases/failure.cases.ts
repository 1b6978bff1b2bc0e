import type { ErrorCode } from '../../../model/index.js';
import { withoutNetwork, type Fault } from '../../faults.js';
import { ConformanceError, equal, fails } from '../check.js';
import type { ConformanceCase, ConformanceWorld, Visitor } from '../world.js';
import { key, ticketId } from './asking.js';

/** The reason with which the call rejects. */
const reasonOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => new ConformanceError('the call was answered'),
    (reason: unknown) => reason,
  );

const is = (actual: unknown, expected: unknown, what: string) => {
  if (actual !== expected) throw new ConformanceError(`${what}: got ${String(actual)}`, { cause: actual });
};

/** A write meets the fault: writes are sent once, so that nothing repairs it unseen. */
const meets = (what: string, fault: Fault, code: ErrorCode, retryAfter: number | null = null): ConformanceCase => ({
  name: `is ${code} when ${what}`,
  needs: ['markRead', 'faults'],
  async run(world) {
    const alice = await world.visitor('alice');
    const id = await ticketId(world, 1);
    world.faults?.add({ fault, times: 1 });
    const error = await fails(alice.markRead(id), code);
    equal(error.retryAfter, retryAfter, 'seconds to wait');
    await alice.markRead(id);
  },
});

const refusal = (status: number, code: ErrorCode): ConformanceCase =>
  meets(`the server says so with ${status}`, { kind: 'problem', status, code }, code);

const reads = async (visitor: Visitor, world: ConformanceWorld, signal: AbortSignal) => {
  const id = await ticketId(world, 1);
  return [
    () => visitor.session({ signal }),
    () => visitor.portal({ signal }),
    () => visitor.listTickets({}, { signal }),
    () => visitor.getTicket(id, { signal }),
    () => visitor.listMessages(id, {}, { signal }),
  ];
};

export const failureCases: readonly ConformanceCase[] = [
  {
    name: 'rejects with the signal’s reason when aborted before the call',
    async run(world) {
      const alice = await world.visitor('alice');
      const reason = new Error('No longer wanted');
      for (const read of await reads(alice, world, AbortSignal.abort(reason))) {
        is(await reasonOf(read()), reason, 'reason');
      }
    },
  },
  {
    name: 'rejects with the signal’s reason when aborted in flight',
    async run(world) {
      const alice = await world.visitor('alice');
      const controller = new AbortController();
      const calls = (await reads(alice, world, controller.signal)).map((read) => reasonOf(read()));
      const reason = new Error('No longer wanted');
      controller.abort(reason);
      for (const call of calls) is(await call, reason, 'reason');
    },
  },
  {
    name: 'writes nothing when aborted before the call',
    needs: ['reply'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      const reason = new Error('No longer wanted');
      const call = alice.reply(id, { body: 'Never' }, { idempotencyKey: key(), signal: AbortSignal.abort(reason) });
      is(await reasonOf(call), reason, 'reason');
      equal((await world.staff.thread(id)).length, 3, 'messages that were kept');
    },
  },
  {
    name: 'answers after an abort as if nothing had been',
    async run(world) {
      const alice = await world.visitor('alice');
      const controller = new AbortController();
      const call = reasonOf(alice.listTickets({}, { signal: controller.signal }));
      controller.abort();
      await call;
      equal((await alice.listTickets()).items.length, 3, 'tickets');
    },
  },
  {
    name: 'writes once when the answer was lost and the same key is sent again',
    needs: ['reply', 'faults'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      const send = { idempotencyKey: key() };
      world.faults?.add({ fault: { kind: 'lost' }, on: /^POST .*messages$/, times: 1 });
      await fails(alice.reply(id, { body: 'Did it arrive?' }, send), 'unavailable');
      await alice.reply(id, { body: 'Did it arrive?' }, send);
      const kept = (await world.staff.thread(id)).filter(({ text }) => text === 'Did it arrive?');
      equal(kept.length, 1, 'replies that were kept');
    },
  },
  {
    name: 'asks again for a read that did not get through',
    needs: ['faults'],
    async run(world) {
      const alice = await world.visitor('alice');
      world.faults?.add({ fault: { kind: 'proxy', status: 502 }, times: 1 });
      equal((await alice.listTickets()).items.length, 3, 'tickets');
    },
  },
  refusal(403, 'forbidden'),
  refusal(409, 'conflict'),
  refusal(413, 'too-large'),
  refusal(415, 'unsupported-type'),
  refusal(426, 'version-mismatch'),
  refusal(500, 'server'),
  refusal(503, 'unavailable'),
  meets('told to wait', { kind: 'problem', status: 429, code: 'rate-limited', retryAfter: 30 }, 'rate-limited', 30),
  meets('something in between refuses', { kind: 'proxy', status: 502 }, 'unavailable'),
  meets('nobody answers', { kind: 'unreachable' }, 'unavailable'),
  meets('no answer comes in time', { kind: 'late', by: 60_000 }, 'timeout'),
  {
    name: 'is offline when the browser has no network',
    needs: ['markRead', 'faults'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      world.faults?.add({ fault: { kind: 'unreachable' }, times: 1 });
      await withoutNetwork(async () => void (await fails(alice.markRead(id), 'offline')));
    },
  },
  {
    name: 'is unexpected-response when the answer makes no sense',
    needs: ['faults'],
    async run(world) {
      const alice = await world.visitor('alice');
      world.faults?.add({ fault: { kind: 'malformed' }, times: 2 });
      await fails(alice.session(), 'unexpected-response');
      await fails(alice.listTickets(), 'unexpected-response');
    },
  },
];
