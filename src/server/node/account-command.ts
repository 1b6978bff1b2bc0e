import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';

import { adminRoutes } from '../../wire/index.js';
import { ApiError, type FieldError } from '../api-error.js';
import { changeAccount, makeAccount } from '../settings/admin/accounts.js';
import type { Config } from './config.js';
import { reachData } from './reach-data.js';

/** The account was not made, or not changed; the message says why. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
}

/** What `portico account` was called with. */
export interface AccountArgs {
  /** Name of the company; and name and address of who sets it up, where it is to be made. */
  readonly words: readonly string[];
  /** `null`: nothing was said. */
  readonly innerAddresses: boolean | null;
}

const flags: Readonly<Record<string, boolean>> = { '--inner-addresses': true, '--no-inner-addresses': false };

/** @returns `null` for what is none */
export function readAccountArgs(args: readonly string[]): AccountArgs | null {
  const [said, ...more] = args.filter((arg) => arg.startsWith('--'));
  const words = args.filter((arg) => !arg.startsWith('--'));
  const innerAddresses = said === undefined ? null : (flags[said] ?? null);
  if (more.length > 0 || (said !== undefined && innerAddresses === null)) return null;
  return words.length === 3 || (words.length === 1 && innerAddresses !== null) ? { words, innerAddresses } : null;
}

const { createAccount, updateAccount } = adminRoutes;

const reasons: Readonly<Record<string, string>> = {
  name: 'is the name of an account that there is already.',
  'admin.email': 'is how somebody of the staff signs in already.',
};

/**
 * `portico account`: another company on this server, or what one may that is there. Where a server works on the embedded
 * database, it does it; else it is done in the database itself.
 *
 * @returns what to do now
 * @throws AccountError, ConfigError, FolderInUseError, PostgresError, MigrationError
 */
export const runAccount = (config: Config, { words, innerAddresses }: AccountArgs): Promise<string> =>
  words.length === 1
    ? setRight(config, words[0] ?? '', innerAddresses === true)
    : addAccount(config, words, innerAddresses === true);

/** @returns with a link that is shown this once */
async function addAccount(
  config: Config,
  [name = '', person = '', email = '']: readonly string[],
  innerAddresses: boolean,
): Promise<string> {
  const parsed = z.safeParse(createAccount.body, { name, admin: { name: person, email }, innerAddresses });
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.');
    throw new AccountError(
      at === 'admin.email'
        ? `${email} is no e-mail address.`
        : 'A name must not be empty, nor longer than 200 characters.',
    );
  }
  const values: Readonly<Record<string, string>> = { name, 'admin.email': email };
  const refuse = (fields: readonly FieldError[] | null | undefined) => {
    const [at] = fields?.map((field) => field.path) ?? [];
    return new AccountError(at && reasons[at] ? `${values[at]} ${reasons[at]}` : 'The server has refused it.');
  };
  const { database, server } = await reachData(config);
  if (server) {
    const response = await server(createAccount.path, parsed.data);
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw refuse((answer as { fields?: FieldError[] | null } | null)?.fields);
    return inWords(atPublicAddress(config, z.parse(createAccount.answer, answer)));
  }
  const deps = {
    database,
    clock: () => new Date(),
    newId: () => randomBytes(16).toString('base64url'),
    sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest(),
  };
  try {
    return inWords(await makeAccount(deps, parsed.data, config.publicUrl ?? `http://localhost:${config.port}`));
  } catch (error) {
    throw error instanceof ApiError ? refuse(error.fields) : error;
  } finally {
    await database.close();
  }
}

async function setRight(config: Config, name: string, innerAddresses: boolean): Promise<string> {
  const unknown = new AccountError(`${name} is the name of no account.`);
  const body = { name, innerAddresses };
  const { database, server } = await reachData(config);
  if (server) {
    const response = await server(updateAccount.path, body, updateAccount.method);
    if (!response.ok) throw response.status === 404 ? unknown : new AccountError('The server has refused it.');
  } else {
    try {
      await changeAccount({ database, clock: () => new Date() }, body);
    } catch (error) {
      throw error instanceof ApiError ? unknown : error;
    } finally {
      await database.close();
    }
  }
  return `Changed: ${name} ${innerAddresses ? 'reaches' : 'does not reach'} addresses inside this server's network.`;
}

/** The server was asked by the address that it has on this machine: people come by another. */
function atPublicAddress<Answer extends { readonly link: string }>({ publicUrl }: Config, answer: Answer): Answer {
  const { port, pathname, hash } = new URL(answer.link);
  return { ...answer, link: `${publicUrl ?? `http://localhost:${port}`}${pathname}${hash}` };
}

const inWords = ({ account, link, expiresAt }: z.infer<(typeof createAccount)['answer']>) =>
  `Made: ${account.name}. Its admin chooses a password by this link, once and until ${expiresAt}:\n\n  ${link}\n`;
