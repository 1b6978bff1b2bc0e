import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  BackupError,
  type Counts,
  FORMAT,
  type Header,
  type TableLine,
  endSchema,
  headerSchema,
  tableSchema,
} from './format.js';

/** A piece of a backup: first the header, then tables with their rows, last the end. */
export type Part =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'table'; readonly table: TableLine }
  /** Rows of the last table, as JSON: some, never all of a large one. */
  | { readonly kind: 'rows'; readonly lines: readonly string[] }
  | { readonly kind: 'end'; readonly counts: Counts };

/** Rows, and characters, after which a piece is handed on. */
const ROWS = 500;
const CHARACTERS = 1_000_000;

/**
 * Reads a backup and checks it on the way. What it hands on is known to be whole only when it has ended without an error.
 *
 * @throws BackupError for a file that is no backup, is damaged, or is of a later format
 */
export async function* readBackup(path: string): AsyncGenerator<Part> {
  const damaged = () => new BackupError(`${path} is damaged or not complete.`);
  const hash = createHash('sha256');
  let header: Header | null = null;
  let end: Counts | null = null;
  let rows = 0;
  let page: string[] = [];
  let characters = 0;
  const take = (): Part => {
    const part: Part = { kind: 'rows', lines: page };
    page = [];
    characters = 0;
    return part;
  };

  try {
    for await (const bytes of readLines(path)) {
      if (end) throw damaged();
      const line = bytes.toString('utf8');
      const isEnd = line.startsWith('{"end"');
      if (!isEnd) hash.update(bytes).update('\n');
      if (header && line.startsWith('[')) {
        rows++;
        page.push(line);
        characters += line.length;
        if (page.length >= ROWS || characters >= CHARACTERS) yield take();
        continue;
      }
      if (page.length > 0) yield take();
      if (!header) {
        header = readHeader(line, path);
        yield { kind: 'header', header };
      } else if (isEnd) {
        const last = endSchema.parse(JSON.parse(line));
        if (last.sha256 !== hash.digest('hex') || last.end.rows !== rows) throw damaged();
        end = last.end;
      } else {
        yield { kind: 'table', table: tableSchema.parse(JSON.parse(line)) };
      }
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (error instanceof BackupError || /^E[A-Z]+$/.test(code)) throw error;
    throw header ? damaged() : new BackupError(`${path} is no backup of Portico.`);
  }
  if (!end) throw header ? damaged() : new BackupError(`${path} is no backup of Portico.`);
  yield { kind: 'end', counts: end };
}

/** Reads all of it. @throws BackupError */
export async function checkBackup(path: string): Promise<{ header: Header; counts: Counts }> {
  let header: Header | undefined;
  for await (const part of readBackup(path)) {
    if (part.kind === 'header') header = part.header;
    if (part.kind === 'end' && header) return { header, counts: part.counts };
  }
  throw new BackupError(`${path} is no backup of Portico.`);
}

function readHeader(line: string, path: string): Header {
  const header = headerSchema.parse(JSON.parse(line));
  if (header.format !== FORMAT) {
    throw new BackupError(`${path} was made by version ${header.version} in a format that this version cannot read.`);
  }
  return header;
}

async function* readLines(path: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  // A failure of either ends both, and is thrown below.
  pipeline(createReadStream(path), gunzip, () => {});
  let begun: Buffer[] = [];
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const rest = chunk.subarray(from, at);
      yield begun.length > 0 ? Buffer.concat([...begun, rest]) : rest;
      begun = [];
      from = at + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
