/** The `package.json` files of what is published, made from the one at the top level. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { dataFiles, frameworks } from './editors/index.mjs';

const whole = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const known = { ...whole.devDependencies, ...whole.dependencies };
const shared = { version: whole.version, license: whole.license, type: whole.type, engines: whole.engines };

const nameOf = (specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)[0];

/** Packages, with their versions, that some chunks and all that these import are in need of. */
function packagesOf(chunks, entries) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const seen = new Set();
  const found = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const chunk = byFile.get(file);
    if (chunk) [...chunk.imports, ...chunk.dynamicImports].forEach(visit);
    else if (!file.startsWith('node:')) found.add(nameOf(file));
  };
  for (const entry of entries) visit(entry.fileName);
  return Object.fromEntries([...found].sort().map((name) => [name, known[name]]));
}

/** Under which name a file is imported: an element by its tag, an adapter by its word, `index` by its folder. */
const exportOf = (path) =>
  path
    .replace(/^elements\/(.*)\/define$/, './$1')
    .replace(/^backend\/(.*)\/\1-backend$/, './$1')
    .replace(/^(?!\.)/, './')
    .replace(/\/index$/, '');

const write = (folder, content) =>
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...content, ...shared }, null, 2)}\n`);

export function writeServerPackage(folder, output) {
  const chunks = output.filter(({ type }) => type === 'chunk');
  write(folder, {
    name: '@portico/server',
    description: 'The reference server of Portico: a customer support portal with its own database',
    bin: { portico: './main.js' },
    dependencies: packagesOf(chunks, chunks),
  });
}

export function writeElementsPackage(folder, output) {
  const chunks = output.filter(({ type }) => type === 'chunk');
  const isCommand = ({ fileName }) => fileName === 'testing/command/main.js';
  const entries = chunks.filter((chunk) => chunk.isEntry && !isCommand(chunk));
  const isTesting = ({ fileName }) => fileName.startsWith('testing/');
  // The command comes with what it needs, unlike the rest of the test kit.
  const dependencies = packagesOf(
    chunks,
    chunks.filter((chunk) => isCommand(chunk) || (chunk.isEntry && !isTesting(chunk))),
  );
  // The test kit runs the whole server: what only it needs is for those who use it to install.
  const forTests = Object.entries(packagesOf(chunks, entries.filter(isTesting))).filter(
    ([name]) => !dependencies[name],
  );
  const paths = entries.map(({ fileName }) => {
    const path = fileName.replace(/\.js$/, '');
    return [exportOf(path), { types: `./${path}.d.ts`, default: `./${fileName}` }];
  });
  const themes = readdirSync(join(folder, 'themes'));
  write(folder, {
    name: '@portico/elements',
    description: whole.description,
    customElements: 'custom-elements.json',
    'web-types': './web-types.json',
    bin: { 'portico-elements': './testing/command/main.js' },
    sideEffects: ['./define.js', './elements/*/define.js', './themes/*.css'],
    exports: {
      ...Object.fromEntries(paths),
      ...Object.fromEntries(frameworks.map((name) => [`./${name}`, { types: `./types/${name}.d.ts` }])),
      './custom-elements.json': './custom-elements.json',
      ...Object.fromEntries(dataFiles.map((file) => [`./${file}`, `./${file}`])),
      ...Object.fromEntries(themes.map((name) => [`./themes/${name}`, `./themes/${name}`])),
      './package.json': './package.json',
    },
    dependencies,
    peerDependencies: Object.fromEntries(forTests),
    peerDependenciesMeta: Object.fromEntries(forTests.map(([name]) => [name, { optional: true }])),
  });
}
