import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/world/demo-world.js';
import { temporaryFolder } from '../../support/folder.js';
import { makeMigratedFolder } from '../../support/migrated-folder.js';
import { type ServerProcess, runCommand, startServerProcess } from '../../support/server-process.js';

describe('portico', () => {
  test.each([[[]], [['serve']], [['demo', 'now']], [['doctor', 'zendesk']]])(
    'explains itself when called with %o',
    async (args) => {
      const { code, stdout, stderr } = await runCommand(args, {});
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('Usage: portico <command>');
    },
  );

  test('ends with one sentence when a setting is wrong, and touches nothing', async () => {
    const folder = join(temporaryFolder(), 'data');
    expect(await runCommand(['demo'], { PORT: 'abc', PORTICO_DATA: folder })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'PORT must be a whole number from 0 to 65535.\n',
    });
    expect(existsSync(folder)).toBe(false);
  });

  test('keeps the demo world out of a folder with other things in it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.txt'), '');
    const { code, stderr } = await runCommand(['demo'], { PORTICO_DATA: folder });
    expect([code, stderr]).toEqual([
      1,
      `PORTICO_DATA names ${folder}, which is not empty and not a demo folder; the demo needs another.\n`,
    ]);
  });
});

// A first start makes a database: seconds of computing, more on a busy machine.
describe('portico demo', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'portico-command-'));
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServerProcess('demo', { PORTICO_DATA: folder });
  }, 120_000);
  afterAll(async () => {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const sentHeaders = () => ({
    'content-type': 'application/json',
    origin: server.origin,
    'x-portal-client': 'portico-test/1',
  });
  const signIn = (body: unknown) =>
    fetch(`${server.origin}/help/api/v1/session`, {
      method: 'POST',
      headers: sentHeaders(),
      body: JSON.stringify(body),
    });

  test('ends what it says with one address, and answers there', async () => {
    expect(server.output.match(/https?:\/\/\S+/g)).toEqual([`${server.origin}/`]);
    expect(server.output.trimEnd().endsWith(`${server.origin}/`)).toBe(true);
    const healthz = await fetch(`${server.origin}/healthz`);
    expect([healthz.status, await healthz.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('knows the contacts of the demo world by their published password only', async () => {
    const { password } = demoWorld;
    const email = 'alice@acme.example';
    const right = await signIn({ method: 'password', email, password });
    expect([right.status, ((await right.json()) as { contact: { email: string } }).contact.email]).toEqual([
      200,
      email,
    ]);
    expect(right.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-portal_s_help=[\w-]{44}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=\d{4,}$/,
      ),
    ]);
    expect((await signIn({ method: 'password', email, password: `${password}!` })).status).toBe(401);
  });

  test('knows its owner, by the same password', async () => {
    const body = JSON.stringify({ email: 'owner@tarnfield.example', password: demoWorld.password });
    const answer = await fetch(`${server.origin}/admin/api/v1/session`, {
      method: 'POST',
      headers: sentHeaders(),
      body,
    });
    expect([answer.status, await answer.json()]).toMatchObject([200, { staff: { name: 'Ada Tarn', role: 'admin' } }]);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const headers = { ...sentHeaders(), cookie };
    expect((await fetch(`${server.origin}/admin/api/v1/portals`, { headers })).status).toBe(200);
  });

  test('is alone on its data folder: a second server says whose it is', async () => {
    expect(await runCommand(['demo'], { PORT: '0', PORTICO_DATA: folder })).toEqual({
      code: 1,
      stdout: '',
      stderr: `The data folder ${folder} is in use by process ${server.pid}; stop that server or set PORTICO_DATA.\n`,
    });
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
  });

  test('makes a set port that is taken stop the start', async () => {
    const port = new URL(server.origin).port;
    const { code, stderr } = await runCommand(['demo'], { PORT: port, PORTICO_DATA: join(temporaryFolder(), 'data') });
    expect([code, stderr]).toEqual([1, `PORT is ${port}, but another program listens there.\n`]);
  });

  test('stops when asked to, gives the folder back and finds everything again', async () => {
    // One Ctrl-C arrives twice: from the terminal and through npm.
    expect(await server.end('SIGINT', 'SIGTERM')).toBe(0);
    expect(existsSync(join(folder, 'server.lock'))).toBe(false);
    server = await startServerProcess('demo', { PORTICO_DATA: folder });
    const email = 'bob@acme.example';
    expect((await signIn({ method: 'password', email, password: demoWorld.password })).status).toBe(200);
  });
});

describe('portico start', { timeout: 120_000 }, () => {
  test('says where the admin token is and what to do without a portal', async () => {
    const folder = temporaryFolder();
    await makeMigratedFolder(folder, 'live');
    const server = await startServerProcess('start', { PORTICO_DATA: folder });
    expect(server.output).toContain(`Admin token: made, in ${join(folder, 'admin-token')}`);
    expect(server.output).toContain('There is no portal yet.');
    expect(await server.end('SIGTERM')).toBe(0);
  });

  test('shows the link of the first owner as long as there is none', async () => {
    const folder = temporaryFolder();
    await makeMigratedFolder(folder, 'live');
    const linkOf = ({ origin, output }: ServerProcess) => {
      const [, token] = /Open this link once:\n\n {2}(\S+)\n/.exec(output) ?? [];
      const [page, secret] = token?.split('#welcome=') ?? [];
      expect(page).toBe(token && `${origin}/admin/`);
      return secret;
    };
    const welcome = ({ origin }: ServerProcess, token: string | undefined) =>
      fetch(`${origin}/admin/api/v1/welcome`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json', 'x-portal-client': 'portico-test/1' },
        body: JSON.stringify({
          token,
          password: 'a staple and no battery',
          name: 'Ada',
          email: 'ada@new.example',
          account: 'Tarnfield',
        }),
      });
    let server = await startServerProcess('start', { PORTICO_DATA: folder });
    const unused = linkOf(server);
    expect(unused).toMatch(/^[\w-]{44}$/);
    await server.end('SIGTERM');

    server = await startServerProcess('start', { PORTICO_DATA: folder });
    expect((await welcome(server, unused)).status).toBe(401);
    const answer = await welcome(server, linkOf(server));
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-portal_staff=[\w-]{44}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=86400$/,
      ) as string,
    ]);
    await server.end('SIGTERM');

    server = await startServerProcess('start', { PORTICO_DATA: folder });
    expect(linkOf(server)).toBeUndefined();
    await server.end('SIGTERM');
  });

  test('logs a line of JSON for every request and for what happens to the server', async () => {
    const folder = temporaryFolder();
    await makeMigratedFolder(folder, 'live');
    const server = await startServerProcess('start', { PORTICO_DATA: folder });
    await fetch(`${server.origin}/help/api/v1/tickets?q=zebra`);
    await fetch(`${server.origin}/readyz`);
    await server.end('SIGTERM');
    const request = {
      time: expect.stringMatching(/^20\d\d-.*Z$/) as string,
      level: 'info',
      event: 'request',
      id: expect.stringMatching(/^[\w-]{22}$/) as string,
      method: 'GET',
      route: '/:slug/api/v1/tickets',
      status: 404,
      ms: expect.any(Number) as number,
    };
    const lines = server.log() as { event: string }[];
    expect(lines.filter(({ event }) => event === 'request')).toEqual([request]);
    expect(lines.map(({ event }) => event)).toEqual(['database-open', 'request', 'stopping', 'stopped']);
  });
});
