import { afterAll, beforeAll, expect, test } from 'vitest';

import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { ask } from './matrix/ask.js';
import { type MarkedApp, openMarkedApp } from './matrix/marked-app.js';
import { checkDocumented } from './sideways/documented.js';

let database: TestDatabase;
let marked: MarkedApp;
beforeAll(async () => {
  database = await openTestDatabase();
  marked = await openMarkedApp(database);
});
afterAll(() => database.close());

// As many as fit and as make some of everything; `npm run test:deep` sends 50,000.
const count = 900;

test(`${count} requests made from the OpenAPI document are answered as it says`, async () => {
  const statuses = await checkDocumented(marked, count);
  // Some of everything: were all refused, nothing would have been asked.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 403, 404]));
}, 240_000);

const ticket = (articleTitle: string) => ({ subject: 's', message: 'm', properties: { articleTitle } });
const signIn = (email: string) => ({ method: 'password', email, password: 'p' });

test.each([
  ['GET', '/help/api/v1/tickets?status=%00', undefined, 400],
  ['GET', '/help/api/v1/tickets?q=a%00', undefined, 400],
  ['GET', '/%00/api/v1/portal', undefined, 404],
  ['GET', '/he%00lp/api/v1/portal', undefined, 404],
  ['GET', '/%00/', undefined, 404],
  ['GET', '/%00/embed.js', undefined, 404],
  ['GET', '/admin/api/v1/portals/%00?account={account}', undefined, 404],
  ['POST', '/help/api/v1/session', signIn('a\0b'), 400],
  ['POST', '/help/api/v1/session', signIn('a\ud800b'), 400],
  ['POST', '/help/api/v1/tickets', ticket('a\0b'), 400],
  ['POST', '/help/api/v1/tickets', ticket('a\ud800b'), 400],
] as const)('%s %s with what PostgreSQL cannot keep: %j', async (method, path, body, status) => {
  const app = marked;
  const visitor = app.visitors.get('a manager under company-if')!;
  const asked = {
    method,
    path: path.replace('{account}', app.world.account.publicId),
    body,
    bearer: app.bearers.admin,
  };
  expect((await ask(app.fixture, visitor, asked)).status).toBe(status);
});

test.each([
  'A'.repeat(36),
  '-'.repeat(36),
  '12345678-1234-1234-1234-12345678901',
  '0123456789ab-cdef-0123-0123-456789abc',
])('an idempotency key that is no UUID is refused: %s', async (key) => {
  const visitor = marked.visitors.get('the requester')!;
  const path = `/help/api/v1/tickets/${marked.world.tickets.ann.publicId}/messages`;
  const headers = { 'idempotency-key': key };
  const answer = await ask(marked.fixture, visitor, { method: 'POST', path, body: { body: 'Hello' }, headers });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body)).toMatchObject({ fields: [{ path: 'Idempotency-Key' }] });
});
