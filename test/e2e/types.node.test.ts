import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { frameworks } from '../../.ci/editors/index.mjs';
import { samples } from './types.cases.js';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What the README shows of the package to those who write applications, by file. */
function readme(): Record<string, string> {
  const text = readFileSync(at('README.md'), 'utf8');
  const [section = ''] = /\n## In your editor and your framework\n[^]*?\n## /.exec(text) ?? [];
  const code = [...section.matchAll(/```(tsx?)\n([^]*?)```/g)].map(([, language = '', lines = '']) => [
    language,
    lines,
  ]);
  // One line for each framework, as a project of its own has it.
  const lines = [...section.matchAll(/`(import type \{\} from .*?)`/g)].map(([, line = '']) => line);
  const named = code.map(([language, block], at) => [
    `readme-${at}.${language}`,
    language === 'tsx' ? `/** @jsxImportSource react */\n${block}` : block,
  ]);
  return Object.fromEntries([...named, ['readme-lines.ts', lines.join(';\n')]]) as Record<string, string>;
}

const files = { ...samples, ...readme() };

/** One import gives tags and events their types in a whole project: what a file imports itself shows in a project alone. */
const alone = ['one-tag.ts', 'readme-0.ts'];
const projects = [...alone.map((file) => [file]), Object.keys(files).filter((file) => !alone.includes(file))];

/** As strict as any project is, so that our types hold in all; and what we publish is checked as well. */
const compilerOptions = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  jsx: 'preserve',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  noEmit: true,
};

/** What the compiler has to complain of in a project, a line each. */
const compile = (config: string) =>
  new Promise<string[]>((resolve, reject) => {
    const args = [at('node_modules/typescript/bin/tsc'), '-p', config];
    execFile(process.execPath, args, { cwd: dirname(config) }, (error, stdout) =>
      error && !stdout ? reject(error) : resolve(stdout.split('\n').filter(Boolean)),
    );
  });

describe('the types of @portico/elements, installed in a project', () => {
  let folder: string;
  let complaints: string[];

  beforeAll(async () => {
    mkdirSync(at('.cache'), { recursive: true });
    folder = mkdtempSync(at('.cache/types-'));
    mkdirSync(join(folder, 'node_modules/@portico'), { recursive: true });
    symlinkSync(at('dist/elements'), join(folder, 'node_modules/@portico/elements'));
    for (const [file, code] of Object.entries(files)) writeFileSync(join(folder, file), code);
    const configs = projects.map((project, number) => {
      const config = join(folder, `tsconfig.${number}.json`);
      writeFileSync(config, JSON.stringify({ compilerOptions, files: project }));
      return config;
    });
    complaints = (await Promise.all(configs.map(compile))).flat();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.keys(files))('let pass what is right, and nothing else: %s', (file) => {
    expect(complaints.filter((line) => line.startsWith(file))).toEqual([]);
  });

  it('are shown in the README, for every framework', () => {
    expect(Object.keys(readme())).toEqual(['readme-0.ts', 'readme-1.tsx', 'readme-lines.ts']);
    const [, ...lines] = (files['readme-lines.ts'] ?? '').split('import type');
    expect(lines.map((line) => /elements\/(\w+)/.exec(line)?.[1]).sort()).toEqual(frameworks.toSorted());
  });

  it('are sound themselves', () => {
    const isInProject = (line: string) => Object.keys(files).some((file) => line.startsWith(file));
    expect(complaints.filter((line) => !/^\s/.test(line) && !isInProject(line))).toEqual([]);
  });
});
