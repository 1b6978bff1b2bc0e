import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

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

  test('tells how it is used when something is missing', async () => {
    const { code, stderr } = await runCommand(['account', 'Globex'], {});
    expect([code, stderr]).toEqual([2, expect.stringContaining('account <company> <name> <e-mail>')]);
  });
});
