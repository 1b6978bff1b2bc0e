import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another server works on the folder. The message is for the person who started this one. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one with the same pid; `null` where the system does not say. */
  readonly started: string | null;
  /** Where its server answers on this machine, once it does. */
  readonly address?: string;
}

/**
 * Takes the lock of a data folder for this process. A lock whose process is gone is taken over; a live one never is.
 *
 * @returns releases the lock
 * @throws FolderInUseError
 */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, 'server.lock');
  const own: Holder = { pid: process.pid, started: startOf(process.pid) };
  // A lock appears with its content or not at all, so nobody ever reads half of one.
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    if (!claim(draft, lock)) takeOver(draft, lock, folder);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

/** Says where this process, which holds the lock, answers: `http://127.0.0.1:4400`. */
export function announceAddress(folder: string, address: string): void {
  const lock = join(folder, 'server.lock');
  const draft = `${lock}.${process.pid}`;
  const own: Holder = { pid: process.pid, started: startOf(process.pid), address };
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  renameSync(draft, lock);
}

/** Where the server that works on the folder answers; `null` when none does. */
export function findAddress(folder: string): string | null {
  const holder = read(join(folder, 'server.lock'));
  return holder && isAlive(holder) ? (holder.address ?? null) : null;
}

/** Only one process at a time may replace a dead lock; who comes second looks at the lock again. */
function takeOver(draft: string, lock: string, folder: string): void {
  const guard = `${lock}.takeover`;
  refuseAlive(guard, folder);
  rmSync(guard, { force: true });
  if (!claim(draft, guard)) throw inUse(folder, read(guard));
  try {
    refuseAlive(lock, folder);
    renameSync(draft, lock);
  } finally {
    rmSync(guard, { force: true });
  }
}

function claim(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function refuseAlive(path: string, folder: string): void {
  const holder = read(path);
  if (holder && isAlive(holder)) throw inUse(folder, holder);
}

function read(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startOf(pid);
  return started === null || now === null || started === now;
}

/** Boot and tick at which a process started: field 22 of its stat, the 20th after the command's closing bracket. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const tick = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${tick}`;
  } catch {
    return null;
  }
}

function inUse(folder: string, holder: Holder | null): FolderInUseError {
  const who = holder ? `process ${holder.pid}` : 'another process';
  return new FolderInUseError(`The data folder ${folder} is in use by ${who}; stop that server or set PORTICO_DATA.`);
}
