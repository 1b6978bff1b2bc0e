import { equal, fails, holds } from '../check.js';
import type { ConformanceCase, ConformanceWorld } from '../world.js';
import { numbers, ticketId } from './asking.js';

/** Ticket 1 is open and has a property of every type; Alice asked, and Bob sees it through the company. */
async function openTicket(world: ConformanceWorld) {
  return { id: await ticketId(world, 1), alice: await world.visitor('alice'), bob: await world.visitor('bob') };
}

/** What an `invalid` says, as `path: code`. */
const faults = async (call: Promise<unknown>) =>
  (await fails(call, 'invalid')).fields?.map(({ path, code }) => `${path}: ${code}`);

export const editCases: readonly ConformanceCase[] = [
  {
    name: 'changes properties of a ticket, each by its type, and leaves the others',
    async run(world) {
      const { id, alice } = await openTicket(world);
      const before = await alice.getTicket(id);
      holds(before.actions.includes('edit'), 'the requester may');
      const edited = await alice.edit(id, {
        properties: { product: 'sensor', serial: '  Łódź 7\n', units: '2.5', urgent: 'false' },
      });
      const expected = { ...before.properties, product: 'sensor', serial: 'Łódź 7', units: '2.5', urgent: 'false' };
      equal(edited.properties, expected, 'the answer');
      equal(await alice.getTicket(id), edited, 'the same ticket asked for');
    },
  },
  {
    name: 'removes a property by null, and by a blank',
    async run(world) {
      const { id, alice } = await openTicket(world);
      const edited = await alice.edit(id, { properties: { serial: null, units: ' ', installed: '' } });
      equal(edited.properties, { product: 'hub', urgent: 'true' }, 'what is left');
      equal((await alice.edit(id, { properties: {} })).properties, edited.properties, 'nothing is changed by nothing');
    },
  },
  {
    name: 'changes properties without an event: nothing of a ticket becomes new by it',
    needs: ['markRead'],
    async run(world) {
      const { id, alice, bob } = await openTicket(world);
      await bob.markRead(id);
      const [before, thread] = [await bob.getTicket(id), await bob.listMessages(id)];
      await alice.edit(id, { properties: { serial: 'TF-7' } });
      const properties = { ...before.properties, serial: 'TF-7' };
      equal(await bob.getTicket(id), { ...before, properties }, 'the ticket for a colleague');
      equal((await bob.listMessages(id)).items, thread.items, 'the thread');
    },
  },
  {
    name: 'finds a ticket by what its properties are now',
    needs: ['propertyFilters'],
    async run(world) {
      const { id, alice, bob } = await openTicket(world);
      await alice.edit(id, { properties: { product: null, serial: 'QX-9' } });
      equal(await numbers(bob, { properties: { serial: 'qx-' } }), [1], 'by the new one');
      equal(await numbers(bob, { properties: { product: 'hub' } }), [3], 'no more by the old one');
    },
  },
  {
    name: 'refuses values that are not of their property, and changes nothing then',
    async run(world) {
      const { id, alice } = await openTicket(world);
      const before = await alice.getTicket(id);
      const wrong: readonly (readonly [name: string, value: string, code: string])[] = [
        ['product', 'Hub', 'invalid_value'],
        ['product', 'toaster', 'invalid_value'],
        ['urgent', 'yes', 'invalid_value'],
        ['units', 'four', 'invalid_format'],
        ['units', '1e3', 'invalid_format'],
        ['installed', '1.3.2026', 'invalid_format'],
        ['installed', '2026-02-30', 'invalid_format'],
        ['installed', '2026-13-01', 'invalid_format'],
        ['serial', 'a\0b', 'invalid_format'],
        ['serial', 'a'.repeat(2001), 'too_big'],
        ['batch', '8', 'unknown'],
        ['articleUrl', 'https://example.com/', 'unknown'],
        ['articleTitle', 'Another', 'unknown'],
        ['constructor', 'x', 'unknown'],
      ];
      for (const [name, value, code] of wrong) {
        const properties = { serial: 'TF-7', [name]: value };
        equal(await faults(alice.edit(id, { properties })), [`properties.${name}: ${code}`], `${name} ${value}`);
      }
      equal(
        await faults(alice.edit(id, { properties: { units: 'four', batch: null } })),
        ['properties.units: invalid_format', 'properties.batch: unknown'],
        'several',
      );
      equal(await alice.getTicket(id), before, 'nothing is kept');
      equal(
        (await alice.edit(id, { properties: { serial: 'a'.repeat(2000) } })).properties['serial']?.length,
        2000,
        'the longest',
      );
    },
  },
  {
    name: 'changes properties only where the ticket’s actions say so',
    async run(world) {
      const { id, alice, bob } = await openTicket(world);
      const input = { properties: { serial: 'TF-7' } };
      await fails(bob.edit(id, input), 'forbidden');
      await fails((await world.visitor('carol')).edit(id, input), 'not-found');
      await fails((await world.visitor()).edit(id, input), 'unauthenticated');
      const [closed, deleted] = [await ticketId(world, 2), await ticketId(world, 8)];
      holds(!(await alice.getTicket(closed)).actions.includes('edit'), 'nobody edits what is done');
      await fails(alice.edit(closed, input), 'forbidden');
      await fails(alice.edit(deleted, input), 'not-found');
      equal((await alice.getTicket(id)).properties['serial'], 'TF-1042', 'nothing is kept');
    },
  },
];
