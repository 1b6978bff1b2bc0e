import { describe, expect, test } from 'vitest';

import type { AdminInboxWire, AdminPortalWire, AuditEntryWire } from '../../src/wire/index.js';
import { askAdmin } from './admin-client.js';
import { createStillDesk } from './desk/still-desk.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld({ still: createStillDesk });

const list = async () => (await askAdmin<{ items: AdminInboxWire[] }>(small, 'GET', '/inboxes')).body.items;
const idOf = async (name: string) => (await list()).find((inbox) => inbox.name === name)?.id;
const create = (name: string) => askAdmin<AdminInboxWire>(small, 'POST', '/inboxes', { name });
const remove = async (name: string) => askAdmin(small, 'DELETE', `/inboxes/${await idOf(name)}`);
const refusal = (path: string, code: string) => ({ status: 409, body: { code: 'conflict', fields: [{ path, code }] } });
const events = async () =>
  (await askAdmin<{ items: AuditEntryWire[] }>(small, 'GET', '/audit')).body.items.map(
    ({ event, subjects, change }) => ({
      event,
      subjects,
      change,
    }),
  );

describe('inboxes', () => {
  test('say how many tickets are in them, and whose portals and staff use them', async () => {
    const sales = await idOf('Sales');
    await askAdmin(small, 'POST', '/staff', {
      name: 'Mia',
      email: 'mia@staff.example',
      role: 'agent',
      inboxes: [sales],
    });
    expect(await list()).toEqual([
      {
        id: await idOf('Support'),
        name: 'Support',
        desk: false,
        // The deleted one does not count.
        tickets: 5,
        portals: [{ slug: 'help', name: 'Small Support', receives: true }],
        staff: [],
      },
      {
        id: sales,
        name: 'Sales',
        desk: false,
        tickets: 1,
        portals: [],
        staff: [{ id: expect.any(String) as string, name: 'Mia' }],
      },
    ]);
  });

  test('are made, renamed and deleted, and all of it is in the audit log', async () => {
    const made = await create(' Billing ');
    expect(made).toMatchObject({ status: 201, body: { name: 'Billing', tickets: 0, portals: [], staff: [] } });
    const { id } = made.body;
    const renamed = await askAdmin(small, 'PATCH', `/inboxes/${id}`, { name: 'Invoices' });
    expect(renamed).toEqual({ status: 200, body: { ...made.body, name: 'Invoices' } });
    expect((await askAdmin(small, 'PATCH', `/inboxes/${id}`, {})).body).toEqual(renamed.body);
    expect((await askAdmin(small, 'DELETE', `/inboxes/${id}`)).status).toBe(204);
    expect((await list()).map(({ name }) => name)).toEqual(['Support', 'Sales']);
    expect((await askAdmin(small, 'DELETE', `/inboxes/${id}`)).status).toBe(404);
    expect((await askAdmin(small, 'PATCH', `/inboxes/${id}`, { name: 'Again' })).status).toBe(404);
    expect(await events()).toEqual([
      { event: 'inbox-deleted', subjects: { inbox: id }, change: null },
      { event: 'inbox-changed', subjects: { inbox: id }, change: { name: null } },
      { event: 'inbox-created', subjects: { inbox: id }, change: null },
    ]);
  });

  test('have names of their own, whatever their letter case, and not over that of somebody else', async () => {
    expect(await create('SUPPORT')).toMatchObject(refusal('name', 'taken'));
    const sales = await idOf('Sales');
    expect(await askAdmin(small, 'PATCH', `/inboxes/${sales}`, { name: 'support ' })).toMatchObject(
      refusal('name', 'taken'),
    );
    expect(await askAdmin(small, 'PATCH', `/inboxes/${sales}`, { name: 'SALES' })).toMatchObject({
      status: 200,
      body: { name: 'SALES' },
    });
    const was = 'Sales';
    expect(await askAdmin(small, 'PATCH', `/inboxes/${sales}`, { name: 'Offers', was })).toMatchObject(
      refusal('was', 'changed'),
    );
    const several = await Promise.all(Array.from({ length: 6 }, () => create('Returns')));
    expect(several.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(await create(' ')).toMatchObject({ status: 400, body: { fields: [{ path: 'name' }] } });
  });

  test('stay while a portal shows them, staff answers them, or a ticket is in them', async () => {
    expect(await remove('Support')).toMatchObject(refusal('portals', 'in-use'));
    expect(await remove('Sales')).toMatchObject(refusal('tickets', 'in-use'));
    const { id } = (await create('Billing')).body;
    const body = { name: 'Mia', email: 'mia@staff.example', role: 'agent', inboxes: [id] };
    const { staff } = (await askAdmin<{ staff: { id: string } }>(small, 'POST', '/staff', body)).body;
    expect(await remove('Billing')).toMatchObject(refusal('staff', 'in-use'));
    await askAdmin(small, 'PATCH', `/staff/${staff.id}`, { inboxes: null });
    const { inboxes } = (await askAdmin<AdminPortalWire>(small, 'GET', '/portals/help')).body;
    const both = [...inboxes.map((inbox) => inbox.id), id];
    await askAdmin(small, 'PATCH', '/portals/help', { inboxes: both });
    expect((await list())[2]?.portals).toEqual([{ slug: 'help', name: 'Small Support', receives: false }]);
    expect(await remove('Billing')).toMatchObject(refusal('portals', 'in-use'));
    await askAdmin(small, 'PATCH', '/portals/help', { inboxes: both.slice(0, 1) });
    expect((await remove('Billing')).status).toBe(204);
  });

  test('say that only deleted tickets are in the way, and that the last one stays', async () => {
    await small.database.asSuperuser(`UPDATE tickets SET deleted_at = '2026-11-01' WHERE inbox_id =
      (SELECT id FROM inboxes WHERE name = 'Sales')`);
    expect(await remove('Sales')).toMatchObject(refusal('tickets', 'deleted'));
    await create('Only');
    await small.database.asSuperuser('DELETE FROM portal_inboxes');
    await small.database.asSuperuser(`UPDATE tickets SET inbox_id = (SELECT id FROM inboxes WHERE name = 'Sales')`);
    expect((await remove('Support')).status).toBe(204);
    expect((await remove('Only')).status).toBe(204);
    await small.database.asSuperuser(`ALTER TABLE tickets DISABLE TRIGGER ALL`);
    await small.database.asSuperuser(`UPDATE tickets SET inbox_id = 0`);
    await small.database.asSuperuser(`ALTER TABLE tickets ENABLE TRIGGER ALL`);
    expect(await remove('Sales')).toMatchObject(refusal('id', 'last'));
  });

  test('of a help desk are named and ended there; what was ours before may go', async () => {
    await small.database.asSuperuser(`UPDATE tickets SET desk_ref = public_id`);
    await create('Unused');
    const desk = { kind: 'still', settings: {}, secret: {} };
    expect((await askAdmin(small, 'PUT', '/desk', desk)).status).toBe(200);
    const queue = (await list()).find((inbox) => inbox.desk);
    expect(await create('Another')).toMatchObject(refusal('desk', 'desk'));
    expect(await askAdmin(small, 'PATCH', `/inboxes/${queue?.id}`, { name: 'Mine' })).toMatchObject(
      refusal('desk', 'desk'),
    );
    expect(await askAdmin(small, 'DELETE', `/inboxes/${queue?.id}`)).toMatchObject(refusal('desk', 'desk'));
    expect((await remove('Unused')).status).toBe(204);
  });
});
