import { PGlite } from '@electric-sql/pglite';
import { expect, onTestFinished, test } from 'vitest';
import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import { servePglite } from '../../../src/server/pglite/serve.js';
import { keepUp } from '../../../src/server/pglite/upkeep.js';

test('a table that has changed much is cleaned up and analysed, one at a time, outside of transactions', async () => {
  const pglite = await PGlite.create();
  onTestFinished(() => pglite.close());
  const { session } = await servePglite(pglite, readMigrations());
  let count = 0;
  const ask = async (text: string) => (await session.run([{ statement: { name: `test_${count++}`, text } }]))[0];
  const key = `'00000000-0000-4000-8000-000000000000'`;
  expect(await keepUp(session)).toBe(false);

  await session.script('SET ROLE portico_staff');
  await session.script(
    `INSERT INTO accounts (public_id, name) SELECT 'a' || n, ${key} FROM generate_series(1, 2000) n`,
  );
  await session.script(`INSERT INTO server_settings SELECT 's' || n, ${key} FROM generate_series(1, 1500) n`);
  await session.script('RESET ROLE');

  // A transaction is noticed by its age.
  await session.script('BEGIN');
  await pglite.exec('SELECT pg_sleep(1.1)');
  expect(await keepUp(session)).toBe(false);
  await session.script('COMMIT');

  // Each account has a domain.
  const kept: boolean[] = [];
  for (let look = 1; look <= 4; look++) kept.push(await keepUp(session));
  expect(kept).toEqual([true, true, true, false]);
  expect(await ask("SELECT reltuples::int8 AS rows FROM pg_class WHERE relname = 'accounts'")).toEqual([
    { rows: 2000 },
  ]);
  expect(await ask('SELECT current_user::text AS who')).toEqual([{ who: 'portico_app' }]);
});
