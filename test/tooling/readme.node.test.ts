import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { PortalBackend } from '../../src/index.js';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('the adapter in the README', () => {
  let folder: string;
  let adapter: string;

  beforeEach(async () => {
    const readme = readFileSync(at('README.md'), 'utf8');
    const [, code = ''] = /```ts\n(import \{ BackendError[\s\S]*?)```/.exec(readme) ?? [];
    mkdirSync(at('.cache'), { recursive: true });
    folder = await mkdtemp(at('.cache/readme-'));
    adapter = join(folder, 'adapter.ts');
    await writeFile(adapter, code.replaceAll('@portico/elements', '../../src/index.js'));
  });

  afterEach(async () => {
    vi.unstubAllGlobals();
    await rm(folder, { recursive: true });
  });

  it('is complete: the compiler has nothing to add', async () => {
    const config = { extends: at('tsconfig.json'), include: ['adapter.ts'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const check = promisify(execFile)(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', folder]);
    await expect(check).resolves.toMatchObject({ stdout: '' });
  });

  it('answers an unknown ticket like a forbidden one, and an abort with its reason', async () => {
    // The public entry brings Lit along, which says once that it runs in development mode.
    vi.stubGlobal('litIssuedWarnings', new Set(['dev-mode']));
    const { createAcmeBackend } = (await import(adapter)) as { createAcmeBackend(address: string): PortalBackend };
    const backend = createAcmeBackend('https://api.example.com');
    vi.stubGlobal('fetch', async (url: string, { signal }: RequestInit) => {
      signal?.throwIfAborted();
      return new Response('{}', { status: url.endsWith('/foreign') ? 403 : 404 });
    });

    await expect(backend.getTicket('foreign')).rejects.toMatchObject({ name: 'BackendError', code: 'not-found' });
    await expect(backend.getTicket('unknown')).rejects.toMatchObject({ name: 'BackendError', code: 'not-found' });
    const reason = new Error('changed my mind');
    await expect(backend.session({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
