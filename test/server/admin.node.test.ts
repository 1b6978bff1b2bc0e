import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { type AppFixture, base, createAppFixture } from './app-fixture.js';
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

test('whoever looks after the server learns how it is, of all accounts, and how their request has come', async () => {
  const response = await fixture.visitor().request('GET', '/admin/api/v1/inspection', {
    headers: { authorization: 'Bearer test-admin-token', 'x-forwarded-for': '192.0.2.1, 192.0.2.2' },
  });
  const portals = await database.asSuperuser('SELECT slug, host, origins FROM portals ORDER BY account_id, id');
  expect(portals.length).toBeGreaterThan(0);
  const body = (await response.json()) as { time: string };
  expect(body).toEqual({
    time: expect.any(String) as string,
    databaseVersion: expect.stringMatching(/^1[5-9]\.\d+$/) as string,
    migration: expect.stringMatching(/^\d{3}-[a-z-]+\.sql$/) as string,
    hasAdmin: false,
    portals,
    seen: { base, ip: expect.any(String) as string, forwardedFor: 2 },
  });
  expect(Math.abs(new Date(body.time).getTime() - Date.now())).toBeLessThan(60_000);
  expect((await fixture.visitor().request('GET', '/admin/api/v1/inspection')).status).toBe(401);
});

test('nobody else gets it: no token, another one, a staff token, a form', async () => {
  const issued = await fixture.visitor().request('POST', '/demo/api/v1/staff-token');
  const { token } = (await issued.json()) as { token: string };
  for (const authorization of [null, 'Bearer wrong', `Bearer ${token}`, 'Basic test-admin-token']) {
    expect((await ask({ authorization })).status, String(authorization)).toBe(401);
  }
  expect((await ask({ authorization: 'Bearer test-admin-token', 'x-portal-client': null })).status).toBe(403);
});
