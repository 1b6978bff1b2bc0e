import { beforeEach, describe, expect, test } from 'vitest';

import type { ContactPropertyInput } from '../../src/backend/setup/people-backend.js';
import { type ConfigChangeWire, adminRoutes } from '../../src/wire/index.js';
import { askAdmin } from './admin-client.js';
import { type FieldRow, inboxRows, propertyRows, statusRows } from './config-account.cases.js';
import { createStillDesk } from './desk/still-desk.js';
import { createFileFollower } from './follow-file.js';
import { openSetupPage } from './setup-page.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld({ still: createStillDesk });
const { follow, faultsIn } = createFileFollower(small);

type Fields = Readonly<Record<string, unknown>>;

/** What the page asks with, as an admin who has signed in. */
let page: Awaited<ReturnType<typeof openSetupPage>>;
let inboxes: readonly { readonly id: string; readonly name: string }[];

beforeEach(async () => {
  page = await openSetupPage(small.fixture);
  inboxes = await page.listInboxes();
});

const list = async (path: string) => (await askAdmin<{ items: Fields[] }>(small, 'GET', path)).body.items;

/** Routes have ids where a file has names. */
const withIds = ({ inboxes: names, ...rest }: Fields): Fields => ({
  ...rest,
  ...(names !== undefined && {
    inboxes: names && (names as string[]).map((name) => inboxes.find((inbox) => inbox.name === name)?.id),
  }),
});

/** As a file says it. */
const withNames = ({ inboxes: its, ...rest }: Fields): Fields => ({
  ...rest,
  ...(its !== undefined && {
    inboxes: its && (its as string[]).map((id) => inboxes.find((inbox) => inbox.id === id)?.name),
  }),
});

/** A part of an account: how a file, the API and the page name it, make it, change it and list it. */
interface Part {
  readonly kind: ConfigChangeWire['kind'];
  readonly section: string;
  readonly key: string;
  readonly path: string;
  readonly rows: Readonly<Record<string, FieldRow>>;
  /** Of the schemas of the API. */
  readonly fields: readonly string[];
  readonly fresh: Fields;
  readonly make: (fields: Fields) => Promise<unknown>;
  readonly change: (id: string, fields: Fields) => Promise<unknown>;
  readonly list: () => Promise<readonly object[]>;
}

const { createInbox, updateInbox, createStatus, updateStatus, createContactProperty, updateContactProperty } =
  adminRoutes;
const fieldsOf = (...schemas: readonly { readonly shape: object }[]) =>
  [...new Set(schemas.flatMap(({ shape }) => Object.keys(shape)))].filter((name) => name !== 'was').sort();

const parts: readonly Part[] = [
  {
    ...{ kind: 'inbox', section: 'inboxes', key: 'name', path: '/inboxes', rows: inboxRows },
    fields: fieldsOf(createInbox.body, updateInbox.body),
    fresh: {},
    make: ({ name }) => page.createInbox(name as string),
    change: (id, { name }) => page.renameInbox(id, name as string),
    list: () => page.listInboxes(),
  },
  {
    ...{ kind: 'status', section: 'statuses', key: 'id', path: '/statuses', rows: statusRows },
    fields: fieldsOf(createStatus.body, updateStatus.body),
    fresh: { category: 'open', label: { en: 'Tried' } },
    make: (fields) => page.createStatus({ inboxes: null, ...fields } as Parameters<typeof page.createStatus>[0]),
    change: (id, fields) => page.updateStatus(id, fields),
    list: () => page.listStatuses(),
  },
  {
    ...{ kind: 'contact-property', section: 'contactProperties', key: 'name', path: '/contact-properties' },
    rows: propertyRows,
    fields: fieldsOf(...createContactProperty.body.def.options, updateContactProperty.body),
    fresh: { name: 'tried', type: 'text', label: 'Tried' },
    make: (fields) => page.addContactProperty({ options: null, ...fields } as ContactPropertyInput),
    change: (id, fields) => page.updateContactProperty(id, fields),
    list: () => page.listContactProperties(),
  },
];

test.each(parts)('every field of the schema of $kind has a row with two values', ({ fields, rows }) => {
  expect(Object.keys(rows).sort()).toEqual(fields);
  for (const { values } of Object.values(rows)) expect(values[0]).not.toEqual(values[1]);
});

/** The place of a status is the order of the file; everything else is written there as it is. */
async function fileOf({ section, path }: Part, { position, ...fields }: Fields): Promise<object> {
  if (position === undefined) return { [section]: [fields] };
  const others = (await list(path)).map(({ id, category, label, inboxes: its }) =>
    withNames({ id, category, label, inboxes: its }),
  );
  const own = others.find(({ id }) => id === fields['id']);
  return { [section]: others.filter((one) => one !== own).toSpliced(position as number, 0, { ...own, ...fields }) };
}

/** What is read of it: its place is that in the list. */
function readIn(items: readonly object[], { key }: Part, name: unknown): Fields | undefined {
  const place = items.findIndex((item) => (item as Fields)[key] === name);
  return place < 0 ? undefined : { position: place, ...withNames(items[place] as Fields) };
}

const fieldsOfRows = (isFixed: boolean) =>
  parts.flatMap((part) =>
    Object.entries(part.rows).flatMap(([field, row]) =>
      (row.fixed ?? false) === isFixed
        ? ['the API', 'the page', 'the file'].map((way) => ({ part, field, row, way }))
        : [],
    ),
  );

describe.each(fieldsOfRows(true))('$field of $part.kind, made by $way,', ({ part, field, row: { values }, way }) => {
  const ways: Readonly<Record<string, (fields: Fields) => Promise<unknown>>> = {
    'the API': (fields) => askAdmin(small, 'POST', part.path, fields),
    'the page': part.make,
    'the file': async (fields) => follow(await fileOf(part, fields), true),
  };

  test('is read alike by API, page and file', async () => {
    for (const [at, value] of values.entries()) {
      const own: Fields = { ...part.fresh, name: `Tried ${at}`, [field]: value };
      await ways[way]?.(own);
      for (const items of [await list(part.path), await part.list()])
        expect(readIn(items, part, own['name'])).toMatchObject({ [field]: value });
      expect(await follow(await fileOf(part, own), false)).toEqual([]);
    }
  });
});

describe.each(fieldsOfRows(false))('$field of $part.kind, set by $way,', ({ part, field, row, way }) => {
  const { fresh, key, kind, path } = part;
  const { values, around = {} } = row;
  const name = 'tried';
  const ways: Readonly<Record<string, (id: string, set: Fields) => Promise<unknown>>> = {
    'the API': (id, set) => askAdmin(small, 'PATCH', `${path}/${id}`, withIds(set)),
    'the page': (id, set) => part.change(id, withIds(set)),
    'the file': async (_, set) => follow(await fileOf(part, { ...fresh, ...around, [key]: name, ...set }), true),
  };
  const told = (before: unknown, after: unknown) =>
    field === 'position'
      ? { kind: 'account', name: 'Small', setting: 'statuses' }
      : { kind, name, setting: field, before, after };

  test('is read alike by API, page and file', async () => {
    await askAdmin(small, 'POST', path, { ...fresh, ...around });
    const there = (await list(path)).find((item) => item[key] === name);
    for (const [at, value] of values.entries()) {
      await ways[way]?.(there?.['id'] as string, { [field]: value });
      const isAsSet = async () => {
        for (const items of [await list(path), await part.list()])
          expect(readIn(items, part, name)).toMatchObject({ [field]: value });
      };
      await isAsSet();
      const file = (set: unknown) => fileOf(part, { ...fresh, ...around, [key]: name, [field]: set });
      expect(await follow(await file(value), false)).toEqual([]);
      const other = values[1 - at];
      expect(await follow(await file(other), false)).toMatchObject([told(value, other)]);
      await isAsSet();
    }
  });
});

describe('a file of an account', () => {
  const whole = {
    inboxes: [{ name: 'Support' }, { name: 'Returns' }],
    statuses: [
      { id: 'new', category: 'open', label: { pl: 'Przyjęte', en: 'Received' } },
      {
        id: 'parcel-on-its-way',
        category: 'waiting_on_contact',
        label: { en: 'Parcel on its way' },
        inboxes: ['Returns', 'Sales'],
      },
      { id: 'working', category: 'open', label: { pl: 'W toku', en: 'In progress' } },
      { id: 'refunded', category: 'closed', label: { en: 'Refunded' }, inboxes: ['Returns'] },
    ],
    contactProperties: [
      { name: 'tier', label: 'Tier', type: 'choice', options: ['gold', 'silver'] },
      { name: 'seats', label: 'Seats', type: 'number' },
    ],
    portals: [
      {
        slug: 'returns',
        name: 'Returns',
        inboxes: ['Returns'],
        permission: { kind: 'company-if', groups: [[{ property: 'tier', operator: 'is', value: 'gold' }]] },
      },
    ],
  };
  const everything = () =>
    Promise.all(['/inboxes', '/statuses', '/contact-properties', '/portals', '/audit'].map((path) => list(path)));
  const ids = async () => (await list('/statuses')).map(({ id }) => id);
  const audit = async () =>
    (await askAdmin<{ items: { event: string; subjects: object; change: object | null }[] }>(small, 'GET', '/audit'))
      .body.items;

  test('says what it would change, changes nothing until it is applied, and then once', async () => {
    const before = await everything();
    const planned = await follow(whole, false);
    expect(await everything()).toEqual(before);
    const isNew = { setting: null, before: null };
    const [refunded, onItsWay] = [whole.statuses[3], whole.statuses[1]];
    expect(planned).toEqual([
      { kind: 'inbox', name: 'Returns', ...isNew, after: {} },
      {
        ...{ kind: 'status', name: 'new', setting: 'label' },
        before: { en: 'New', pl: 'Nowe' },
        after: { en: 'Received', pl: 'Przyjęte' },
      },
      {
        ...{ kind: 'status', name: 'parcel-on-its-way', ...isNew },
        after: { category: onItsWay?.category, label: onItsWay?.label, inboxes: ['Sales', 'Returns'] },
      },
      {
        ...{ kind: 'status', name: 'refunded', ...isNew },
        after: { category: refunded?.category, label: refunded?.label, inboxes: ['Returns'] },
      },
      {
        ...{ kind: 'contact-property', name: 'tier', ...isNew },
        after: { label: 'Tier', type: 'choice', options: ['gold', 'silver'] },
      },
      {
        ...{ kind: 'contact-property', name: 'seats', ...isNew },
        after: { label: 'Seats', type: 'number', options: null },
      },
      {
        kind: 'portal',
        name: 'returns',
        ...isNew,
        after: expect.objectContaining({ inboxes: ['Returns'] }) as unknown,
      },
    ]);
    expect(await follow(whole, true)).toEqual(planned);
    const after = await everything();
    expect(after).not.toEqual(before);
    expect(await follow(whole, true)).toEqual([]);
    expect(await everything()).toEqual(after);
  });

  test('makes nothing of the account where one part of it is wrong', async () => {
    const before = await everything();
    const wrong = { ...whole, portals: [{ slug: 'x', name: 'x', inboxes: ['Retruns'] }] };
    expect(await faultsIn(wrong)).toBe('portals.0.inboxes.0: is the name of no inbox of the account.');
    expect(await everything()).toEqual(before);
  });

  test('is in the audit log as what the API does', async () => {
    await follow(whole, true);
    expect((await audit()).map(({ event }) => event).slice(0, 8)).toEqual([
      'portal-created',
      'property-created',
      'property-created',
      'status-changed', // the place of the parcel
      'status-changed',
      'status-created',
      'status-created',
      'inbox-created',
    ]);
  });

  test('puts the statuses that it names into its order, and leaves the others between them', async () => {
    await follow(whole, true);
    const order = ['new', 'parcel-on-its-way', 'working', 'waiting', 'closed', 'refunded'];
    expect(await ids()).toEqual(order);
    const { statuses } = whole;
    const turned = { statuses: [...statuses.slice(1), ...statuses.slice(0, 1)] };
    const told = [
      {
        ...{ kind: 'account', name: 'Small', setting: 'statuses', before: order },
        after: ['parcel-on-its-way', 'working', 'waiting', 'closed', 'refunded', 'new'],
      },
    ];
    expect(await follow(turned, false)).toEqual(told);
    expect(await ids()).toEqual(order);
    expect(await follow(turned, true)).toEqual(told);
    expect(await ids()).toEqual(told[0]?.after);
    expect(await follow(turned, true)).toEqual([]);
  });

  test('moves no more statuses than it has to', async () => {
    const label = { en: 'x' };
    const named = async () =>
      (await list('/statuses')).map(({ id, category, label: words }) => ({ id, category, label: words }));
    const first = { id: 'a', category: 'closed', label };
    await follow({ statuses: [...(await named()), first, { ...first, id: 'b' }] }, true);
    const entries = (await audit()).length;
    const [one, ...rest] = await named();
    await follow({ statuses: [...rest, one] }, true);
    expect(await ids()).toEqual(['working', 'waiting', 'closed', 'a', 'b', 'new']);
    const [entry] = await audit();
    expect(entry).toMatchObject({ event: 'status-changed', subjects: { status: 'new' } });
    expect(entry?.change).toEqual({ position: { before: 0, after: 5 } });
    expect((await audit()).length).toBe(entries + 1);
  });

  test('moves new ones to where they belong rather than those that were there', async () => {
    const label = { en: 'x' };
    const statuses = [
      { id: 'waiting', category: 'waiting_on_contact', label: { en: 'Awaiting your reply' } },
      { id: 'a', category: 'open', label },
      { id: 'b', category: 'open', label },
    ];
    expect((await follow({ statuses }, true)).filter(({ kind }) => kind === 'account')).toEqual([]);
    expect(await ids()).toEqual(['new', 'working', 'waiting', 'a', 'b', 'closed']);
    const first = { id: 'first', category: 'closed', label };
    await follow({ statuses: [first, ...statuses] }, true);
    expect(await ids()).toEqual(['new', 'working', 'first', 'waiting', 'a', 'b', 'closed']);
  });

  test('leaves alone what it does not name, and removes nothing', async () => {
    await follow(whole, true);
    const before = await everything();
    const onItsWay = { id: 'parcel-on-its-way', category: 'waiting_on_contact', label: { en: 'Parcel on its way' } };
    expect(await follow({ inboxes: [], statuses: [onItsWay], contactProperties: [] }, true)).toEqual([]);
    expect(await follow({ statuses: [{ ...onItsWay, inboxes: null }] }, false)).toMatchObject([
      { setting: 'inboxes', before: ['Sales', 'Returns'], after: null },
    ]);
    expect(await everything()).toEqual(before);
  });

  test('takes the last one of a category away once it has made another', async () => {
    const statuses = [
      { id: 'closed', category: 'open', label: { en: 'Reopened' } },
      { id: 'done', category: 'closed', label: { en: 'Done' } },
    ];
    expect(await follow({ statuses }, true)).toMatchObject([
      { name: 'closed', setting: 'category', before: 'closed', after: 'open' },
      { name: 'closed', setting: 'label' },
      { name: 'done', setting: null },
    ]);
    expect((await ids()).slice(-2)).toEqual(['closed', 'done']);
  });

  test('changes labels and order of a help desk’s statuses, and nothing that is the desk’s', async () => {
    await small.database.asSuperuser('UPDATE tickets SET desk_ref = public_id');
    await askAdmin(small, 'PUT', '/desk', { kind: 'still', settings: {}, secret: {} });
    const open = { id: 'open', category: 'open', label: { en: 'Open' } };
    const done = { id: 'done', category: 'closed', label: { en: 'Solved', pl: 'Rozwiązane' } };
    expect(await follow({ statuses: [done, open] }, true)).toMatchObject([
      { kind: 'status', name: 'done', setting: 'label' },
      { kind: 'account', setting: 'statuses' },
    ]);
    expect(await faultsIn({ inboxes: [{ name: 'Returns' }] })).toBe(
      "inboxes.0.name: is no queue of the company's own help desk, and inboxes are made there.",
    );
    expect(await faultsIn({ statuses: [open, { ...done, id: 'won' }] })).toBe(
      "statuses.1.id: is no status of the company's own help desk, and statuses are made there.",
    );
    expect(await faultsIn({ statuses: [{ ...open, inboxes: ['Sales'] }] })).toBe(
      "statuses.0.inboxes: cannot be set: behind the account is the company's own help desk.",
    );
  });
});
