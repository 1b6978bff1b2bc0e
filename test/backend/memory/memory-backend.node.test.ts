import { describe, expect, it } from 'vitest';

import { createMemoryBackend } from '../../../src/backend/memory/memory-backend.js';
import {
  messagePageSchema,
  portalSchema,
  sessionSchema,
  ticketDetailSchema,
  ticketPageSchema,
} from '../../../src/wire/index.js';
import { demoWorld } from '../../../src/world/demo-world.js';
import { publicIdOf } from '../../../src/world/public-id.js';
import { createStore } from '../../../src/world/store.js';

// What every backend promises is asked by the conformance suite; here is what only this one does.

const { password } = demoWorld;
const sso = publicIdOf('ticket', 't-1066');
const signInAs = (name: string) => ({ method: 'password', email: `${name}@acme.example`, password }) as const;

/** A page's storage, with the room that it is given. */
function storageOf(room = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
  };
}

describe('the memory backend', () => {
  it('forgets everything with the page when it has no storage', async () => {
    const before = createMemoryBackend();
    await before.signIn(signInAs('bob'));
    expect((await createMemoryBackend().session()).contact).toBeNull();
  });

  it('keeps session, draft key and everything written across a reload', async () => {
    const storage = storageOf();
    const before = createMemoryBackend({ storage });
    const session = await before.signIn(signInAs('bob'));
    const reply = await before.reply(sso, { body: 'Any news?' }, { idempotencyKey: 'one' });
    const ticket = await before.createTicket({ subject: 'Cold', message: 'Brr.' }, { idempotencyKey: 'two' });
    await before.markRead(ticket.id);
    const read = await before.getTicket(ticket.id);
    const preferences = await before.setPreferences({ columns: ['subject', 'why'] });

    const after = createMemoryBackend({ storage });
    expect(await after.session()).toEqual({ ...session, columns: preferences.columns });
    expect(await after.preferences()).toEqual(preferences);
    expect((await after.listMessages(sso)).items.at(-1)).toEqual(reply);
    expect(await after.getTicket(ticket.id)).toEqual(read);
  });

  it('writes once for one key, also when the page was reloaded in between', async () => {
    const storage = storageOf();
    const before = createMemoryBackend({ storage });
    await before.signIn(signInAs('bob'));
    const reply = await before.reply(sso, { body: 'Any news?' }, { idempotencyKey: 'one' });

    const after = createMemoryBackend({ storage });
    expect(await after.reply(sso, { body: 'Any news?' }, { idempotencyKey: 'one' })).toEqual(reply);
    expect((await after.listMessages(sso)).items).toHaveLength(2);
  });

  it('stays signed out after a reload', async () => {
    const storage = storageOf();
    const before = createMemoryBackend({ storage });
    await before.signIn(signInAs('bob'));
    await before.signOut();
    expect((await createMemoryBackend({ storage }).session()).contact).toBeNull();
  });

  it('begins anew when the storage holds something else', async () => {
    const storage = storageOf();
    await createMemoryBackend({ storage }).signIn(signInAs('bob'));
    for (const key of storage.kept.keys()) storage.kept.set(key, '{"start":');
    expect((await createMemoryBackend({ storage }).session()).contact).toBeNull();
  });

  it('works on when the storage is full', async () => {
    const backend = createMemoryBackend({ storage: storageOf(0) });
    await backend.signIn(signInAs('bob'));
    await backend.reply(sso, { body: 'Any news?' }, { idempotencyKey: 'one' });
    expect((await backend.listMessages(sso)).items).toHaveLength(2);
  });

  it('gives each session a draft key of 256 bits', async () => {
    const [one, other] = [createMemoryBackend(), createMemoryBackend()];
    const keys = [(await one.signIn(signInAs('bob'))).draftKey, (await other.signIn(signInAs('bob'))).draftKey];
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('shares a store between several people', async () => {
    const store = createStore({ world: demoWorld });
    const [alice, bob] = [createMemoryBackend({ store }), createMemoryBackend({ store })];
    await Promise.all([alice.signIn(signInAs('alice')), bob.signIn(signInAs('bob'))]);
    const made = await alice.createTicket({ subject: 'Cold', message: 'Brr.' }, { idempotencyKey: 'one' });
    expect((await bob.getTicket(made.id)).why.relation).toBe('company');
    expect((await alice.session()).contact?.name).toBe('Alice Moreau');
  });

  it('answers everybody in the shapes of the wire', async () => {
    for (const { email } of demoWorld.contacts.filter(({ id }) => demoWorld.accessGroup.members.includes(id))) {
      const backend = createMemoryBackend();
      sessionSchema.parse(await backend.signIn({ method: 'password', email, password }));
      portalSchema.parse(await backend.portal({ locale: 'pl' }));
      const page = ticketPageSchema.parse(await backend.listTickets({ q: 'e', limit: 100 }));
      for (const { id } of page.items) {
        ticketDetailSchema.parse(await backend.getTicket(id));
        messagePageSchema.parse(await backend.listMessages(id, { limit: 100 }));
      }
    }
  });

  it('brings attachments byte by byte', async () => {
    const backend = createMemoryBackend();
    await backend.signIn(signInAs('alice'));
    const { items } = await backend.listMessages(publicIdOf('ticket', 't-1046'));
    const picture = items.flatMap(({ attachments }) => attachments)[0];
    const blob = await backend.download(picture?.id ?? '');
    expect([blob.type, blob.size]).toEqual(['image/png', picture?.size]);
    expect(await blob.slice(1, 4).text()).toBe('PNG');
  });

  it('has the word of its portal for a ticket, in the languages that have one', async () => {
    const sprawa = { one: 'sprawa', few: 'sprawy', many: 'spraw', other: 'sprawy', nominative: 'sprawy' };
    const portal = { ...demoWorld.portal, words: { ticket: { pl: sprawa } } };
    const backend = createMemoryBackend({ world: { ...demoWorld, portal } });
    expect((await backend.portal({ locale: 'pl-PL' })).words.ticket).toEqual(sprawa);
    expect((await backend.portal({ locale: 'en' })).words.ticket).toBeNull();
    const polish = createMemoryBackend({ world: { ...demoWorld, portal: { ...portal, locale: 'pl' } } });
    expect((await polish.portal()).words.ticket).toEqual(sprawa);
    expect((await polish.portal({ locale: 'de' })).words.ticket, 'in German').toBeNull();
    expect((await createMemoryBackend().portal({ locale: 'pl' })).words.ticket).toBeNull();
  });
});
