import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedWorld } from '../../../../src/server/node/demo/seed-world.js';
import { createSanitise } from '../../../../src/server/node/sanitise.js';
import { demoWorld } from '../../../../src/world/demo-world.js';
import type { FileStore } from '../../../../src/server/deps.js';
import { createMemoryFiles } from '../../../../src/server/files/memory-files.js';
import { type TestDatabase, openTestDatabase } from '../../../support/database.js';

const now = new Date('2026-11-22T10:00:00.000Z');
let stored = 0;
let hashes = 0;
let ids = 0;
let database: TestDatabase;

const memory = createMemoryFiles();
const files: FileStore = { ...memory, put: (...file) => (stored++, memory.put(...file)) };
const sanitise = createSanitise();
const hasher = { hash: async (text: string) => `${text}#${++hashes}`, verify: async () => false };
const seed = () =>
  seedWorld({ database, files, hasher, sanitise, clock: () => now, newId: () => `key-${++ids}` }, demoWorld);
const count = async (text: string) => (await database.asSuperuser<{ n: number }>(text))[0]?.n;

beforeAll(async () => {
  database = await openTestDatabase();
  await seed();
});
afterAll(() => database.close());

test('writes every ticket, message, person and file of the world', async () => {
  const { tickets, contacts } = demoWorld;
  const messages = tickets.flatMap((ticket) => ticket.messages);
  expect(await count('SELECT count(*) AS n FROM tickets')).toBe(tickets.length);
  expect(await count('SELECT count(*) AS n FROM messages')).toBe(messages.length);
  expect(await count('SELECT count(*) AS n FROM messages WHERE internal')).toBe(
    messages.filter(({ kind }) => kind === 'note').length,
  );
  expect(await count('SELECT count(*) AS n FROM contacts')).toBe(contacts.length);
  expect(await count('SELECT count(*) AS n FROM credentials')).toBe(contacts.length);
  expect(await count('SELECT count(*) AS n FROM attachments')).toBe(stored);
  expect(await count('SELECT count(*) AS n FROM ticket_contacts')).toBe(
    tickets.reduce((sum, ticket) => sum + 1 + ticket.contacts.length + ticket.participants.length, 0),
  );
});

test('counts times back from now and orders each thread as it is told', async () => {
  expect(await count(`SELECT count(*) AS n FROM messages WHERE created_at > '${now.toISOString()}'`)).toBe(0);
  expect(
    await count(
      'SELECT count(*) AS n FROM tickets t WHERE updated_at <> (SELECT max(created_at) FROM messages m WHERE m.ticket_id = t.id AND NOT internal)',
    ),
  ).toBe(0);
  expect(
    await count(
      'SELECT count(*) AS n FROM messages a JOIN messages b ON a.ticket_id = b.ticket_id AND a.id < b.id AND a.created_at > b.created_at',
    ),
  ).toBe(0);
});

test('numbers new tickets after the last one', async () => {
  const last = Math.max(...demoWorld.tickets.map(({ number }) => number));
  expect(await count('SELECT next_number AS n FROM accounts')).toBe(last + 1);
});

test('hashes the one password once, and a second time changes nothing', async () => {
  const before = stored;
  await seed();
  expect(hashes).toBe(1);
  expect(stored).toBe(before);
  expect(await count('SELECT count(*) AS n FROM accounts')).toBe(1);
});
