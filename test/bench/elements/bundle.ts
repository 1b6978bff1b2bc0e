import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const names = ['by-hand', 'react', 'ours'] as const;

export type VariantName = (typeof names)[number];

/**
 * Each variant in one file, as a page would load it; without React where there is none.
 *
 * @param entry what to do with the variant that it imports as `variant`
 * @param react a folder that holds `react` and `react-dom`, where `node_modules` does not
 */
export async function bundle(entry: string, react?: string): Promise<Map<VariantName, string>> {
  const bundles = new Map<VariantName, string>();
  for (const name of names) {
    const main = 'virtual:main';
    const code = `import { variant } from ${JSON.stringify(at(`./variants/${name}.ts`))};\n${entry}`;
    try {
      const result = await build({
        configFile: false,
        logLevel: 'silent',
        define: { 'process.env.NODE_ENV': '"production"' },
        resolve: {
          alias: react
            ? ['react', 'react-dom', 'scheduler'].map((one) => ({
                find: new RegExp(`^${one}(?=/|$)`),
                replacement: `${react}/${one}`,
              }))
            : [],
        },
        plugins: [
          {
            name: 'main',
            resolveId: (id) => (id === main ? `\0${main}` : null),
            load: (id) => (id === `\0${main}` ? code : null),
          },
        ],
        build: { write: false, target: 'es2022', rolldownOptions: { input: main, output: { codeSplitting: false } } },
      });
      const chunk = [result]
        .flat()
        .flatMap((one) => ('output' in one ? one.output : []))
        .find((one) => one.type === 'chunk');
      if (chunk?.type === 'chunk') bundles.set(name, chunk.code);
    } catch (error) {
      if (name !== 'react') throw error;
      console.log(
        'NOT RUN: React. It is not installed; --react=FOLDER names a node_modules that has react and react-dom.',
      );
    }
  }
  return bundles;
}

export const gzipOf = (text: string): number => gzipSync(text, { level: 9 }).length;
