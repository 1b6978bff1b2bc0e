import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { samples } from './types.cases.js';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

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

describe('the types of @portico/elements, installed in a project', () => {
  let folder: string;
  let complaints: string[];

  beforeAll(async () => {
    mkdirSync(at('.cache'), { recursive: true });
    folder = mkdtempSync(at('.cache/types-'));
    mkdirSync(join(folder, 'node_modules/@portico'), { recursive: true });
    symlinkSync(at('dist/elements'), join(folder, 'node_modules/@portico/elements'));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(samples) }));
    for (const [file, code] of Object.entries(samples)) writeFileSync(join(folder, file), code);
    const args = [at('node_modules/typescript/bin/tsc'), '-p', folder];
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: folder }, (_, stdout) => resolve(stdout));
    });
    complaints = said.split('\n').filter(Boolean);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.keys(samples))('let pass what is right, and nothing else: %s', (file) => {
    expect(complaints.filter((line) => line.startsWith(file))).toEqual([]);
  });

  it('are sound themselves', () => {
    expect(complaints.filter((line) => line.includes('dist/elements'))).toEqual([]);
  });
});
