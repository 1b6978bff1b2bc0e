import { describe, expect, test } from 'vitest';

import type { ContactPropertyWire, ImportReportWire } from '../../src/wire/index.js';
import { askAdmin, contactId } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

const define = (body: object) => askAdmin<ContactPropertyWire>(small, 'POST', '/contact-properties', body);
const list = async () =>
  (await askAdmin<{ items: ContactPropertyWire[] }>(small, 'GET', '/contact-properties')).body.items;
const give = async (properties: object, name = 'ann') =>
  askAdmin(small, 'PATCH', `/contacts/${await contactId(small, name)}`, { properties });
const seats = { name: 'seats', label: 'Seats', type: 'number' };
const tier = { name: 'tier', label: 'Tier', type: 'choice', options: ['gold', 'silver'] };

describe('a property of contacts', () => {
  test('is defined, changed and deleted, and each of it is in the audit log', async () => {
    const { status, body: made } = await define(tier);
    expect(status).toBe(201);
    expect(made).toEqual({ id: made.id, ...tier, portals: [] });
    const change = { label: 'Level', options: ['gold', 'bronze'] };
    const changed = await askAdmin(small, 'PATCH', `/contact-properties/${made.id}`, change);
    expect(changed.body).toEqual({ ...made, ...change });
    expect(await list()).toEqual([{ ...made, ...change }]);
    expect((await askAdmin(small, 'DELETE', `/contact-properties/${made.id}`)).status).toBe(204);
    expect(await list()).toEqual([]);
    const { body } = await askAdmin<{ items: { event: string; change: unknown }[] }>(small, 'GET', '/audit');
    const told = body.items.filter(({ event }) => event.startsWith('property-'));
    expect(told.map(({ event }) => event)).toEqual(['property-deleted', 'property-changed', 'property-created']);
    expect(told[1]?.change).toEqual({
      name: { before: 'tier', after: 'tier' },
      label: { before: 'Tier', after: 'Level' },
      options: { before: ['gold', 'silver'], after: ['gold', 'bronze'] },
    });
  });

  const refused: [why: string, status: number, field: object, body: object][] = [
    ['a name that is defined', 409, { path: 'name', code: 'taken' }, seats],
    ['a column of tables of people', 400, { path: 'name', code: 'reserved' }, { ...seats, name: 'Primary Company' }],
    ['an option twice', 400, { path: 'options.1', code: 'repeated' }, { ...tier, options: ['gold', 'gold'] }],
    ['a choice of nothing', 400, { path: 'options', code: 'too_small' }, { ...tier, options: [] }],
    ['an empty label', 400, { path: 'label', code: 'invalid_format' }, { ...seats, name: 'other', label: ' ' }],
  ];
  test.each(refused)('cannot have %s', async (_, status, field, body) => {
    await define(seats);
    expect(await define(body)).toMatchObject({ status, body: { fields: [field] } });
  });

  test('stays while the filter of a portal asks for it, which the list says', async () => {
    const { body: made } = await define(seats);
    const filter = { property: 'seats', operator: 'greater', value: '3' };
    await give({ seats: '4' });
    const permission = { kind: 'company-if', groups: [[filter]] };
    expect((await askAdmin(small, 'PATCH', '/portals/help', { permission })).status).toBe(200);
    expect((await list())[0]?.portals).toEqual([{ slug: 'help', name: expect.any(String) as string }]);
    expect(await askAdmin(small, 'DELETE', `/contact-properties/${made.id}`)).toMatchObject({
      status: 409,
      body: { fields: [{ path: 'portals', code: 'in-use' }] },
    });
    await askAdmin(small, 'PATCH', '/portals/help', { permission: { kind: 'own' } });
    expect((await askAdmin(small, 'DELETE', `/contact-properties/${made.id}`)).status).toBe(204);
    const { body } = await askAdmin(small, 'GET', `/contacts/${await contactId(small, 'ann')}`);
    expect(body['properties']).toEqual({ seats: '4' });
  });
});

describe('what a contact has', () => {
  const values: [type: string, value: string, code: string | null][] = [
    ['number', '7', null],
    ['number', '-0.5', null],
    ['number', 'seven', 'invalid_format'],
    ['number', '', 'invalid_format'],
    ['date', '2026-04-30', null],
    ['date', '2026-04-31', 'invalid_format'],
    ['boolean', 'true', null],
    ['boolean', 'yes', 'invalid_value'],
    ['choice', 'gold', null],
    ['choice', 'Gold', 'invalid_value'],
    ['text', 'whatever it is', null],
  ];
  test.each(values)('of type %s may be "%s": %s', async (type, value, code) => {
    await define({ name: 'known', label: 'Known', type, ...(type === 'choice' && { options: ['gold'] }) });
    const { status, body } = await give({ known: value });
    expect(code ? [status, body['fields']] : [status]).toEqual(
      code ? [400, [{ path: 'properties.known', code }]] : [200],
    );
    const made = { email: 'new@example.com', name: 'New', properties: { known: value } };
    expect((await askAdmin(small, 'POST', '/contacts', made)).status).toBe(code ? 400 : 201);
  });

  test('from before its definition does not stand in the way of another change', async () => {
    await give({ seats: 'many', city: 'Gdynia' });
    await define(seats);
    expect((await give({ seats: 'many', city: 'Sopot' })).status).toBe(200);
    expect((await give({ seats: 'more' })).status).toBe(400);
    expect((await give({})).status).toBe(200);
    expect((await give({ seats: 'many' })).status).toBe(400);
  });

  test('is checked in a table as well, line by line', async () => {
    await give({ seats: 'many' }, 'max');
    await define(seats);
    const csv = 'email,name,seats\nnew@example.com,New,12\nother@example.com,Other,a few\nmax@example.com,Max,many';
    const { body } = await askAdmin<ImportReportWire>(small, 'POST', '/contacts/import', { csv, dryRun: true });
    expect(body.lines.map(({ outcome, code }) => code ?? outcome)).toEqual(['created', 'property', 'updated']);
  });
});
