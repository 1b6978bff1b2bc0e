/** The browser tests, whatever the browser: how sources are served, and the commands that tests may give. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { msw } from 'msw/vite';
import { createServer } from 'vite';

/** Every test that runs in a browser. */
export const testFiles = 'test/**/*.browser.test.ts';
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

/**
 * `executeServerCommand('cdp', { method, params })`: what the runner's own commands lack, such as forced colours. An unknown
 * command where the driver speaks another protocol.
 */
const devtools = {
  name: 'cdp',
  async executeCommand({ command, payload, session }) {
    if (command !== 'cdp') return undefined;
    const page = session.browser.getPage?.(session.id);
    if (page) page.portalSession ??= await page.createCDPSession().catch(() => undefined);
    if (!page?.portalSession) return undefined;
    return (await page.portalSession.send(payload.method, payload.params)) ?? {};
  },
};

/** `executeServerCommand('chord', keys)`: the last key is pressed while the others are held. */
const chords = {
  name: 'chord',
  async executeCommand({ command, payload, session }) {
    if (command !== 'chord') return undefined;
    const { browser, id } = session;
    if (browser.type === 'webdriver') {
      await browser.sendChord(id, payload);
      return true;
    }
    const { keyboard } = browser.getPage(id);
    const [last, ...held] = payload.toReversed();
    for (const key of held) await keyboard.down(key);
    await keyboard.press(last);
    for (const key of held) await keyboard.up(key);
    return true;
  },
};

/** `executeServerCommand('viewport', { width, height })` answers the size in px that came about. */
const viewports = {
  name: 'viewport',
  async executeCommand({ command, payload, session }) {
    if (command !== 'viewport') return undefined;
    const { browser, id } = session;
    if (browser.type === 'webdriver') return browser.setViewport(id, payload);
    await browser.getPage(id).setViewport(payload);
    return payload;
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

const { middleware, plugin } = vite();

/** What every configuration of the runner begins with. */
export const suite = {
  files: [testFiles],
  nodeResolve: false,
  testFramework: { config: { timeout: 60_000 } },
  testsStartTimeout: 120_000,
  // Every state of an element in every look, on a machine that has other work as well.
  testsFinishTimeout: 900_000,
  middleware: [middleware],
  plugins: [devtools, chords, viewports, golden, plugin],
};
