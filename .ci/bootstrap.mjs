/**
 * Installs what is missing before `npm start` and `npm test`: packages, with `--browser` a browser, with `--firefox` and
 * `--webkit` others, with `--postgres` a PostgreSQL, with `--rt` a Request Tracker, with `--proxies` an nginx and a Caddy. Runs on a fresh clone, so it uses Node built-ins only, and
 * it says what it is about to do and how long that takes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { findBrowser, unpackedFolder } from './browser.mjs';
import { findFirefox } from './firefox.mjs';
import { findPostgres } from './postgres.mjs';
import { findRt } from './rt.mjs';
import { findWebkit } from './webkit.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Its last version for Node 20. It carries a Chromium inside the package: nothing is fetched from elsewhere. */
const packedBrowser = '@sparticuz/chromium@147.0.0';

function run(command, args, { env = {}, cwd = root, input } = {}) {
  const stdio = [input ? 'pipe' : 'inherit', 'inherit', 'inherit'];
  const { status, error } = spawnSync(command, args, { cwd, stdio, input, env: { ...process.env, ...env } });
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
  if (mayInstall()) installChromium();
  if (!findBrowser() && process.platform === 'linux' && process.arch === 'x64') unpackChromium();
  if (!findBrowser()) throw new Error('The tests need a Chrome or Chromium: install one, or name it in CHROME_PATH.');
}

const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function aptInstall(...names) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { env });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
}

function installChromium() {
  console.log('Installing Chromium with apt-get for the browser tests (about a minute, 400 MB on disk) …');
  try {
    aptInstall('chromium');
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

function installFirefox() {
  if (!findFirefox() && mayInstall()) {
    console.log('Installing Firefox with apt-get for the browser tests (about a minute, 300 MB on disk) …');
    aptInstall('firefox-esr');
  }
  if (!findFirefox()) throw new Error('These tests need a Firefox: install one, or name it in FIREFOX_PATH.');
}

/** Without it, the run over engines says that it left it out. */
function installWebkit() {
  if ('driver' in findWebkit() || !mayInstall()) return;
  console.log('Installing WebKitGTK with apt-get for the browser tests (about a minute, 190 MB on disk) …');
  try {
    aptInstall('webkit2gtk-driver', 'xvfb');
  } catch (error) {
    console.log(`${error.message} The browser tests run without WebKit.`);
  }
}

/** Without one, its stage of the tests says that it was not run. */
function installPostgres() {
  if (process.env.POSTGRES_BIN || 'folder' in findPostgres() || !mayInstall()) return;
  console.log('Installing PostgreSQL with apt-get for the database tests (about a minute, 200 MB on disk) …');
  // Otherwise the package makes a cluster of its own and starts it on port 5432. Nobody here has any use for that.
  const folder = '/etc/postgresql-common/createcluster.d';
  const setting = `${folder}/portico-tests.conf`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(setting, 'create_main_cluster = false\n');
  try {
    aptInstall('postgresql');
  } catch (error) {
    console.log(`${error.message} The database tests run without PostgreSQL.`);
  } finally {
    rmSync(setting);
  }
}

/** Its packages as they are: every test makes a database and a configuration of its own. */
function installRt() {
  if ('server' in findRt() || !mayInstall()) return;
  console.log('Installing Request Tracker with apt-get for the tests (about a minute and a half, 205 MB on disk) …');
  const answers = ['dbconfig-install boolean false', 'install-cronjobs boolean false'];
  const preseed = answers.map((answer) => `request-tracker5 request-tracker5/${answer}\n`).join('');
  try {
    run('debconf-set-selections', [], { input: preseed });
    // It wants something that sends mail, and without the first it would be a daemon. Nothing is ever sent.
    aptInstall('msmtp-mta', 'request-tracker5', 'rt5-db-sqlite', 'rt5-standalone');
  } catch (error) {
    console.log(`${error.message} The tests run without Request Tracker.`);
  }
}

/** Without them, the deep run over the recipes says so. Nothing is left running: the tests start their own. */
function installProxies() {
  const missing = [
    ['/usr/sbin/nginx', 'nginx-light'],
    ['/usr/bin/caddy', 'caddy'],
  ].filter(([binary]) => !existsSync(binary));
  if (missing.length === 0 || !mayInstall()) return;
  console.log('Installing nginx and Caddy with apt-get for the tests of the recipes (half a minute, 40 MB on disk) …');
  // A package starts what it installs, where something starts services at all.
  const guard = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(guard);
  if (isOurs) writeFileSync(guard, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    aptInstall(...missing.map(([, name]) => name));
  } catch (error) {
    console.log(`${error.message} The tests run without them.`);
  } finally {
    if (isOurs) rmSync(guard);
  }
}

try {
  installPackages();
  if (process.argv.includes('--browser')) installBrowser();
  if (process.argv.includes('--firefox')) installFirefox();
  if (process.argv.includes('--webkit')) installWebkit();
  if (process.argv.includes('--postgres')) installPostgres();
  if (process.argv.includes('--rt')) installRt();
  if (process.argv.includes('--proxies')) installProxies();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
