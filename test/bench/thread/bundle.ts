import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

/** Takes HTML as it is: what the same thread costs without a sanitiser. */
const trusting = `export default () => ({ setConfig() {}, sanitize(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
} });`;

const withoutSanitiser: Plugin = {
  name: 'without-sanitiser',
  enforce: 'pre',
  resolveId: (id) => (id === 'dompurify' ? '\0trusting' : null),
  load: (id) => (id === '\0trusting' ? trusting : null),
};

export const variantNames = ['sanitised', 'trusting'] as const;
export type VariantName = (typeof variantNames)[number];

/** The page's script with the browser's sanitiser, and without it; by their names what each loads. */
export async function bundle(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of variantNames) {
    const result = await build({
      configFile: false,
      logLevel: 'silent',
      base: './',
      plugins: name === 'trusting' ? [withoutSanitiser] : [],
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        rolldownOptions: {
          input: fileURLToPath(new URL('./page.ts', import.meta.url)),
          output: { entryFileNames: `${name}.js`, chunkFileNames: `${name}-[name].js` },
        },
      },
    });
    for (const { output } of [result].flat().filter((one) => 'output' in one))
      for (const one of output) if (one.type === 'chunk') files.set(one.fileName, one.code);
  }
  return files;
}
