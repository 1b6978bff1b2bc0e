import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';

import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import { createPgliteSession } from '../../../src/server/pglite/pglite-session.js';
import { migrate, rolesOf } from '../../../src/server/sql/migrate.js';

const session = createPgliteSession(await PGlite.create());
afterAll(() => session.close());

test('accounts of before reach inner addresses as they did once 038 has run, and those that come after do not', async () => {
  const all = readMigrations();
  await session.script(rolesOf(all));
  await session.script('SET SESSION AUTHORIZATION portico_owner');
  await migrate(
    session,
    all.filter(({ name }) => name < '038'),
  );
  const add = (name: string) =>
    session.script(`SET SESSION AUTHORIZATION postgres;
      INSERT INTO accounts (public_id, name) VALUES ('${name}', '${name}'); SET SESSION AUTHORIZATION portico_owner`);
  await add('before');
  expect(await migrate(session, all)).toContain('038-inner-addresses.sql');
  await add('later');
  await session.script('SET SESSION AUTHORIZATION postgres');
  const text = 'SELECT name, inner_addresses AS may FROM accounts ORDER BY name';
  expect(await session.run([{ statement: { name: 'test.may', text } }])).toEqual([
    [
      { name: 'before', may: true },
      { name: 'later', may: false },
    ],
  ]);
});
