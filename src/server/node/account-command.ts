import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';

import { adminRoutes } from '../../wire/index.js';
import { ApiError, type FieldError } from '../api-error.js';
import { makeAccount } from '../settings/admin/accounts.js';
import type { Config } from './config.js';
import { reachData } from './reach-data.js';

/** The account was not made; the message says why. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
}

const { body: bodySchema, answer: answerSchema, path } = adminRoutes.createAccount;

const reasons: Readonly<Record<string, string>> = {
  name: 'is the name of an account that there is already.',
  'admin.email': 'is how somebody of the staff signs in already.',
};

/**
 * `portico account`: another company on this server. Where a server works on the embedded database, it makes it; else it is
 * made in the database itself.
 *
 * @param given name of the company, and name and address of who sets it up
 * @returns what to do now, with a link that is shown this once
 * @throws AccountError, ConfigError, FolderInUseError, PostgresError, MigrationError
 */
export async function addAccount(
  config: Config,
  [name = '', person = '', email = '']: readonly string[],
): Promise<string> {
  const parsed = z.safeParse(bodySchema, { name, admin: { name: person, email } });
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
    const response = await server(path, parsed.data);
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw refuse((answer as { fields?: FieldError[] | null } | null)?.fields);
    return inWords(atPublicAddress(config, z.parse(answerSchema, answer)));
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

/** The server was asked by the address that it has on this machine: people come by another. */
function atPublicAddress<Answer extends { readonly link: string }>({ publicUrl }: Config, answer: Answer): Answer {
  const { port, pathname, hash } = new URL(answer.link);
  return { ...answer, link: `${publicUrl ?? `http://localhost:${port}`}${pathname}${hash}` };
}

const inWords = ({ account, link, expiresAt }: z.infer<typeof answerSchema>) =>
  `Made: ${account.name}. Its admin chooses a password by this link, once and until ${expiresAt}:\n\n  ${link}\n`;
