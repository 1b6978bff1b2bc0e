import { beforeEach, describe, expect, test, vi } from 'vitest';

import { readEvents } from '../support/event-reader.js';
import { administrator, askAdmin, contactId } from './admin-client.js';
import { useEventStreams } from './event-streams.js';

const { small, signIn, open, answer } = useEventStreams();

const changePortal = (body: object) => askAdmin(small, 'PATCH', '/portals/help', body);
const changeContact = async (name: string, body: object) =>
  askAdmin(small, 'PATCH', `/contacts/${await contactId(small, name)}`, body);
const setParties = async (ticket: string, requester: string, more: object = {}) =>
  askAdmin(small, 'PUT', `/tickets/${ticket}/parties`, {
    requester: await contactId(small, requester),
    contacts: [],
    participants: [],
    companies: [],
    ...more,
  });

// Heartbeats look again at everything, as a net below: here they never come.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));

describe('an open stream ends at once when the administrator', () => {
  const acts: [what: string, viewer: string, act: () => Promise<{ status: number }>, again: number][] = [
    ['narrows the permission', 'max', () => changePortal({ permission: { kind: 'own' } }), 200],
    ['widens the permission', 'ann', () => changePortal({ permission: { kind: 'company' } }), 200],
    ['asks for another property', 'gus', () => changePortal({ permission: { kind: 'company-if', groups: [] } }), 200],
    ['takes a property from the contact', 'max', () => changeContact('max', { properties: {} }), 200],
    ['gives the contact a property', 'ann', () => changeContact('ann', { properties: { role: 'manager' } }), 200],
    ['moves the contact', 'max', () => changeContact('max', { companies: [small.world.companies.globex] }), 200],
    ['takes the primary company away', 'max', () => changeContact('max', { primaryCompany: null }), 200],
    ['deletes the company', 'max', () => askAdmin(small, 'DELETE', `/companies/${small.world.companies.acme}`), 200],
    ['disables the contact', 'ann', () => changeContact('ann', { enabled: false }), 401],
    ['takes the address as unverified', 'ann', () => changeContact('ann', { verified: false }), 401],
    ['takes the contact out of the group', 'zoe', () => changeContact('zoe', { accessGroups: [] }), 401],
    ['takes the group off the portal', 'zoe', () => changePortal({ accessGroups: [] }), 401],
  ];
  test.each(acts)('%s (%s)', async (_, viewer, act, again) => {
    const visitor = await signIn(viewer);
    const events = await open(visitor);
    expect((await act()).status).toBeLessThan(300);
    expect(await events.next()).toBeNull();
    const headers = { 'last-event-id': events.position };
    const answered = await visitor.request('GET', '/events', { headers });
    expect(answered.status).toBe(again);
    if (again !== 200) return;
    // What was shown before holds no longer.
    const back = readEvents(answered);
    expect([(await back.next())?.event, (await back.next())?.event]).toEqual(['ready', 'reset']);
  });
});

describe('an open stream goes on when the change is not about its view:', () => {
  const acts: [what: string, act: () => Promise<{ status: number }>][] = [
    ['the portal is renamed', () => changePortal({ name: 'Other' })],
    ['actions change', () => changePortal({ actions: { requester: { open: ['reply'] } } })],
    ['somebody else is disabled', () => changeContact('max', { enabled: false })],
    ['a property is set that nobody asks for', () => changeContact('ann', { properties: { site: 'north' } })],
    ['a further company', () => changeContact('ann', { companies: Object.values(small.world.companies) })],
  ];
  test.each(acts)('%s', async (_, act) => {
    const events = await open(await signIn('ann'));
    expect((await act()).status).toBe(200);
    await answer(small.world.tickets.closed);
    expect((await events.ticket()).id).toBe(small.world.tickets.closed);
  });
});

describe('the parties of a ticket', () => {
  test('who is added is sent it, by themselves or by their company', async () => {
    const gus = await open(await signIn('gus'));
    await setParties(small.world.tickets.ann, 'ann', { participants: [await contactId(small, 'gus')] });
    expect(await gus.ticket()).toMatchObject({ id: small.world.tickets.ann, why: { relation: 'participant' } });
    await setParties(small.world.tickets.ann, 'gus');
    expect(await gus.ticket()).toMatchObject({ id: small.world.tickets.ann, why: { relation: 'requester' } });
    await setParties(small.world.tickets.zoe, 'zoe', { companies: [small.world.companies.globex] });
    expect(await gus.ticket()).toMatchObject({ id: small.world.tickets.zoe, why: { relation: 'company' } });
  });

  test('who is taken off it hears nothing of it any more', async () => {
    const [zoe, max] = [await open(await signIn('zoe')), await open(await signIn('max'))];
    await setParties(small.world.tickets.ann, 'ann');
    await answer(small.world.tickets.ann);
    await answer(small.world.tickets.zoe);
    await answer(small.world.tickets.max);
    expect((await zoe.ticket()).id).toBe(small.world.tickets.zoe);
    expect((await max.ticket()).id).toBe(small.world.tickets.max);
  });
});

test('what a stream of a narrowed view comes back to is told anew, without what was lost', async () => {
  const max = await signIn('max');
  const events = await open(max);
  await changePortal({ permission: { kind: 'own' } });
  expect(await events.next()).toBeNull();
  const again = await open(max, events.position);
  expect(await again.next()).toMatchObject({ event: 'reset', data: '{}' });
  await answer(small.world.tickets.ann);
  await answer(small.world.tickets.max);
  expect((await again.ticket()).id).toBe(small.world.tickets.max);
});

test('an administrator is no contact: no stream for a bearer', async () => {
  const response = await small.fixture.visitor().request('GET', '/events', { headers: administrator });
  expect(response.status).toBe(401);
});
