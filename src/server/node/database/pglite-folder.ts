import { PGlite } from '@electric-sql/pglite';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface OpenFolder {
  readonly pglite: PGlite;
  /** How often PGlite has asked for a file to be synchronised. */
  readonly syncs: () => number;
}

/**
 * Opens the PGlite database in a folder, made on first use, with real fsync. The caller holds the folder's lock: PGlite
 * itself does not notice a second process and corrupts the data.
 */
export async function openFolder(folder: string): Promise<OpenFolder> {
  if (!existsSync(folder)) await createFolder(folder);
  const pglite = await PGlite.create({ dataDir: folder, startParams: durable });
  return { pglite, syncs: hookSync(pglite) };
}

/** Made under another name, so that a start that is interrupted leaves no half database behind. */
async function createFolder(folder: string): Promise<void> {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create({ dataDir: draft });
  await pglite.close();
  syncTree(draft);
  renameSync(draft, folder);
  syncPath(dirname(folder));
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else syncPath(path);
  }
  syncPath(folder);
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } catch (error) {
    // Windows cannot synchronise a folder.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  } finally {
    closeSync(file);
  }
}

/** PGlite starts with fsync off (`-F`); without `wal_sync_method` it would use a call that its file system ignores. */
const durable = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
];

/** What we reach for inside PGlite 0.5.16: the file system behind the data folder has no fsync of its own. */
interface MountedModule {
  readonly FS: {
    lookupPath(path: string): {
      node: { mount: { type: { stream_ops: { fsync?: (stream: { nfd: number }) => number } } } };
    };
  };
}

function hookSync(pglite: PGlite): () => number {
  let count = 0;
  const { FS } = pglite.Module as unknown as MountedModule;
  FS.lookupPath('/pglite/data').node.mount.type.stream_ops.fsync = ({ nfd }) => {
    fdatasyncSync(nfd);
    count++;
    return 0;
  };
  return () => count;
}
