/** Where Request Tracker is, for the tests. Node built-ins only: the bootstrap asks before anything is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As Debian's packages `request-tracker5`, `rt5-standalone` and `rt5-db-sqlite` put them. */
const places = {
  server: 'usr/share/request-tracker5/libexec/rt-server',
  setup: 'usr/sbin/rt-setup-database-5',
  library: 'usr/share/request-tracker5/lib',
};

/** What the two small packages are there to bring along. */
const modules = ['DBD::SQLite', 'Plack::Handler::Starlet'];

function idOf(option, user) {
  const { status, stdout } = spawnSync('id', [option, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

/** It needs no rights of root, so it gets none. */
function findUser() {
  if (process.getuid?.() !== 0) return { user: null };
  const [uid, gid] = [idOf('-u', 'www-data'), idOf('-g', 'www-data')];
  if (uid === null || gid === null) return { why: 'Request Tracker is not run as root, and there is no user www-data' };
  return { user: { uid, gid } };
}

/** In its own words; `null` when the library is not there, or not all of it. */
function versionOf(library) {
  const file = join(library, 'RT', 'Generated.pm');
  if (!existsSync(file)) return null;
  const [, version = null] = /\$VERSION = '(.+)'/.exec(readFileSync(file, 'utf8')) ?? [];
  return version;
}

const hasModule = (module) => spawnSync('perl', [`-M${module}`, '-e', '1']).status === 0;

/**
 * Its programs, its Perl library, its version, and whose processes they have to be (`null`: ours); or why it cannot be had.
 *
 * @param root of the system that is searched
 */
export function findRt(root = '/') {
  const found = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, join(root, place)]));
  const version = versionOf(found.library);
  if (!version || !existsSync(found.server) || !existsSync(found.setup))
    return { why: 'no Request Tracker 5 was found' };
  const missing = modules.find((module) => !hasModule(module));
  if (missing) return { why: `Request Tracker ${version} was found, and Perl has no ${missing}` };
  if (spawnSync('setpriv', ['--version']).status !== 0)
    return { why: `Request Tracker ${version} was found, and there is no setpriv` };
  const { user, why } = findUser();
  return why ? { why } : { ...found, version, user };
}
