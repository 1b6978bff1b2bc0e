import { describe, expect, test } from 'vitest';

import { type Filter, type Question, type TicketPermission, explain } from '../../src/policy/index.js';
import { askAdmin, contactId } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

const acme = { id: 1, publicId: 'acme', name: 'Acme' };
const globex = { id: 2, publicId: 'globex', name: 'Globex' };
const party = (id: number, role: 'requester' | 'contact' | 'participant') => ({ id, publicId: '', name: '', role });
const manager: Filter = { property: 'role', operator: 'is', value: 'manager' };

/** Bob, manager of Acme, and a ticket that somebody else of Acme asked for. */
const colleague = {
  viewer: { account: 1, id: 7, enabled: true, verified: true, primaryCompany: 1, properties: { role: 'manager' } },
  name: 'Bob',
  companies: [acme],
  admitted: true,
  inbox: 'Support',
  ticket: {
    account: 1,
    inbox: 5,
    deleted: false,
    publicId: '',
    number: 1,
    subject: '',
    status: { id: 'new', category: 'open', label: '' },
    parties: [party(8, 'requester'), party(9, 'participant')],
    companies: [acme],
    createdAt: new Date(0),
    updatedAt: new Date(0),
    lastContact: null,
    readAt: null,
    rating: null,
    followUpOf: null,
    followUps: [],
    properties: {},
  },
  portal: {
    account: 1,
    inboxes: [5],
    permission: { kind: 'company-if', groups: [[manager]] },
    properties: [],
    actions: {},
    lacks: [],
    access: { kind: 'access-groups' },
    accessGroups: ['Customers'],
  },
} as const satisfies Question;

interface Change {
  readonly viewer?: Partial<Question['viewer']>;
  readonly ticket?: Partial<Question['ticket']>;
  readonly portal?: Partial<Question['portal']>;
  readonly admitted?: boolean;
  readonly companies?: Question['companies'];
}

const ask = ({ viewer, ticket, portal, ...rest }: Change) =>
  explain({
    ...colleague,
    ...rest,
    viewer: { ...colleague.viewer, ...viewer },
    ticket: { ...colleague.ticket, ...ticket },
    portal: { ...colleague.portal, ...portal },
  });

const permit = (...filters: Filter[]): Change => ({
  portal: { permission: { kind: 'company-if', groups: [filters] } },
});
const tied = (role: 'requester' | 'contact' | 'participant') => ({
  ticket: { parties: [party(role === 'requester' ? 7 : 8, 'requester'), party(7, role)], companies: [] },
});

describe('who sees a ticket is told why', () => {
  const everything = 'reply, close, add participants and edit';
  const seen: [why: string, relation: string, change: Change, summary: string, actions: string][] = [
    ['asked', 'requester', tied('requester'), 'Bob sees the ticket: Bob asked for it.', `Bob may ${everything}.`],
    [
      'was added',
      'contact',
      tied('contact'),
      'Bob sees the ticket: Bob was added by support.',
      'Bob may reply, close and add participants.',
    ],
    [
      'takes part',
      'participant',
      tied('participant'),
      'Bob sees the ticket: Bob takes part in it.',
      'Bob may reply, close and add participants.',
    ],
    ['is a colleague', 'company', {}, 'Bob sees the ticket: it belongs to Acme.', 'Bob may reply.'],
    [
      'is a colleague everywhere',
      'company',
      { portal: { permission: { kind: 'company' } } },
      'Bob sees the ticket: it belongs to Acme.',
      'Bob may reply.',
    ],
    [
      'may do nothing more',
      'company',
      { ticket: { status: { id: 'done', category: 'closed', label: '' } } },
      'Bob sees the ticket: it belongs to Acme.',
      'Bob may do nothing.',
    ],
    [
      'may do what the portal has set',
      'company',
      { portal: { actions: { colleague: { open: ['reply', 'close'] } } } },
      'Bob sees the ticket: it belongs to Acme.',
      'Bob may reply and close.',
    ],
  ];
  test.each(seen)('who %s (%s)', (_, relation, change, summary, actions) => {
    const answer = ask(change);
    expect(answer).toMatchObject({ visible: true, relation, summary });
    expect(answer.steps.at(-1)?.words).toBe(actions);
    expect(answer.steps.filter(({ rule, holds }) => holds === false && rule !== 'relation')).toEqual([]);
    const needless = answer.steps.filter(({ holds }) => holds === null).map(({ rule }) => rule);
    expect(needless).toEqual(relation === 'company' ? ['actions'] : ['company', 'permission', 'actions']);
  });
});

describe('who does not see it is told what is in the way', () => {
  const own: TicketPermission = { kind: 'own' };
  const asked = 'The portal shows contacts all tickets of their primary company if';
  const unseen: [rule: string, change: Change, words: string][] = [
    ['account', { ticket: { account: 2 } }, 'The ticket belongs to another account.'],
    ['inbox', { ticket: { inbox: 6 } }, 'The portal does not show the inbox "Support".'],
    ['deleted', { ticket: { deleted: true } }, 'The ticket is deleted.'],
    ['enabled', { viewer: { enabled: false }, admitted: false }, 'Bob is disabled.'],
    ['verified', { viewer: { verified: false }, admitted: false }, 'The address of Bob is not verified.'],
    ['access', { admitted: false }, "Bob is in none of the portal's access groups: Customers."],
    [
      'access',
      { admitted: false, portal: { access: { kind: 'access-groups' }, accessGroups: [] } },
      'The portal has no access group: nobody may sign in.',
    ],
    ['company', { viewer: { primaryCompany: null } }, 'Bob has no primary company.'],
    [
      'company',
      { viewer: { primaryCompany: 2 }, companies: [acme, globex] },
      'The ticket does not belong to Globex, the primary company of Bob.',
    ],
    ['company', { ticket: { companies: [] } }, 'The ticket does not belong to Acme, the primary company of Bob.'],
    ['permission', { portal: { permission: own } }, 'The portal shows contacts their own tickets only.'],
    ['permission', { viewer: { properties: { role: 'agent' } } }, `${asked} role is "manager"; Bob has role "agent".`],
    ['permission', { viewer: { properties: {} } }, `${asked} role is "manager"; Bob has no role.`],
    [
      'permission',
      { portal: { permission: { kind: 'company-if', groups: [[]] } } },
      'The portal names no condition for the tickets of the company: nobody passes.',
    ],
    [
      'permission',
      permit(manager, { property: 'tier', operator: 'is-any-of', value: ['gold', 'silver'] }),
      `${asked} role is "manager" and tier is any of "gold", "silver"; Bob has role "manager" and has no tier.`,
    ],
  ];
  test.each(unseen)('%s, case %#', (rule, change, words) => {
    const answer = ask(change);
    expect(answer).toMatchObject({ visible: false, relation: null, actions: [] });
    expect(answer.summary).toBe(`Bob does not see the ticket. ${words}`);
    const stops = answer.steps.filter(({ holds }) => holds === false).map((step) => step.rule);
    expect(stops).toContain(rule);
    // Nothing but what goes with it.
    const along = ['relation', rule, ...(rule === 'enabled' || rule === 'verified' ? ['access'] : [])];
    expect(along).toEqual(expect.arrayContaining(stops));
  });

  test('and what is in the way holds for the requester too, except company and permission', () => {
    for (const [rule, change] of unseen) {
      const answer = ask({ ...change, ticket: { ...change.ticket, ...tied('requester').ticket } });
      expect(answer.visible, rule).toBe(rule === 'company' || rule === 'permission');
    }
  });
});

test('every operator has its words, and each filter what the contact has', () => {
  const properties = { role: 'manager', seats: '12', since: '2025-01-01' };
  const filters: Filter[] = [
    { property: 'role', operator: 'is-not', value: 'agent' },
    { property: 'role', operator: 'contains', value: 'man' },
    { property: 'seats', operator: 'greater', value: '10' },
    { property: 'seats', operator: 'less', value: '20' },
    { property: 'since', operator: 'before', value: '2026-01-01' },
    { property: 'since', operator: 'after', value: '2024-01-01' },
    { property: 'role', operator: 'is-known' },
    { property: 'toString', operator: 'is-unknown' },
  ];
  const answer = ask({ viewer: { properties }, ...permit(...filters) });
  expect(answer.steps.find(({ rule }) => rule === 'permission')?.words).toBe(
    'The portal shows contacts all tickets of their primary company if role is not "agent", role contains "man", ' +
      'seats is greater than "10", seats is less than "20", since is before "2026-01-01", since is after "2024-01-01", ' +
      'role is known and toString is unknown; Bob has role "manager", has seats "12", has since "2025-01-01" and has no toString.',
  );
  expect(answer.groups?.[0]?.map(({ found, holds }) => [found, holds])).toEqual([
    ...['manager', 'manager', '12', '12', '2025-01-01', '2025-01-01', 'manager'].map((found) => [found, true]),
    [null, true],
  ]);
});

test('several groups are joined by or; who passes one is told of that one', () => {
  const groups: Filter[][] = [[{ property: 'role', operator: 'is', value: 'owner' }], [], [manager]];
  const permission = { kind: 'company-if', groups } as const;
  const words = (properties: Record<string, string>) =>
    ask({ viewer: { properties }, portal: { permission } }).steps.find(({ rule }) => rule === 'permission')?.words;
  expect(words({})).toContain('if role is "owner", or if role is "manager"; Bob has no role.');
  expect(words({ role: 'manager' })).toContain('if role is "manager"; Bob has role "manager".');
});

describe('over the wire', () => {
  const small = useSmallWorld();
  interface Answer {
    readonly visible: boolean;
    readonly relation: string | null;
    readonly actions: readonly string[];
  }
  const question = (contact: string, ticket: string) =>
    askAdmin<Answer>(small, 'GET', `/portals/help/explain?contact=${contact}&ticket=${ticket}`);

  test('the verdict is what the contact gets, for everybody and every ticket', async () => {
    let seen = 0;
    for (const name of ['ann', 'max', 'gus', 'zoe', 'eve']) {
      const visitor = small.fixture.visitor();
      await visitor.signIn(`${name}@example.com`);
      for (const ticket of Object.values(small.world.tickets)) {
        const { status, body } = await question(await contactId(small, name), ticket);
        expect(status).toBe(200);
        const real = await visitor.request('GET', `/tickets/${ticket}`);
        expect(body.visible, `${name} ${ticket}`).toBe(real.status === 200);
        if (real.status !== 200) continue;
        seen += 1;
        const view = (await real.json()) as { why: { relation: string }; actions: string[] };
        expect([body.relation, body.actions]).toEqual([view.why.relation, view.actions]);
      }
    }
    expect(seen).toBe(8);
  });

  test('says what keeps somebody out, by name', async () => {
    const { tickets } = small.world;
    const words = async (name: string, ticket: string) =>
      ((await question(`${name}@example.com`, ticket)).body as unknown as { summary: string }).summary;
    expect(await words('max', tickets.ann)).toBe('max sees the ticket: it belongs to Acme.');
    expect(await words('max', tickets.sales)).toContain('The portal does not show the inbox "Sales".');
    expect(await words('ann', tickets.deleted)).toContain('The ticket is deleted.');
    expect(await words('eve', tickets.ann)).toContain("eve is in none of the portal's access groups: Customers.");
    expect(await words('gus', tickets.ann)).toContain('does not belong to Globex');
    expect(await words('ann', tickets.max)).toContain('role is "manager"; ann has no role.');
    await askAdmin(small, 'PATCH', `/contacts/${await contactId(small, 'zoe')}`, { enabled: false });
    expect(await words('zoe', tickets.zoe)).toContain('zoe is disabled.');
  });

  test('names what is not there', async () => {
    const nobody = 'A'.repeat(22);
    expect(await question(nobody, small.world.tickets.ann)).toMatchObject({
      status: 404,
      body: { fields: [{ path: 'contact' }] },
    });
    expect(await question('ann@example.com', nobody)).toMatchObject({
      status: 404,
      body: { fields: [{ path: 'ticket' }] },
    });
    expect(await question('ann@example.com', '1')).toMatchObject({ status: 400 });
    const path = `/portals/none/explain?contact=ann@example.com&ticket=${small.world.tickets.ann}`;
    expect((await askAdmin(small, 'GET', path)).status).toBe(404);
  });

  test('a preview is the very page that the contact gets, and reads nothing for them', async () => {
    const preview = (name: string, query = '') =>
      askAdmin<{ items: { unread: boolean }[]; nextCursor: string | null }>(
        small,
        'GET',
        `/portals/help/preview?contact=${name}@example.com${query}`,
      );
    const marks = () => small.database.asSuperuser('SELECT * FROM read_marks ORDER BY contact_id, ticket_id');
    const before = await marks();
    let rows = 0;
    for (const name of ['ann', 'max', 'gus', 'zoe']) {
      const visitor = small.fixture.visitor();
      await visitor.signIn(`${name}@example.com`);
      for (const query of ['', 'scope=mine', 'scope=company', 'q=router', 'sort=number&state=open', 'status=closed']) {
        const page = await preview(name, query && `&${query}`);
        const real: unknown = await (await visitor.request('GET', `/tickets?${query}`)).json();
        expect(page, `${name} ${query}`).toEqual({ status: 200, body: real });
        rows += page.body.items.length;
      }
    }
    expect(rows).toBeGreaterThan(20);
    const first = await preview('max', '&limit=1');
    const second = await preview('max', `&limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.items).not.toEqual(first.body.items);
    expect((await preview('ann', `&limit=1&cursor=${first.body.nextCursor}`)).status).toBe(400);
    expect(await marks()).toEqual(before);
  });

  test('who may not sign in has an empty preview', async () => {
    const preview = async (name: string) =>
      (await askAdmin(small, 'GET', `/portals/help/preview?contact=${name}@example.com`)).body;
    expect(await preview('eve')).toEqual({ items: [], nextCursor: null, asOf: null });
    await askAdmin(small, 'PATCH', `/contacts/${await contactId(small, 'max')}`, { verified: false });
    expect(await preview('max')).toEqual({ items: [], nextCursor: null, asOf: null });
  });
});
