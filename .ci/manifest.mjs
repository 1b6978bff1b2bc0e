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

/** Elements, what they inherit, and the events that they fire; the modules that elements are made of are nobody's. */
const globs = ['src/elements/*/*-element.ts', 'src/elements/portal-element.ts', 'src/events/*-event.ts'];

/** Lit calls these; pages do not. */
const lifecycle = new Set(['styles', 'properties', 'willUpdate', 'firstUpdated', 'updated', 'render']);

/** Of a property under `@ignore` the analyzer keeps the line in `static properties`, and with it no type. */
const isIgnored = ({ kind, type }) => kind === 'field' && !type;

const isPublic = (member) =>
  (member.privacy ?? 'public') === 'public' &&
  !member.name.startsWith('#') &&
  !lifecycle.has(member.name) &&
  !isIgnored(member);

/** What of a property's type can be written as an attribute: no object, and no `undefined`. */
const asAttribute = (type) =>
  type.text
    .split(' | ')
    .filter((member) => /^('.*'|string|number|boolean)$/.test(member))
    .join(' | ');

/** What a constructor's parameter is called is no default. */
const withoutParameter = ({ default: value, ...member }) =>
  value === undefined || value === member.name ? member : { ...member, default: value };

/** A class of the platform is nowhere in this package. */
const superclassOf = ({ superclass }) =>
  superclass.name === 'Event' ? { name: 'Event', package: 'global:' } : superclass;

/** What the analyzer found of a class, less what is not for pages. */
function describeClass(found, references) {
  const { kind, name, description, members = [], events, attributes, ...lists } = found;
  return {
    kind,
    name,
    description,
    superclass: superclassOf(found),
    ...(attributes && {
      attributes: attributes.filter(isPublic).map((one) => ({ ...one, type: { text: asAttribute(one.type) } })),
    }),
    members: members.filter(isPublic).map(withoutParameter),
    // The analyzer also lists each call of `dispatchEvent`, some without a name; a comment is what counts.
    ...(events && {
      events: events
        .filter((event) => event.description)
        .map(({ type: { text }, ...event }) => ({
          ...event,
          type: { text, references: [{ ...references.get(text), start: 0, end: text.length }] },
        })),
    }),
    ...Object.fromEntries(Object.entries(lists).filter(([key]) => key.startsWith('css') || key === 'slots')),
  };
}

/** A module as it lies in the published package. */
function describeModule({ path, declarations }, references) {
  const found = declarations.find(({ kind }) => kind === 'class');
  const declaration = describeClass(found, references);
  const reference = references.get(found.name);
  const tagName = /^src\/elements\/([^/]+)\/\1-element\.ts$/.exec(path)?.[1];
  return {
    kind: 'javascript-module',
    path,
    declarations: [tagName ? { ...declaration, customElement: true, tagName } : declaration],
    exports: [
      { kind: 'js', name: found.name, declaration: reference },
      ...(tagName ? [{ kind: 'custom-element-definition', name: tagName, declaration: reference }] : []),
    ],
  };
}

async function makeManifest() {
  const argv = ['analyze', '--litelement', '--quiet', ...globs.flatMap((glob) => ['--globs', glob])];
  const { modules } = await cli({ argv, cwd: root, noWrite: true });
  const named = modules.map(({ path, declarations }) => [declarations.find(({ kind }) => kind === 'class').name, path]);
  const references = new Map(named.map(([name, module]) => [name, { name, module }]));
  const described = modules
    .map((module) => describeModule(module, references))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  // The first version of the format that knows states.
  const text = JSON.stringify({ schemaVersion: '2.1.0', modules: described }, null, 2);
  return `${text.replace(/"\/?src\/([^"]+)\.[jt]s"/g, '"$1.js"')}\n`;
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
