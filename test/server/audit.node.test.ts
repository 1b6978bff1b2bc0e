import { describe, expect, test } from 'vitest';

import { createApp } from '../../src/server/app.js';
import type { DatabaseContext } from '../../src/server/database.js';
import { askAdmin, contactId } from './admin-client.js';
import type { Visitor } from './app-fixture.js';
import { noteText, seedSmallWorld } from './small-world.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

interface Entry {
  readonly at: string;
  readonly portal: string | null;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly event: string;
  readonly subjects: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly change: Readonly<Record<string, unknown>> | null;
}

/** The whole log, the oldest first. */
async function readLog(): Promise<Entry[]> {
  const path = '/audit?limit=100';
  const { status, body } = await askAdmin<{ items: (Entry & { names: unknown })[] }>(small, 'GET', path);
  expect(status).toBe(200);
  return body.items.map(({ names: _names, ...entry }) => entry).toReversed();
}

async function signIn(name: string): Promise<Visitor> {
  const visitor = small.fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  return visitor;
}

/** What was entered while something was done. */
async function entered(act: () => Promise<unknown>): Promise<Entry[]> {
  const before = (await readLog()).length;
  await act();
  return (await readLog()).slice(before);
}

const admin = { kind: 'admin', id: null };
const ofMax = async () => ({ kind: 'contact', id: await contactId(small, 'max') });

describe('signing in and out', () => {
  test('is entered, with the time of the server', async () => {
    const max = await ofMax();
    const entries = await entered(async () => {
      const visitor = await signIn('max');
      small.fixture.pass(1000);
      await visitor.request('DELETE', '/session', { body: { scope: 'all' } });
    });
    const common = { portal: 'help', actor: max, subjects: {}, outcome: 'done', change: null };
    expect(entries).toEqual([
      { ...common, event: 'sign-in', at: '2026-11-01T09:00:00.000Z' },
      { ...common, event: 'sign-out', at: '2026-11-01T09:00:01.000Z' },
    ]);
  });

  test('that fails is entered with whom it was tried as, when that is somebody', async () => {
    const max = await contactId(small, 'max');
    const tries = ['max@example.com', 'eve@example.com', 'nobody@example.com'];
    const entries = await entered(async () => {
      for (const email of tries) {
        const body = { method: 'password', email, password: 'wrong' };
        expect((await small.fixture.visitor().request('POST', '/session', { body })).status).toBe(401);
      }
    });
    expect(entries).toHaveLength(3);
    for (const entry of entries)
      expect(entry).toMatchObject({ event: 'sign-in', outcome: 'refused', actor: { kind: 'visitor', id: null } });
    // Eve may not sign in here, so she is nobody.
    expect(entries.map((entry) => entry.subjects)).toEqual([{ contact: max }, {}, {}]);
  });
});

describe('what was refused', () => {
  test('is entered with what was asked for, whether or not it is there', async () => {
    const { tickets, attachments } = small.world;
    const gus = await signIn('gus');
    const actor = { kind: 'contact', id: await contactId(small, 'gus') };
    const nobody = 'A'.repeat(22);
    const entries = await entered(async () => {
      const asks = [
        ['GET', `/tickets/${tickets.ann}`],
        ['GET', `/tickets/${tickets.deleted}/messages`],
        ['POST', `/tickets/${tickets.sales}/read`],
        ['GET', `/tickets/${nobody}`],
        ['GET', `/attachments/${attachments.ann}`],
      ] as const;
      for (const [method, path] of asks) expect((await gus.request(method, path)).status).toBe(404);
      const reply = { body: { body: 'Hello' }, key: crypto.randomUUID() };
      expect((await gus.request('POST', `/tickets/${tickets.max}/messages`, reply)).status).toBe(404);
    });
    const refused = { event: 'access', outcome: 'refused', actor, portal: 'help' };
    const subjects = [
      { ticket: tickets.ann },
      { ticket: tickets.deleted },
      { ticket: tickets.sales },
      { ticket: nobody },
      { file: attachments.ann },
      { ticket: tickets.max },
    ];
    expect(entries).toMatchObject(subjects.map((one) => ({ ...refused, subjects: one })));
  });

  test('is entered once a minute, and what was allowed not at all', async () => {
    const gus = await signIn('gus');
    const ask = async (ticket: string) => (await gus.request('GET', `/tickets/${ticket}`)).status;
    const { ann, max, gus: own } = small.world.tickets;
    const entries = await entered(async () => {
      for (let times = 0; times < 3; times++) expect(await ask(ann)).toBe(404);
      expect(await ask(max)).toBe(404);
      expect(await ask(own)).toBe(200);
      small.fixture.pass(60_000);
      expect(await ask(ann)).toBe(404);
    });
    expect(entries.map((entry) => entry.subjects['ticket'])).toEqual([ann, max, ann]);
  });

  test('is entered once by all processes of the server, and 60 times a minute at most', async () => {
    const gus = await signIn('gus');
    const { ann } = small.world.tickets;
    const entries = await entered(async () => {
      await gus.request('GET', `/tickets/${ann}`);
      const cookie = [...gus.cookies].map((pair) => pair.join('=')).join('; ');
      const headers = {
        'x-test-cookie': cookie,
        'x-test-origin': 'http://localhost:4400',
        'x-portal-client': 'test/1',
      };
      const url = `http://localhost:4400/help/api/v1/tickets/${ann}`;
      expect((await createApp(small.fixture.deps).request(url, { headers })).status).toBe(404);
    });
    expect(entries).toHaveLength(1);
    small.fixture.pass(60_000);
    const many = await entered(async () => {
      for (let at = 0; at < 70; at++) await gus.request('GET', `/tickets/${String(at).padStart(22, 'A')}`);
    });
    expect(many).toHaveLength(60);
  });

  test('to a foreign page is entered, its preflight too, and whose session it had', async () => {
    const max = await signIn('max');
    const subjects = { contact: await contactId(small, 'max') };
    const headers = { 'x-test-origin': 'https://evil.example' };
    const entries = await entered(async () => {
      expect((await max.request('OPTIONS', '/tickets', { headers })).status).toBe(403);
      expect((await max.request('GET', '/tickets', { headers })).status).toBe(403);
      expect((await small.fixture.visitor().request('GET', '/tickets', { headers })).status).toBe(403);
    });
    const refused = { event: 'origin', outcome: 'refused', actor: { kind: 'visitor', id: null }, portal: 'help' };
    expect(entries).toMatchObject([
      { ...refused, subjects: {} },
      { ...refused, subjects },
    ]);
  });

  test('without a session is no denial', async () => {
    const entries = await entered(async () => {
      const stranger = small.fixture.visitor();
      expect((await stranger.request('GET', `/tickets/${small.world.tickets.ann}`)).status).toBe(401);
    });
    expect(entries).toEqual([]);
  });
});

describe('what the administrator does', () => {
  test('to a portal is entered with the settings before and after', async () => {
    const own = { kind: 'own' };
    const before = { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] };
    const actions = { colleague: { open: ['reply', 'close'] } };
    const entries = await entered(async () => {
      await askAdmin(small, 'PATCH', '/portals/help', { permission: own, name: 'New name' });
      await askAdmin(small, 'PATCH', '/portals/help', { permission: own, actions });
      await askAdmin(small, 'PATCH', '/portals/help', { permission: own, actions });
      await askAdmin(small, 'POST', '/portals', { slug: 'shop', name: 'Shop' });
    });
    const common = { actor: admin, outcome: 'done', subjects: {} };
    expect(entries).toMatchObject([
      { ...common, event: 'portal-changed', portal: 'help' },
      { ...common, event: 'portal-changed', portal: 'help' },
      { ...common, event: 'portal-created', portal: 'shop', change: null },
    ]);
    expect(entries[0]?.change).toEqual({ name: null, permission: { before, after: own } });
    expect(entries[1]?.change).toEqual({ actions: { before: {}, after: actions } });
  });

  test('to a portal by the demo’s page is entered as well', async () => {
    const body = { kind: 'own' };
    const entries = await entered(() => small.fixture.visitor().request('POST', '/demo/api/v1/permission', { body }));
    expect(entries).toMatchObject([{ event: 'portal-changed', portal: 'help', actor: { kind: 'visitor', id: null } }]);
    expect(entries[0]?.change).toMatchObject({ permission: { before: { kind: 'company-if' }, after: body } });
  });

  test('to people, companies and parties is entered by ids, without what is a person’s own', async () => {
    const { acme, globex } = small.world.companies;
    const [max, gus] = (await Promise.all([contactId(small, 'max'), contactId(small, 'gus')])) as [string, string];
    let [made, company] = ['', ''];
    const entries = await entered(async () => {
      const contact = { email: 'pat@example.com', name: 'Pat' };
      made = (await askAdmin<{ id: string }>(small, 'POST', '/contacts', contact)).body.id;
      const change = { companies: [acme, globex], primaryCompany: globex, properties: { role: 'x' }, enabled: false };
      await askAdmin(small, 'PATCH', `/contacts/${max}`, { ...change, name: 'Maximilian' });
      company = (await askAdmin<{ id: string }>(small, 'POST', '/companies', { name: 'New' })).body.id;
      await askAdmin(small, 'PATCH', `/companies/${company}`, { name: 'Newer' });
      await askAdmin(small, 'DELETE', `/companies/${company}`);
      const parties = { requester: gus, contacts: [max], participants: [], companies: [acme] };
      await askAdmin(small, 'PUT', `/tickets/${small.world.tickets.max}/parties`, parties);
    });
    expect(entries).toMatchObject([
      { event: 'contact-created', subjects: { contact: made } },
      { event: 'contact-changed', subjects: { contact: max } },
      { event: 'company-created', subjects: { company } },
      { event: 'company-changed', subjects: { company }, change: { name: null } },
      { event: 'company-deleted', subjects: { company } },
      { event: 'parties-changed', subjects: { ticket: small.world.tickets.max } },
    ]);
    expect(entries[1]?.change).toEqual({
      name: null,
      properties: null,
      enabled: { before: true, after: false },
      companies: { before: [acme], after: [acme, globex] },
      primaryCompany: { before: acme, after: globex },
    });
    expect(entries[5]?.change).toEqual({
      requester: { before: max, after: gus },
      contacts: { before: [], after: [max] },
    });
  });

  test('is entered when they ask what others see', async () => {
    const max = await contactId(small, 'max');
    const ticket = small.world.tickets.ann;
    const entries = await entered(async () => {
      await askAdmin(small, 'GET', `/portals/help/explain?contact=max@example.com&ticket=${ticket}`);
      await askAdmin(small, 'GET', '/portals/help/preview?contact=max@example.com&q=router');
    });
    expect(entries).toMatchObject([
      { event: 'explain', actor: admin, portal: 'help', subjects: { contact: max, ticket } },
      { event: 'preview', actor: admin, portal: 'help', subjects: { contact: max } },
    ]);
  });

  test('and is refused leaves no entry; what cannot be entered does not happen', async () => {
    const refused = await entered(() => askAdmin(small, 'PATCH', '/portals/help', { inboxes: ['A'.repeat(22)] }));
    expect(refused).toEqual([]);
    await small.database.asSuperuser('REVOKE INSERT ON audit_log FROM portico_staff, portico_app');
    try {
      expect((await askAdmin(small, 'PATCH', '/portals/help', { permission: { kind: 'company' } })).status).toBe(500);
      const path = '/portals/help/preview?contact=max@example.com';
      expect((await askAdmin(small, 'GET', path)).status).toBe(500);
      expect((await small.fixture.visitor().signIn('max@example.com')).status).toBe(500);
    } finally {
      await small.database.asSuperuser('GRANT INSERT ON audit_log TO portico_staff, portico_app');
    }
    const { body } = await askAdmin(small, 'GET', '/portals/help');
    expect(body).toMatchObject({ permission: { kind: 'company-if' } });
    expect(await small.database.asSuperuser('SELECT FROM sessions')).toEqual([]);
  });
});

describe('the log', () => {
  test('is read newest first, page by page, each entry once', async () => {
    for (let at = 0; at < 5; at++) await askAdmin(small, 'POST', '/companies', { name: `Company ${at}` });
    const whole = (await askAdmin<{ items: Entry[] }>(small, 'GET', '/audit')).body.items;
    expect(whole).toHaveLength(5);
    const seen: Entry[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor && `&cursor=${cursor}`;
      type Page = { items: Entry[]; nextCursor: string | null };
      const page: Page = (await askAdmin<Page>(small, 'GET', `/audit?limit=2${more}`)).body;
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole);
    expect(new Set(seen.map((entry) => entry.subjects['company'])).size).toBe(5);
  });

  test('only grows: neither staff nor a visitor changes, removes or empties it', async () => {
    await askAdmin(small, 'POST', '/companies', { name: 'Initech' });
    const count = () => small.database.asSuperuser('SELECT count(*) AS n, max(event) AS event FROM audit_log');
    const before = await count();
    const { account } = small.world;
    const contexts: DatabaseContext[] = [
      { role: 'staff', account },
      { role: 'app', account, portal: 1, contact: 1 },
    ];
    const attempts = [
      `UPDATE audit_log SET event = 'other'`,
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
      `INSERT INTO audit_log AS a (account_id, id, at, actor, event, outcome) OVERRIDING SYSTEM VALUE
        SELECT account_id, id, at, actor, event, outcome FROM audit_log
        ON CONFLICT (account_id, id) DO UPDATE SET event = 'other'`,
    ];
    for (const context of contexts) {
      for (const [at, text] of attempts.entries()) {
        const attempt = small.database.batch(context, [{ statement: { name: `audit_attempt_${at}`, text } }]);
        await expect(attempt, `${context.role}: ${text}`).rejects.toMatchObject({ code: '42501' });
      }
    }
    expect(await count()).toEqual(before);
  });

  test('is closed to visitors, who write of nobody else, and to other accounts', async () => {
    await askAdmin(small, 'POST', '/companies', { name: 'Initech' });
    await small.database.asSuperuser(`UPDATE portals SET slug = 'mine'`);
    const other = await seedSmallWorld(small.fixture.deps);
    const run = (context: DatabaseContext, name: string, text: string) =>
      small.database.batch(context, [{ statement: { name, text } }]);
    const visitor: DatabaseContext = { role: 'app', account: small.world.account, portal: 1, contact: 1 };
    await expect(run(visitor, 'audit_read', 'SELECT FROM audit_log')).rejects.toMatchObject({ code: '42501' });
    const insert = (account: number, actor: string) =>
      `INSERT INTO audit_log (account_id, at, actor, event, outcome) VALUES (${account}, '2026-11-01', '${actor}', 'x', 'done')`;
    const mine = insert(small.world.account, 'contact');
    await run(visitor, 'audit_write', mine);
    for (const [name, context, text] of [
      ['audit_as_admin', visitor, insert(small.world.account, 'admin')],
      ['audit_as_staff', visitor, insert(small.world.account, 'staff')],
      ['audit_elsewhere', visitor, insert(other.account, 'contact')],
      ['audit_staff_elsewhere', { role: 'staff', account: small.world.account }, insert(other.account, 'admin')],
      ['audit_nobody', { role: 'app' }, mine.replace('2026-11-01', '2026-11-02')],
    ] as const) {
      await expect(run(context, name, text), name).rejects.toMatchObject({ code: '42501' });
    }
    const elsewhere = { role: 'staff', account: other.account } as const;
    expect(await run(elsewhere, 'audit_foreign', 'SELECT FROM audit_log')).toEqual([[]]);
  });

  test('holds no text, name, address, password, token or search of anybody', async () => {
    const mark = (what: string) => `mark-${what}-7f3a`;
    const network = '203.0.113.77';
    const visitor = small.fixture.visitor();
    const from = { 'x-test-ip': network };
    const credentials = { method: 'password', email: 'max@example.com', password: mark('password') };
    await visitor.request('POST', '/session', { body: credentials, headers: from });
    await visitor.request('POST', '/session', { body: { ...credentials, email: mark('email') }, headers: from });
    await visitor.signIn('max@example.com');
    const token = [...visitor.cookies.values()].join();
    await visitor.request('GET', `/tickets?q=${mark('search')}`, { headers: from });
    const text = { subject: mark('subject'), message: mark('message') };
    await visitor.request('POST', '/tickets', { body: text, key: crypto.randomUUID() });
    const reply = { body: { body: mark('reply') }, key: crypto.randomUUID(), headers: from };
    await visitor.request('POST', `/tickets/${small.world.tickets.gus}/messages`, reply);
    await visitor.request('GET', '/tickets', { headers: { 'x-test-origin': `https://${mark('origin')}.example` } });
    const contact = { email: `${mark('address')}@example.com`, name: mark('name'), password: mark('first-password') };
    const made = await askAdmin<{ id: string }>(small, 'POST', '/contacts', contact);
    const change = { name: mark('new-name'), properties: { [mark('property')]: mark('value') } };
    await askAdmin(small, 'PATCH', `/contacts/${made.body.id}`, change);
    const company = await askAdmin<{ id: string }>(small, 'POST', '/companies', { name: mark('company') });
    await askAdmin(small, 'PATCH', `/companies/${company.body.id}`, { name: mark('new-company') });
    await askAdmin(small, 'PATCH', `/contacts/${made.body.id}`, { companies: [company.body.id] });
    await askAdmin(small, 'PATCH', '/portals/help', { name: mark('portal') });
    await askAdmin(small, 'GET', `/portals/help/preview?contact=max@example.com&q=${mark('preview')}`);
    const ticket = small.world.tickets.ann;
    await askAdmin(small, 'GET', `/portals/help/explain?contact=${contact.email}&ticket=${ticket}`);
    await visitor.request('DELETE', '/session', { body: { scope: 'this' }, headers: from });

    const rows = await small.database.asSuperuser<{ line: string }>('SELECT a::text AS line FROM audit_log a');
    expect(rows.length).toBeGreaterThanOrEqual(14);
    const whole = rows.map(({ line }) => line).join('\n');
    expect(whole).toContain(made.body.id);
    const never = ['mark-', '7f3a', 'example', '@', network, token, noteText, 'Router', 'Acme', 'ann', 'test-admin'];
    expect(never.filter((word) => whole.includes(word))).toEqual([]);
  });
});
