import { resolve } from 'node:path';
import { AccountError, readAccountArgs, runAccount } from './account-command.js';
import { takeBackup } from './backup/backup-command.js';
import { BackupError } from './backup/format.js';
import { restoreBackup } from './backup/restore-command.js';
import { type Command, type Config, ConfigError, readConfig } from './config.js';
import { ConfigFileError, configFileJsonSchema, defaultFile, followConfigFile } from './config-file/config-command.js';
import { runDoctor, runRtDoctor } from './doctor-command.js';
import { MigrationError } from '../sql/migrate.js';
import { FolderInUseError } from './database/lock-file.js';
import { PostgresError } from './database/postgres/open-postgres.js';
import { logLine } from './log.js';
import { addressOf, startServer } from './server.js';

const usage = `Usage: portico <command>

  demo             the demo world on this machine, to look around in
  start            the server for your own portal
  backup <file>    everything of it in one file, also while it runs
  restore <file>   a backup into an empty database
  config check     what portico.config.json, or a file named after it, would change
  config apply     changes it
  config schema    what editors know that file by
  account <company> <name> <e-mail> [--inner-addresses]
                   another company on this server, with who sets it up
  account <company> --inner-addresses | --no-inner-addresses
                   whether a help desk or provider that its admins set may be inside this
                   server's own network; those of a company made here may not unless said so
  doctor           what is missing before it goes live
  doctor rt        what a Request Tracker lacks to stand behind a portal

Settings come from the environment: PORT, HOST, PORTICO_DATA, DATABASE_URL,
PORTICO_MIGRATE_URL, PORTICO_SECRET, PORTICO_ADMIN_TOKEN, PORTICO_PUBLIC_URL, PORTICO_TRUST_PROXY,
PORTICO_SMTP_URL, PORTICO_MAIL_FROM;
of doctor rt PORTICO_RT_URL, PORTICO_RT_USER, PORTICO_RT_PASSWORD, PORTICO_RT_QUEUES,
PORTICO_RT_REPLY_AS, PORTICO_RT_COMPANY.`;

/**
 * Milliseconds after which a second signal means that somebody has no time to wait. Before, it is the same wish: a
 * terminal and `npm` both pass on one Ctrl-C.
 */
const IMPATIENT = 1_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main([command, ...rest]: readonly string[]): Promise<number | null> {
  const isServer = command === 'demo' || command === 'start';
  const isCopy = command === 'backup' || command === 'restore';
  const isDoctor = command === 'doctor' && (rest.length === 0 || rest[0] === 'rt');
  const isFile = command === 'config' && ['check', 'apply'].includes(rest[0] ?? '') && rest.length <= 2;
  const account = readAccountArgs(rest);
  const isAccount = command === 'account' && account !== null;
  const isSchema = command === 'config' && rest[0] === 'schema';
  if (
    !((isServer || isDoctor) && rest.length === 0) &&
    !((isCopy || isDoctor || isSchema) && rest.length === 1) &&
    !isFile &&
    !isAccount
  ) {
    const help = command === '--help' || command === 'help' || (command === 'account' && rest.includes('--help'));
    (help ? process.stdout : process.stderr).write(`${usage}\n`);
    return help ? 0 : 2;
  }
  try {
    if (command === 'doctor' && rest.length === 1) return await runRtDoctor(process.env, say);
    if (isSchema) {
      say(configFileJsonSchema());
      return null;
    }
    const config = readConfig(command, process.env, process.cwd());
    if (command === 'doctor') return await runDoctor(config, say);
    if (isServer) await serve(command, config);
    else if (isAccount) say(await runAccount(config, account));
    else if (isFile) say(await followConfigFile(config, rest[1] ?? defaultFile, { apply: rest[0] === 'apply' }));
    else say(await copy(command, config, resolve(rest[0] ?? '')));
    return null;
  } catch (error) {
    // What the person can put right is one sentence; anything else is our mistake and keeps its stack.
    const expected = [
      AccountError,
      BackupError,
      ConfigError,
      ConfigFileError,
      FolderInUseError,
      PostgresError,
      MigrationError,
    ].some((kind) => error instanceof kind);
    if (!expected) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

async function copy(command: Command, config: Config, path: string): Promise<string> {
  if (command === 'backup') {
    const { rows, bytes, missing } = await takeBackup(config, path);
    const lost = missing > 0 ? ` ${missing} attachments had no file and are not in it.` : '';
    return `Backup: ${path}, ${rows} rows, ${bytes} bytes. It holds all tickets and secrets: keep it private.${lost}`;
  }
  const { rows, header } = await restoreBackup(config, path);
  return `Restored: ${rows} rows of ${header.time}. \`portico start\` serves them.`;
}

async function serve(command: Command, config: Config): Promise<void> {
  // The demo is for people: only what went wrong is worth a line there.
  const server = await startServer(config, (entry) => {
    if (command === 'start' || entry.level === 'error') logLine(entry);
  });
  let stopping = 0;
  const stop = () => {
    if (stopping === 0) {
      stopping = Date.now();
      void server.stop().then(() => process.exit(0));
    } else if (Date.now() - stopping > IMPATIENT) {
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

  if (server.isRemade) say('The demo world here was made by another version of Portico, so it was made anew.');
  say(`Data: ${config.postgres ? nameOf(config.postgres.url) : config.dataFolder}`);
  if (command === 'start' && server.newToken) say(`Admin token: ${server.newToken}`);
  if (command === 'start' && server.isEmpty) say('There is no portal yet. `portico demo` shows one with example data.');
  if (server.firstLink)
    say(`There is nobody yet who may set up a portal. Open this link once:\n\n  ${server.firstLink}`);
  say(`\n  ${addressOf(config, server.port)}/\n`);
}

/** Host and name of a database, without user and password. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `PostgreSQL, ${host}${pathname}`;
}

const code = await main(process.argv.slice(2));
if (code !== null) process.exitCode = code;
