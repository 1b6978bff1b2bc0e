import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Finding, hint, missing, ok } from './finding.js';

const mebibyte = 1024 * 1024;

export function checkDisk(folder: string, freeBytes: number): Finding {
  const check = 'room on the disk';
  const advice = `There are ${Math.floor(freeBytes / mebibyte)} MiB left for ${folder}. Make room, or move it by PORTICO_DATA.`;
  if (freeBytes < 200 * mebibyte) return missing(check, advice);
  return freeBytes < 1024 * mebibyte ? hint(check, advice) : ok(check);
}

/** Bytes that this user may still write below a folder, which need not be there yet. */
export async function freeBytesOf(folder: string): Promise<number> {
  const parent = dirname(folder);
  if (!existsSync(folder) && parent !== folder) return freeBytesOf(parent);
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
