/** Builds `dist/`, when sources, demo, lock or configs differ from those of the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

import { writeEditorData } from './editors/index.mjs';
import { writeElementsPackage, writeServerPackage } from './packages.mjs';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => join(root, path);
const stampFile = at('dist/.stamp');

const ingredients = [
  'src',
  'demo',
  '.ci/build.mjs',
  '.ci/editors',
  '.ci/packages.mjs',
  '.ci/shorten-sheet.mjs',
  'custom-elements.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
];

const filesIn = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesIn(join(path, name)))
    : [path];

function stamp() {
  const hash = createHash('sha256');
  for (const file of ingredients.map(at).filter(existsSync).flatMap(filesIn)) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

async function run(mode, define = {}) {
  const result = await build({ configFile: at('vite.config.ts'), mode, define });
  return [result].flat().flatMap(({ output }) => output);
}

/** Declarations of what the public entries reach; Vite has made the code beside them. */
function declare(chunks) {
  const config = {
    extends: at('tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: at('src'),
      outDir: at('dist/elements'),
    },
    include: [],
    files: chunks.filter(({ isEntry }) => isEntry).map(({ facadeModuleId }) => facadeModuleId),
  };
  const file = at('dist/tsconfig.json');
  writeFileSync(file, JSON.stringify(config));
  const { status } = spawnSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', file], {
    stdio: 'inherit',
  });
  rmSync(file);
  if (status !== 0) throw new Error('The declarations could not be made.');
  // The keys of our words are typed from these files.
  for (const name of readdirSync(at('src/i18n')).filter((name) => /^en\b.*\.json$/.test(name)))
    cpSync(at(`src/i18n/${name}`), at(`dist/elements/i18n/${name}`));
}

export async function buildAll() {
  // Vite takes another value over from the environment, and tests set one.
  process.env.NODE_ENV = 'production';
  rmSync(at('dist'), { recursive: true, force: true });

  const chunks = await run('chunks');
  const portico = chunks.find(({ isEntry }) => isEntry);
  await run('loader', {
    __PORTICO_CHUNK__: JSON.stringify(portico.fileName),
    __PORTICO_VERSION__: JSON.stringify(version),
  });
  await run('admin');
  await run('demo');
  cpSync(at('src/styles/themes'), at('dist/embed/themes'), { recursive: true });
  // Behind a plain file server the demo's pages find the loader where the server would have it.
  const isForPages = (path) => !/\.(html|map)$/.test(path);
  cpSync(at('dist/embed'), at('dist/demo/help'), { recursive: true, filter: isForPages });
  // As an optimiser would write it: one script, no module, the loader somewhere in it.
  const [before, after] = ['var menu = document.title;', 'document.documentElement.dataset.menu = menu;'];
  writeFileSync(at('dist/demo/help/one-file.js'), [before, readFileSync(at('dist/embed/embed.js')), after].join('\n'));
  // What people copy runs in the demo as it lies there.
  cpSync(at('demo/adapters'), at('dist/demo/adapters'), { recursive: true });

  const server = await run('server');
  cpSync(at('src/server/migrations'), at('dist/server/migrations'), { recursive: true });
  cpSync(at('src/server/node/deploy'), at('dist/server/deploy'), { recursive: true });
  cpSync(at('src/server/connectors/http/openapi.json'), at('dist/server/http-connector.openapi.json'));
  writeServerPackage(at('dist/server'), server);

  const elements = await run('elements');
  declare(elements);
  cpSync(at('custom-elements.json'), at('dist/elements/custom-elements.json'));
  cpSync(at('src/styles/themes'), at('dist/elements/themes'), { recursive: true });
  writeElementsPackage(at('dist/elements'), elements);
  writeEditorData(at('dist/elements'));

  for (const folder of ['elements', 'server']) cpSync(at('LICENSE'), at(`dist/${folder}/LICENSE`));
}

/** True when something was built. */
export async function buildIfNeeded() {
  const wanted = stamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return false;
  console.log('Building (about 10 seconds) …');
  await buildAll();
  writeFileSync(stampFile, wanted);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!(await buildIfNeeded())) console.log('Nothing has changed since the last build.');
}
