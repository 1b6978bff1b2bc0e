import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Migration } from '../../sql/migrate.js';

/**
 * A backup is gzip over lines of JSON, made to outlive the engine: it is the way from the embedded database to PostgreSQL.
 *
 *     {"portico":"backup","format":1,"version":…,"time":…,"migrations":[{"name":…,"checksum":…}]}
 *     {"table":"tickets","columns":["account_id","id",…]}       begins a table; a table may begin again for the next account
 *     ["1","17",…,null]                                         a row: every value as PostgreSQL writes it, as text
 *     {"end":{"rows":…,"missing":…},"sha256":…}                 over every byte of the lines above
 *
 * Tables come after those that they refer to. Bytes of attachments are rows of `file_chunks`, and the server's own secrets
 * rows of `server_settings`, wherever they were kept.
 */
export const FORMAT = 1;

export const headerSchema = z.object({
  portico: z.literal('backup'),
  format: z.number(),
  version: z.string(),
  time: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
});
export type Header = z.output<typeof headerSchema>;

export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()) });
export type TableLine = z.output<typeof tableSchema>;

export const endSchema = z.object({
  end: z.object({ rows: z.number(), missing: z.number() }),
  sha256: z.string(),
});
/** `missing` counts files whose bytes were nowhere to be found. */
export type Counts = z.output<typeof endSchema>['end'];

/** Something that the person who runs the command can put right. The message is one sentence for them. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Migrations as `schema_migrations` has them. The file of the roles is no part of a database. */
export const appliedForm = (migrations: readonly Migration[]): Header['migrations'] =>
  migrations
    .filter(({ name }) => name !== '000-roles.sql')
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sql }) => ({ name, checksum: createHash('sha256').update(sql).digest('hex') }));
