import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));
const run = promisify(execFile);

interface Package {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly customElements: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const packageOf = (name: string) => JSON.parse(readFileSync(at(`${name}/package.json`), 'utf8')) as Package;

describe('@portico/elements', () => {
  const { exports, customElements, dependencies } = packageOf('elements');
  const resolve = createRequire(at('elements/package.json')).resolve;

  it.each(Object.entries(exports))('resolves %s to a file, with its types', (path, target) => {
    expect(existsSync(resolve(path.replace(/^\./, '@portico/elements')))).toBe(true);
    if (typeof target !== 'string') expect(existsSync(at(`elements/${target.types}`))).toBe(true);
  });

  it.each(['index.js', 'define.js', 'testing/index.js'])('can be imported without a DOM: %s', async (file) => {
    await expect(
      run(process.execPath, ['--input-type=module', '-e', `await import('${at(`elements/${file}`)}')`]),
    ).resolves.toEqual({
      stdout: '',
      stderr: '',
    });
  });

  it('names a manifest whose modules are all there', () => {
    const { modules } = JSON.parse(readFileSync(at(`elements/${customElements}`), 'utf8')) as {
      modules: { path: string }[];
    };
    expect(modules.map(({ path }) => path).filter((path) => !existsSync(at(`elements/${path}`)))).toEqual([]);
  });

  it('needs nothing of the server', () => {
    expect(Object.keys(dependencies)).toEqual(['@lit/context', '@lit/task', 'ky', 'lit', 'zod']);
  });
});

describe('@portico/server', () => {
  const { bin } = packageOf('server');

  it('has a command that says what it can do', async () => {
    const { stdout } = await run(process.execPath, [at(`server/${bin['portico']}`), '--help']);
    expect(stdout).toMatch(/^Usage: portico <command>/);
  });
});
