import { onTestFinished, test } from 'vitest';

import { killEmbeddedServer, killPostgres, killServerOnPostgres, manyKills } from '../server/node/kills.js';
import { startPostgres } from '../support/postgres.js';

test(`no acknowledged reply is lost or doubled by ${manyKills} kills of the server on its own database`, () =>
  killEmbeddedServer(manyKills));

test(`… by ${manyKills} kills of the server on PostgreSQL`, async () => {
  const cluster = await startPostgres();
  onTestFinished(() => cluster.stop());
  await killServerOnPostgres(cluster, manyKills);
});

test(`… by ${manyKills} kills of PostgreSQL`, () => killPostgres(manyKills));
