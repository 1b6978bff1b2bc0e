/** What editors, frameworks and machines read about the elements, made from `custom-elements.json` into the package. */
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { llmsText } from './llms.mjs';
import { readManifest } from './manifest.mjs';
import { tagTypes } from './tags.mjs';
import { cssCustomData, htmlCustomData } from './vs-code.mjs';
import { webTypes } from './web-types.mjs';

const types = fileURLToPath(new URL('types/', import.meta.url));

/** By what name each is imported from the package: `@portico/elements/react`. There is nothing in them at run time. */
export const frameworks = readdirSync(types).map((file) => file.replace(/\.d\.ts$/, ''));

export const dataFiles = ['html-custom-data.json', 'css-custom-data.json', 'web-types.json', 'llms.txt'];

/** Writes all of them into the folder of the package, beside its `package.json`. */
export function writeEditorData(folder) {
  const { name, version, description } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const manifest = readManifest();
  const write = (file, content) => writeFileSync(join(folder, file), content);
  const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
  write('html-custom-data.json', json(htmlCustomData(manifest)));
  write('css-custom-data.json', json(cssCustomData(manifest)));
  write('web-types.json', json(webTypes(manifest, { name, version })));
  write('llms.txt', llmsText(manifest, { name, description }));
  mkdirSync(join(folder, 'types'), { recursive: true });
  cpSync(types, join(folder, 'types'), { recursive: true });
  write('types/tags.d.ts', tagTypes(manifest));
}
