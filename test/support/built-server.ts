import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, '.cache');
const PREFIX = 'server-';

let built: Promise<string> | undefined;

/**
 * The file that starts the server, built from the sources as they are now. That takes a third of a second; from its sources
 * each start of the server would take a second longer.
 */
export const buildServer = (): Promise<string> => (built ??= buildOnce());

/** Kept from run to run, until a source changes. */
async function buildOnce(): Promise<string> {
  const folder = join(cache, PREFIX + hashOf(['src', 'package.json', 'package-lock.json', 'vite.config.ts']));
  if (!existsSync(folder)) await buildInto(folder);
  return join(folder, 'main.js');
}

async function buildInto(folder: string): Promise<void> {
  const outdated = existsSync(cache)
    ? readdirSync(cache).filter((name) => name.startsWith(PREFIX) && !isDraft(name))
    : [];
  for (const name of outdated) rmSync(join(cache, name), { recursive: true, force: true });
  const draft = `${folder}.${randomUUID()}`;
  await build({ configFile: join(root, 'vite.config.ts'), mode: 'server', build: { outDir: draft } });
  cpSync(join(root, 'src/server/migrations'), join(draft, 'migrations'), { recursive: true });
  cpSync(join(root, 'package.json'), join(draft, 'package.json'));
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Test files run side by side: another was first.
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

const isDraft = (name: string) => name.includes('.');

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesIn))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

function filesIn(path: string): readonly string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .toSorted()
    .flatMap((name) => filesIn(join(path, name)));
}
