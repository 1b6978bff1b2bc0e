import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What cannot be beaten, what most people would take, and what is measured. By turns, in this order. */
export const variantNames = ['by-hand', 'react', 'ours'] as const;

export type VariantName = (typeof variantNames)[number];

/** Files by name; what is loaded on demand lies beside `<variant>.js`. */
export type Bundles = ReadonlyMap<string, string>;

/**
 * Variants as a page would load them.
 *
 * @param entry what to do with the variant that it imports as `variant`
 */
export async function bundle(entry: string, names: readonly VariantName[]): Promise<Bundles> {
  const files = new Map<string, string>();
  for (const name of names) {
    const main = 'virtual:main';
    const code = `import { variant } from ${JSON.stringify(at(`./variants/${name}.ts`))};\n${entry}`;
    const result = await build({
      configFile: false,
      logLevel: 'silent',
      base: './',
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [
        {
          name: 'main',
          resolveId: (id) => (id === main ? `\0${main}` : null),
          load: (id) => (id === `\0${main}` ? code : null),
        },
      ],
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        rolldownOptions: {
          input: main,
          output: { entryFileNames: `${name}.js`, chunkFileNames: `${name}-[name].js` },
        },
      },
    });
    for (const { output } of [result].flat().filter((one) => 'output' in one))
      for (const one of output) if (one.type === 'chunk') files.set(one.fileName, one.code);
  }
  return files;
}

export const gzipOf = (text: string): number => gzipSync(text, { level: 9 }).length;
