import { describe, expect, test } from 'vitest';

import type { AdminStatusWire, AuditEntryWire } from '../../src/wire/index.js';
import { administrator, askAdmin } from './admin-client.js';
import { createStillDesk } from './desk/still-desk.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld({ still: createStillDesk });

const list = async () => (await askAdmin<{ items: AdminStatusWire[] }>(small, 'GET', '/statuses')).body.items;
const ids = async () => (await list()).map(({ id }) => id);
const create = (category: string, label: object = { en: 'On hold' }) =>
  askAdmin<AdminStatusWire>(small, 'POST', '/statuses', { category, label });
const change = (id: string, body: object) => askAdmin<AdminStatusWire>(small, 'PATCH', `/statuses/${id}`, body);
const remove = (id: string, replacement?: string) =>
  askAdmin(small, 'DELETE', `/statuses/${id}${replacement ? `?replacement=${replacement}` : ''}`);
const refusal = (path: string, code: string, status = 409) => ({ status, body: { fields: [{ path, code }] } });

/** What a customer sees of a ticket. */
async function statusFor(ticket: string) {
  const ann = small.fixture.visitor();
  await ann.signIn('ann@example.com');
  const response = await ann.request('GET', `/tickets/${ticket}`);
  return ((await response.json()) as { status: { id: string; category: string; label: string } }).status;
}

async function asAnn(method: string, path: string, body?: object) {
  const ann = small.fixture.visitor();
  await ann.signIn('ann@example.com');
  const response = await ann.request(method, path, { ...(body && { body }), key: crypto.randomUUID() });
  return (await response.json()) as { id: string; status: { id: string } };
}

describe('statuses', () => {
  test('are listed in their order, with their tickets', async () => {
    expect((await list()).map(({ id, category, tickets }) => [id, category, tickets])).toEqual([
      ['new', 'open', 5],
      ['working', 'open', 0],
      ['waiting', 'waiting_on_contact', 0],
      ['closed', 'closed', 1],
    ]);
  });

  test('are new where they change nothing for the others, under a word made of their label', async () => {
    const label = { en: ' On hold ', pl: 'Wstrzymane' };
    expect(await create('open', label)).toEqual({
      status: 201,
      body: {
        ...{ id: 'on-hold', category: 'open', inboxes: null, tickets: 0 },
        label: { en: 'On hold', pl: 'Wstrzymane' },
      },
    });
    expect((await create('closed', { en: 'On hold' })).body.id).toBe('on-hold-2');
    expect((await create('waiting_on_contact', { pl: 'Żółć łąki' })).body.id).toBe('zolc-laki');
    expect((await create('closed', { ar: 'مغلقة' })).body.id).toBe('status');
    expect(await ids()).toEqual(['new', 'on-hold', 'working', 'waiting', 'zolc-laki', 'closed', 'on-hold-2', 'status']);
    expect((await asAnn('POST', '/tickets', { subject: 's', message: 'm' })).status.id).toBe('new');
    expect((await asAnn('POST', `/tickets/${small.world.tickets.ann}/close`)).status.id).toBe('closed');
    expect((await asAnn('POST', `/tickets/${small.world.tickets.ann}/reopen`)).status.id).toBe('working');
  });

  test('are called and counted otherwise for customers at once, and change nothing else', async () => {
    const { ann } = small.world.tickets;
    expect(await change('new', { label: { en: 'Received' } })).toMatchObject({ status: 200, body: { tickets: 5 } });
    expect(await statusFor(ann)).toEqual({ id: 'new', category: 'open', label: 'Received' });
    await change('new', { category: 'waiting_on_contact' });
    expect(await statusFor(ann)).toMatchObject({ category: 'waiting_on_contact' });
    await change('new', { label: { pl: 'Przyjęte' } });
    expect(await statusFor(ann)).toMatchObject({ label: 'Przyjęte' });
  });

  test('decide by their order what becomes of a ticket', async () => {
    await create('closed', { en: 'Solved' });
    await change('solved', { position: 0 });
    await change('working', { position: 1 });
    expect(await ids()).toEqual(['solved', 'working', 'new', 'waiting', 'closed']);
    const { id, status } = await asAnn('POST', '/tickets', { subject: 's', message: 'm' });
    expect(status.id).toBe('working');
    expect((await asAnn('POST', `/tickets/${id}/close`)).status.id).toBe('solved');
    expect((await asAnn('POST', `/tickets/${id}/reopen`)).status.id).toBe('new');
    await change('solved', { position: 1000 });
    expect((await ids()).at(-1)).toBe('solved');
  });

  test('hand their tickets over when they go, also deleted ones, and nobody is told', async () => {
    const updated = () => small.database.asSuperuser('SELECT id, updated_at FROM tickets ORDER BY id');
    const before = await updated();
    expect(await remove('new')).toMatchObject(refusal('replacement', 'missing'));
    expect(await remove('new', 'new')).toMatchObject(refusal('replacement', 'unknown', 400));
    expect(await remove('new', 'gone')).toMatchObject(refusal('replacement', 'unknown', 400));
    expect((await remove('new', 'working')).status).toBe(204);
    expect((await list()).map(({ id, tickets }) => [id, tickets])).toEqual([
      ['working', 5],
      ['waiting', 0],
      ['closed', 1],
    ]);
    expect(await updated()).toEqual(before);
    expect(await statusFor(small.world.tickets.ann)).toMatchObject({ id: 'working' });
    expect((await remove('new')).status).toBe(404);
  });

  test('that were deleted are named in threads as they were called, and no new one is taken for one of them', async () => {
    const { ann } = small.world.tickets;
    await asAnn('POST', `/tickets/${ann}/close`);
    await create('closed', { en: 'Solved', pl: 'Rozwiązane' });
    const before = (await list()).find(({ id }) => id === 'closed')?.label;
    expect((await remove('closed', 'solved')).status).toBe(204);
    expect((await remove('new', 'working')).status).toBe(204);
    expect((await create('closed', { en: 'Closed' })).body.id).toBe('closed-2');
    const change = async (language: string) => {
      const visitor = small.fixture.visitor();
      await visitor.signIn('ann@example.com');
      const headers = { 'accept-language': language };
      const response = await visitor.request('GET', `/tickets/${ann}/messages`, { headers });
      const { items } = (await response.json()) as { items: { status: object | null }[] };
      return items.at(-1)?.status;
    };
    expect(await change('pl')).toEqual({ from: 'Nowe', to: before?.['pl'] });
    expect(await change('en')).toEqual({ from: 'New', to: before?.['en'] });
    const { request } = small.fixture.visitor();
    const path = `/staff/api/v1/tickets/${ann}/messages`;
    const thread = (await (await request('GET', path, { headers: administrator })).json()) as { items: object[] };
    expect(thread.items.at(-1)).toMatchObject({ status: { from: 'New', to: before?.['en'] } });
  });

  test('are not changed where somebody else has changed them since they were read', async () => {
    const was = { category: 'open', label: { pl: 'Nowe', en: 'New' }, inboxes: null };
    await change('new', { position: 1, was });
    expect((await change('new', { label: { en: 'Arrived' }, was })).status).toBe(200);
    const after = await list();
    expect(await change('new', { label: { en: 'Mine' }, was })).toMatchObject(refusal('was', 'changed'));
    expect(
      await change('new', { label: { en: 'Mine' }, was: { ...was, label: { en: 'Arrived', pl: 'x' } } }),
    ).toMatchObject(refusal('was', 'changed'));
    expect(await list()).toEqual(after);
  });

  test('are not changed by the same languages and inboxes in another order', async () => {
    const { body } = await askAdmin<{ items: { id: string }[] }>(small, 'GET', '/inboxes');
    const inboxes = body.items.map(({ id }) => id);
    await change('working', { inboxes });
    const log = async () => (await askAdmin<{ items: AuditEntryWire[] }>(small, 'GET', '/audit')).body.items;
    const [before, entries] = [await list(), await log()];
    const same = { label: { pl: 'W toku', en: 'In progress' }, inboxes: inboxes.toReversed() };
    expect((await change('working', same)).body).toEqual(before[1]);
    expect(await log()).toEqual(entries);
  });

  test('keep one of each category', async () => {
    expect(await remove('waiting')).toMatchObject(refusal('category', 'last'));
    expect(await change('closed', { category: 'open' })).toMatchObject(refusal('category', 'last'));
    expect(await change('waiting', { category: 'closed', label: { en: 'x' } })).toMatchObject(
      refusal('category', 'last'),
    );
    expect((await list())[2]?.label).toMatchObject({ en: 'Awaiting your reply' });
    const both = await Promise.all([remove('new', 'closed'), remove('working', 'closed')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  });

  test.each([
    ['no words', { category: 'open', label: {} }, 'label'],
    ['words of white space', { category: 'open', label: { en: ' ' } }, 'label.en'],
    ['a language that is none', { category: 'open', label: { '?': 'x' } }, 'label.?'],
    ['a category that is none', { category: 'on-hold', label: { en: 'x' } }, 'category'],
    ['a NUL', { category: 'open', label: { en: 'a\0' } }, 'label.en'],
  ])('refuse %s', async (_, body, path) => {
    const before = await list();
    expect(await askAdmin(small, 'POST', '/statuses', body)).toMatchObject({
      status: 400,
      body: { fields: [{ path }] },
    });
    expect(await list()).toEqual(before);
  });

  test('are no more than fifty', async () => {
    for (let count = 4; count < 50; count += 1) expect((await create('open')).status).toBe(201);
    expect(await create('open')).toMatchObject(refusal('id', 'too-many'));
  });

  test('are in the audit log by their ids and what differs, without a word', async () => {
    await create('closed', { en: 'Secret word' });
    await change('secret-word', { label: { en: 'Another' }, category: 'open', position: 0 });
    await change('secret-word', { position: 0 });
    await remove('new', 'working');
    const { body } = await askAdmin<{ items: AuditEntryWire[] }>(small, 'GET', '/audit');
    expect(body.items.map(({ event, subjects, change: what }) => ({ event, subjects, change: what }))).toEqual([
      {
        event: 'status-deleted',
        subjects: { status: 'new' },
        change: { replacement: { before: null, after: 'working' } },
      },
      {
        event: 'status-changed',
        subjects: { status: 'secret-word' },
        change: { category: { before: 'closed', after: 'open' }, label: null, position: { before: 4, after: 0 } },
      },
      { event: 'status-created', subjects: { status: 'secret-word' }, change: null },
    ]);
  });
});

describe('statuses of a help desk', () => {
  const connect = async () => {
    await small.database.asSuperuser('UPDATE tickets SET desk_ref = public_id');
    const desk = { kind: 'still', settings: {}, secret: {} };
    expect((await askAdmin(small, 'PUT', '/desk', desk)).status).toBe(200);
  };

  test('are neither made nor deleted here, and keep what the owner says when it is connected anew', async () => {
    await change('closed', { label: { en: 'Of the built-in desk' } });
    await connect();
    expect(await create('open')).toMatchObject(refusal('desk', 'desk'));
    expect(await remove('done')).toMatchObject(refusal('desk', 'desk'));
    expect((await list()).find(({ id }) => id === 'done')?.label).toEqual({ en: 'Done' });
    await change('done', { label: { en: 'Solved', pl: 'Rozwiązane' } });
    await change('open', { position: 0 });
    const before = await list();
    await connect();
    expect(await list()).toEqual(before);
    const places = await small.database.asSuperuser<{ position: number }>(
      'SELECT position FROM statuses ORDER BY position',
    );
    expect(places.map(({ position }) => position)).toEqual(before.map((_, place) => place));
  });

  test('of one kind are nothing to a desk of another', async () => {
    await connect();
    await change('done', { label: { en: 'Solved' } });
    await small.database.asSuperuser(`UPDATE desks SET kind = 'other'`);
    await connect();
    expect((await list()).find(({ id }) => id === 'done')?.label).toEqual({ en: 'Done' });
  });

  test('are named by any label where none is in a language that is read', async () => {
    await change('new', { label: { pl: 'Przyjęte' } });
    const path = `/staff/api/v1/tickets/${small.world.tickets.ann}`;
    const response = await small.fixture.visitor().request('GET', path, { headers: administrator });
    expect(await response.json()).toMatchObject({ status: { label: 'Przyjęte' } });
  });
});

describe('a pipeline: what tickets of an inbox go through', () => {
  const inboxes = async () => {
    const { body } = await askAdmin<{ items: { id: string; name: string }[] }>(small, 'GET', '/inboxes');
    const idOf = (asked: string) => body.items.find(({ name }) => name === asked)?.id ?? '';
    return { support: idOf('Support'), sales: idOf('Sales') };
  };
  const own = async (category: string, en: string, place: number, inbox: string) => {
    const body = { category, label: { en }, inboxes: [inbox] };
    const made = await askAdmin<AdminStatusWire>(small, 'POST', '/statuses', body);
    await change(made.body.id, { position: place });
    return made.body;
  };
  const asStaff = async (body: object) => {
    const { request } = small.fixture.visitor();
    const response = await request('PATCH', `/staff/api/v1/tickets/${small.world.tickets.ann}`, {
      body,
      headers: administrator,
    });
    return { status: response.status, body: (await response.json()) as { status: { id: string }; fields?: unknown } };
  };
  const shownIn = async (...chosen: string[]) => askAdmin(small, 'PATCH', '/portals/help', { inboxes: chosen });

  test('is that of its inbox, from the first status to the last', async () => {
    const { support, sales } = await inboxes();
    await shownIn(sales, support);
    await own('open', 'Lead', 0, sales);
    await own('closed', 'Won', 0, sales);
    await own('open', 'Negotiated', 20, sales);
    await own('waiting_on_contact', 'Offer sent', 0, sales);
    const { id, status } = await asAnn('POST', '/tickets', { subject: 'A hundred hubs', message: 'Please' });
    expect(status.id).toBe('lead');
    const { request } = small.fixture.visitor();
    await request('POST', `/staff/api/v1/tickets/${id}/messages`, {
      body: { body: 'Here it is' },
      headers: administrator,
    });
    expect((await statusFor(id)).id).toBe('offer-sent');
    await asAnn('POST', `/tickets/${id}/messages`, { body: 'Cheaper?' });
    expect((await statusFor(id)).id).toBe('negotiated');
    expect((await asAnn('POST', `/tickets/${id}/close`)).status.id).toBe('won');
    expect((await asAnn('POST', `/tickets/${id}/reopen`)).status.id).toBe('negotiated');
    const { ann } = small.world.tickets;
    expect((await asAnn('POST', `/tickets/${ann}/close`)).status.id).toBe('closed');
    expect((await asAnn('POST', `/tickets/${ann}/reopen`)).status.id).toBe('working');
  });

  test('is left with the inbox: what is not there becomes the first one that means the same', async () => {
    const { support, sales } = await inboxes();
    await own('open', 'Lead', 0, sales);
    expect(await asStaff({ status: 'lead' })).toMatchObject({ status: 400, body: { fields: [{ path: 'status' }] } });
    expect(await asStaff({ status: 'lead', inbox: sales })).toMatchObject({
      status: 200,
      body: { status: { id: 'lead' } },
    });
    expect(await asStaff({ inbox: support })).toMatchObject({ status: 200, body: { status: { id: 'new' } } });
    expect(await asStaff({ inbox: sales })).toMatchObject({ body: { status: { id: 'new' } } });
  });

  test('shows in a portal where its inbox does', async () => {
    const { support, sales } = await inboxes();
    await own('open', 'Lead', 0, sales);
    const named = async () => {
      const response = await small.fixture.visitor().request('GET', '/portal');
      return ((await response.json()) as { statuses: { id: string }[] }).statuses.map(({ id }) => id);
    };
    expect(await named()).toEqual(['new', 'working', 'waiting', 'closed']);
    await shownIn(support, sales);
    expect(await named()).toEqual(['lead', 'new', 'working', 'waiting', 'closed']);
  });

  test('leaves every inbox a status of each kind, and every ticket one of its inbox', async () => {
    const { support, sales } = await inboxes();
    expect(await change('closed', { inboxes: [support] })).toMatchObject(refusal('category', 'last'));
    await own('closed', 'Won', 0, sales);
    expect(await change('closed', { inboxes: [support] })).toMatchObject(refusal('category', 'last'));
    expect(await change('new', { inboxes: [sales] })).toMatchObject(refusal('inboxes', 'in-use'));
    const both = [support, sales];
    expect(await change('new', { inboxes: both })).toMatchObject({ status: 200, body: { inboxes: both } });
    expect(await remove('new', 'won')).toMatchObject(refusal('replacement', 'other-inbox', 400));
    expect(await change('new', { inboxes: ['A'.repeat(22)] })).toMatchObject(refusal('inboxes.0', 'unknown', 400));
    const { body } = await askAdmin<{ id: string }>(small, 'POST', '/inboxes', { name: 'Returns' });
    await change('new', { inboxes: [...both, body.id] });
    expect(await askAdmin(small, 'DELETE', `/inboxes/${body.id}`)).toMatchObject(refusal('statuses', 'in-use'));
  });
});
