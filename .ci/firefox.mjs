/** Where a Firefox for tests is. Node built-ins only: the bootstrap asks before anything is installed. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['firefox-esr', 'firefox'];

/** Path of the first one found, or `null`. */
export function findFirefox() {
  const { FIREFOX_PATH, PATH = '' } = process.env;
  if (FIREFOX_PATH) {
    if (existsSync(FIREFOX_PATH)) return FIREFOX_PATH;
    throw new Error(`FIREFOX_PATH names ${FIREFOX_PATH}, and there is no such file.`);
  }
  const folders = PATH.split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ?? null;
}
