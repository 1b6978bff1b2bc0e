import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { openEmbeddedDatabase } from '../../../src/server/node/database/open-database.js';
import { welcomeFirst } from '../../support/first-owner.js';
import { temporaryFolder } from '../../support/folder.js';
import { makeMigratedFolder } from '../../support/migrated-folder.js';
import { runCommand, startServerProcess } from '../../support/server-process.js';

async function startLive() {
  const data = join(temporaryFolder(), 'live');
  await makeMigratedFolder(data, 'live');
  const add = (...args: string[]) => runCommand(['account', ...args], { PORTICO_DATA: data, PORT: '4471' });
  return { data, add };
}

const gina = ['Globex', 'Gina Ross', 'gina@globex.example'];

describe('portico account', { timeout: 120_000 }, () => {
  test('makes it in the database when no server works on the folder', async () => {
    const { add } = await startLive();
    const { code, stdout } = await add(...gina);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Made: Globex\. [^]*\n {2}http:\/\/localhost:4471\/admin\/#welcome=[\w-]{44}\n/),
    ]);
    expect(await add(...gina)).toMatchObject({
      code: 1,
      stderr: 'Globex is the name of an account that there is already.\n',
    });
    expect(await add('Globex', 'Gina', 'gina')).toMatchObject({ code: 1, stderr: 'gina is no e-mail address.\n' });
  });

  test('is made by the server that does, and the link leads to it', async () => {
    const { data, add } = await startLive();
    const server = await startServerProcess('start', { PORTICO_DATA: data });
    onTestFinished(async () => void (await server.end('SIGKILL')));
    await welcomeFirst(server, 'Tarnfield');
    const { stdout } = await add(...gina);
    const [, origin, token] = /(http:\S+)\/admin\/#welcome=([\w-]+)/.exec(stdout) ?? [];
    expect(origin).toBe(server.origin);
    const response = await fetch(`${server.origin}/admin/api/v1/welcome/look`, {
      method: 'POST',
      headers: { origin: server.origin, 'content-type': 'application/json', 'x-portal-client': 'portico-test/1' },
      body: JSON.stringify({ token }),
    });
    expect(await response.json()).toEqual({ kind: 'staff', name: 'Gina Ross', email: 'gina@globex.example' });
    expect(await add('Labs', 'Gina', 'ada@new.example')).toMatchObject({
      code: 1,
      stderr: 'ada@new.example is how somebody of the staff signs in already.\n',
    });
  });

  test('says whether it reaches inner addresses, when it is made and afterwards', async () => {
    const { data, add } = await startLive();
    const may = async () => {
      const database = await openEmbeddedDatabase({ folder: data });
      const statement = { name: 'test.may', text: 'SELECT name, inner_addresses AS may FROM accounts ORDER BY name' };
      const [rows] = await database.batch({ role: 'staff' }, [{ statement }]);
      await database.close();
      return rows;
    };
    await add(...gina);
    await add('Initech', 'Ina', 'ina@initech.example', '--inner-addresses');
    expect(await may()).toEqual([
      { name: 'Globex', may: false },
      { name: 'Initech', may: true },
    ]);
    expect(await add('Globex', '--inner-addresses')).toMatchObject({
      code: 0,
      stdout: "Changed: Globex reaches addresses inside this server's network.\n",
    });
    expect(await add('Hooli', '--inner-addresses')).toMatchObject({
      code: 1,
      stderr: 'Hooli is the name of no account.\n',
    });

    const server = await startServerProcess('start', { PORTICO_DATA: data });
    expect((await add('Initech', '--no-inner-addresses')).stdout).toContain('Initech does not reach');
    expect(await add('Hooli', '--no-inner-addresses')).toMatchObject({ code: 1 });
    await server.end('SIGTERM');
    expect(await may()).toEqual([
      { name: 'Globex', may: true },
      { name: 'Initech', may: false },
    ]);
  });

  test.each([
    [['Globex']],
    [['Globex', '--inner']],
    [['Globex', '--inner-addresses', '--no-inner-addresses']],
    [['Globex', 'Gina', '--inner-addresses']],
  ])('tells how it is used when called with %o', async (args) => {
    const { code, stderr } = await runCommand(['account', ...args], {});
    expect([code, stderr]).toEqual([2, expect.stringContaining('account <company> <name> <e-mail>')]);
  });

  test('tells of inner addresses when asked for help', async () => {
    const { code, stdout } = await runCommand(['account', '--help'], {});
    expect([code, stdout]).toEqual([0, expect.stringContaining('--no-inner-addresses')]);
  });
});
