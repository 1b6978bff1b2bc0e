import { afterAll, beforeAll, expect, test } from 'vitest';

import { createHasher } from '../../src/server/node/hashing.js';
import { type AppFixture, createAppFixture } from '../server/app-fixture.js';
import { seedSmallWorld } from '../server/small-world.js';
import type { TestDatabase } from '../support/database.js';
import { openPgliteTestDatabase } from '../support/pglite.js';

/** Requests of each kind; the two kinds take turns, so that whatever else the machine does meets both. */
const count = 150;
let database: TestDatabase;
let fixture: AppFixture;

beforeAll(async () => {
  database = await openPgliteTestDatabase();
  await database.reset();
  fixture = createAppFixture(database);
  await seedSmallWorld(fixture.deps);
  await database.asSuperuser(`UPDATE portals SET access = '{"kind": "open", "emailDomains": []}'`);
  await database.asSuperuser(
    `INSERT INTO contacts (account_id, public_id, email, name, locale, verified)
       SELECT account_id, 'known' || n, 'known' || n || '@example.com', 'Known', 'en', true
       FROM accounts, generate_series(1, ${count}) AS n`,
  );
  const hasher = createHasher();
  const hash = await hasher.hash('the right password');
  await database.asSuperuser(
    `INSERT INTO credentials SELECT account_id, id, '${hash}' FROM contacts WHERE public_id LIKE 'known%'`,
  );
  Object.assign(fixture.deps, { hasher });
}, 60_000);
afterAll(() => database.close());

const median = (times: readonly number[]) => times.toSorted((one, other) => one - other)[times.length >> 1] as number;

const flows: Readonly<Record<string, { path: string; body: (email: string) => object }>> = {
  'a wrong password': { path: '/session', body: (email) => ({ method: 'password', email, password: 'a wrong one' }) },
  'a code': { path: '/session/start', body: (email) => ({ method: 'email', email }) },
  'a new password': { path: '/session/start', body: (email) => ({ method: 'reset', email }) },
  'a registration': {
    path: '/session/start',
    body: (email) => ({ method: 'register', email, name: 'Nora', password: 'seven quiet herons' }),
  },
};

test.each(Object.entries(flows))(
  '%s takes as long for a known address as for an unknown one',
  async (name, { path, body }) => {
    const times: Record<'known' | 'nobody', number[]> = { known: [], nobody: [] };
    for (let at = 1; at <= count; at++) {
      for (const kind of at % 2 ? (['known', 'nobody'] as const) : (['nobody', 'known'] as const)) {
        const options = {
          body: body(`${kind}${at}@example.com`),
          headers: { 'x-test-ip': `10.${at}.${kind.length}.1` },
        };
        // A fresh hour for each: no limit comes in between.
        fixture.pass(3_700_000 / count);
        const begun = performance.now();
        await (await fixture.visitor().request('POST', path, options)).text();
        times[kind].push(performance.now() - begun);
      }
    }
    const ratio = median(times.known) / median(times.nobody);
    console.log(
      `${name}: known ${median(times.known).toFixed(2)} ms, unknown ${median(times.nobody).toFixed(2)} ms, ${ratio.toFixed(3)}`,
    );
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  },
);
