import { afterAll, beforeAll, expect, test } from 'vitest';

import { createRestBackend } from '../../src/backend/rest/rest-backend.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { seedWorld } from '../../src/server/node/demo/seed-world.js';
import { createInProcess, type InProcess, type Jar } from '../../src/testing/in-process.js';
import { seedOf } from '../../src/testing/conformance/index.js';
import { openTestDatabase } from '../support/database.js';

const seed = seedOf('unchanged');
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let server: InProcess;
let backend: Required<PortalBackend>;
/** Statuses of the answers, in their order. */
const statuses: number[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  server = createInProcess(database);
  await seedWorld(server.deps, seed);
  const jar: Jar = new Map();
  backend = createRestBackend({
    address: `http://localhost:4400/${seed.portal.slug}`,
    fetch: async (input, init) => {
      const response = await server.handle(new Request(input, init), jar);
      statuses.push(response.status);
      return response;
    },
  });
  await signIn('Alice');
});

async function signIn(name: string): Promise<void> {
  const person = seed.contacts.find((contact) => contact.name.startsWith(name));
  await backend.signIn({ method: 'password', email: person?.email ?? '', password: seed.password });
}

afterAll(() => database.close());

test('what has not changed at the server is the very same here, and what has is not', async () => {
  const list = await backend.listTickets({ limit: 2 });
  const counts = await backend.counts();
  const [ticket] = list.items;
  const id = ticket?.id ?? '';
  const detail = await backend.getTicket(id);
  const thread = await backend.listMessages(id);
  statuses.length = 0;

  expect(await backend.listTickets({ limit: 2 })).toBe(list);
  expect(await backend.counts()).toBe(counts);
  expect(await backend.getTicket(id)).toBe(detail);
  expect(await backend.listMessages(id)).toBe(thread);
  expect(statuses).toEqual([304, 304, 304, 304]);

  await backend.reply(id, { body: 'Thank you.' }, { idempotencyKey: crypto.randomUUID() });
  statuses.length = 0;
  expect((await backend.listMessages(id)).items).toHaveLength(thread.items.length + 1);
  expect(await backend.listTickets({ limit: 2 })).not.toBe(list);
  expect(statuses).toEqual([200, 200]);
});

test('who signs in next is told nothing that was kept for somebody else', async () => {
  const ofAlice = await backend.listTickets();
  await backend.signOut('this');
  await signIn('Bob');
  statuses.length = 0;
  expect(await backend.listTickets()).not.toBe(ofAlice);
  expect(statuses).toEqual([200]);
});
