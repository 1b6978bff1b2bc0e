<<<<<<< HEAD
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { msw } from 'msw/vite';
import { createServer } from 'vite';
=======
import { defaultReporter } from '@web/test-runner';
>>>>>>> engines

import { resultsReporter } from './.ci/browser-results.mjs';
import { suite } from './.ci/browser-suite.mjs';
import { chromium } from './.ci/engines/chromium.mjs';

<<<<<<< HEAD
const testFiles = 'test/**/*.browser.test.ts';
/** Of this run alone: a dependency that an older cache lacks would be added, and reload pages, while tests run. */
const cacheDir = `.cache/vite-${process.pid}`;

/** Vite serves sources and tests, the same way as in development and in the build. */
function vite() {
  let server;
  const middleware = (context, next) => {
    if (context.path === '/' || context.path.startsWith('/__web-')) return next();
    return new Promise((resolve, reject) => {
      context.respond = false;
      context.res.statusCode = 200;
      context.res.once('close', resolve);
      server.middlewares(context.req, context.res, (error) => {
        context.respond = true;
        context.status = 404;
        if (error) reject(error);
        else resolve(next());
      });
    });
  };
  const plugin = {
    name: 'vite',
    async serverStart() {
      server = await createServer({
        configFile: false,
        logLevel: 'error',
        appType: 'custom',
        cacheDir,
        plugins: [ofTheRunner, watchTheConsole, msw({ mode: 'worker-only' })],
        optimizeDeps: { entries: [testFiles], exclude: ['@web/test-runner-commands', '@electric-sql/pglite'] },
        server: { middlewareMode: true, hmr: false, ws: false, watch: null },
      });
    },
    async serverStop() {
      await server?.close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
  return { middleware, plugin };
}

const ofTheRunner = {
  name: 'of-the-runner',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('/__web-') ? { id, external: true } : undefined),
};

const watchTheConsole = {
  name: 'watch-the-console',
  enforce: 'pre',
  transform: (code, id) =>
    id.split('?')[0].endsWith('.browser.test.ts') ? `import '/test/support/console.ts'; ${code}` : undefined,
};

/** `executeServerCommand('cdp', { method, params })`: what the runner's own commands lack, such as forced colours. */
const devtools = {
  name: 'cdp',
  async executeCommand({ command, payload, session }) {
    if (command !== 'cdp') return undefined;
    const page = session.browser.getPage(session.id);
    page.portalSession ??= await page.createCDPSession();
    return (await page.portalSession.send(payload.method, payload.params)) ?? {};
  },
};

/**
 * `executeServerCommand('golden', { path, text })` answers what a file beside the test holds; with UPDATE_GOLDEN=1 the file
 * is written anew first.
 */
const golden = {
  name: 'golden',
  async executeCommand({ command, payload, session }) {
    if (command !== 'golden') return undefined;
    const { path, text } = payload;
    const file = join(dirname(session.testFile), path);
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return { text: existsSync(file) ? readFileSync(file, 'utf8') : '' };
  },
};

/** Each test file has storage of its own, and believes to be in front: behind others a page is given no frames. */
async function createPage({ context }) {
  const own = await context.browser().createBrowserContext();
  const page = await own.newPage();
  const session = await page.createCDPSession();
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return page;
}

const { middleware, plugin } = vite();
=======
>>>>>>> engines
const { RESULTS_FILE } = process.env;

export default {
  ...suite,
  concurrency: 2,
<<<<<<< HEAD
  browsers: [chromeLauncher({ launchOptions: launchOptions(), createPage })],
  testFramework: { config: { timeout: 20_000 } },
  middleware: [middleware],
  plugins: [devtools, golden, plugin],
=======
  browsers: [chromium()],
>>>>>>> engines
  reporters: [
    defaultReporter({ reportTestProgress: !RESULTS_FILE }),
    ...(RESULTS_FILE ? [resultsReporter(RESULTS_FILE)] : []),
  ],
};
