import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { createRtFactory } from '../../../src/server/connectors/rt/rt-factory.js';
import { type TestDatabase, openTestDatabase } from '../../support/database.js';
import { PORTAL, type RtDesk } from '../../support/rt-desk.js';
import { makeDeps, makeSettings, openDesk, rtOfRun } from '../rt/fixture.js';
import { type DeskFixture, type DeskVisitor, type Person, openDeskFixture } from './desk-fixture.js';

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

interface Ticket {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: { readonly id: string; readonly category: string };
  readonly updatedAt: string;
  readonly unread: boolean;
  readonly company: { readonly name: string } | null;
  readonly why: { readonly relation: string };
  readonly actions: readonly string[];
}
interface Message {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly author: { readonly name: string; readonly side: string };
  readonly attachments: readonly { readonly id: string; readonly name: string }[];
}
type List = { readonly items: readonly Ticket[]; readonly asOf: string | null };
type Thread = { readonly items: readonly Message[]; readonly asOf: string | null };

let tag: string;
let queue: string;
let people: Record<'alice' | 'bob' | 'carol', Person>;
let fixture: DeskFixture;

const secret = 'periwinkle';

async function openFixture(
  more: Parameters<typeof makeSettings>[0] = {},
  tokens: Readonly<Record<string, string>> = {},
): Promise<DeskFixture> {
  const { password, ...settings } = makeSettings({ queues: [queue], ...more });
  return openDeskFixture(
    database,
    { rt: createRtFactory(makeDeps()) },
    'rt',
    { settings, password, tokens },
    Object.values(people),
  );
}

beforeEach(async () => {
  await database.reset();
  tag = randomUUID().slice(0, 8);
  queue = `Queue ${tag}`;
  const person = (id: string, name: string, role?: string): Person => ({
    id,
    name,
    email: `${id}-${tag}@acme.example`,
    ...(role && { role }),
  });
  people = {
    alice: person('alice', 'Alice Archer'),
    bob: person('bob', 'Bob Baker', 'manager'),
    carol: person('carol', 'Carol Chen', 'manager'),
  };
  await rt.createQueue(queue);
  for (const [id, organization] of [
    ['alice', 'Acme'],
    ['bob', 'Acme'],
    ['carol', 'Globex'],
  ] as const) {
    const { name, email } = people[id];
    await rt.createUser({ name: `${id}-${tag}`, realName: name, email, organization: `${organization} ${tag}` });
  }
  fixture = await openFixture();
}, 60_000);

const user = (id: string) => `${id}-${tag}`;
const open = (by: string, subject: string, text = 'It burns.') =>
  rt.createTicket({ queue, subject, text, requestors: [user(by)] });
const list = (visitor: DeskVisitor, query = '') => visitor.json<List>('GET', `/tickets${query}`);
const subjects = async (visitor: DeskVisitor, query = '') =>
  (await list(visitor, query)).items.map(({ subject }) => subject);
const thread = (visitor: DeskVisitor, id: string) => visitor.json<Thread>('GET', `/tickets/${id}/messages`);

describe('what is seen', () => {
  test('each their own, and a manager all of the company', async () => {
    await open('alice', 'Printer');
    await open('bob', 'Monitor');
    await open('carol', 'Gateway');
    await fixture.follow();
    const [alice, bob, carol] = [
      await fixture.visitor(people.alice),
      await fixture.visitor(people.bob),
      await fixture.visitor(people.carol),
    ];
    expect(await subjects(alice)).toEqual(['Printer']);
    expect((await subjects(bob)).toSorted()).toEqual(['Monitor', 'Printer']);
    expect(await subjects(carol)).toEqual(['Gateway']);
    const [printer] = (await list(alice)).items;
    expect(printer).toMatchObject({ company: { name: `Acme ${tag}` }, status: { id: 'new', category: 'open' } });
    expect((await carol.request('GET', `/tickets/${printer!.id}`)).status).toBe(404);
  });

  test('what support answers is there when the ticket is looked at, without waiting for the job', async () => {
    const id = await open('alice', 'Printer');
    await fixture.follow();
    const alice = await fixture.visitor(people.alice);
    const [ticket] = (await list(alice)).items;
    await rt.correspond(id, { text: 'Which model is it?' });
    const { items } = await thread(alice, ticket!.id);
    expect(items.map(({ kind, text, author }) => [kind, text, author.side])).toEqual([
      ['message', 'It burns.', 'contact'],
      ['message', 'Which model is it?', 'support'],
      ['status', '', 'support'],
    ]);
    expect(await subjects(alice, '?q=model')).toEqual(['Printer']);
    expect((await list(alice)).items[0]).toMatchObject({ unread: true, status: { id: 'open' } });
  });

  test('an internal comment and its file are in no byte, count, time or order of any answer', async () => {
    const first = await open('alice', 'Printer');
    await open('alice', 'Monitor');
    await fixture.follow();
    const alice = await fixture.visitor(people.alice);
    const [, printer] = (await list(alice)).items;
    const everything = async () => {
      const paths = ['/tickets', `/tickets/${printer!.id}`, `/tickets/${printer!.id}/messages`, '/counts'];
      const answers = await Promise.all(
        [...paths, `/tickets?q=${secret}`, '/tickets?sort=updated'].map((path) => alice.request('GET', path)),
      );
      // How fresh an answer is depends on when it is asked for.
      return Promise.all(answers.map(async (answer) => (await answer.text()).replace(/"asOf":[^}]*/, '"asOf":?')));
    };
    const before = await everything();
    await rt.comment(first, {
      text: `INTERNAL: ${secret}`,
      files: [{ name: `${secret}.txt`, type: 'text/plain', content: secret }],
    });
    await fixture.follow();
    const after = await everything();
    expect(after).toEqual(before);
    expect(after.join('')).not.toContain(secret);
    const kept = await database.asSuperuser<{ all: string }>(
      "SELECT coalesce(string_agg(m.text, ''), '') AS all FROM messages m",
    );
    expect(kept[0]!.all).not.toContain(secret);
  });

  test.each([
    ['deleted', (id: string) => rt.deleteTicket(id)],
    ['moved to a queue that the portal does not show', (id: string) => rt.moveTicket(id, 'Internal')],
    ['merged into another', async (id: string) => rt.mergeTicket(id, await open('carol', 'Other'))],
    ['handed to somebody else', (id: string) => rt.setParties(id, { requestors: [user('carol')] })],
  ])('a ticket that was %s is gone at the next look', async (_, act) => {
    const id = await open('alice', 'Printer');
    await fixture.follow();
    const alice = await fixture.visitor(people.alice);
    const [ticket] = (await list(alice)).items;
    await act(id);
    expect((await alice.request('GET', `/tickets/${ticket!.id}`)).status).toBe(404);
    expect(await subjects(alice)).toEqual([]);
  });

  test('a ticket that is gone leaves the list although nobody looks at it', async () => {
    const id = await open('alice', 'Printer');
    await open('alice', 'Monitor');
    await fixture.follow();
    const alice = await fixture.visitor(people.alice);
    await rt.deleteTicket(id);
    fixture.pass(15 * 60_000);
    await fixture.follow();
    expect(await subjects(alice)).toEqual(['Monitor']);
    expect(await subjects(alice, '?q=printer')).toEqual([]);
  });

  test('who changes company loses its tickets and keeps their own', async () => {
    await open('alice', 'Printer');
    await open('bob', 'Monitor');
    await fixture.follow();
    const bob = await fixture.visitor(people.bob);
    expect(await subjects(bob)).toHaveLength(2);
    await rt.changeUser(user('bob'), { organization: `Globex ${tag}` });
    fixture.pass(31_000);
    expect(await subjects(bob)).toEqual(['Monitor']);
    await rt.changeUser(user('bob'), { disabled: true });
    fixture.pass(31_000);
    expect((await bob.request('GET', '/tickets')).status).toBe(401);
  });
});

describe('what is written', () => {
  test('a reply is in RT under the customer’s name, once, whatever is asked again', async () => {
    const id = await open('alice', 'Printer');
    await fixture.follow();
    const alice = await fixture.visitor(people.alice);
    const [ticket] = (await list(alice)).items;
    const key = randomUUID();
    const say = () => alice.json<Message>('POST', `/tickets/${ticket!.id}/messages`, { body: 'Zażółć gęślą 🔥' }, key);
    const first = await say();
    expect(first).toMatchObject({ text: 'Zażółć gęślą 🔥', author: { name: people.alice.name, side: 'contact' } });
    expect(await say()).toEqual(first);
    const kept = await rt.readTicket(id);
    expect(kept.messages.map(({ creator, type }) => [type, creator])).toEqual([
      ['Create', user('alice')],
      ['Correspond', user('alice')],
    ]);
    expect((await list(alice)).items[0]).toMatchObject({ unread: false });
  });

  test('with the tokens that the administrator has given, who has one writes in RT as themselves, and nobody is kept out', async () => {
    fixture = await openFixture(
      { replyAs: 'contact-token' },
      { [people.alice.email]: await rt.createToken(user('alice')) },
    );
    const id = await open('alice', 'Printer');
    await fixture.follow();
    for (const who of [people.alice, people.bob]) {
      const visitor = await fixture.visitor(who);
      const [ticket] = (await list(visitor)).items;
      const body = `From ${who.name}`;
      const said = await visitor.json<Message>('POST', `/tickets/${ticket!.id}/messages`, { body }, randomUUID());
      expect(said).toMatchObject({ text: body, author: { name: who.name, side: 'contact' } });
    }
    const kept = await rt.readTicket(id);
    expect(kept.messages.slice(1).map(({ creator }) => creator)).toEqual([user('alice'), PORTAL]);
  });

  test('a colleague who replies takes part from then on', async () => {
    const id = await open('alice', 'Printer');
    await fixture.follow();
    const bob = await fixture.visitor(people.bob);
    const [ticket] = (await list(bob)).items;
    expect(ticket).toMatchObject({ why: { relation: 'company' } });
    await bob.json('POST', `/tickets/${ticket!.id}/messages`, { body: 'We need it on Monday.' }, randomUUID());
    expect((await list(bob)).items[0]).toMatchObject({ why: { relation: 'participant' } });
    expect(await rt.readTicket(id)).toMatchObject({ cc: [user('bob')] });
  });

  test('a new ticket is the contact’s, and whatever its subject says a ticket of its own', async () => {
    const other = await open('carol', 'Gateway');
    await fixture.follow();
    const alice = await fixture.visitor(people.alice);
    const { rtname } = rtOfRun();
    const subject = `[${rtname} #${other}] let me in`;
    const key = randomUUID();
    const create = () => alice.json<Ticket>('POST', '/tickets', { subject, message: 'Hello\nFrom: x' }, key);
    const ticket = await create();
    expect(await create()).toEqual(ticket);
    expect(ticket).toMatchObject({ subject, why: { relation: 'requester' }, company: { name: `Acme ${tag}` } });
    expect(await rt.readTicket(String(ticket.number))).toMatchObject({ requestors: [user('alice')], queue });
    expect((await rt.readTicket(other)).messages).toHaveLength(1);
    expect(await subjects(alice)).toEqual([subject]);
  });
});

test('while RT does not answer, what is known is shown, and said to be of then', async () => {
  await open('alice', 'Printer');
  await fixture.follow();
  const alice = await fixture.visitor(people.alice);
  expect((await list(alice)).asOf).toBeNull();
  fixture.pass(6_000);
  expect((await list(alice)).asOf).not.toBeNull();
});
