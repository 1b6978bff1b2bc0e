import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

import { startDemo } from './support.js';

const at = (path: string) => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));
const run = promisify(execFile);

/** Of everybody in the demo. */
const password = 'portico-demo-2026';

interface Package {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default?: string }>>;
  readonly 'web-types': string;
  readonly customElements: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const packageOf = (name: string) => JSON.parse(readFileSync(at(`${name}/package.json`), 'utf8')) as Package;

describe('@portico/elements', () => {
  const { exports, customElements, 'web-types': webTypes, dependencies } = packageOf('elements');
  const resolve = createRequire(at('elements/package.json')).resolve;

  it.each(Object.entries(exports))('resolves %s to a file, with its types', (path, target) => {
    if (typeof target !== 'string') expect(existsSync(at(`elements/${target.types}`))).toBe(true);
    // What has types alone is there for the compiler: nothing of it runs.
    if (typeof target === 'string' || target.default)
      expect(existsSync(resolve(path.replace(/^\./, '@portico/elements')))).toBe(true);
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

  it('names data for editors, for which there is a file each', () => {
    const files = [webTypes, ...Object.keys(exports).filter((path) => path.endsWith('-custom-data.json'))];
    expect(files).toEqual(['./web-types.json', './html-custom-data.json', './css-custom-data.json']);
    expect(files.filter((path) => !existsSync(at(`elements/${path}`)))).toEqual([]);
  });

  it('needs nothing of the server', () => {
    expect(Object.keys(dependencies)).toEqual([
      '@lit/context',
      '@lit/task',
      'dompurify',
      'eventsource-parser',
      'idb-keyval',
      'ky',
      'lit',
      'tus-js-client',
      'zod',
    ]);
  });

  it('has a command that asks a portal, packed and installed in a folder of its own', {
    timeout: 300_000,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portico-user-'));
    const server = await startDemo();
    try {
      const { stdout: file } = await run('npm', ['pack', '--silent', at('elements')], { cwd: folder });
      // What it depends on is there already; nothing is fetched.
      const installed = (name: string) =>
        `file:${fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))}`;
      const known = Object.fromEntries(Object.keys(dependencies).map((name) => [name, installed(name)]));
      const user = { private: true, dependencies: { '@portico/elements': `file:${file.trim()}`, ...known } };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(user));
      const people = ['alice@acme.example', 'dave@example.com'].map((email) => ({ email, password }));
      writeFileSync(join(folder, 'people.json'), JSON.stringify(people));
      const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
      await run('npm', ['install', ...quiet], { cwd: folder });

      const npx = (...args: string[]) => run('npx', ['--offline', '@portico/elements', ...args], { cwd: folder });
      const { stdout } = await npx('conformance', `${server.origin}/help`, '--people', 'people.json');

      expect(stdout).toMatch(/^what somebody may not see does not exist for them +7 {2}kept, 1 not asked$/m);
      expect(stdout).toMatch(/^\d+ passed, 0 failed, \d+ skipped\n$/m);
      await expect(npx('conformance', server.origin)).rejects.toMatchObject({ code: 2 });
    } finally {
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('@portico/server', () => {
  const { bin } = packageOf('server');

  it('has a command that says what it can do', async () => {
    const { stdout } = await run(process.execPath, [at(`server/${bin['portico']}`), '--help']);
    expect(stdout).toMatch(/^Usage: portico <command>/);
  });
});
