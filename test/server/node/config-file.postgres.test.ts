import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { readMigrations } from '../../../src/server/node/database/migration-files.js';
import { openPostgres } from '../../../src/server/node/database/postgres/open-postgres.js';
import { createAccount } from '../../../src/server/settings/new-account.js';
import { temporaryFolder } from '../../support/folder.js';
import { type PostgresLogins, addressOf } from '../../support/postgres.js';
import { runCommand } from '../../support/server-process.js';

const address = addressOf(inject('postgres') as PostgresLogins);
const name = `config_${randomUUID().replaceAll('-', '')}`;
const env = { DATABASE_URL: address.appUrl(name), PORTICO_PUBLIC_URL: 'https://support.acme.example' };

beforeAll(async () => {
  await address.createDatabase(name);
  const database = await openPostgres({
    url: env.DATABASE_URL,
    migrateUrl: address.ownerUrl(name),
    migrations: readMigrations(),
  });
  const newId = () => randomBytes(16).toString('base64url');
  await database.tx({ role: 'staff' }, (tx) => createAccount(tx, 'Acme', newId));
  await database.close();
}, 60_000);
afterAll(() => address.dropDatabase(name));

test('a file is checked and applied in the database itself', { timeout: 60_000 }, async () => {
  const file = join(temporaryFolder(), 'file.json');
  const config = (command: string, content: object) => {
    writeFileSync(file, JSON.stringify(content));
    return runCommand(['config', command, file], env);
  };
  const content = { account: 'Acme', portals: [{ slug: 'help', name: 'Help' }] };
  const said = (stdout: string) => ({ code: 0, stdout, stderr: '' });
  expect(await config('check', content)).toEqual(
    said('portal help: new\n1 change; `portico config apply` makes them.\n'),
  );
  expect(await config('apply', content)).toEqual(said('portal help: new\nApplied: 1 change.\n'));
  expect(await config('apply', content)).toEqual(said(`Nothing to do: everything is as ${file} says.\n`));
  expect(await config('apply', { domains: [{ host: 'support.acme.example', locale: 'en' }] })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'domains.0.host: is the server\'s own name; write "system".\n',
  });
});
