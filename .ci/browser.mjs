/** Where the browser for tests is. Node built-ins only: the bootstrap asks before anything is installed. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Here the bootstrap unpacks a browser when the machine has none and none can be installed. */
export const unpackedFolder = fileURLToPath(new URL('../.cache/chromium', import.meta.url));
const unpackedBrowser = join(unpackedFolder, 'chromium');

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/** Path of the first browser found, or `null`. */
export function findBrowser() {
  const { CHROME_PATH, PATH = '' } = process.env;
  if (CHROME_PATH) {
    if (existsSync(CHROME_PATH)) return CHROME_PATH;
    throw new Error(`CHROME_PATH names ${CHROME_PATH}, and there is no such file.`);
  }
  const folders = PATH.split(delimiter).filter(Boolean);
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...installed, unpackedBrowser].find((path) => existsSync(path)) ?? null;
}

/** Options for puppeteer's and playwright's `launch` alike. */
export function launchOptions() {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser found: run `node .ci/bootstrap.mjs --browser`.');
  const unpacked = executablePath === unpackedBrowser;
  const args = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
    // The sandbox refuses to run as root, and the unpacked browser comes without its helper.
    ...(process.getuid?.() === 0 || unpacked ? ['--no-sandbox'] : []),
    ...(unpacked ? ['--no-zygote'] : []),
  ];
  if (!unpacked) return { executablePath, args };
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(unpackedFolder, 'al2023', 'lib'),
    FONTCONFIG_PATH: join(unpackedFolder, 'fonts'),
  };
  return { executablePath, args, env };
}
