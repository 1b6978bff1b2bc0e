import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebdriverLauncher } from '@web/test-runner-webdriver';

import { findWebkit } from '../webkit.mjs';

/** Scripts may open windows: no test has a person's hand to press a button with. */
const args = ['--automation', '--javascript-can-open-windows-automatically=true'];

/** Of the display, in px. */
const screen = { width: 1400, height: 1100 };

/** Of a page before its tests say otherwise, in px: the same as in the other engines. */
const viewport = { width: 800, height: 600 };

/** Milliseconds that display and driver are given to begin. */
const patience = 30_000;

/** A child that ends with this process, however that ends. */
function start(program, args, options) {
  const child = spawn(program, args, options);
  const end = () => child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A display without a screen. It takes a number that is free, and tells it. */
async function startDisplay(program) {
  const args = ['-displayfd', '3', '-screen', '0', `${screen.width}x${screen.height}x24`, '-nolisten', 'tcp'];
  const child = start(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await once(child.stdio[3], 'data', { signal: AbortSignal.timeout(patience) });
  return { child, name: `:${String(number).trim()}` };
}

async function startDriver(program, port, display) {
  const env = {
    ...process.env,
    DISPLAY: display,
    // Without a graphics card, without a desktop.
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    NO_AT_BRIDGE: '1',
    GTK_USE_PORTAL: '0',
  };
  const child = start(program, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env });
  const deadline = AbortSignal.timeout(patience);
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (deadline.aborted || child.exitCode !== null) throw new Error(`${program} does not answer.`);
    await wait(100);
  }
  return child;
}

/** Brings its driver and its display along, on a port and a number that are free, and ends both. */
class WebkitLauncher extends WebdriverLauncher {
  #found;
  #children = [];

  constructor(found) {
    super({
      hostname: '127.0.0.1',
      path: '/',
      capabilities: {
        browserName: 'MiniBrowser',
        'wdio:enforceWebDriverClassic': true,
        'webkitgtk:browserOptions': { binary: found.browser, args },
      },
    });
    this.#found = found;
  }

  async initialize(config) {
    await super.initialize(config);
    this.name = 'WebKit';
    const { child, name } = await startDisplay(this.#found.display);
    this.#children.push(child);
    this.options.port = await freePort();
    this.#children.push(await startDriver(this.#found.driver, this.options.port, name));
  }

  /** Each test file has a browser of its own, with storage and a history: another window would have those of the first. */
  async startSession(sessionId, url) {
    if (this.driver) await this.driver.reloadSession();
    await this.ensureManagerInitialized();
    await this.setViewport(sessionId, viewport);
    return super.startSession(sessionId, url);
  }

  /** Answers the size that came about: the window's own controls keep it from being as narrow as a phone. */
  async setViewport(_sessionId, { width, height }) {
    const measure = () => this.driver.execute(() => [innerWidth, innerHeight, outerWidth, outerHeight]);
    const [innerWidth, innerHeight, outerWidth, outerHeight] = await measure();
    const outer = { width: width + outerWidth - innerWidth, height: height + outerHeight - innerHeight };
    // No window manager gives it the focus: it has it as long as it is under the pointer, in the middle of the screen.
    const [x, y] = [(screen.width - outer.width) / 2, (screen.height - outer.height) / 2].map(Math.round);
    await this.driver.setWindowRect(x, y, outer.width, outer.height);
    // The page hears of it after the window.
    let now = viewport;
    const isThere = async () => {
      const [nowWidth, nowHeight] = await measure();
      now = { width: nowWidth, height: nowHeight };
      return nowWidth === width && nowHeight === height;
    };
    await this.driver.waitUntil(isThere, { timeout: 5000, interval: 20 }).catch(() => {});
    return now;
  }

  /** One key after the other: the runner would press them all, and let them go together. */
  async sendKeys(sessionId, keys) {
    for (const key of keys) await super.sendKeys(sessionId, [key]);
  }

  /** Keys that are held together. */
  sendChord(sessionId, keys) {
    return super.sendKeys(sessionId, keys);
  }

  async stop() {
    await super.stop();
    for (const child of this.#children.splice(0).reverse()) child.kill();
  }
}

/** WebKitGTK, or `null` where there is none. */
export function webkit() {
  const found = findWebkit();
  return 'driver' in found ? new WebkitLauncher(found) : null;
}
