import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type Gzip, constants, createGzip } from 'node:zlib';
import type { Database, Statement, Transaction } from '../../database.js';
import type { FileStore } from '../../deps.js';
import { chunksOf } from '../../files/database-files.js';
import { type Counts, FORMAT, type TableLine } from './format.js';
import { type Table, list, listTables, parentsFirst, quoted } from './tables.js';

export interface BackupSource {
  readonly database: Database;
  /** Where the bytes of attachments are; `null` when that is the database. */
  readonly files: FileStore | null;
  /** What the server keeps beside the database, by its name in `server_settings`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Of the product. */
  readonly version: string;
}

/** Rows that are in memory at one time; a chunk of a file is half a megabyte as text. */
const ROWS = 500;
const CHUNKS = 8;

/** Milliseconds after which a reader who takes nothing is given up: the embedded database serves nobody meanwhile. */
const PATIENCE = 30_000;

/**
 * A backup of one moment, made while it is read. Ends with an error, and without its last line, when something fails.
 *
 * @param done told of the end: what went in, or why it failed
 */
export function createBackup(
  source: BackupSource,
  done: (outcome: Counts | Error) => void = () => {},
  patience = PATIENCE,
): Readable {
  // The time goes into the rows: a higher level gains little and keeps the database longer.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  // Who reads hears of a failure by the stream, and perhaps has gone.
  gzip.on('error', () => {});
  const hash = createHash('sha256');
  const write: Write = async (text) => {
    hash.update(text);
    await send(gzip, text, patience);
  };
  writeContent(source, write)
    .then(async (end) => {
      await send(gzip, `${JSON.stringify({ end, sha256: hash.digest('hex') })}\n`, patience);
      gzip.end();
      done(end);
    })
    .catch((error: Error) => {
      gzip.destroy(error);
      done(error);
    });
  return gzip;
}

type Write = (text: string) => Promise<void>;

/** Resolves when there is room for more. */
function send(gzip: Gzip, text: string, patience: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const nobody = new Error('Nobody reads the backup');
    const timer = setTimeout(() => gzip.destroy(nobody), patience);
    // A stream that is destroyed does not call back for what it has begun to write.
    const leave = () => {
      clearTimeout(timer);
      reject(gzip.errored ?? nobody);
    };
    if (gzip.destroyed) return leave();
    gzip.once('close', leave);
    gzip.write(text, (error) => {
      clearTimeout(timer);
      gzip.off('close', leave);
      if (error) reject(error);
      else resolve();
    });
  });
}

const writeContent = ({ database, files, settings, version }: BackupSource, write: Write): Promise<Counts> =>
  database.snapshot(async (tx) => {
    const counts = { rows: 0, missing: 0 };
    await write(
      toLine({
        portico: 'backup',
        format: FORMAT,
        version,
        time: new Date().toISOString(),
        migrations: await tx.query(listMigrations),
      }),
    );

    async function writeRows(table: TableLine, pages: AsyncIterable<readonly string[]>): Promise<void> {
      let begun = false;
      for await (const lines of pages) {
        if (!begun) await write(toLine(table));
        begun = true;
        counts.rows += lines.length;
        await write(`${lines.join('\n')}\n`);
      }
    }

    const tables = parentsFirst(await tx.query<Table>(listTables));
    const [shared, owned] = [tables.filter((table) => !isOwned(table)), tables.filter(isOwned)];
    for (const table of shared) await writeRows(toTableLine(table), readTable(tx, table));
    const kept = Object.entries(settings).map((setting) => JSON.stringify(setting));
    if (kept.length > 0) await writeRows({ table: 'server_settings', columns: ['name', 'value'] }, once(kept));

    for (const { account_id: account } of await tx.query<{ account_id: number }>(listAccounts)) {
      await tx.query(enterAccount, [String(account)]);
      for (const table of owned) {
        await writeRows(toTableLine(table), readTable(tx, table));
      }
      if (!files) continue;
      await writeRows(chunkTable, readFiles(tx, owned, files, account, counts));
    }
    return counts;
  });

const isOwned = ({ columns }: Table) => columns.includes('account_id');
const toTableLine = ({ name, columns }: Table): TableLine => ({ table: name, columns: [...columns] });
const toLine = (value: object) => `${JSON.stringify(value)}\n`;

async function* once(lines: readonly string[]) {
  yield lines;
}

/** Rows as lines, a page at a time. */
function readTable(tx: Transaction, table: Table): AsyncIterable<string[]> {
  const values = table.columns.map((column) => `${quoted(column)}::text`).join(', ');
  const where = isOwned(table) ? 'WHERE account_id = (SELECT app_account())' : '';
  return readPages(
    tx,
    table.name,
    `SELECT json_build_array(${values})::text AS line FROM ${quoted(table.name)} ${where} ORDER BY ${list(table.key)}`,
    table.name === chunkTable.table ? fetchFew : fetchMany,
  );
}

const chunkTable: TableLine = { table: 'file_chunks', columns: ['account_id', 'file_key', 'position', 'bytes'] };

/** Files of the account that a row names, as rows of `file_chunks`. */
async function* readFiles(
  tx: Transaction,
  tables: readonly Table[],
  files: FileStore,
  account: number,
  counts: { missing: number },
): AsyncIterable<string[]> {
  for (const { name, columns } of tables) {
    if (name === chunkTable.table || !columns.includes('file_key')) continue;
    const keys = `SELECT DISTINCT file_key AS line FROM ${quoted(name)}
      WHERE account_id = (SELECT app_account()) AND file_key IS NOT NULL ORDER BY line`;
    for await (const page of readPages(tx, `files_of_${name}`, keys, fetchMany)) {
      for (const key of page) {
        const bytes = await files.get(account, key);
        if (!bytes) counts.missing++;
        for (const [position, chunk] of bytes ? chunksOf(bytes).entries() : []) {
          const hex = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('hex');
          yield [JSON.stringify([String(account), key, String(position), `\\x${hex}`])];
        }
      }
    }
  }
}

/** A cursor: the database goes through the rows once, and none of its answers is large. */
async function* readPages(tx: Transaction, name: string, select: string, fetch: Statement): AsyncIterable<string[]> {
  await tx.query({ name: `backup.open.${name}`, text: `DECLARE portico_backup NO SCROLL CURSOR FOR ${select}` });
  for (;;) {
    const rows = await tx.query<{ line: string }>(fetch);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await tx.query(closeCursor);
}

const fetchMany: Statement = { name: 'backup.fetch_many', text: `FETCH ${ROWS} FROM portico_backup` };
const fetchFew: Statement = { name: 'backup.fetch_few', text: `FETCH ${CHUNKS} FROM portico_backup` };
const closeCursor: Statement = { name: 'backup.close', text: 'CLOSE portico_backup' };
const listMigrations: Statement = {
  name: 'backup.migrations',
  text: 'SELECT name, checksum FROM schema_migrations ORDER BY name',
};
const listAccounts: Statement = {
  name: 'backup.accounts',
  text: 'SELECT account_id FROM accounts ORDER BY account_id',
};
const enterAccount: Statement = { name: 'backup.enter', text: "SELECT set_config('app.account', $1, true)" };
