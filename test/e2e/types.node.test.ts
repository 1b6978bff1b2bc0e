import { beforeAll, describe, expect, it } from 'vitest';

import { frameworks } from '../../.ci/editors/index.mjs';
import { readmeText, snippetsOf } from '../support/readme.js';
import { asReact, asVue, compileProjects, type Project } from './projects.js';
import { samples } from './types.cases.js';

const kinds: Readonly<Record<string, (code: string) => string>> = { ts: (code) => code, tsx: asReact, vue: asVue };

/** What the README shows to those who write applications, by file; one line for each framework, as a project has it. */
function readme(): Record<string, string> {
  const code = snippetsOf(Object.keys(kinds)).map(({ language, code: text }, at) => [
    `readme-${at}.${language === 'vue' ? 'ts' : language}`,
    kinds[language]?.(text) ?? '',
  ]);
  const lines = [...readmeText().matchAll(/`(import type \{\} from .*?)`/g)].map(([, line = '']) => line);
  return Object.fromEntries([...code, ['readme-lines.ts', lines.join(';\n')]]) as Record<string, string>;
}

const files = { ...samples, ...readme() };

/** One import gives tags and events their types in a whole project: what a file imports itself shows in a project alone. */
const isAlone = (file: string) =>
  file.startsWith('readme-') && files[file]?.includes("from '@portico/elements/define'");
const alone = ['one-tag.ts', ...Object.keys(files).filter(isAlone)];

/** A test runner's own types do not stand up to our options. */
const withRunner = Object.keys(files).filter((file) => files[file]?.includes("from 'vitest'"));

const projects: readonly Project[] = [
  ...alone.map((file) => ({ files: [file] })),
  ...withRunner.map((file) => ({ files: [file], options: { skipLibCheck: true } })),
  { files: Object.keys(files).filter((file) => !alone.includes(file) && !withRunner.includes(file)) },
];

describe('the types of @portico/elements, installed in a project', () => {
  let complaints: string[];

  beforeAll(async () => {
    complaints = await compileProjects(files, projects);
  });

  it.each(Object.keys(files))('let pass what is right, and nothing else: %s', (file) => {
    expect(complaints.filter((line) => line.startsWith(file))).toEqual([]);
  });

  it('are shown in the README, for every framework', () => {
    const [, ...lines] = (files['readme-lines.ts'] ?? '').split('import type');
    expect(lines.map((line) => /elements\/(\w+)/.exec(line)?.[1]).sort()).toEqual(frameworks.toSorted());
  });

  it('are sound themselves', () => {
    const isInProject = (line: string) => Object.keys(files).some((file) => line.startsWith(file));
    expect(complaints.filter((line) => !/^\s/.test(line) && !isInProject(line))).toEqual([]);
  });
});
