import { type Statement, DatabaseError } from '../../database.js';
import type { ScriptSession } from '../../sql/session.js';
import { BackupError, type Counts, type TableLine } from './format.js';
import type { Part } from './read-backup.js';
import { type Table, list, listTables, quoted } from './tables.js';

/** Takes a row, with the text of its values by column. */
export type TakeRow = (row: Readonly<Record<string, string | null>>) => Promise<void>;

export interface RestoreOptions {
  /** Takes the rows of some tables elsewhere: files and secrets of the embedded database lie beside it. */
  readonly divert?: Readonly<Record<string, TakeRow>>;
  /** Called when all is written but not yet committed. */
  readonly ready?: () => Promise<void>;
}

/**
 * Writes a backup into an empty database, in one transaction. The session is that of `portico_owner`. Meanwhile nobody else
 * reads or writes: triggers are off, as what they would write is in the backup, and the owner is above its own row level
 * security.
 *
 * @throws BackupError when there is an account already, or somebody holds on to the tables
 */
export async function restoreRows(
  session: ScriptSession,
  parts: AsyncIterable<Part>,
  { divert = {}, ready = async () => {} }: RestoreOptions = {},
): Promise<Counts> {
  const [tables] = (await session.run([{ statement: listTables }])) as [Table[]];
  await session.script('BEGIN');
  try {
    await lower(session, tables);
    // An index over text is made ten times faster from all rows than row by row.
    const [indexes] = (await session.run([{ statement: listIndexes }])) as [{ name: string; definition: string }[]];
    for (const { name } of indexes) await session.script(`DROP INDEX ${quoted(name)}`);
    const counts = await write(session, tables, parts, divert);
    await session.script("SET LOCAL maintenance_work_mem = '128MB'");
    for (const { definition } of indexes) await session.script(definition);
    for (const { name, identity } of tables) if (identity) await session.script(continueAfter(name, identity));
    for (const { name } of tables) {
      const table = quoted(name);
      await session.script(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY; ALTER TABLE ${table} ENABLE TRIGGER USER`);
    }
    await ready();
    await session.script('COMMIT');
    // Fresh tables have no statistics, and plans depend on them.
    for (const { name } of tables) await session.script(`ANALYZE ${quoted(name)}`);
    return counts;
  } catch (error) {
    // A session that cannot roll back is gone, and its transaction with it.
    await session.script('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** Takes every table for itself. */
async function lower(session: ScriptSession, tables: readonly Table[]): Promise<void> {
  try {
    await session.script("SET LOCAL lock_timeout = '5s'");
    for (const { name } of tables) {
      const table = quoted(name);
      await session.script(
        `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE ${table} DISABLE TRIGGER USER`,
      );
    }
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== '55P03') throw error;
    throw new BackupError('The database is in use; stop every server before a restore.');
  }
  const [accounts] = await session.run([{ statement: anyAccount }]);
  if (accounts?.length !== 0) {
    throw new BackupError('The database is not empty; a backup is restored into an empty one only.');
  }
  // A server that has started there once has made secrets; those of the backup take their place.
  await session.script('DELETE FROM server_settings');
}

async function write(
  session: ScriptSession,
  tables: readonly Table[],
  parts: AsyncIterable<Part>,
  divert: NonNullable<RestoreOptions['divert']>,
): Promise<Counts> {
  let into: Into = () => {
    throw new Error('The backup has rows before a table');
  };
  let counts: Counts | null = null;
  for await (const part of parts) {
    if (part.kind === 'table') {
      const take = divert[part.table.table];
      into = take ? handTo(take, part.table) : insertInto(session, tables, part.table);
    } else if (part.kind === 'rows') {
      await into(part.lines);
    } else if (part.kind === 'end') {
      counts = part.counts;
    }
  }
  if (!counts) throw new Error('The backup has no end');
  return counts;
}

type Into = (lines: readonly string[]) => Promise<void>;

const handTo =
  (take: TakeRow, { columns }: TableLine): Into =>
  async (lines) => {
    for (const line of lines) {
      const values = JSON.parse(line) as (string | null)[];
      await take(Object.fromEntries(columns.map((column, at) => [column, values[at] ?? null])));
    }
  };

/** Names and types come from the catalogue, never from the file. */
function insertInto(session: ScriptSession, tables: readonly Table[], { table: name, columns }: TableLine): Into {
  const table = tables.find((one) => one.name === name);
  const types = columns.map((column) => table?.types[table.columns.indexOf(column)]);
  if (types.includes(undefined)) throw new Error(`The database has no table ${name} with ${columns.join(', ')}`);
  const values = types.map((type, at) => `(v ->> ${at})::${type}`).join(', ');
  const statement: Statement = {
    name: `restore.${name}`,
    text: `INSERT INTO ${quoted(name)} (${list(columns)}) OVERRIDING SYSTEM VALUE
      SELECT ${values} FROM jsonb_array_elements($1::jsonb) AS v`,
  };
  return async (lines) => {
    await session.run([{ statement, params: [`[${lines.join(',')}]`] }]);
  };
}

/** The next row gets a number that none has. */
const continueAfter = (name: string, identity: string): string =>
  `SELECT setval(pg_get_serial_sequence('${quoted(name)}', '${identity}'),
    coalesce(max(${quoted(identity)}), 1), max(${quoted(identity)}) IS NOT NULL) FROM ${quoted(name)}`;

/** Those that no constraint needs: foreign keys look for their parents by the others. */
const listIndexes: Statement = {
  name: 'restore.indexes',
  text: `SELECT x.relname::text AS name, pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    ORDER BY name`,
};

const anyAccount: Statement = { name: 'restore.account', text: 'SELECT FROM accounts LIMIT 1' };
