import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type AppFixture, createAppFixture } from './app-fixture.js';
import { seedSmallWorld } from './small-world.js';

let database: TestDatabase;
let fixture: AppFixture;
beforeAll(async () => {
  database = await openTestDatabase();
  fixture = createAppFixture(database);
  await seedSmallWorld(fixture.deps);
});
afterAll(() => database.close());

const ask = (headers: Record<string, string | null>) =>
  fixture.visitor().request('GET', '/admin/api/v1/backup', { headers });

test('the backup goes to the bearer of the admin token, past every cache', async () => {
  const response = await ask({ authorization: 'Bearer test-admin-token' });
  expect([response.status, await response.text()]).toEqual([200, 'everything']);
  expect(response.headers.get('content-type')).toBe('application/gzip');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
});

test('nobody else gets it: no token, another one, a staff token, a form', async () => {
  const issued = await fixture.visitor().request('POST', '/demo/api/v1/staff-token');
  const { token } = (await issued.json()) as { token: string };
  for (const authorization of [null, 'Bearer wrong', `Bearer ${token}`, 'Basic test-admin-token']) {
    expect((await ask({ authorization })).status, String(authorization)).toBe(401);
  }
  expect((await ask({ authorization: 'Bearer test-admin-token', 'x-portal-client': null })).status).toBe(403);
});
