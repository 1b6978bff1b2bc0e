import { afterAll, describe, test } from 'vitest';

import { createHttpFactory } from '../../src/server/connectors/http/http-factory.js';
import { followOnce } from '../../src/server/desks/follow.js';
import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import { createSanitise } from '../../src/server/node/sanitise.js';
import type { ConformanceTarget } from '../../src/testing/conformance/index.js';
import { type Jar, createInProcess } from '../../src/testing/in-process.js';
import { createRestTarget } from '../../src/testing/rest-target.js';
import type { World } from '../../src/world/world.js';
import { openTestDatabase } from '../support/database.js';
import { createDeskStaff, writeWorld } from '../support/desk-world.js';
import { startPythonDesk, whyNoPython } from '../support/python-desk.js';
import { testConformance } from './conformance.js';

const origin = 'http://localhost:4400';
const missing = whyNoPython();

/** The portal over tickets that are in the sample desk in Python: of the suite only that is left out which a desk of the company's own does not carry out. */
async function openTarget() {
  const [database, desk] = await Promise.all([openTestDatabase(), startPythonDesk()]);
  const connectors = { http: createHttpFactory({ clock: () => new Date() }) };
  const failures: string[] = [];
  const server = createInProcess(database, {
    connectors,
    sanitise: createSanitise(),
    log: (entry) => {
      if (entry.level === 'error') failures.push(JSON.stringify(entry));
    },
  });
  const { deps } = server;

  async function admin(world: World, method: string, path: string, body: unknown) {
    const url = `${origin}/admin/api/v1${path}?account=${encodeURIComponent(world.account)}`;
    const headers = {
      authorization: `Bearer ${deps.adminToken}`,
      'content-type': 'application/json',
      'x-portal-client': 'portico-test/1',
    };
    const request = new Request(url, { method, headers, body: JSON.stringify(body) });
    const response = await server.handle(request, new Map());
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { readonly inboxes: readonly { readonly id: string; readonly name: string }[] };
  }

  /** Companies, properties, who is locked out and tickets are the desk's alone. */
  async function seed(world: World): Promise<void> {
    await writeWorld(desk, world);
    const stripped = { companies: [], primaryCompany: null, properties: {}, enabled: true };
    const contacts = world.contacts.map((one) => ({ ...one, ...stripped }));
    await seedWorld(deps, { ...world, contacts, companies: [], tickets: [] });
    const { url, key } = desk;
    const { inboxes } = await admin(world, 'PUT', '/desk', { kind: 'http', settings: { url }, secret: { key } });
    const shown = world.inboxes.filter(({ id }) => world.portal.inboxes.includes(id)).map(({ name }) => name);
    const ids = inboxes.filter(({ name }) => shown.includes(name)).map(({ id }) => id);
    await admin(world, 'PATCH', `/portals/${world.portal.slug}`, { inboxes: ids });
  }

  const rest = createRestTarget({
    origin,
    adminToken: deps.adminToken,
    seed,
    newFetch() {
      const jar: Jar = new Map();
      return (request) => server.handle(request, jar);
    },
  });

  const target: ConformanceTarget = {
    lacks: {
      edit: 'a desk of the company’s own is told of no change of properties',
      addParticipant: 'it is not told of further people either',
    },
    async open(world) {
      const opened = await rest.open(world);
      const of = `account_id = (SELECT account_id FROM accounts WHERE public_id = '${world.account}')`;
      const find = async (table: string, column: 'public_id' | 'desk_ref', by: string, value: string) => {
        const sql = `SELECT ${column} AS found FROM ${table} WHERE ${of} AND ${by} = '${value}'`;
        return (await database.asSuperuser<{ found: string }>(sql))[0]?.found ?? null;
      };
      const ref = async (ticket: string) => (await find('tickets', 'desk_ref', 'public_id', ticket)) ?? ticket;
      const account = await database.asSuperuser<{ account_id: number }>(
        `SELECT account_id FROM accounts WHERE public_id = '${world.account}'`,
      );
      const connected = await deps.desks.of(account[0]?.account_id ?? 0);
      const staff = createDeskStaff(desk, world);

      async function follow(): Promise<void> {
        if (!connected) throw new Error('the account has no desk');
        await followOnce(deps, connected, 'test', new AbortController().signal);
        if (failures.length > 0) throw new Error(failures.splice(0).join('\n'));
      }

      await follow();
      return {
        ...opened,
        async idOf(kind, id) {
          const table = { ticket: 'tickets', file: 'attachments', company: 'companies' }[kind];
          // What the index never had, nobody can ask for by its id.
          return (await find(table, 'public_id', 'desk_ref', id)) ?? opened.idOf(kind, id);
        },
        staff: {
          reply: async (ticket, text) => staff.reply(await ref(ticket), text).then(follow),
          note: async (ticket, text) => staff.note(await ref(ticket), text).then(follow),
          setStatus: async (ticket, status) => staff.setStatus(await ref(ticket), status).then(follow),
          thread: async (ticket) => staff.thread(await ref(ticket)),
          async withSubject(subject) {
            const refs = await staff.withSubject(subject);
            return Promise.all(refs.map(async (one) => (await find('tickets', 'public_id', 'desk_ref', one)) ?? one));
          },
        },
      };
    },
  };
  afterAll(async () => {
    await desk.stop();
    await database.close();
  });
  return target;
}

if (missing === null) testConformance(await openTarget());
else describe('a service in Python', () => test.skip(missing));
