import { describe, expect, it } from 'vitest';

import { demoWorld } from '../../src/world/demo-world.js';
import { publicIdOf } from '../../src/world/public-id.js';
import type { Store } from '../../src/world/store.js';
import { createStore } from '../../src/world/store.js';

const ticketId = (number: number) => publicIdOf('ticket', `t-${number}`);
const seen = (store: Store, contact: string) =>
  store.list(contact, { limit: 100 }).items.map(({ number, why }) => [number, why.relation]);
const refusal = (code: string, path?: string) =>
  expect.objectContaining({ code, fields: path === undefined ? null : [{ path, code: 'unknown' }] });

/** 1058 is Alice's, 1066 Bob's: both of Acme. */
describe('the admin desk of the store', () => {
  it('changes what everybody sees with the permission, on the next read', () => {
    const store = createStore({ world: demoWorld });
    const counts = () => ['alice', 'bob'].map((contact) => seen(store, contact).length);
    expect(counts()).toEqual([9, 24]);
    store.admin.setPermission({ kind: 'company' });
    expect(counts()).toEqual([24, 24]);
    expect(store.signedIn('alice')?.permission).toBe('company');
    store.admin.setPermission({ kind: 'own' });
    expect(store.signedIn('bob')?.permission).toBe('own');
    expect(seen(store, 'bob').every(([, relation]) => relation !== 'company')).toBe(true);
    expect(store.world.portal.permission).toEqual({ kind: 'own' });
  });

  it('changes what a colleague may do', () => {
    const store = createStore({ world: demoWorld });
    const { status } = store.get('bob', ticketId(1058));
    expect(store.get('bob', ticketId(1058)).actions).toEqual(['reply']);
    store.admin.setActions({ colleague: { [status.category]: ['close'] } });
    expect(store.get('bob', ticketId(1058)).actions).toEqual(['close']);
    expect(() => store.reply('bob', ticketId(1058), { body: 'Me too.' }, 'key')).toThrow(refusal('forbidden'));
  });

  it('takes the company’s tickets from who leaves it and gives those of the next', () => {
    const store = createStore({ world: demoWorld });
    const companies = (contact: string) =>
      new Set(
        store
          .list(contact, { limit: 100 })
          .items.filter(({ why }) => why.relation === 'company')
          .map(({ why }) => why.company?.name),
      );
    store.admin.setCompanies('bob', ['globex', 'acme'], 'globex');
    expect(companies('bob')).toEqual(new Set(['Globex']));
    store.admin.setCompanies('bob', ['globex'], null);
    expect(companies('bob')).toEqual(new Set());
    expect(store.signedIn('bob')?.contact.company).toBeNull();
  });

  it('lets a contact’s properties decide anew', () => {
    const store = createStore({ world: demoWorld });
    store.admin.setProperties('alice', { role: 'manager' });
    expect(seen(store, 'alice')).toHaveLength(24);
    store.admin.setProperties('bob', {});
    expect(seen(store, 'bob').some(([, relation]) => relation === 'company')).toBe(false);
  });

  it('signs out who is not enabled any more, and shows them nothing', () => {
    const store = createStore({ world: demoWorld });
    store.admin.setEnabled('bob', false);
    expect(store.signedIn('bob')).toBeNull();
    expect(store.signIn('bob@acme.example', demoWorld.password)).toBeNull();
    expect(seen(store, 'bob')).toEqual([]);
    store.admin.setEnabled('bob', true);
    expect(seen(store, 'bob')).toHaveLength(24);
  });

  it('ties contacts and companies to a ticket and takes them off again', () => {
    const store = createStore({ world: demoWorld });
    const relation = (contact: string) => seen(store, contact).find(([number]) => number === 1066)?.[1] ?? null;
    store.admin.setParties(ticketId(1066), { contacts: ['dave'], participants: ['alice'], companies: ['globex'] });
    expect(['dave', 'alice', 'carol', 'bob'].map(relation)).toEqual(['contact', 'participant', 'company', 'requester']);
    store.admin.setParties(ticketId(1066), { contacts: [], participants: [], companies: [] });
    expect(['dave', 'alice', 'carol', 'bob'].map(relation)).toEqual([null, null, null, 'requester']);
  });

  it('shows a ticket of several companies under the one that the world has first, as a server does', () => {
    const { admin, get } = createStore({ world: demoWorld });
    admin.setParties(ticketId(1066), { contacts: [], participants: [], companies: ['globex', 'acme'] });
    expect(get('bob', ticketId(1066)).company?.name).toBe('Acme');
  });

  it('gives who is named in several roles the first of them', () => {
    const { admin, get } = createStore({ world: demoWorld });
    admin.setParties(ticketId(1066), { contacts: ['bob', 'dave'], participants: ['dave', 'bob'], companies: [] });
    expect(get('bob', ticketId(1066)).participants.map(({ name }) => name)).toEqual(['Dave Turner']);
    expect(get('dave', ticketId(1066)).why.relation).toBe('contact');
  });

  it('announces each change once, and nothing when nothing changed', () => {
    const store = createStore({ world: demoWorld });
    let changes = 0;
    store.changes.addEventListener('change', () => changes++);
    store.admin.setEnabled('bob', true);
    store.admin.setPermission(demoWorld.portal.permission);
    expect(changes).toBe(0);
    store.admin.setEnabled('bob', false);
    store.admin.setPermission({ kind: 'own' });
    store.admin.setPermission({ kind: 'own' });
    expect(changes).toBe(2);
  });

  it('is in the journal: after a reload all is as it was', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const before = createStore({ world: demoWorld, storage });
    before.admin.setPermission({ kind: 'company' });
    before.admin.setActions({ colleague: { open: [] } });
    before.admin.setCompanies('bob', ['globex'], 'globex');
    before.admin.setProperties('alice', { role: 'owner' });
    before.admin.setEnabled('dave', false);
    before.admin.setParties(ticketId(1066), { contacts: ['erin'], participants: [], companies: ['globex'] });
    before.staff.setInbox(ticketId(1058), 'partners');
    before.staff.remove(ticketId(1061));
    const made = before.create('bob', { subject: 'Cold', message: 'Brr.' }, 'key');
    expect(made.company?.name).toBe('Globex');

    const after = createStore({ world: demoWorld, storage });
    expect(after.world).toEqual(before.world);
    expect(after.staff.list()).toEqual(before.staff.list());
    for (const { id } of demoWorld.contacts) expect(seen(after, id)).toEqual(seen(before, id));
  });

  it('refuses whom and what it does not know', () => {
    const { admin } = createStore({ world: demoWorld });
    const parties = { contacts: [], participants: [], companies: [] };
    expect(() => admin.setEnabled('nobody', true)).toThrow(refusal('not-found'));
    expect(() => admin.setProperties('nobody', {})).toThrow(refusal('not-found'));
    expect(() => admin.setCompanies('nobody', [], null)).toThrow(refusal('not-found'));
    expect(() => admin.setCompanies('bob', ['initech'], null)).toThrow(refusal('invalid', 'companies'));
    expect(() => admin.setCompanies('bob', ['acme'], 'globex')).toThrow(refusal('invalid', 'primaryCompany'));
    expect(() => admin.setParties(ticketId(1027), parties)).toThrow(refusal('not-found'));
    expect(() => admin.setParties(ticketId(1066), { ...parties, contacts: ['nobody'] })).toThrow(
      refusal('invalid', 'contacts'),
    );
  });
});

describe('support’s desk', () => {
  it('moves a ticket out of the portal’s sight and back', () => {
    const store = createStore({ world: demoWorld });
    store.staff.setInbox(ticketId(1066), 'partners');
    expect(() => store.get('bob', ticketId(1066))).toThrow(refusal('not-found'));
    expect(store.staff.get(ticketId(1066)).number).toBe(1066);
    store.staff.setInbox(ticketId(1066), 'billing');
    expect(store.get('bob', ticketId(1066)).number).toBe(1066);
    expect(() => store.staff.setInbox(ticketId(1066), 'attic')).toThrow(refusal('invalid', 'inbox'));
  });

  it('removes a ticket for everybody', () => {
    const store = createStore({ world: demoWorld });
    store.staff.remove(ticketId(1066));
    expect(() => store.get('bob', ticketId(1066))).toThrow(refusal('not-found'));
    expect(() => store.staff.get(ticketId(1066))).toThrow(refusal('not-found'));
    expect(seen(store, 'bob')).toHaveLength(23);
  });
});
