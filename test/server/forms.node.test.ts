import { beforeEach, describe, expect, test } from 'vitest';

import { askAdmin } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

const product = {
  name: 'product',
  type: 'choice',
  label: { en: 'Product', pl: 'Produkt' },
  options: [
    { value: 'hub', label: { en: 'Hub', pl: 'Centrala' } },
    { value: 'dial', label: { en: 'Dial', pl: 'Termostat' } },
  ],
};
const serial = { name: 'serial', type: 'text', label: { en: 'Serial number' }, options: null };
const fault = {
  id: 'fault',
  label: { en: 'Something is broken', pl: 'Coś nie działa' },
  fields: [
    { property: 'product', required: true },
    { property: 'serial', required: false },
  ],
};
const properties = ['product', 'serial', 'articleUrl', 'articleTitle'];
const defined = { properties, propertyDefinitions: [product, serial] };

interface Settings {
  readonly forms: readonly (typeof fault)[];
  readonly fields: readonly { path: string; code: string }[];
}

const change = async (body: object) => (await askAdmin<Settings>(small, 'PATCH', '/portals/help', body)).body;
const send = async (input: object) => {
  const ann = small.fixture.visitor();
  await ann.signIn('ann@example.com');
  const body = JSON.stringify({ subject: 'Broken', message: 'It is.', ...input });
  const headers = { 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' };
  const response = await ann.request('POST', '/tickets', { body, headers });
  return { status: response.status, body: (await response.json()) as { properties: object; fields: unknown } };
};

beforeEach(() => change({ ...defined, forms: [fault] }));

describe('forms of a portal', () => {
  test('are shown by their labels in the language of the visitor', async () => {
    const response = await small.fixture.visitor().request('GET', '/portal', { headers: { 'accept-language': 'pl' } });
    expect(((await response.json()) as { forms: unknown }).forms).toMatchObject([
      {
        id: 'fault',
        label: 'Coś nie działa',
        properties: [
          { name: 'product', required: true },
          { name: 'serial', required: false },
        ],
      },
    ]);
  });

  test('lose the fields whose properties leave the portal, or are no longer defined', async () => {
    expect((await change({ propertyDefinitions: [product] })).forms[0]?.fields).toEqual([fault.fields[0]]);
    expect((await change({ properties: ['serial'] })).forms[0]?.fields).toEqual([]);
  });

  test('lose the languages that the portal no longer speaks, and keep one for its own', async () => {
    expect((await change({ locales: ['en'] })).forms[0]?.label).toEqual({ en: 'Something is broken' });
    await change({ locales: ['en', 'de'], locale: 'de' });
    const { forms } = await change({});
    expect(forms[0]?.label).toEqual({ en: 'Something is broken', de: 'Something is broken' });
  });

  const field = { property: 'product', required: true };
  test.each([
    ['an id twice', { forms: [fault, fault] }, 'forms.1.id', 'repeated'],
    [
      'a property that is not defined',
      { forms: [{ ...fault, fields: [{ ...field, property: 'articleTitle' }] }] },
      'forms.0.fields.0.property',
      'unknown',
    ],
    [
      'a property that leaves with it',
      { forms: [fault], ...defined, propertyDefinitions: [product] },
      'forms.0.fields.1.property',
      'unknown',
    ],
    ['a field twice', { forms: [{ ...fault, fields: [field, field] }] }, 'forms.0.fields.1.property', 'repeated'],
    ['no label in its own language', { forms: [{ ...fault, label: { pl: 'x' } }] }, 'forms.0.label.en', 'missing'],
    [
      'a language that it does not speak',
      { forms: [{ ...fault, label: { en: 'x', de: 'x' } }] },
      'forms.0.label.de',
      'unknown',
    ],
    [
      'what the form sends of itself',
      {
        propertyDefinitions: [{ ...serial, name: 'articleUrl' }],
        forms: [{ ...fault, fields: [{ ...field, property: 'articleUrl' }] }],
      },
      'forms.0.fields.0.property',
      'unknown',
    ],
  ])('refuse %s', async (_, body, path, code) => {
    const before = await askAdmin(small, 'GET', '/portals/help');
    expect((await change(body)).fields).toEqual([{ path, code }]);
    expect(await askAdmin(small, 'GET', '/portals/help')).toEqual(before);
  });

  test('are in the audit log without their words', async () => {
    const { body } = await askAdmin<{ items: { change: object }[] }>(small, 'GET', '/audit');
    expect(JSON.stringify(body.items)).not.toContain('broken');
    expect(body.items[0]?.change).toMatchObject({ forms: null });
  });

  test('hold a ticket to what they require, and keep it without blanks', async () => {
    expect(await send({})).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'properties.product', code: 'missing' }] },
    });
    const sent = await send({ form: 'fault', properties: { product: 'hub', serial: ' 7 ', articleTitle: 'Hubs' } });
    expect(sent).toMatchObject({
      status: 201,
      body: { properties: { product: 'hub', serial: '7', articleTitle: 'Hubs' } },
    });
    await change({ forms: [] });
    expect(await send({})).toMatchObject({ status: 201 });
  });
});
