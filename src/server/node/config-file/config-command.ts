import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import {
  type ConfigChangeWire,
  type ConfigFileWire,
  adminRoutes,
  configFileBytes,
  configFileSchema,
} from '../../../wire/index.js';
import { ApiError, type FieldError } from '../../api-error.js';
import { runConfigFile } from '../../settings/admin/config-file/run-config-file.js';
import type { Config } from '../config.js';
import { isFreeMail } from '../free-mail.js';
import { type AskServer, reachData } from '../reach-data.js';
import { type Fault, faultsOf, refusalsOf } from './sentences.js';

export const defaultFile = 'portico.config.json';

/** The file cannot be followed. The message is a line a fault, with its path in the file. */
export class ConfigFileError extends Error {
  override readonly name = 'ConfigFileError';

  constructor(file: string, faults: readonly Fault[]) {
    super(faults.map(({ path, sentence }) => `${path === '' ? file : path}: ${sentence}`).join('\n'));
  }
}

/**
 * `portico config check` and `apply`: what the file changes, in words. Where a server works on the embedded database, it does
 * it; else it is done in the database itself.
 *
 * @throws ConfigFileError, ConfigError, FolderInUseError, PostgresError, MigrationError
 */
export async function followConfigFile(config: Config, file: string, { apply }: { readonly apply: boolean }) {
  const content = readConfigFile(file);
  const changes = await run(config, file, content, apply);
  if (changes.length === 0) return `Nothing to do: everything is as ${file} says.`;
  const number = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`;
  const end = apply ? `Applied: ${number}.` : `${number}; \`portico config apply\` makes them.`;
  return [...changes.map(inWords), end].join('\n');
}

/** What editors know the file by. */
export const configFileJsonSchema = (): string =>
  JSON.stringify({ title: defaultFile, ...z.toJSONSchema(configFileSchema, { io: 'input' }) }, null, 2);

/** @throws ConfigFileError */
export function readConfigFile(file: string): ConfigFileWire {
  const fail = (sentence: string) => new ConfigFileError(file, [{ path: '', sentence }]);
  const content = parse(readText(file, fail), fail);
  const result = z.safeParse(configFileSchema, content);
  if (!result.success) throw new ConfigFileError(file, faultsOf(result.error.issues, content));
  return result.data;
}

type Fail = (sentence: string) => ConfigFileError;

function readText(file: string, fail: Fail): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > configFileBytes) throw fail(`must have at most ${configFileBytes / 1024} KiB.`);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof ConfigFileError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw fail('is not there.');
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw fail('is not in UTF-8.');
    throw fail(`cannot be read (${code}).`);
  }
}

function parse(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fail(`is no JSON (${(error as Error).message}).`);
  }
}

async function run(config: Config, file: string, content: ConfigFileWire, apply: boolean): Promise<ConfigChangeWire[]> {
  const { database, server } = await reachData(config);
  if (!database) return askServer(server, file, { config: content, apply });
  try {
    const newId = () => randomBytes(16).toString('base64url');
    const { hostname: ownHost } = new URL(config.publicUrl ?? 'http://localhost');
    return await runConfigFile({ database, clock: () => new Date(), newId, isFreeMail }, content, { apply, ownHost });
  } catch (error) {
    if (error instanceof ApiError && error.fields) throw new ConfigFileError(file, refusalsOf(error.fields));
    throw error;
  } finally {
    await database.close();
  }
}

async function askServer(server: AskServer, file: string, body: object): Promise<ConfigChangeWire[]> {
  const response = await server(adminRoutes.applyConfig.path, body);
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return z.parse(adminRoutes.applyConfig.answer, answer).changes;
  const { fields } = (answer ?? {}) as { readonly fields?: readonly FieldError[] | null };
  const faults = fields ? refusalsOf(fields) : [];
  if (faults.length > 0) throw new ConfigFileError(file, faults);
  throw new ConfigFileError(file, [
    { path: '', sentence: `was refused with ${response.status} by the server that works on the folder.` },
  ]);
}

const json = (value: unknown) => JSON.stringify(value ?? null);

function inWords({ kind, name, setting, before, after }: ConfigChangeWire): string {
  const part = `${kind.replace('-', ' ')} ${name}`;
  return setting === null ? `${part}: new` : `${part}: ${setting} ${json(before)} -> ${json(after)}`;
}
