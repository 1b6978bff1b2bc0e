/**
 * Writes what the elements' own comments promise: `custom-elements.json`, for editors and documentation, and the tables of
 * the page on theming. With `--check` it only says whether both are as they should be.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';

import { withTables } from './theming.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = `${root}custom-elements.json`;
const theming = `${root}src/styles/README.md`;

/** Lit calls these; pages do not. */
const lifecycle = new Set(['styles', 'shadowRootOptions', 'willUpdate', 'firstUpdated', 'updated', 'render']);

/** What its author describes is promised; the rest is how it is made. */
const isPublic = ({ name, description, privacy = 'public' }) =>
  description !== undefined && privacy === 'public' && !lifecycle.has(name);

/** An element's module as it lies in the published package; nothing for the modules that elements are made of. */
function describe({ path, declarations }) {
  const tagName = /^src\/elements\/([^/]+)\/\1-element\.ts$/.exec(path)?.[1];
  const declaration = declarations.find(({ kind }) => kind === 'class');
  if (!tagName || !declaration) return [];
  const { name, members, events } = declaration;
  const reference = { name, module: path };
  return [
    {
      kind: 'javascript-module',
      path,
      declarations: [
        {
          ...declaration,
          customElement: true,
          tagName,
          members: members.filter(isPublic),
          events: events.filter(isPublic),
        },
      ],
      exports: [
        { kind: 'js', name, declaration: reference },
        { kind: 'custom-element-definition', name: tagName, declaration: reference },
      ],
    },
  ];
}

async function makeManifest() {
  const argv = ['analyze', '--litelement', '--quiet', '--globs', 'src/elements/**/*.ts'];
  const { schemaVersion, modules } = await cli({ argv, cwd: root, noWrite: true });
  const described = modules.flatMap(describe).sort((a, b) => (a.path < b.path ? -1 : 1));
  const text = JSON.stringify({ schemaVersion, modules: described }, null, 2);
  return `${text.replace(/"\/?src\/([^"]+)\.ts"/g, '"$1.js"')}\n`;
}

const manifest = await makeManifest();
const wanted = { [file]: manifest, [theming]: withTables(readFileSync(theming, 'utf8'), JSON.parse(manifest)) };
for (const [path, text] of Object.entries(wanted)) {
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${relative(root, path)} is not what the elements say: run \`npm run manifest\`.`);
    process.exitCode = 1;
  }
}
