/**
 * 10,000 commands for each target against the reference of test/model: memory, the app on PGlite, the app on PostgreSQL, and
 * a server process over HTTP. A name as argument (`memory`, `PGlite`, `PostgreSQL`, `HTTP`) asks only that one. A failure
 * prints a seed and a path, and this plays it again:
 *
 *     MODEL_SEED=… MODEL_PATH=… npx tsx test/deep/model.deep.ts <target>
 */
import { readMigrations } from '../../src/server/node/database/migration-files.js';
import { asOwner } from '../../src/server/node/database/postgres/open-postgres.js';
import { migrate } from '../../src/server/sql/migrate.js';
import { checkModel } from '../model/check-model.js';
import type { Target } from '../model/desk.js';
import { openHttpTarget } from '../model/http-target.js';
import { memoryTarget } from '../model/memory-target.js';
import { createInProcessTarget } from '../model/server-target.js';
import { openPgliteTestDatabase } from '../support/pglite.js';
import { openPostgresTestDatabase } from '../support/postgres-database.js';
import { startPostgres } from '../support/postgres.js';

const commands = 10_000;
const [only] = process.argv.slice(2);
const isAsked = (name: string) => only === undefined || only === name;

async function ask(target: Target): Promise<void> {
  const from = Date.now();
  const tally = await checkModel(target, { commands });
  const seconds = Math.round((Date.now() - from) / 1000);
  const { worlds, answers, events } = tally;
  console.log(
    `${target.name}: ${tally.commands} commands in ${worlds} worlds, ${answers} answers and ${events} events compared, ` +
      `0 differences, ${seconds} s`,
  );
}

if (isAsked('memory')) await ask(memoryTarget);

if (isAsked('PGlite')) {
  const database = await openPgliteTestDatabase();
  await ask(createInProcessTarget('PGlite', database));
  await database.close();
}

if (isAsked('PostgreSQL') || isAsked('HTTP')) {
  const cluster = await startPostgres();
  try {
    const template = 'portico_template';
    await cluster.createDatabase(template);
    await asOwner(cluster.ownerUrl(template), (session) => migrate(session, readMigrations()));
    const postgres = { ...cluster.logins, template };
    if (isAsked('PostgreSQL')) {
      const database = await openPostgresTestDatabase(postgres);
      await ask(createInProcessTarget('PostgreSQL', database));
      await database.close();
    }
    if (isAsked('HTTP')) {
      const http = await openHttpTarget(postgres);
      await ask(http.target);
      await http.close();
    }
  } finally {
    await cluster.stop();
  }
}
