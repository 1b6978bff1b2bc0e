/** Where a WebKit for tests is. Node built-ins only: the bootstrap asks before anything is installed. */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const found = (path) => (existsSync(path) ? path : undefined);

const onPath = (name, { PATH = '' }) =>
  PATH.split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/** The browser that WebKitGTK brings along for tests, in the folder of the machine's architecture. */
function findMiniBrowser(root) {
  const libraries = join(root, 'usr/lib');
  const folders = existsSync(libraries) ? readdirSync(libraries) : [];
  return folders.map((folder) => found(join(libraries, folder, 'webkit2gtk-4.1/MiniBrowser'))).find(Boolean);
}

/**
 * Paths of WebKit's driver, of the browser that it drives, and of a display that needs no screen, as Debian's packages
 * `webkit2gtk-driver` and `xvfb` put them; or why it cannot be had.
 *
 * @param root of the system that is searched
 */
export function findWebkit(env = process.env, root = '/') {
  const driver = onPath('WebKitWebDriver', env);
  const browser = findMiniBrowser(root);
  if (!driver || !browser) return { why: 'no WebKitGTK with its driver was found' };
  const display = onPath('Xvfb', env);
  return display ? { driver, browser, display } : { why: 'WebKitGTK was found, and there is no Xvfb to show it' };
}
