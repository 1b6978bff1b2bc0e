import { type Hash, createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

/**
 * A folder that takes a while to make and is kept from run to run, until what it is made of changes; older ones are removed.
 *
 * @param prefix of its name, that of no other kind
 * @param ingredients hashes all that it is made of
 * @param make writes it into a folder that is not there yet
 */
export async function keptFolder(
  prefix: string,
  ingredients: (hash: Hash) => void,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  ingredients(hash);
  const kept = join(cache, prefix + hash.digest('hex').slice(0, 16));
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  // A name with a dot is a draft: somebody is at it.
  const outdated = readdirSync(cache).filter((name) => name.startsWith(prefix) && !name.includes('.'));
  for (const name of outdated) rmSync(join(cache, name), { recursive: true, force: true });
  const draft = `${kept}.${randomUUID()}`;
  await make(draft);
  try {
    renameSync(draft, kept);
  } catch (error) {
    // Test files run side by side: another was first.
    if (!existsSync(kept)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return kept;
}
