import { describe, expect, test } from 'vitest';

import type { AuditEntryWire } from '../../src/wire/index.js';
import { askAdmin, contactId } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

interface Page {
  readonly items: readonly AuditEntryWire[];
  readonly nextCursor: string | null;
}
const read = async (query = '') => (await askAdmin<Page>(small, 'GET', `/audit?${query}`)).body;
const eventsOf = async (query: string) => (await read(query)).items.map(({ event }) => event);

/** Two sign-ins, and four things that the administrator does. */
async function fill(): Promise<void> {
  for (const name of ['ann', 'max']) await small.fixture.visitor().signIn(`${name}@example.com`);
  const { body } = await askAdmin<{ id: string }>(small, 'POST', '/companies', { name: 'Initech' });
  await askAdmin(small, 'DELETE', `/companies/${body.id}`);
  await askAdmin(small, 'POST', '/inboxes', { name: 'Returns' });
  await askAdmin(small, 'GET', `/portals/help/explain?contact=max@example.com&ticket=${small.world.tickets.ann}`);
}

describe('the list of the audit log', () => {
  test('says what is called how now, and nothing of what is gone', async () => {
    await fill();
    const { items } = await read();
    expect(items.map(({ event, names }) => ({ event, names }))).toEqual([
      { event: 'explain', names: { contact: 'max', ticket: '#1' } },
      { event: 'inbox-created', names: { inbox: 'Returns' } },
      { event: 'company-deleted', names: {} },
      { event: 'company-created', names: {} },
      { event: 'sign-in', names: { actor: 'max' } },
      { event: 'sign-in', names: { actor: 'ann' } },
    ]);
  });

  test('is of some kinds of events, of one person, or of one kind of people', async () => {
    await fill();
    expect(await eventsOf('event=sign-in')).toEqual(['sign-in', 'sign-in']);
    expect(await eventsOf('event=company-created,inbox-created')).toEqual(['inbox-created', 'company-created']);
    expect(await eventsOf(`actor=${await contactId(small, 'max')}`)).toEqual(['sign-in']);
    expect(await eventsOf('actor=contact')).toEqual(['sign-in', 'sign-in']);
    expect(await eventsOf('actor=admin&event=explain,sign-in')).toEqual(['explain']);
    expect(await eventsOf('event=nothing-of-this-kind')).toEqual([]);
  });

  test('goes on with what was asked for, and with nothing else', async () => {
    await fill();
    const first = await read('limit=1&actor=contact');
    const cursor = `cursor=${first.nextCursor}`;
    const second = await read(`limit=1&actor=contact&${cursor}`);
    expect([...first.items, ...second.items].map(({ names }) => names['actor'])).toEqual(['max', 'ann']);
    expect(second.nextCursor).toBeNull();
    for (const other of ['', '&actor=admin', '&actor=contact&event=sign-in']) {
      expect((await askAdmin(small, 'GET', `/audit?limit=1&${cursor}${other}`)).status).toBe(400);
    }
  });

  test.each(['event=', 'event=Sign-In', 'event=a,,b', 'actor=somebody', "event=a'b"])('refuses %s', async (query) => {
    expect((await askAdmin(small, 'GET', `/audit?${query}`)).status).toBe(400);
  });
});
