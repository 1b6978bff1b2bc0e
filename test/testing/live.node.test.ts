import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { runCommand } from '../../src/testing/command/command.js';
import { promises } from '../../src/testing/live/live-case.js';
import { type LiveReport, liveCases, runLive } from '../../src/testing/live/run.js';
import { demoWorld } from '../../src/world/demo-world.js';
import { makeMigratedFolder } from '../support/migrated-folder.js';
import { type ServerProcess, startServerProcess } from '../support/server-process.js';
import { leaksOfAsking } from './leaks-asking.js';
import { leaksOfReading } from './leaks-reading.js';
import { startLeakyProxy } from './leaky-proxy.js';

const leakyPortals = [...leaksOfReading, ...leaksOfAsking];

// A whole run of the command asks a thousand questions and more, one after the other.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'portico-live-'));
let server: ServerProcess;
/** Where nobody listens any more. */
let gone: string;

beforeAll(async () => {
  await makeMigratedFolder(join(folder, 'demo'), 'demo');
  const token = 'a-token-of-the-test-alone-0123456789';
  server = await startServerProcess('demo', { PORTICO_DATA: join(folder, 'demo'), PORTICO_ADMIN_TOKEN: token });
  await askForConsent(token);
  const closed = await startLeakyProxy(server.origin, ({ forward }) => forward());
  gone = closed.origin;
  await closed.close();
}, 120_000);

afterAll(async () => {
  await server?.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

/** Nobody has agreed to it yet: all who sign in are asked. */
async function askForConsent(token: string): Promise<void> {
  const response = await fetch(`${server.origin}/admin/api/v1/portals/help`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-portal-client': 'test/1',
    },
    body: JSON.stringify({
      consent: { asked: true, text: { en: 'We keep what you write.', pl: 'Zachowujemy to, co piszesz.' } },
    }),
  });
  if (!response.ok) throw new Error(`The portal cannot be made to ask: ${response.status} ${await response.text()}`);
}

const { password } = demoWorld;
const alice = { email: 'alice@acme.example', password };
const bob = { email: 'bob@acme.example', password };
const dave = { email: 'dave@example.com', password };

/** What the five really see, by the world's plain data: own tickets for some, all of a company for managers. */
function seenBy(id: string): number[] {
  const contact = demoWorld.contacts.find((one) => one.id === id);
  const isManager = contact?.properties['role'] === 'manager';
  return demoWorld.tickets
    .filter(({ deleted, inbox }) => !deleted && demoWorld.portal.inboxes.includes(inbox))
    .filter(
      ({ requester, contacts, participants, companies }) =>
        [requester, ...contacts, ...participants].includes(id) ||
        (isManager && companies.includes(contact?.primaryCompany ?? '')),
    )
    .map(({ number }) => number);
}

let files = 0;
function peopleFile(people: unknown): string {
  files += 1;
  const path = join(folder, `people-${files}.json`);
  writeFileSync(path, typeof people === 'string' ? people : JSON.stringify(people));
  return path;
}

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const written = { out: '', error: '' };
  const code = await runCommand(args, {
    out: (text) => {
      written.out += `${text}\n`;
    },
    error: (text) => {
      written.error += `${text}\n`;
    },
  });
  expect(written.out + written.error).not.toContain(password);
  return { code, ...written };
}

const conformance = (origin: string, ...args: string[]) => run('conformance', `${origin}/help`, ...args);

describe('against the demo server', () => {
  test('every promise is kept for five people, writes included', async () => {
    const all = demoWorld.tickets.map(({ number }) => number);
    const people = demoWorld.accessGroup.members.map((id) => {
      const email = demoWorld.contacts.find((one) => one.id === id)?.email;
      const sees = seenBy(id);
      return { email, password, sees, not: all.filter((number) => !sees.includes(number)) };
    });

    const { code, out, error } = await conformance(server.origin, '--people', peopleFile(people), '--write');

    expect({ code, error }, out).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/^what somebody may not see does not exist for them +7 {2}kept$/m);
    expect(out.trimEnd().split('\n').at(-1)).toBe(`${liveCases.length} passed, 0 failed, 0 skipped`);
  });

  test('without people it asks what needs no session, and says what it left out and why', async () => {
    const { code, out } = await conformance(server.origin);

    expect(code).toBe(0);
    expect(out).toMatch(/^only pages of the portal may ask +2 {2}kept$/m);
    expect(out).toMatch(/^ {2}\d+ × needs --people$/m);
    expect(out).toMatch(/^9 passed, 0 failed, \d+ skipped\n$/m);
  });

  test('it writes nothing unless it may', async () => {
    const address = `${server.origin}/help`;
    const people = [alice, dave];
    const numbers = async () => (await runLive({ address, people, write: false }, [])).people;
    const before = await numbers();
    await conformance(server.origin, '--people', peopleFile(people));
    expect(await numbers()).toEqual(before);

    const writes = liveCases.filter(({ promise }) => promise === promises.write);
    await runLive({ address, people, write: true }, writes);
    const [first, ...others] = before;
    expect(await numbers()).toEqual([{ ...first, tickets: (first?.tickets ?? 0) + 1 }, ...others]);
  });

  test.each([
    ['expected and not seen', { sees: [1042, 999_999] }, 'does not see 999999'],
    ['seen and not expected', { not: [seenBy('alice')[0]] }, `sees ${seenBy('alice')[0]}`],
  ])('a ticket that is %s is a broken promise', async (_, expected, why) => {
    const sees = 'sees' in expected ? { sees: [seenBy('alice')[0], 999_999] } : expected;
    const { code, out } = await conformance(server.origin, '--people', peopleFile([{ ...alice, ...sees }]));

    expect(code, out).toBe(1);
    expect(out).toMatch(/^what somebody may not see does not exist for them +7 {2}1 FAILED$/m);
    expect(out).toContain(`${alice.email} ${why}`);
  });
});

describe('a broken portal is reported under the promise that it breaks', () => {
  test.each(leakyPortals)('one that $name', async ({ noticedBy, leak }) => {
    const proxy = await startLeakyProxy(server.origin, leak());
    const people = [
      { ...dave, sees: seenBy('dave'), not: [1042] },
      { ...alice, sees: seenBy('alice'), not: [] },
    ];
    const asked = liveCases.filter(({ name }) => name === noticedBy);
    const { cases } = await runLive({ address: `${proxy.origin}/help`, people, write: true }, asked);
    await proxy.close();

    expect(cases.map(({ name, result }) => [name, result])).toEqual([[noticedBy, 'failed']]);
    expect(cases[0]?.why).toMatch(/\S/);
  });

  test('there is one for every case: none is green whatever happens', () => {
    const noticed = leakyPortals.map(({ noticedBy }) => noticedBy);
    expect(liveCases.map(({ name }) => name).filter((name) => !noticed.includes(name))).toEqual([]);
  });

  test('the command says so, promise by promise, and exits with 1', async () => {
    const broken = [
      'answers a ticket of somebody else',
      'repeats a row between pages',
      'leaks a note into the thread',
    ].map((name) => leakyPortals.find((one) => one.name === name)!);
    const [tickets, lists, threads] = broken.map(({ leak }) => leak());
    const proxy = await startLeakyProxy(server.origin, (passing) => {
      if (passing.path === '/tickets') return lists!(passing);
      return passing.path.endsWith('/messages') ? threads!(passing) : tickets!(passing);
    });
    const { code, out, error } = await conformance(proxy.origin, '--people', peopleFile([dave, alice]));
    await proxy.close();

    expect({ code, error }).toEqual({ code: 1, error: '' });
    for (const { noticedBy } of broken) {
      const { promise } = liveCases.find(({ name }) => name === noticedBy)!;
      expect(out).toMatch(new RegExp(`^${promise} +\\d+ {2}\\d+ FAILED$`, 'm'));
      expect(out).toContain(`FAILED  ${promise}\n  ${noticedBy}\n`);
    }
    expect(out).toMatch(/^\d+ passed, [1-9]\d* failed, \d+ skipped\n$/m);
  });

  test('one that is not broken is no reason to complain; the results are there as JSON as well', async () => {
    const proxy = await startLeakyProxy(server.origin, ({ forward }) => forward());
    const { code, out } = await conformance(proxy.origin, '--people', peopleFile([dave, alice]), '--json');
    await proxy.close();
    const { cases, people, passed, failed, skipped } = JSON.parse(out) as LiveReport & Record<string, number>;

    expect(code, out).toBe(0);
    expect(people.map(({ email }) => email)).toEqual([dave.email, alice.email]);
    expect(cases.length).toBe(liveCases.length);
    expect({ passed, failed, skipped }).toEqual({
      passed: cases.filter(({ result }) => result === 'passed').length,
      failed: 0,
      skipped: cases.filter(({ result }) => result === 'skipped').length,
    });
  });
});

describe('what cannot be asked is one sentence and code 2', () => {
  test.each<[string, () => string[], RegExp]>([
    ['no server', () => ['conformance', `${gone}/help`], /does not answer as a portal: .*ECONNREFUSED/],
    ['no portal there', () => ['conformance', `${server.origin}/nothing`], /does not answer as a portal: not-found/],
    ['no slug', () => ['conformance', server.origin], /like https:\/\/support\.example\.com\/help/],
    ['no address', () => ['conformance'], /--help/],
    ['another command', () => ['prove', `${server.origin}/help`], /There is one command/],
    ['an option that does not exist', () => ['conformance', `${server.origin}/help`, '--fast'], /--fast/],
    ['no file', () => ['conformance', `${server.origin}/help`, '--people', '/nowhere.json'], /cannot be read/],
    ['no JSON', () => ['conformance', `${server.origin}/help`, '--people', peopleFile(`[${password}`)], /is not JSON/],
    [
      'somebody without a password',
      () => ['conformance', `${server.origin}/help`, '--people', peopleFile([alice, { email: bob.email }])],
      /1\.password is not as it should be/,
    ],
    [
      'somebody who cannot sign in',
      () => [
        'conformance',
        `${server.origin}/help`,
        '--people',
        peopleFile([{ ...alice, email: 'nobody@acme.example' }]),
      ],
      /nobody@acme\.example cannot sign in: unauthenticated/,
    ],
    ['writing without people', () => ['conformance', `${server.origin}/help`, '--write'], /--write needs --people/],
  ])('%s', async (_, args, sentence) => {
    const { code, out, error } = await run(...args());

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(sentence);
    expect(error.trimEnd().split('\n').length).toBe(1);
  });

  test('--help fits into ten lines', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    for (const option of ['--people', '--write', '--json']) expect(out).toContain(option);
  });
});
