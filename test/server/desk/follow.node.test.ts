import { beforeEach, expect, test } from 'vitest';

import {
  type Connector,
  type ConnectorFactory,
  DeskError,
  type Feed,
} from '../../../src/server/connectors/connector.js';
import type { Database } from '../../../src/server/database.js';
import { followOnce } from '../../../src/server/desks/follow.js';
import { deliverWaiting } from '../../../src/server/desks/outbox.js';
import { startFollowing } from '../../../src/server/desks/start-following.js';
import { deferred } from '../../support/deferred.js';
import { askAdmin } from '../admin-client.js';
import { useSmallWorld } from '../use-small-world.js';
import { createStillDesk } from './still-desk.js';

/** How the desk answers who reads a ticket. */
let readTicket: Feed['ticket'];
let refs: readonly string[];
/** And who opens one. */
let create: Connector['create'];

const createDesk: ConnectorFactory = (settings, fetch) => {
  const still = createStillDesk(settings, fetch);
  const changes: Feed['changes'] = async () => ({
    tickets: refs.map((ref) => ({ ref, stamp: 'new' })),
    cursor: 'now',
    more: false,
  });
  return {
    ...still,
    create: (ticket, signal) => create(ticket, signal),
    feed: { ...still.feed!, changes, ticket: (ref, signal) => readTicket(ref, signal) },
  };
};

const small = useSmallWorld({ scripted: createDesk });

beforeEach(async () => {
  await small.database.asSuperuser('UPDATE tickets SET desk_ref = id::text, deleted_at = now()');
  const put = await askAdmin(small, 'PUT', '/desk', { kind: 'scripted', settings: {}, secret: {} });
  expect(put.status).toBe(200);
});

test('who stops following does not wait for a desk that does not answer', async () => {
  refs = ['1'];
  const asked = deferred<AbortSignal>();
  readTicket = (_, signal) => {
    asked.resolve(signal);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const stop = startFollowing(small.fixture.deps);
  const signal = await asked.promise;
  await stop();
  // Not because it was late.
  expect(signal.reason).toMatchObject({ name: 'AbortError' });
  expect(small.fixture.log.filter(({ level }) => level === 'error')).toEqual([]);
});

test('nor for one that does not take a write: it waits, and is looked for at the next try', async () => {
  refs = [];
  const { database, fixture } = small;
  const write = {
    kind: 'create',
    by: { name: 'Ann', email: 'ann@example.com' },
    inbox: 'support',
    subject: 's',
    text: 't',
  };
  await database.asSuperuser(`INSERT INTO desk_writes (account_id, contact_id, key, request_hash, public_id, portal_id, request,
      next_at, created_at)
    SELECT c.account_id, c.id, gen_random_uuid(), '', 'waiting', p.id, '${JSON.stringify({ ...write, files: [], properties: {} })}',
      '2026-10-31', '2026-10-31'
    FROM contacts c JOIN portals p ON p.account_id = c.account_id WHERE c.email = 'ann@example.com' LIMIT 1`);
  const tries: boolean[] = [];
  const asked = deferred<AbortSignal>();
  create = ({ attempt }, signal) => {
    tries.push(attempt.again);
    asked.resolve(signal);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const stop = startFollowing(fixture.deps);
  const signal = await asked.promise;
  await stop();
  expect(signal.reason).toMatchObject({ name: 'AbortError' });

  const arrived = deferred<null>();
  create = async ({ attempt }) => {
    tries.push(attempt.again);
    arrived.resolve(null);
    return 'ref';
  };
  fixture.pass(60_000);
  const stopAgain = startFollowing(fixture.deps);
  await arrived.promise;
  await stopAgain();
  expect(tries).toEqual([false, true]);
  expect(await database.asSuperuser('SELECT done_ref FROM desk_writes')).toEqual([{ done_ref: 'ref' }]);
  expect(fixture.log.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a desk that keeps no properties is told above the message what the form has asked', async () => {
  refs = [];
  const { inboxes, desk } = (
    await askAdmin<{ inboxes: { id: string; name: string }[]; desk: object }>(small, 'GET', '/setup')
  ).body;
  expect(desk).toMatchObject({ kind: 'scripted', keepsProperties: false });
  const put = await askAdmin(small, 'PATCH', '/portals/help', {
    properties: ['product', 'serial', 'articleTitle'],
    propertyDefinitions: [
      {
        name: 'product',
        type: 'choice',
        label: { en: 'Product' },
        options: [{ value: 'hub', label: { en: 'The hub' } }],
      },
      { name: 'serial', type: 'text', label: { en: 'Serial number' }, options: null },
    ],
    inboxes: inboxes
      .filter(({ name }) => name === 'Support')
      .map(({ id }) => id)
      .slice(-1),
  });
  expect(put.status).toBe(200);
  const told: string[] = [];
  create = async ({ text }) => {
    told.push(text);
    throw new DeskError('refused', 'enough seen');
  };
  const ann = small.fixture.visitor();
  await ann.signIn('ann@example.com');
  const send = (properties?: object) =>
    ann.request('POST', '/tickets', {
      body: JSON.stringify({ subject: 'Broken', message: 'It is.', properties }),
      headers: { 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' },
    });
  await send({ serial: '7', product: 'hub', articleTitle: 'Hubs' });
  await send();
  expect(told).toEqual(['Product: The hub\nSerial number: 7\n\nIt is.', 'It is.']);
});

test.each(['is delivered before', 'is delivered after'])(
  'a follow-up that nobody waits for any more and that %s the desk tells of it is tied to the earlier ticket',
  async (order) => {
    const { database, fixture } = small;
    const { deps } = fixture;
    const write = {
      kind: 'create',
      by: { name: 'Ann', email: 'ann@example.com' },
      inbox: 'support',
      subject: 'Again',
      text: 't',
      files: [],
      properties: {},
      followUp: small.world.tickets.ann,
    };
    await database.asSuperuser(`INSERT INTO desk_writes (account_id, contact_id, key, request_hash, public_id, portal_id, request,
        next_at, created_at)
      SELECT c.account_id, c.id, gen_random_uuid(), '', 'waiting', p.id, '${JSON.stringify(write)}', '2026-10-31', '2026-10-31'
      FROM contacts c JOIN portals p ON p.account_id = c.account_id WHERE c.email = 'ann@example.com' LIMIT 1`);
    const by = { ref: 'ann', name: 'Ann', email: 'ann@example.com' };
    const at = new Date('2026-11-01T10:00:00.000Z');
    refs = ['follow-up'];
    readTicket = async (ref) => ({
      ...{ ref, number: 700, inbox: 'support', subject: 'Again', status: 'open', createdAt: at, deleted: false },
      ...{ requester: by, contacts: [], participants: [], companies: [], properties: {} },
      messages: [
        {
          ...{
            ref: 'm',
            kind: 'message',
            at,
            side: 'contact',
            author: by,
            text: 't',
            html: null,
            status: null,
            files: [],
          },
        },
      ],
    });
    create = async () => 'follow-up';
    const [row] = await database.asSuperuser<{ account: number }>('SELECT account_id AS account FROM desks');
    const desk = await deps.desks.of(row!.account);
    const steps = [
      () => deliverWaiting(deps, desk!),
      () => followOnce(deps, desk!, 'test', new AbortController().signal),
    ];
    for (const step of order === 'is delivered before' ? steps : steps.toReversed()) await step();
    expect(
      await database.asSuperuser(`SELECT e.public_id AS earlier, t.desk_ref AS later FROM follow_ups f
        JOIN tickets t ON t.id = f.ticket_id JOIN tickets e ON e.id = f.earlier_id`),
    ).toEqual([{ earlier: small.world.tickets.ann, later: 'follow-up' }]);
  },
);

test('a desk is given back when nobody reads in it any more, and after a failure nobody begins to', async () => {
  refs = Array.from({ length: 9 }, (_, number) => `${number}`);
  const [four, failed] = [deferred<null>(), deferred<null>()];
  let [asked, reading, readingThen] = [0, 0, 0];
  readTicket = async (ref) => {
    reading++;
    if (++asked === 4) four.resolve(null);
    if (ref === '0') {
      await four.promise;
      reading--;
      setImmediate(failed.resolve, null);
      throw new DeskError('unavailable', 'as it was told');
    }
    await failed.promise;
    reading--;
    return null;
  };
  const { deps } = small.fixture;
  const database: Database = {
    ...deps.database,
    batch(context, steps) {
      if (steps[0]?.statement.name === 'desk_unfollow') readingThen = reading;
      return deps.database.batch(context, steps);
    },
  };
  const [row] = await small.database.asSuperuser<{ account: number }>('SELECT account_id AS account FROM desks');
  const desk = await deps.desks.of(row!.account);
  const look = followOnce({ ...deps, database }, desk!, 'test', new AbortController().signal);
  await expect(look).rejects.toThrow(DeskError);
  expect([asked, readingThen]).toEqual([4, 0]);
});
