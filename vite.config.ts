import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { msw } from 'msw/vite';
import { type Plugin, type UserConfig, defineConfig } from 'vite';

import { shortenSheet } from './.ci/shorten-sheet.mjs';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const pages = () =>
  ['demo', 'demo/hostile'].flatMap((folder) =>
    readdirSync(at(folder))
      .filter((name) => name.endsWith('.html'))
      .map((name) => at(`${folder}/${name}`)),
  );

/** The page of `https://<domain>/<slug>/`. The server writes the portal's name into it. */
const hostedPage = at('demo/hosted.html');

/** The page of `https://<domain>/admin/`, for the company's own staff: nothing of it is in what customers load. */
const adminPage = at('demo/admin.html');

/** Our pages include the loader as every other page does: from the server, never bundled. */
const keepLoader: Plugin = {
  name: 'keep-loader',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replaceAll(/<script(?=[^>]*(embed|one-file)\.js)/g, '<script vite-ignore'),
  },
};

const shortStyles: Plugin = {
  name: 'short-styles',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/.*styles\.ts$/ },
    handler: (code) => ({ code: code.replace(/css`[^`]*`/g, shortenSheet), map: null }),
  },
};

/** Of an address the library for uploads asks no more than the browser's own class does, and that needs no older kind of module. */
const nativeUrl: Plugin = {
  name: 'native-url',
  enforce: 'pre',
  resolveId: { filter: { id: /^url-parse$/ }, handler: () => '\0native-url' },
  load: { filter: { id: /^\0native-url$/ }, handler: () => 'export default URL' },
};

/** What `.ci/build.mjs` builds, a mode each. `vite` alone serves the demo for development. */
const builds: Record<string, () => UserConfig> = {
  /** What the loader imports: one file for first sight; languages and the demo's backend follow on demand. */
  chunks: () => ({
    base: './',
    plugins: [shortStyles, nativeUrl],
    // What Vite does on its own for pages, and leaves to the user's bundler for libraries.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: at('dist/embed'),
      sourcemap: 'hidden',
      lib: { entry: { portico: at('src/define.ts') }, formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: {
          minify: true,
          comments: { annotation: false, jsdoc: false, legal: false },
          entryFileNames: 'assets/[name]-[hash].js',
          // An element's chunk begins with its `define.ts`: the folder says which.
          chunkFileNames: ({ facadeModuleId, name }) =>
            `assets/${/elements\/(.*)\/define\.ts$/.exec(facadeModuleId ?? '')?.[1] ?? name}-[hash].js`,
          // Also what a later chunk shares with it stays in it: one request.
          codeSplitting: {
            groups: [
              { name: 'portico', tags: ['$initial'] },
              // Only who reads HTML needs it.
              { name: 'sanitise', test: /dompurify|content.sanitise/ },
              // Only who changes properties, or is asked for some by a form, needs it.
              { name: 'property-fields', test: /property-fields|en\.detail/ },
              // One request more for whatever of it comes first, and none for the rest.
              { name: 'shared', minShareCount: 2 },
            ],
          },
        },
      },
    },
  }),

  /** The loader and the hosted page, beside the chunks. */
  loader: () => ({
    root: at('demo'),
    base: './',
    plugins: [keepLoader],
    build: {
      outDir: at('dist/embed'),
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: { embed: at('src/embed.ts'), hosted: hostedPage },
        output: { entryFileNames: ({ name }) => (name === 'embed' ? '[name].js' : 'assets/[name]-[hash].js') },
      },
    },
  }),

  admin: () => ({
    root: at('demo'),
    base: './',
    plugins: [shortStyles],
    build: { outDir: at('dist/embed/admin'), modulePreload: false, rolldownOptions: { input: { admin: adminPage } } },
  }),

  /** A file a module, as in the sources: the user's bundler takes what the page needs. */
  elements: () => ({
    build: {
      outDir: at('dist/elements'),
      minify: false,
      lib: { entry: elementsEntries(), formats: ['es'] },
      rolldownOptions: {
        external: /^[^./]/,
        output: { preserveModules: true, preserveModulesRoot: at('src'), entryFileNames: '[name].js' },
      },
    },
  }),

  server: () => ({
    build: {
      outDir: at('dist/server'),
      ssr: true,
      minify: false,
      rolldownOptions: {
        input: {
          main: at('src/server/node/main.ts'),
          'pglite-worker': at('src/server/node/database/pglite-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  }),

  demo: () => ({
    root: at('demo'),
    base: './',
    plugins: [keepLoader, msw({ mode: 'worker-only' })],
    // PGlite asks for it in Node alone.
    resolve: { alias: { 'node:module': at('demo/scripts/qa/no-module.ts') } },
    build: {
      outDir: at('dist/demo'),
      // PostgreSQL and axe, for who tests by hand.
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        input: pages().filter((page) => page !== hostedPage && page !== adminPage),
        // PGlite has it, for what nobody here calls.
        checks: { eval: false },
      },
    },
  }),
};

/** The public entries of `@portico/elements`, by their names in `dist/elements`. */
function elementsEntries(): Record<string, string> {
  // A tag has a hyphen; what several of them share lies in folders without one.
  const folders = readdirSync(at('src/elements'), { withFileTypes: true });
  const tags = folders.filter((entry) => entry.isDirectory() && entry.name.includes('-'));
  return {
    index: at('src/index.ts'),
    define: at('src/define.ts'),
    // The adapters alone, for pages that have elements from elsewhere, or none.
    'backend/rest/rest-backend': at('src/backend/rest/rest-backend.ts'),
    'backend/memory/memory-backend': at('src/backend/memory/memory-backend.ts'),
    'backend/setup/rest-setup-backend': at('src/backend/setup/rest-setup-backend.ts'),
    'testing/index': at('src/testing/index.ts'),
    'testing/msw/index': at('src/testing/msw/index.ts'),
    'testing/command/main': at('src/testing/command/main.ts'),
    ...Object.fromEntries(tags.map(({ name }) => [`elements/${name}/define`, at(`src/elements/${name}/define.ts`)])),
  };
}

export default defineConfig(({ mode }) => {
  const { build, ...rest } = (builds[mode] ?? builds['demo'])?.() ?? {};
  return { publicDir: false, logLevel: 'warn', ...rest, build: { target: 'es2022', emptyOutDir: true, ...build } };
});
