import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';

import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import { createPgliteSession } from '../../../src/server/pglite/pglite-session.js';
import { migrate, rolesOf } from '../../../src/server/sql/migrate.js';

const session = createPgliteSession(await PGlite.create());
afterAll(() => session.close());
let count = 0;
const read = async (text: string) => (await session.run([{ statement: { name: `test.${count++}`, text } }]))[0];

test('tickets of before know who asked once 016 has run, and stay behind their walls', async () => {
  const all = readMigrations();
  await session.script(rolesOf(all));
  await session.script('SET SESSION AUTHORIZATION portico_owner');
  await migrate(
    session,
    all.filter(({ name }) => name < '016'),
  );
  await session.script(`SET SESSION AUTHORIZATION postgres;
    INSERT INTO accounts (public_id, name) VALUES ('a', 'A'), ('b', 'B');
    INSERT INTO inboxes (account_id, public_id, name) SELECT account_id, 'in', 'In' FROM accounts;
    INSERT INTO statuses (account_id, id, position, category, label) SELECT account_id, 'new', 0, 'open', '{}' FROM accounts;
    INSERT INTO companies (account_id, public_id, name) SELECT account_id, 'co', 'Co' FROM accounts;
    INSERT INTO contacts (account_id, public_id, email, name, locale)
      SELECT account_id, p, p || '@example.com', p, 'en' FROM accounts, unnest('{ann,max}'::text[]) AS p;
    INSERT INTO tickets (account_id, public_id, number, inbox_id, subject, status, requester_id, created_at, updated_at)
      SELECT c.account_id, c.public_id, c.id, i.id, 'S', 'new', c.id, now(), now()
      FROM contacts c JOIN inboxes i USING (account_id);
    INSERT INTO ticket_companies (account_id, company_id, ticket_id)
      SELECT t.account_id, o.id, t.id FROM tickets t JOIN companies o USING (account_id);
    SET SESSION AUTHORIZATION portico_owner`);
  expect(await migrate(session, all)).toContain('016-list-filters.sql');

  await session.script('SET SESSION AUTHORIZATION postgres');
  for (const table of ['ticket_contacts', 'ticket_companies']) {
    expect(
      await read(`SELECT count(*)::int AS all, count(*) FILTER (WHERE k.requester_id = t.requester_id)::int AS right
        FROM ${table} k JOIN tickets t ON t.account_id = k.account_id AND t.id = k.ticket_id`),
    ).toEqual([{ all: 4, right: 4 }]);
  }
  expect(
    await read(`SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      AND NOT (relrowsecurity AND relforcerowsecurity)`),
  ).toEqual([]);
});
