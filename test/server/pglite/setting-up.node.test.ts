import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';

import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import { createPgliteSession } from '../../../src/server/pglite/pglite-session.js';
import { migrate, rolesOf } from '../../../src/server/sql/migrate.js';

const session = createPgliteSession(await PGlite.create());
afterAll(() => session.close());
let count = 0;
const read = async (text: string) => (await session.run([{ statement: { name: `test.${count++}`, text } }]))[0];

test('accounts of before have their domains once 026 has run, and their portals are open', async () => {
  const all = readMigrations();
  await session.script(rolesOf(all));
  await session.script('SET SESSION AUTHORIZATION portico_owner');
  await migrate(
    session,
    all.filter(({ name }) => name < '026'),
  );
  await session.script(`SET SESSION AUTHORIZATION postgres;
    INSERT INTO accounts (public_id, name) VALUES ('a', 'A'), ('b', 'B');
    INSERT INTO portals (account_id, slug, host, name, locale, locales)
      SELECT account_id, slug, host, slug, locale, locales FROM accounts a JOIN (VALUES
        ('a', 'english', NULL, 'en', '{en}'::text[]), ('a', 'polish', NULL, 'pl', '{pl}'), ('a', 'both', NULL, 'en', '{en,pl}'),
        ('a', 'own', 'help.acme.example', 'pl', '{pl}')) AS p (account, slug, host, locale, locales) ON p.account = a.public_id;
    INSERT INTO portals (account_id, slug, host, name, locale, locales)
      SELECT account_id, 'further', 'help.acme.example', 'further', 'de', '{de}' FROM accounts WHERE public_id = 'a';
    SET SESSION AUTHORIZATION portico_owner`);
  expect(await migrate(session, all)).toContain('026-setting-up.sql');

  await session.script(`SET SESSION AUTHORIZATION postgres; INSERT INTO accounts (public_id, name) VALUES ('c', 'C')`);
  expect(
    await read(`SELECT a.public_id AS account, d.kind, d.host, d.locale FROM domains d JOIN accounts a USING (account_id)
      WHERE d.public_id ~ '^[A-Za-z0-9_-]{22}$' ORDER BY 1, d.host NULLS FIRST`),
  ).toEqual([
    { account: 'a', kind: 'system', host: null, locale: 'en' },
    { account: 'a', kind: 'connected', host: 'help.acme.example', locale: 'pl' },
    { account: 'b', kind: 'system', host: null, locale: 'en' },
    { account: 'c', kind: 'system', host: null, locale: 'en' },
  ]);
  expect(await read('SELECT slug FROM portals WHERE is_open AND version = 1 AND follows_domain ORDER BY slug')).toEqual(
    [{ slug: 'english' }, { slug: 'own' }],
  );
  expect(
    await read(`SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      AND NOT (relrowsecurity AND relforcerowsecurity)`),
  ).toEqual([]);
});
