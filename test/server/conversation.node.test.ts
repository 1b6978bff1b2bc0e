import { describe, expect, test } from 'vitest';

import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

interface Ticket {
  id: string;
  number: number;
  status: { id: string };
  turn: string | null;
  unread: boolean;
  updatedAt: string;
  company: { name: string } | null;
  properties: Record<string, string>;
  why: object;
  actions: string[];
  participants: { name: string }[];
}
interface Message {
  id: string;
  kind: string;
  text: string;
  author: { name: string; side: string };
  status: object | null;
}
interface Thread {
  items: Message[];
  nextCursor: string | null;
  previousCursor: string | null;
}

async function person(name: string) {
  const visitor = small.fixture.visitor();
  await visitor.signIn(`${name}@example.com`);
  const json = async <T>(method: string, path: string, body?: unknown) => {
    const key = crypto.randomUUID();
    const response = await visitor.request(method, path, body === undefined ? {} : { body, key });
    return (response.status === 204 ? null : await response.json()) as T;
  };
  return {
    visitor,
    ticket: (id: string) => json<Ticket>('GET', `/tickets/${id}`),
    thread: (id: string, query = '') => json<Thread>('GET', `/tickets/${id}/messages${query}`),
    reply: (id: string, body: string) => json<Message & { code?: string }>('POST', `/tickets/${id}/messages`, { body }),
    create: (input: object) => json<Ticket>('POST', '/tickets', input),
    read: (id: string) => json<null>('POST', `/tickets/${id}/read`),
  };
}

async function staff(method: string, path: string, body?: unknown) {
  const headers = { authorization: 'Bearer test-admin-token' };
  const response = await small.fixture.visitor().request(method, `/staff/api/v1${path}`, { body, headers });
  return (await response.json()) as { items: Message[]; id: string; parties: object[] } & Ticket & Message;
}

describe('a conversation', () => {
  test('goes from a new ticket through an answer and back, and each turn is told', async () => {
    const ann = await person('ann');
    const created = await ann.create({
      subject: 'It blinks',
      message: 'Red, twice.',
      properties: { articleUrl: 'https://kb.example/lights', articleTitle: 'What the lights mean' },
    });
    expect(created).toMatchObject({
      number: 8,
      status: { id: 'new' },
      turn: 'support',
      unread: false,
      company: { name: 'Acme' },
      properties: { articleUrl: 'https://kb.example/lights', articleTitle: 'What the lights mean' },
      why: { relation: 'requester' },
    });

    small.fixture.pass(1000);
    await staff('POST', `/tickets/${created.id}/messages`, { body: 'Hold the button.' });
    expect(await ann.ticket(created.id)).toMatchObject({ status: { id: 'waiting' }, turn: 'contact', unread: true });
    await ann.read(created.id);
    expect(await ann.ticket(created.id)).toMatchObject({ unread: false });

    small.fixture.pass(1000);
    await ann.reply(created.id, 'Still red.');
    const after = await ann.ticket(created.id);
    expect(after).toMatchObject({ status: { id: 'working' }, turn: 'support', unread: false });
    const { items } = await ann.thread(created.id);
    expect(items.map(({ kind, text, status, author }) => [kind, text, author.side, status])).toEqual([
      ['message', 'Red, twice.', 'contact', null],
      ['message', 'Hold the button.', 'support', null],
      ['status', '', 'support', { from: 'New', to: 'Awaiting your reply' }],
      ['message', 'Still red.', 'contact', null],
      ['status', '', 'contact', { from: 'Awaiting your reply', to: 'In progress' }],
    ]);
  });

  test('an internal note moves neither time nor order nor unread, and only staff reads it', async () => {
    const ann = await person('ann');
    await ann.read(small.world.tickets.ann);
    const before = await ann.ticket(small.world.tickets.ann);
    small.fixture.pass(60_000);
    const note = await staff('POST', `/tickets/${small.world.tickets.ann}/notes`, { body: 'Call the warehouse' });
    expect(note).toMatchObject({ internal: true, text: 'Call the warehouse', author: { name: 'Sam' } });
    expect(await ann.ticket(small.world.tickets.ann)).toEqual(before);
    expect(JSON.stringify(await ann.thread(small.world.tickets.ann))).not.toContain('warehouse');
    const { items } = await staff('GET', `/tickets/${small.world.tickets.ann}/messages`);
    expect(items.map((item) => item.text)).toContain('Call the warehouse');
  });

  test('a colleague who replies takes part from then on, also after leaving the company', async () => {
    const max = await person('max');
    expect(await max.ticket(small.world.tickets.ann)).toMatchObject({
      why: {
        relation: 'company',
        company: { id: small.world.companies.acme, name: 'Acme' },
        condition: { property: 'role', value: 'manager' },
      },
      actions: ['reply'],
    });
    await max.reply(small.world.tickets.ann, 'We need this today.');
    await small.database.asSuperuser('DELETE FROM contact_companies');
    expect(await max.ticket(small.world.tickets.ann)).toMatchObject({ why: { relation: 'participant' } });
  });

  test('a colleague may not open a closed ticket again, its requester may', async () => {
    expect(await (await person('max')).reply(small.world.tickets.closed, 'Wait')).toMatchObject({ code: 'forbidden' });
    const ann = await person('ann');
    await ann.reply(small.world.tickets.closed, 'It is back');
    expect(await ann.ticket(small.world.tickets.closed)).toMatchObject({ status: { id: 'working' } });
  });

  test('staff reads what contacts think of the help, the last word of each, and which tickets go on with which', async () => {
    const ann = await person('ann');
    const { closed } = small.world.tickets;
    await ann.visitor.request('PUT', `/tickets/${closed}/rating`, { body: { rating: 1, comment: 'Slow' } });
    small.fixture.pass(1000);
    const rated = await ann.visitor.request('PUT', `/tickets/${closed}/rating`, { body: { rating: 2 } });
    expect(rated.status).toBe(200);
    const later = await ann.create({ subject: 'Again', message: 'Once more.', followUp: closed });
    const earlier = await staff('GET', `/tickets/${closed}`);
    expect(earlier).toMatchObject({
      ratings: [
        { contact: { name: 'ann' }, rating: 2, comment: null, ratedAt: small.fixture.deps.clock().toISOString() },
      ],
      followUpOf: null,
      followUps: [{ id: later.id, number: later.number, subject: 'Again' }],
    });
    expect(await staff('GET', `/tickets/${later.id}`)).toMatchObject({
      ratings: [],
      followUpOf: { id: closed, number: earlier.number },
      followUps: [],
    });
  });

  test('staff sees parties, moves the status and finds by text', async () => {
    const detail = await staff('GET', `/tickets/${small.world.tickets.ann}`);
    expect(detail.parties).toMatchObject([
      { name: 'ann', role: 'requester' },
      { name: 'zoe', role: 'participant' },
    ]);
    expect(await staff('PATCH', `/tickets/${small.world.tickets.ann}`, { status: 'closed' })).toMatchObject({
      status: { id: 'closed', category: 'closed' },
    });
    const found = await staff('GET', '/tickets?q=offline&state=closed');
    expect(found.items).toHaveLength(1);
  });

  test('is read in pages both ways, without gap or repeat', async () => {
    const ann = await person('ann');
    for (let at = 1; at <= 6; at++) {
      small.fixture.pass(1000);
      await ann.reply(small.world.tickets.ann, `Line ${at}`);
    }
    const newest = await ann.thread(small.world.tickets.ann, '?limit=3');
    expect(newest.items.map((item) => item.text)).toEqual(['Line 4', 'Line 5', 'Line 6']);
    const older = await ann.thread(small.world.tickets.ann, `?limit=3&before=${newest.previousCursor}`);
    expect(older.items.map((item) => item.text)).toEqual(['Line 1', 'Line 2', 'Line 3']);
    const oldest = await ann.thread(small.world.tickets.ann, `?limit=3&before=${older.previousCursor}`);
    expect(oldest.items).toHaveLength(1);
    expect(oldest.previousCursor).toBeNull();

    expect(newest.nextCursor).toBeNull();

    const newer = await ann.thread(small.world.tickets.ann, `?limit=2&after=${older.nextCursor}`);
    expect(newer.items.map((item) => item.text)).toEqual(['Line 4', 'Line 5']);
    const last = await ann.thread(small.world.tickets.ann, `?limit=2&after=${newer.nextCursor}`);
    expect(last.items.map((item) => item.text)).toEqual(['Line 6']);
    expect(last.nextCursor).toBeNull();
    const other = await (await person('zoe')).visitor.request(
      'GET',
      `/tickets/${small.world.tickets.ann}/messages?before=${newest.previousCursor}`,
    );
    expect(other.status).toBe(400);
  });
});

test('an answer in the very millisecond of reading is unread all the same', async () => {
  const ann = await person('ann');
  await ann.reply(small.world.tickets.ann, 'Anyone?');
  await ann.read(small.world.tickets.ann);
  await staff('POST', `/tickets/${small.world.tickets.ann}/messages`, { body: 'Yes.' });
  expect(await ann.ticket(small.world.tickets.ann)).toMatchObject({ unread: true });
});
