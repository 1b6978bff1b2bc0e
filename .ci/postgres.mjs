/** Where PostgreSQL is, for the tests. Node built-ins only: the bootstrap asks before anything is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The migrations use nothing younger. */
const oldest = 15;
const debian = '/usr/lib/postgresql';

const isComplete = (folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));

/** Debian keeps a folder for each version, and only clients on the path. */
function foldersOf({ PATH = '' }) {
  const versions = existsSync(debian) ? readdirSync(debian).map(Number) : [];
  const young = versions.filter((version) => version >= oldest).sort((a, b) => b - a);
  return [...young.map((version) => join(debian, String(version), 'bin')), ...PATH.split(delimiter).filter(Boolean)];
}

function idOf(option, user) {
  const { status, stdout } = spawnSync('id', [option, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

/** PostgreSQL refuses to be root. */
function findUser() {
  if (process.getuid?.() !== 0) return { user: null };
  const [uid, gid] = [idOf('-u', 'postgres'), idOf('-g', 'postgres')];
  if (uid === null || gid === null) return { why: 'PostgreSQL does not run as root, and there is no user postgres' };
  if (spawnSync('setpriv', ['--version']).status !== 0)
    return { why: 'PostgreSQL does not run as root, and there is no setpriv' };
  return { user: { uid, gid } };
}

/**
 * The folder of its programs, and whose processes they have to be (`null`: ours); or why it cannot be had. `POSTGRES_BIN`
 * names the folder when it lies elsewhere.
 */
export function findPostgres(env = process.env) {
  const named = env.POSTGRES_BIN;
  if (named && !isComplete(named)) return { why: `POSTGRES_BIN names ${named}, and there is no PostgreSQL` };
  const folder = named ?? foldersOf(env).find(isComplete);
  if (!folder) return { why: `no PostgreSQL of version ${oldest} or later was found` };
  const { user, why } = findUser();
  return why ? { why } : { folder, user };
}
