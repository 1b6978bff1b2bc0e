import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Lints files of one line each, by their paths, and answers what the import rule says of each. */
async function lint(files: Record<string, string>): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-lint-'));
  try {
    const config = { jsPlugins: [at('.ci/lint/layers.mjs')], rules: { 'portico/layers': 'error' } };
    await writeFile(join(folder, '.oxlintrc.json'), JSON.stringify(config));
    for (const [path, line] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), `${line}\n`);
    }
    const args = [at('node_modules/oxlint/bin/oxlint'), '--format=json'];
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: folder }, (_, stdout) => resolve(stdout));
    });
    const { diagnostics } = JSON.parse(output) as {
      diagnostics: { code: string; message: string; filename: string }[];
    };
    const ours = diagnostics.filter(({ code }) => code === 'portico(layers)');
    return Object.fromEntries(ours.map(({ filename, message }) => [filename, message]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the import rule', () => {
  it('refuses what the picture of the house does not show', async () => {
    const said = await lint({
      'src/elements/a/a.ts': "import ky from 'ky';",
      'src/elements/a/b.ts': "import { x } from '../../wire/x.js';",
      'src/elements/a/c.ts': "import { x } from '../../model/x.js';",
      'src/policy/a.ts': "import type { X } from '../model/x.js';",
      'src/server/app.ts': "export * from './node/x.js';",
      'src/server/http/a.ts': "import { x } from '../../elements/x/x.js';",
      'src/server/routes/a.ts': "import { x } from 'node:fs';",
      'src/embed.ts': "void import('./define.js');",
      'demo/a.ts': "import '../src/elements/x/x.js';",
    });

    expect(said).toEqual({
      'src/elements/a/a.ts': '`src/elements` may not import the package `ky`.',
      'src/elements/a/b.ts': '`src/elements` may import nothing of `src/wire`.',
      'src/elements/a/c.ts': '`src/elements` may import only types of `src/model`.',
      'src/policy/a.ts': '`src/policy` may import nothing of `src/model`.',
      'src/server/app.ts': '`src/server` may import nothing of `src/server/node`.',
      'src/server/http/a.ts': '`src/server` may import nothing of `src/elements`.',
      'src/server/routes/a.ts': '`src/server` may not import the package `node:fs`.',
      'src/embed.ts': '`src/embed.ts` may import nothing of `src/define.ts`.',
      'demo/a.ts': '`demo` may import nothing of `src/elements`.',
    });
  });

  it('refuses each form of zod that ships more than is used', async () => {
    const files = {
      'src/wire/a.ts': "import { z } from 'zod';",
      'src/wire/b.ts': "import { z } from 'zod/mini';",
      'src/wire/c.ts': "import { string } from 'zod/mini';",
      'src/server/a.ts': "import * as z from 'zod';",
    };

    const said = await lint(files);

    expect(Object.keys(said).sort()).toEqual(Object.keys(files).sort());
    expect(new Set(Object.values(said))).toEqual(
      new Set(["Import zod as `import * as z from 'zod/mini'`: every other form ships more of it to the browser."]),
    );
  });

  it('accepts what the picture shows', async () => {
    const said = await lint({
      'src/wire/a.ts': "import * as z from 'zod/mini';",
      'src/elements/a/a.ts': "import type { X } from '../../model/x.js';",
      'src/elements/a/b.ts': "import { property } from 'lit/decorators.js';",
      'src/server/node/a.ts': "import { x } from 'node:fs/promises';",
      'src/testing/a.ts': "import { x } from '../server/app.js';",
      'demo/a.ts': "import '../src/define.js';",
    });

    expect(said).toEqual({});
  });
});
