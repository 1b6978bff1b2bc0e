import { afterAll, beforeAll } from 'vitest';

import type { DatabaseContext } from '../../../src/server/database.js';
import { type TestDatabase, openTestDatabase } from '../../support/database.js';
import { type MarkedApp, openMarkedApp } from './marked-app.js';
import type { ViewerCase } from './viewers.js';

/** The second wall alone: a database of which any question is asked. */
export interface Wall {
  readonly database: TestDatabase;
  readonly world: MarkedApp['world'];
  /** As whom the app asks. */
  contextOf(asker: Pick<ViewerCase, 'who' | 'at'>): DatabaseContext;
}

/** Opens it before the first test of a file, full of what is somebody's own. To be read inside of tests only. */
export function useWall(): Wall {
  const wall = {} as { -readonly [Part in keyof Wall]: Wall[Part] };
  beforeAll(async () => {
    const database = await openTestDatabase();
    const { world } = await openMarkedApp(database);
    Object.assign(wall, {
      database,
      world,
      contextOf: ({ who, at }: Pick<ViewerCase, 'who' | 'at'>) => ({
        role: 'app',
        account: world.account.id,
        portal: world.portals[at],
        contact: world.people[who!].id,
      }),
    });
    // Everybody has read everything, and somebody else's key and session lie there.
    await database.asSuperuser(`INSERT INTO read_marks (account_id, contact_id, ticket_id, read_at)
      SELECT c.account_id, c.id, t.id, t.updated_at FROM contacts c JOIN tickets t ON t.account_id = c.account_id`);
    await database.asSuperuser(`INSERT INTO ratings (account_id, contact_id, ticket_id, rating, comment, rated_at)
      SELECT c.account_id, c.id, t.id, 1, 'Between us', t.updated_at FROM contacts c JOIN tickets t ON t.account_id = c.account_id`);
    await database.asSuperuser(`INSERT INTO idempotency_keys (account_id, contact_id, key, request_hash, created_at)
      SELECT account_id, id, gen_random_uuid(), '\\x00', '2026-11-01' FROM contacts`);
    await database.asSuperuser(`INSERT INTO uploads (account_id, public_id, contact_id, name, type, size, file_key, created_at)
      SELECT account_id, 'upload of ' || id, id, 'a.txt', 'text/plain', 1, 'key of ' || id, '2026-11-01' FROM contacts`);
    await database.asSuperuser(
      `INSERT INTO preferences (account_id, contact_id, columns) SELECT account_id, id, '{why}' FROM contacts`,
    );
    await database.asSuperuser(`INSERT INTO consent_texts (account_id, portal_id, version, texts, since)
      SELECT account_id, id, v, '{"en": "We keep it."}', '2026-11-01' FROM portals, generate_series(1, 2) v`);
    await database.asSuperuser(`INSERT INTO consent_records (account_id, portal_id, contact_id, version, locale, given_at)
      SELECT c.account_id, p.id, c.id, 1, 'en', '2026-11-01' FROM contacts c JOIN portals p ON p.account_id = c.account_id`);
  });
  afterAll(() => wall.database?.close());
  return wall;
}
