import { randomUUID } from 'node:crypto';

import { expect } from 'vitest';

import { DeskError } from '../../../src/server/connectors/connector.js';
import { createRtFactory } from '../../../src/server/connectors/rt/rt-factory.js';
import type { TestDatabase } from '../../support/database.js';
import { type Fault, startFaultyProxy } from '../../support/faulty-proxy.js';
import { startRt } from '../../support/rt.js';
import { makeDeps } from '../rt/fixture.js';
import { type Person, openDeskFixture } from './desk-fixture.js';

export const faults: readonly Fault[] = ['refused', 'lost', 'half', 'slow', 'broken', 'unknown'];
const alice: Person = { id: 'alice', name: 'Alice Archer', email: 'alice@acme.example' };

/** Times that somebody asks again before they give up. */
const patience = 60;

/** The same faults each time. (mulberry32, by Tommy Ettinger, in the public domain) */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * So many replies over a network that spoils every tenth request, with a Request Tracker that is killed and comes back in
 * the middle. Each is asked for until it is answered, as a page does: with its own key. Each is in RT once, in the customer's
 * name, and what the customer reads is what RT has.
 *
 * @returns how many requests met each fault, or none
 */
export async function checkReplies(
  database: TestDatabase,
  count: number,
): Promise<Readonly<Partial<Record<Fault, number>>>> {
  const rt = await startRt();
  const proxy = await startFaultyProxy(rt.url);
  try {
    await rt.desk.createUser({ name: 'alice', realName: alice.name, email: alice.email, organization: 'Acme' });
    const ticket = await rt.desk.createTicket({ subject: 'Printer', text: 'It burns.', requestors: ['alice'] });
    const { user, password } = rt.account;
    const settings = { url: proxy.url, user, queues: ['Support'], replyAs: 'mail-gateway' };
    let ahead = 0;
    const connectors = { rt: createRtFactory(makeDeps({ clock: () => new Date(Date.now() + ahead) })) };
    const fixture = await openDeskFixture(database, connectors, 'rt', { settings, password }, [alice]);
    await fixture.follow();
    const visitor = await fixture.visitor(alice);
    const { items } = await visitor.json<{ items: [{ id: string }] }>('GET', '/tickets');
    const { id } = items[0];

    /** As long as it takes until a desk is asked again that did not answer, and a write that nobody finished. */
    function wait(): void {
      fixture.pass(31_000);
      ahead += 31_000;
    }

    const random = chances(1);
    const met: Partial<Record<Fault, number>> = {};
    proxy.next = () => {
      const fault = random() < 0.1 ? faults[Math.floor(random() * faults.length)]! : 'none';
      met[fault] = (met[fault] ?? 0) + 1;
      return fault;
    };
    const texts = Array.from({ length: count }, (_, number) => `Reply ${number}`);
    for (const [number, body] of texts.entries()) {
      if (number === Math.floor(count / 2)) await rt.kill();
      const key = randomUUID();
      let status = 0;
      for (let tries = 0; status !== 201 && tries < patience; tries++) {
        status = (await visitor.request('POST', `/tickets/${id}/messages`, { body }, key)).status;
        expect([201, 409, 503]).toContain(status);
        // Reading goes on all the while.
        expect((await visitor.request('GET', '/tickets')).status).toBe(200);
        // It is down for three of a customer's tries.
        if (tries === 2 && number === Math.floor(count / 2)) await rt.restart();
        if (status !== 201) wait();
        if (tries % 3 === 2) {
          await fixture.follow().catch((error: unknown) => {
            if (!(error instanceof DeskError)) throw error;
          });
        }
      }
      expect(status, body).toBe(201);
    }

    proxy.next = () => 'none';
    wait();
    await fixture.follow();
    const kept = (await rt.desk.readTicket(ticket)).messages.slice(1);
    expect(kept.map(({ creator, bodies }) => [creator, bodies[0]?.content.trim()])).toEqual(
      texts.map((text) => ['alice', text]),
    );
    const read = await visitor.json<{ items: { kind: string; text: string }[] }>(
      'GET',
      `/tickets/${id}/messages?limit=100`,
    );
    const said = read.items.filter(({ kind }) => kind === 'message').map(({ text }) => text);
    expect(said).toEqual(['It burns.', ...texts].slice(-said.length));
    expect(said.length).toBeGreaterThan(Math.min(count, 90));
    return met;
  } finally {
    await proxy.close();
    await rt.stop();
  }
}
