import { describe, expect, it } from 'vitest';

import { demoWorld } from '../../src/world/demo-world.js';
import { publicIdOf } from '../../src/world/public-id.js';
import type { Store } from '../../src/world/store.js';
import { createStore } from '../../src/world/store.js';

const noon = new Date('2026-03-01T12:00:00.000Z');
const ticketId = (number: number) => publicIdOf('ticket', `t-${number}`);

/** The demo world at noon; ids count up from `id-1`, the clock stands until it is moved. */
function fixture() {
  let ids = 0;
  const now = new Date(noon);
  const store = createStore({ world: demoWorld, clock: () => now, newId: () => `id-${++ids}` });
  return { store, wait: (minutes: number) => now.setTime(now.getTime() + minutes * 60_000) };
}

const thread = (store: Store, contact: string, number: number) =>
  store.messages(contact, ticketId(number), { limit: 100 }).items;
const inList = (store: Store, contact: string, number: number) =>
  store.list(contact, { q: String(number), limit: 100 }).items.find((ticket) => ticket.number === number);

describe('the store', () => {
  it('counts the world’s minutes back from the moment it begins', () => {
    const { store } = fixture();
    const asked = store.get('bob', ticketId(1066));
    expect(asked.createdAt).toBe('2026-03-01T09:55:00.000Z');
    expect(asked.status).toEqual({ id: 'new', category: 'open', label: 'Received' });
  });

  it('takes times from the clock and ids from the maker', () => {
    const { store, wait } = fixture();
    wait(5);
    const made = store.create('alice', { subject: 'Cold', message: 'It is cold.' }, 'key');
    expect(made).toMatchObject({ id: 'id-1', number: 1069, createdAt: '2026-03-01T12:05:00.000Z', unread: false });
  });

  it('gives a new ticket the first open status, the first inbox and the primary company', () => {
    const { store } = fixture();
    const made = store.create('erin', { subject: 'Cold', message: 'It is cold.' }, 'key');
    expect(made).toMatchObject({ status: { id: 'new' }, turn: 'support', company: { name: 'Globex' } });
    expect(store.staff.list()[0]?.id).toBe(made.id);
    expect(store.create('dave', { subject: 'Cold', message: 'It is cold.' }, 'key').company).toBeNull();
  });

  it('hands an open ticket to the customer with support’s answer, and back with the customer’s', () => {
    const { store, wait } = fixture();
    store.staff.reply(ticketId(1066), 'Which directory do you use?');
    expect(store.get('bob', ticketId(1066))).toMatchObject({ turn: 'contact', unread: true });
    wait(1);
    store.reply('bob', ticketId(1066), { body: 'Our own.' }, 'key');
    expect(store.get('bob', ticketId(1066))).toMatchObject({ turn: 'support', unread: false, status: { id: 'open' } });
    expect(thread(store, 'bob', 1066).map(({ status, author }) => [author.side, status])).toEqual([
      ['contact', null],
      ['support', null],
      ['support', { from: 'Received', to: 'Awaiting your reply' }],
      ['contact', null],
      ['contact', { from: 'Awaiting your reply', to: 'In progress' }],
    ]);
  });

  it('keeps a new ticket new while its requester adds to it', () => {
    const { store } = fixture();
    store.reply('bob', ticketId(1066), { body: 'One more thing.' }, 'key');
    expect(store.get('bob', ticketId(1066)).status.id).toBe('new');
  });

  it('opens a closed ticket again with a reply', () => {
    const { store } = fixture();
    store.reply('bob', ticketId(1040), { body: 'It is back.' }, 'key');
    expect(store.get('bob', ticketId(1040)).status.id).toBe('open');
  });

  it('lets a colleague who replied take part from then on', () => {
    const { store } = fixture();
    expect(store.get('bob', ticketId(1058)).why.relation).toBe('company');
    store.reply('bob', ticketId(1058), { body: 'The switch is mine.' }, 'key');
    const { why, participants } = store.get('bob', ticketId(1058));
    expect(why).toEqual({ relation: 'participant', company: null, condition: null });
    expect(participants.map(({ name }) => name)).toEqual(['Bob Fraser']);
  });

  it('moves nothing that a customer could see with a note', () => {
    const { store, wait } = fixture();
    store.markRead('alice', ticketId(1058));
    const before = [inList(store, 'alice', 1058), thread(store, 'alice', 1058)];
    wait(1);
    store.staff.addNote(ticketId(1058), 'Periwinkle');
    expect([inList(store, 'alice', 1058), thread(store, 'alice', 1058)]).toEqual(before);
    expect(store.list('alice', { q: 'periwinkle' }).items).toEqual([]);
    expect(store.staff.messages(ticketId(1058)).at(-1)).toMatchObject({ internal: true, text: 'Periwinkle' });
  });

  it('marks what came after reading, though the clock stands still', () => {
    const { store } = fixture();
    store.markRead('alice', ticketId(1058));
    expect(inList(store, 'alice', 1058)?.unread).toBe(false);
    store.staff.setStatus(ticketId(1058), 'solved');
    expect(inList(store, 'alice', 1058)?.unread).toBe(true);
  });

  it('shows labels in the asked language, and in the portal’s own for one that it does not speak', () => {
    const { store } = fixture();
    const label = (locale?: string) => store.get('bob', ticketId(1066), locale).status.label;
    expect([label(), label('pl-PL'), label('de')]).toEqual(['Received', 'Przyjęte', 'Received']);
  });

  it('refuses a customer’s property that the portal does not show, and an article that is no web address', () => {
    const { store } = fixture();
    const create = (properties: Record<string, string>) => () =>
      store.create('alice', { subject: 'Cold', message: 'It is cold.', properties }, 'key');
    expect(create({ priority: 'high' })).toThrow(
      expect.objectContaining({ code: 'invalid', fields: [{ path: 'properties.priority', code: 'unknown' }] }),
    );
    expect(create({ articleUrl: 'javascript:alert(1)' })).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(create({ articleUrl: 'https://tarnfield.example/kb/1', product: 'Dial' })().properties).toEqual({
      articleUrl: 'https://tarnfield.example/kb/1',
      product: 'Dial',
    });
  });

  it('announces each change once, and nothing when nothing changed', () => {
    const { store } = fixture();
    let changes = 0;
    store.changes.addEventListener('change', () => changes++);
    store.reply('bob', ticketId(1066), { body: 'Hello?' }, 'key');
    store.reply('bob', ticketId(1066), { body: 'Hello?' }, 'key');
    store.staff.setStatus(ticketId(1066), 'new');
    expect(changes).toBe(1);
  });

  it('shows support every ticket but the deleted one, with parties and statuses', () => {
    const { store } = fixture();
    expect(store.staff.list()).toHaveLength(67);
    expect(store.staff.list().map(({ number }) => number)).toContain(1039);
    expect(() => store.staff.get(ticketId(1027))).toThrow(expect.objectContaining({ code: 'not-found' }));
    const { parties, statuses } = store.staff.get(ticketId(1061), 'pl');
    expect(parties.map(({ name, role }) => [name, role])).toEqual([
      ['Priya Raman', 'requester'],
      ['Dave Turner', 'participant'],
    ]);
    expect(statuses.map(({ label }) => label)).toContain('Czekamy na Twoją odpowiedź');
  });

  it('refuses a status that it does not have', () => {
    const { store } = fixture();
    expect(() => store.staff.setStatus(ticketId(1066), 'lost')).toThrow(
      expect.objectContaining({ code: 'invalid', fields: [{ path: 'status', code: 'unknown' }] }),
    );
  });
});
