/**
 * Installs what is missing before `npm start` and `npm test`: packages, and with `--browser` a browser. Runs on a fresh
 * clone, so it uses Node built-ins only, and it says what it is about to do and how long that takes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { findBrowser, unpackedFolder } from './browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Its last version for Node 20. It carries a Chromium inside the package: nothing is fetched from elsewhere. */
const packedBrowser = '@sparticuz/chromium@147.0.0';

function run(command, args, { env = {}, cwd = root } = {}) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`\`${[command, ...args].join(' ')}\` failed${error ? `: ${error.message}` : ''}.`);
}

function installPackages() {
  const installed = `${root}node_modules/.package-lock.json`;
  const lock = `${root}package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages with `npm ci` (about half a minute) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

function installBrowser() {
  if (findBrowser()) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) installChromium();
  if (!findBrowser() && process.platform === 'linux' && process.arch === 'x64') unpackChromium();
  if (!findBrowser()) throw new Error('The tests need a Chrome or Chromium: install one, or name it in CHROME_PATH.');
}

function installChromium() {
  console.log('Installing Chromium with apt-get for the browser tests (about a minute, 400 MB on disk) …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    run('apt-get', ['update', '-qq'], { env });
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  } catch (error) {
    console.log(`${error.message} Trying a browser that comes as a package instead.`);
  }
}

function unpackChromium() {
  console.log(`Unpacking ${packedBrowser} into .cache for the browser tests (about 20 seconds, 280 MB on disk) …`);
  mkdirSync(unpackedFolder, { recursive: true });
  run('npm', ['install', '--prefix', unpackedFolder, '--no-save', '--no-audit', '--loglevel=error', packedBrowser]);
  const unpack = "await (await import('@sparticuz/chromium')).default.executablePath()";
  // The package unpacks into the temporary folder, and its system libraries only where it believes to be on a Lambda.
  const env = { TMPDIR: unpackedFolder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };
  run(process.execPath, ['--input-type=module', '--eval', unpack], { env, cwd: unpackedFolder });
}

try {
  installPackages();
  if (process.argv.includes('--browser')) installBrowser();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
