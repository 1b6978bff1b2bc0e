import { describe, expect, test } from 'vitest';

import { findArrival } from '../../src/server/identity/arrival.js';
import { base } from './app-fixture.js';
import { noteText } from './small-world.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

async function signedIn(name: string) {
  const visitor = small.fixture.visitor();
  expect((await visitor.signIn(`${name}@example.com`)).status).toBe(200);
  return visitor;
}

interface Listed {
  items: { id: string; subject: string; why: { relation: string } }[];
  nextCursor: string | null;
}

async function list(name: string, query = ''): Promise<Record<string, string>> {
  const response = await (await signedIn(name)).request('GET', `/tickets${query}`);
  expect(response.status).toBe(200);
  const { items } = (await response.json()) as Listed;
  return Object.fromEntries(items.map((item) => [item.subject, item.why.relation]));
}

describe('what each contact sees', () => {
  test('their own tickets and those they take part in; a manager all of the company', async () => {
    expect(await list('ann')).toEqual({ 'Router is offline': 'requester', 'Done and closed': 'requester' });
    expect(await list('max')).toEqual({
      'Router is offline': 'company',
      'Invoice is missing': 'requester',
      'Done and closed': 'company',
    });
    expect(await list('gus')).toEqual({ 'Globex gateway': 'requester' });
    expect(await list('zoe')).toEqual({ 'Router is offline': 'participant', 'No company here': 'requester' });
  });

  test('scopes narrow and never widen', async () => {
    expect(await list('max', '?scope=mine')).toEqual({ 'Invoice is missing': 'requester' });
    expect(Object.keys(await list('max', '?scope=company'))).toHaveLength(3);
    expect(await list('ann', '?scope=company')).toEqual(await list('ann'));
    expect(await list('zoe', '?scope=participating')).toEqual({ 'Router is offline': 'participant' });
    expect(await list('zoe', '?scope=company')).toEqual({});
    expect(await list('gus', `?scope=company:${small.world.companies.acme}`)).toEqual({});
    expect(await list('ann', `?scope=company:${small.world.companies.acme}`)).toEqual(await list('ann'));
  });

  test.each(['gus', 'max', 'deleted', 'sales', 'unknown'] as const)(
    'a ticket that is %s to ann is answered like one that never was, byte for byte',
    async (which) => {
      const ann = await signedIn('ann');
      const id = which === 'unknown' ? 'A'.repeat(22) : small.world.tickets[which];
      const key = crypto.randomUUID();
      const body = { body: 'Hello?' };
      for (const ask of [
        () => ann.request('GET', `/tickets/${id}`),
        () => ann.request('GET', `/tickets/${id}/messages`),
        () => ann.request('POST', `/tickets/${id}/read`),
        () => ann.request('POST', `/tickets/${id}/messages`, { body, key }),
      ]) {
        const response = await ask();
        expect(response.status).toBe(404);
        expect(await response.text()).toBe(
          '{"type":"about:blank","title":"Not found","status":404,"code":"not-found","fields":null,"retryAfter":null}',
        );
      }
    },
  );

  test('an internal note is in no answer, and neither is its file', async () => {
    const max = await signedIn('max');
    const texts = await Promise.all(
      [
        '/tickets',
        `/tickets/${small.world.tickets.ann}`,
        `/tickets/${small.world.tickets.ann}/messages`,
        '/tickets?q=zebra',
        '/tickets?q=discount',
      ].map(async (path) => (await max.request('GET', path)).text()),
    );
    expect(texts.join()).not.toContain('zebra');
    expect(texts.slice(3)).toEqual([
      '{"items":[],"nextCursor":null,"asOf":null}',
      '{"items":[],"nextCursor":null,"asOf":null}',
    ]);
    expect((await max.request('GET', `/attachments/${small.world.attachments.note}`)).status).toBe(404);
    expect((await max.request('GET', `/attachments/${small.world.attachments.ann}`)).status).toBe(200);
  });

  test('a file is opened by who sees its ticket alone', async () => {
    const file = `/attachments/${small.world.attachments.ann}`;
    const response = await (await signedIn('zoe')).request('GET', file);
    expect(await response.text()).toBe('log of ann');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="___ty _log_.txt"; filename*=UTF-8''%C5%BC%C3%B3%C5%82ty%20%22log%22.txt`,
    );
    expect((await (await signedIn('gus')).request('GET', file)).status).toBe(404);
    expect((await small.fixture.visitor().request('GET', file)).status).toBe(401);
  });

  test('who leaves the company loses its tickets at once, who is disabled everything', async () => {
    const max = await signedIn('max');
    await small.database.asSuperuser(`DELETE FROM contact_companies`);
    const left = (await (await max.request('GET', '/tickets')).json()) as Listed;
    expect(left.items.map((item) => item.subject)).toEqual(['Invoice is missing']);
    expect((await max.request('GET', `/tickets/${small.world.tickets.ann}`)).status).toBe(404);
    await small.database.asSuperuser(`UPDATE contacts SET enabled = false`);
    expect((await max.request('GET', '/tickets')).status).toBe(401);
  });

  test('a contact outside the access group cannot sign in', async () => {
    expect((await small.fixture.visitor().signIn('eve@example.com')).status).toBe(401);
  });
});

describe('row level security alone', () => {
  const count = (name: string, table: string) =>
    small.database.tx({ role: 'app' }, async (tx) => {
      await tx.query(
        {
          name: `enter:${name}`,
          text: `SELECT enter($1, $2, (SELECT contact_id FROM credential_by_email($1, $2, $3)))`,
        },
        [small.world.account, 1, `${name}@example.com`],
      );
      const rows = await tx.query<{ n: number }>({
        name: `count:${table}`,
        text: `SELECT count(*)::int8 AS n FROM ${table}`,
      });
      return rows[0]?.n;
    });

  test('shows the same tickets, and no note', async () => {
    expect(await count('ann', 'tickets')).toBe(2);
    expect(await count('max', 'tickets')).toBe(3);
    expect(await count('gus', 'tickets')).toBe(1);
    expect(await count('ann', 'messages')).toBe(2);
    expect(await count('ann', 'attachments')).toBe(1);
    expect(await count('gus', 'attachments')).toBe(0);
    expect(await count('eve', 'tickets')).toBe(0);
  });

  test('shows nothing without a context', async () => {
    const tables = await small.database.asSuperuser<{ name: string; enabled: boolean; forced: boolean }>(
      `SELECT relname AS name, relrowsecurity AS enabled, relforcerowsecurity AS forced FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables) expect(table, table.name).toMatchObject({ enabled: true, forced: true });
    for (const table of ['tickets', 'messages', 'ticket_contacts', 'ticket_companies', 'attachments', 'sessions']) {
      const [rows] = await small.database.batch({ role: 'app' }, [
        { statement: { name: `all:${table}`, text: `SELECT * FROM ${table}` } },
      ]);
      expect(rows, table).toEqual([]);
    }
  });

  test('keeps the order keys of every party when one of them replies', async () => {
    const ann = await signedIn('ann');
    small.fixture.pass(5000);
    const body = { body: 'Any news?' };
    const answer = await ann.request('POST', `/tickets/${small.world.tickets.ann}/messages`, {
      body,
      key: crypto.randomUUID(),
    });
    expect(answer.status).toBe(201);
    const rows = await small.database.asSuperuser<{ same: boolean }>(
      `SELECT c.updated_at = t.updated_at AND c.status = t.status AS same
        FROM tickets t JOIN (SELECT ticket_id, updated_at, status FROM ticket_contacts
          UNION ALL SELECT ticket_id, updated_at, status FROM ticket_companies) c ON c.ticket_id = t.id
        WHERE t.public_id = '${small.world.tickets.ann}'`,
    );
    expect(rows).toEqual([{ same: true }, { same: true }, { same: true }]);
  });

  test('keeps the names of parties and companies as they are renamed, added and removed', async () => {
    const kept = async () =>
      await small.database.asSuperuser<{ parties: { name: string; role: string }[]; companies: { name: string }[] }>(
        `SELECT parties, companies FROM tickets WHERE public_id = '${small.world.tickets.ann}'`,
      );
    const names = async () => {
      const [row] = await kept();
      return { people: row?.parties.map(({ name }) => name), companies: row?.companies.map(({ name }) => name) };
    };
    expect(await names()).toEqual({ people: ['ann', 'zoe'], companies: ['Acme'] });
    await small.database.asSuperuser(`UPDATE contacts SET name = 'Ann Ash' WHERE name = 'ann'`);
    await small.database.asSuperuser(`UPDATE companies SET name = 'Acme SA' WHERE name = 'Acme'`);
    expect(await names()).toEqual({ people: ['Ann Ash', 'zoe'], companies: ['Acme SA'] });
    await small.database.asSuperuser(`DELETE FROM ticket_contacts WHERE role = 'participant'`);
    await small.database.asSuperuser(`DELETE FROM ticket_companies`);
    expect(await names()).toEqual({ people: ['Ann Ash'], companies: [] });
  });

  test('lets nothing be written along with the look-up of portal and session', async () => {
    const ann = await signedIn('ann');
    const [token] = ann.cookies.values();
    const write = { name: 'write', text: `UPDATE tickets SET status = 'closed' WHERE id > $1` };
    const caller = small.fixture.deps.caller(
      new Request(base, { headers: { 'x-test-origin': base, 'x-test-cookie': `__Host-portal_s_help=${token}` } }),
    );
    const arrived = await findArrival(small.fixture.deps, caller, 'help');
    expect(arrived?.session?.name).toBe('ann');
    const attempt = findArrival(small.fixture.deps, caller, 'help', [{ statement: write, params: [0] }]);
    await expect(attempt).rejects.toMatchObject({ code: '25006' });
  });
});

test('the note is really there', async () => {
  const rows = await small.database.asSuperuser<{ n: number }>(
    `SELECT count(*)::int8 AS n FROM messages WHERE text = '${noteText}' AND internal`,
  );
  expect(rows).toEqual([{ n: 1 }]);
});
