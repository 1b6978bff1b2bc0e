import { cpSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { keptFolder } from './kept-folder.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = ['src', 'package.json', 'package-lock.json', 'vite.config.ts'];

let built: Promise<string> | undefined;

/**
 * The file that starts the server, built from the sources as they are now. That takes a third of a second; from its sources
 * each start of the server would take a second longer.
 */
export const buildServer = (): Promise<string> => (built ??= buildOnce());

async function buildOnce(): Promise<string> {
  const folder = await keptFolder(
    'server-',
    (hash) => {
      for (const path of sources.flatMap(filesIn))
        hash
          .update(`${path}\0`)
          .update(readFileSync(join(root, path)))
          .update('\0');
    },
    async (draft) => {
      await build({ configFile: join(root, 'vite.config.ts'), mode: 'server', build: { outDir: draft } });
      cpSync(join(root, 'src/server/migrations'), join(draft, 'migrations'), { recursive: true });
      cpSync(join(root, 'package.json'), join(draft, 'package.json'));
    },
  );
  return join(folder, 'main.js');
}

function filesIn(path: string): readonly string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .toSorted()
    .flatMap((name) => filesIn(join(path, name)));
}
