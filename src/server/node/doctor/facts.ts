import * as z from 'zod/mini';

import { type InspectionWire, inspectionSchema } from '../../../wire/index.js';
import { type Inspection, readInspection } from '../../settings/inspection.js';
import { MigrationError } from '../../sql/migrate.js';
import type { Config } from '../config.js';
import { readKeptFiles, readSharedToken } from '../data-folder.js';
import { findAddress } from '../database/lock-file.js';
import { readMigrations } from '../database/migration-files.js';
import { PostgresError, openPostgres } from '../database/postgres/open-postgres.js';
import { type AskOptions, ask } from './ask.js';
import { type Finding, missing, ok } from './finding.js';

const check = 'the database';

export interface Facts {
  readonly finding: Finding;
  /** `null` where the database cannot be used. */
  readonly inspection: Inspection | null;
  /** What opens the administrator's routes; `null` where none was made yet. */
  readonly adminToken: string | null;
}

/** Looks into the database, and changes nothing: that of PostgreSQL, or through the server that has the data folder. */
export function readFacts(config: Config, options: AskOptions): Promise<Facts> {
  return config.postgres ? readPostgres(config, config.postgres.url) : readFolder(config, options);
}

async function readPostgres({ adminToken }: Config, url: string): Promise<Facts> {
  try {
    const database = await openPostgres({ url, migrateUrl: null, migrations: readMigrations(), connections: 1 });
    try {
      const inspection = await readInspection(database);
      return { finding: ok(check), inspection, adminToken: adminToken ?? (await readSharedToken(database)) };
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof PostgresError || error instanceof MigrationError)) throw error;
    return { finding: missing(check, error.message), inspection: null, adminToken };
  }
}

async function readFolder({ dataFolder, adminToken: set }: Config, options: AskOptions): Promise<Facts> {
  const adminToken = set ?? readKeptFiles(dataFolder)['admin-token'] ?? null;
  const nothing = (advice: string): Facts => ({ finding: missing(check, advice), inspection: null, adminToken });
  const address = findAddress(dataFolder);
  if (address === null)
    return nothing(`No server works on ${dataFolder}. Start it by \`portico start\` and run this again beside it.`);
  const inspection = await inspect(address, adminToken ?? '', options);
  if (typeof inspection === 'string') return nothing(inspection);
  const newest = readMigrations()
    .map(({ name }) => name)
    .toSorted()
    .at(-1);
  return {
    finding:
      inspection.migration === newest
        ? ok(check)
        : missing(check, `The server that runs is of another version (${inspection.migration}). Start it anew.`),
    inspection,
    adminToken,
  };
}

/** What a running server says of itself, or why it does not. */
export async function inspect(
  origin: string,
  adminToken: string,
  options: AskOptions,
): Promise<InspectionWire | string> {
  const headers = { authorization: `Bearer ${adminToken}`, 'x-portal-client': 'portico-doctor/1' };
  const answer = await ask(`${origin}/admin/api/v1/inspection`, options, headers).catch(
    ({ code, name }: NodeJS.ErrnoException) => ({ status: code ?? name, body: '' }),
  );
  if (answer.status === 401) return `${origin} has another admin token. Set PORTICO_ADMIN_TOKEN to it.`;
  if (answer.status !== 200)
    return `${origin} does not say how it is (${answer.status}). Look at the log of the server.`;
  const parsed = z.safeParse(inspectionSchema, toJson(answer.body));
  return parsed.success ? parsed.data : `${origin} is a server of another version. Start it anew.`;
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
