import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { createRtFactory } from '../../../src/server/connectors/rt/rt-factory.js';
import { startFollowing } from '../../../src/server/desks/start-following.js';
import { seedWorld } from '../../../src/server/node/demo/seed-world.js';
import { type TestDatabase, openTestDatabase } from '../../support/database.js';
import { readEvents } from '../../support/event-reader.js';
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.js';
import type { RtDesk } from '../../support/rt-desk.js';
import { makeDeps, makeSettings, openDesk, rtOfRun } from '../rt/fixture.js';
import {
  type DeskFixture,
  type DeskVisitor,
  type Person,
  connectDesk,
  openDeskFixture,
  signIn,
  worldOf,
} from './desk-fixture.js';

/** Requests that a connector has at once, and tickets of the troubled desk that are looked at: more than those. */
const atOnce = 8;
const crowd = 10;
/** Milliseconds that a connector waits for an answer. */
const patience = 10_000;

let database: TestDatabase;
let rt: RtDesk;
beforeAll(async () => {
  database = await openTestDatabase();
  rt = openDesk();
});
afterAll(async () => {
  await rt.close();
  await database.close();
});

/** Of the account whose desk gets into trouble. */
let trouble: { readonly proxy: FaultyProxy; readonly visitor: DeskVisitor; readonly tickets: readonly string[] };
/** Of another account, whose desk is well. */
let healthy: { readonly proxy: FaultyProxy; readonly visitor: DeskVisitor; readonly ref: string };
/** Of a third one, which has the built-in desk. */
let builtin: DeskVisitor;
let fixture: DeskFixture;

/** A queue of RT with so many tickets of a customer, behind a proxy. */
async function openQueue(id: string, name: string, count: number) {
  const tag = randomUUID().slice(0, 8);
  const queue = `Queue ${tag}`;
  const person: Person = { id, name, email: `${id}-${tag}@acme.example` };
  await rt.createQueue(queue);
  await rt.createUser({ name: `${id}-${tag}`, realName: name, email: person.email });
  const ticket = { queue, subject: 'Printer', text: 'It burns.', requestors: [`${id}-${tag}`] };
  const [ref] = await rt.seedTickets(count, () => ticket);
  const proxy = await startFaultyProxy(rtOfRun().url);
  const { password, ...settings } = makeSettings({ url: proxy.url, queues: [queue] });
  return { person, ref: ref!, proxy, setting: { settings, password } };
}

beforeEach(async () => {
  await database.reset();
  const [one, other] = [await openQueue('alice', 'Alice Archer', crowd), await openQueue('bob', 'Bob Baker', 1)];
  fixture = await openDeskFixture(database, { rt: createRtFactory(makeDeps()) }, 'rt', one.setting, [one.person]);
  const { server } = fixture;
  await fixture.follow();
  const visitor = await fixture.visitor(one.person);
  trouble = { proxy: one.proxy, visitor, tickets: (await list(visitor)).items.map(({ id }) => id) };

  const near = worldOf(`near-${randomUUID().slice(0, 8)}`, [other.person]);
  await (await connectDesk(server, near, 'rt', other.setting)).follow();
  healthy = { proxy: other.proxy, visitor: await signIn(server, near, other.person), ref: other.ref };

  const carol: Person = { id: 'carol', name: 'Carol Chen', email: 'carol@globex.example' };
  const own = worldOf(`own-${randomUUID().slice(0, 8)}`, [carol]);
  await seedWorld(server.deps, own);
  builtin = await signIn(server, own, carol);
  await builtin.json('POST', '/tickets', { subject: 'Gateway', message: 'It burns.' }, randomUUID());
}, 60_000);

afterEach(async () => {
  vi.restoreAllMocks();
  await trouble.proxy.close();
  await healthy.proxy.close();
});

type List = { readonly items: readonly { readonly id: string; readonly subject: string }[] };
type Thread = { readonly items: readonly { readonly text: string }[]; readonly asOf: string | null };
const list = (visitor: DeskVisitor) => visitor.json<List>('GET', '/tickets');

/** Lists, reads and answers, as a customer does, and says what came of it. */
async function use(visitor: DeskVisitor) {
  const [ticket] = (await list(visitor)).items;
  const body = 'Still burning.';
  await visitor.json('POST', `/tickets/${ticket!.id}/messages`, { body }, randomUUID());
  const { items, asOf } = await visitor.json<Thread>('GET', `/tickets/${ticket!.id}/messages`);
  return { subject: ticket!.subject, last: items.at(-1)!.text, asOf };
}

/** What one use of the healthy desk asks of it, when nothing that it said before holds any more. */
async function requestsOf(work: () => Promise<unknown>): Promise<number> {
  fixture.pass(31_000);
  const before = healthy.proxy.asked;
  await work();
  return healthy.proxy.asked - before;
}

/** Looks at all tickets of the troubled desk at once. */
const crowdIn = () => trouble.tickets.map((id) => trouble.visitor.request('GET', `/tickets/${id}/messages`));

/** Nobody gives up: who waits for the troubled desk does so until it answers, however slow this machine is. */
function waitForEver(): void {
  const { setTimeout } = globalThis;
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, milliseconds = 0) =>
    setTimeout(milliseconds === patience ? () => {} : run, milliseconds)) as typeof setTimeout);
}

const works = { subject: 'Printer', last: 'Still burning.', asOf: null };

describe('while the desk of one account', () => {
  test('does not answer, the portals of others answer all the same, for as much work', async () => {
    const usual = await requestsOf(() => use(healthy.visitor));
    waitForEver();
    trouble.proxy.next = () => 'held';
    let answered = 0;
    const waiting = crowdIn().map((answer) => answer.finally(() => answered++));
    await trouble.proxy.holds(atOnce);

    expect(await requestsOf(async () => expect(await use(healthy.visitor)).toEqual(works))).toBe(usual);
    expect(await use(builtin)).toMatchObject({ subject: 'Gateway', last: 'Still burning.' });
    expect([answered, trouble.proxy.held]).toEqual([0, atOnce]);

    trouble.proxy.next = () => 'none';
    trouble.proxy.release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(crowd).fill(200));
  });

  test.each([
    ['resets every connection', () => void (trouble.proxy.next = () => 'refused')],
    ['says that it is broken', () => void (trouble.proxy.next = () => 'broken')],
    ['is down', () => trouble.proxy.close()],
  ])('%s, those of others answer as ever, for as much work', async (_, fail) => {
    const usual = await requestsOf(() => use(healthy.visitor));
    await fail();
    // So many failures that it is left alone for a while; what is known of it is shown.
    for (const answer of await Promise.all(crowdIn())) expect(((await answer.json()) as Thread).asOf).not.toBeNull();
    expect(await requestsOf(async () => expect(await use(healthy.visitor)).toEqual(works))).toBe(usual);
    expect(await use(builtin)).toMatchObject({ subject: 'Gateway', last: 'Still burning.' });
  });

  test('does not answer, the job goes on following that of another', async () => {
    waitForEver();
    trouble.proxy.next = () => 'held';
    const stop = startFollowing(fixture.deps);
    await trouble.proxy.holds(1);
    const events = readEvents(await healthy.visitor.request('GET', '/events'));
    expect(await events.next()).toMatchObject({ event: 'ready' });
    for (const text of ['Which model is it?', 'And since when?']) {
      await rt.correspond(healthy.ref, { text });
      await events.ticket();
    }
    // Still in its first look.
    expect(trouble.proxy.held).toBe(1);
    await events.close();
    await stop();
  });
});
