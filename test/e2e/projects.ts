import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileScript, parse } from 'vue/compiler-sfc';

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

/** Some files that are compiled together, and what differs from the options above. */
export interface Project {
  readonly files: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What the compiler has to complain of in a project, a line each. */
const compile = (config: string) =>
  new Promise<string[]>((resolve, reject) => {
    const args = [at('node_modules/typescript/bin/tsc'), '-p', config];
    execFile(process.execPath, args, { cwd: dirname(config) }, (error, stdout) =>
      error && !stdout ? reject(error) : resolve(stdout.split('\n').filter(Boolean)),
    );
  });

/**
 * Compiles projects that have the built `@portico/elements` installed.
 *
 * @param files their code, by name
 * @returns the complaints of all, a line each that begins with the file
 */
export async function compileProjects(
  files: Readonly<Record<string, string>>,
  projects: readonly Project[],
): Promise<string[]> {
  mkdirSync(at('.cache'), { recursive: true });
  const folder = mkdtempSync(at('.cache/types-'));
  try {
    mkdirSync(join(folder, 'node_modules/@portico'), { recursive: true });
    symlinkSync(at('dist/elements'), join(folder, 'node_modules/@portico/elements'));
    for (const [file, code] of Object.entries(files)) writeFileSync(join(folder, file), code);
    const configs = projects.map((project, number) => {
      const config = join(folder, `tsconfig.${number}.json`);
      const content = { compilerOptions: { ...compilerOptions, ...project.options }, files: project.files };
      writeFileSync(config, JSON.stringify(content));
      return config;
    });
    return (await Promise.all(configs.map(compile))).flat();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** TSX for React, wherever it is compiled. */
export const asReact = (code: string): string => `/** @jsxImportSource react */\n${code}`;

/**
 * A single-file component as TypeScript: what Vue's own compiler makes of it, and, since that forgets the types of its
 * template, the static attributes of every tag of ours once more as props of the tag.
 */
export function asVue(component: string): string {
  const { descriptor, errors } = parse(component);
  if (errors.length > 0) throw new AggregateError(errors, 'Vue cannot read the component');
  const { content } = compileScript(descriptor, {
    id: 'sample',
    inlineTemplate: true,
    templateOptions: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } },
  });
  const tags = [...(descriptor.template?.content ?? '').matchAll(/<(\w+-[\w-]+)([^>]*?)\/?>/g)];
  const props = tags.map(([, tag = '', attributes = '']) => {
    const said = [...attributes.matchAll(/(?<=\s)([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    const value = JSON.stringify(Object.fromEntries(said));
    return `;(${value} satisfies InstanceType<import('vue').GlobalComponents['${tag}']>['$props']);`;
  });
  return [content, ...props].join('\n');
}
