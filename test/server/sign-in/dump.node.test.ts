import { expect, test } from 'vitest';

import { password } from '../app-fixture.js';
import { enter, inviteTo, start, useSignIn } from './sign-in-fixture.js';

const fixture = useSignIn();
const own = 'seven quiet herons';

/** Every row of every table, as a thief of the database's files would read it. */
async function dump(): Promise<string> {
  const tables = await fixture.database.asSuperuser<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const texts = [];
  for (const { name } of tables) {
    // What is bytes is looked for as it is, and as text of any of its spellings.
    const rows = await fixture.database.asSuperuser<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

const spellings = (secret: string) => [
  secret,
  secret.toLowerCase(),
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('base64url'),
];

test('whoever has the database has nothing to sign in with, while everything is on its way', async () => {
  await fixture.setPortal({ access: { kind: 'open', emailDomains: [] } });
  // The test's hasher keeps passwords as they are, for other tests to be quick.
  const { hash, verify } = await import('@node-rs/argon2');
  const cheap = { memoryCost: 1024, timeCost: 1 };
  Object.assign(fixture.deps, { hasher: { hash: (text: string) => hash(text, cheap), verify } });
  await fixture.database.asSuperuser('DELETE FROM credentials');
  const secrets: Record<string, string> = {};
  const keep = (what: string, visitor: ReturnType<typeof fixture.visitor>) => {
    for (const [name, token] of visitor.cookies) secrets[`${what} ${name}`] = token;
  };

  const [signedIn, entering, resetting, registering] = [1, 2, 3, 4].map(() => fixture.visitor()) as [
    ReturnType<typeof fixture.visitor>,
    ReturnType<typeof fixture.visitor>,
    ReturnType<typeof fixture.visitor>,
    ReturnType<typeof fixture.visitor>,
  ];
  await start(signedIn, { method: 'email', email: 'max@example.com' });
  secrets['used code'] = await fixture.codeTo('max@example.com');
  await enter(signedIn, secrets['used code']);
  keep('signed in', signedIn);
  await start(entering, { method: 'email', email: 'ann@example.com' });
  secrets['code'] = await fixture.codeTo('ann@example.com');
  keep('entering', entering);
  await start(resetting, { method: 'reset', email: 'gus@example.com' });
  secrets['code of a new password'] = await fixture.codeTo('gus@example.com');
  keep('resetting', resetting);
  await start(registering, { method: 'register', email: 'nora@example.org', name: 'Nora', password: own });
  secrets['code of a registration'] = await fixture.codeTo('nora@example.org');
  secrets['password of a registration'] = own;
  keep('registering', registering);
  await inviteTo(fixture, { email: 'eve@example.com' });
  const link = (await fixture.mailsTo('eve@example.com')).at(-1)?.content.link ?? '';
  secrets['invitation'] = link.split('#portal_invitation=')[1] ?? '';
  const withPassword = { method: 'invitation', token: secrets['invitation'], password: `${password} of eve` };
  await fixture.visitor().request('POST', '/session', { body: withPassword });
  secrets['password'] = `${password} of eve`;

  expect(Object.keys(secrets)).toHaveLength(11);
  const rows = await dump();
  expect(rows).toContain('ann@example.com');
  const found = Object.entries(secrets).filter(([, secret]) => spellings(secret).some((text) => rows.includes(text)));
  expect(found.map(([what]) => what)).toEqual([]);
  expect(Object.values(secrets).every((secret) => secret.length >= 8)).toBe(true);
});
