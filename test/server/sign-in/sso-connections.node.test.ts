import { expect, test } from 'vitest';

import { base } from '../app-fixture.js';
import { problemOf, whoIs } from './sign-in-fixture.js';
import { openIssuer } from './sso-issuer.js';
import { clientSecret } from './sso-provider.js';
import { ask, exchange, onward, open, signInBy, startAddress, told, useSso } from './sso-fixture.js';

const fixture = useSso();
const ann = { email: 'ann@example.com', email_verified: true };
const list = async () =>
  (await (await fixture.admin('GET', '/portals/help/connections')).json()) as { items: unknown[] };
const create = (change: Readonly<Record<string, unknown>>) =>
  fixture.admin('POST', '/portals/help/connections', { label: 'Acme', clientId: 'portal', ...change });

test('a connection is asked before it is kept, and its secret is in no answer, log or table', async () => {
  const made = await create({ issuer: fixture.provider.issuer, clientSecret });
  expect(made.status).toBe(201);
  const connection = (await made.json()) as { id: string };
  expect(connection).toEqual({
    id: expect.stringMatching(/^[\w-]{22}$/),
    label: 'Acme',
    issuer: fixture.provider.issuer,
    clientId: 'portal',
    hasSecret: true,
    createdAt: expect.any(String),
  });
  expect(await list()).toEqual({ items: [connection] });
  const changed = await fixture.admin('PATCH', `/portals/help/connections/${connection.id}`, {
    clientSecret: 'another-secret',
  });
  const audit = await (await fixture.admin('GET', '/audit')).text();
  const rows = await fixture.database.asSuperuser<{ row: string }>('SELECT c::text AS row FROM sso_connections c');
  for (const text of [JSON.stringify(connection), await changed.text(), audit, rows[0]!.row]) {
    expect(text).not.toMatch(/the-secret-of|another-secret/);
  }
  expect(audit).toContain('"clientSecret":null');
  expect(audit).toContain('connection-created');
  expect(audit).toContain('connection-changed');
  expect(JSON.stringify(await (await fixture.visitor().request('GET', '/portal')).json())).not.toContain(
    fixture.provider.issuer,
  );
});

test('an issuer is one that answers as itself, over TLS unless it is on this machine', async () => {
  const fake = await openIssuer();
  try {
    const refusal = async (issuer: string, document: Readonly<Record<string, unknown>> = {}) => {
      fake.document = document;
      const { status, fields } = await problemOf(await create({ issuer }));
      return [status, (fields as { path: string; code: string }[])[0]];
    };
    const issuer = (code: string) => [400, { path: 'issuer', code }];
    expect(await refusal('login.acme.example')).toEqual(issuer('malformed'));
    expect(await refusal('https://me:secret@acme.example')).toEqual(issuer('malformed'));
    expect(await refusal('https://acme.example/?tenant=1')).toEqual(issuer('malformed'));
    expect(await refusal('javascript:alert(1)')).toEqual(issuer('insecure'));
    expect(await refusal('file:///etc/passwd')).toEqual(issuer('insecure'));
    expect(await refusal('http://login.acme.example')).toEqual(issuer('insecure'));
    expect(await refusal('http://127.0.0.1.acme.example')).toEqual(issuer('insecure'));
    expect(await refusal('http://127.0.0.1:1')).toEqual(issuer('unreachable'));
    expect(await refusal(`${fake.issuer}/elsewhere`)).toEqual(issuer('unreachable'));
    expect(await refusal(fake.issuer, { issuer: 'https://other.example' })).toEqual(issuer('mismatch'));
    expect(await refusal(`${fake.issuer}/.well-known/openid-configuration`)).toEqual(issuer('mismatch'));
    for (const document of [
      { jwks_uri: undefined },
      { token_endpoint: 'http://169.254.169.254/token' },
      { jwks_uri: 'file:///etc/passwd' },
      { authorization_endpoint: 'javascript:alert(1)' },
      { response_types_supported: ['id_token'] },
      { code_challenge_methods_supported: ['plain'] },
      { id_token_signing_alg_values_supported: ['HS256', 'none'] },
    ]) {
      expect(await refusal(fake.issuer, document), JSON.stringify(document)).toEqual(issuer('unsupported'));
    }
    fake.instead = () =>
      new Response(`{"issuer": "${'x'.repeat(300_000)}"}`, { headers: { 'content-type': 'application/json' } });
    expect(await refusal(fake.issuer)).toEqual(issuer('unreachable'));
    fake.instead = () => Response.redirect(`${fixture.provider.issuer}/.well-known/openid-configuration`);
    expect(await refusal(fake.issuer)).toEqual(issuer('unreachable'));
    expect(await list()).toEqual({ items: [] });
  } finally {
    await fake.close();
  }
  for (const body of [{}, { issuer: 'https://a.example', label: ' ' }, { issuer: 'https://a.example', scope: 'all' }]) {
    expect((await create(body)).status).toBe(400);
  }
  expect((await fixture.admin('GET', '/portals/none/connections')).status).toBe(404);
});

test('another issuer never gets the secret of the one before', async () => {
  const fake = await openIssuer();
  try {
    const id = await fixture.connect();
    const path = `/portals/help/connections/${id}`;
    const refused = await fixture.admin('PATCH', path, { issuer: fake.issuer });
    expect(await problemOf(refused)).toMatchObject({
      status: 400,
      fields: [{ path: 'clientSecret', code: 'missing' }],
    });
    expect(await list()).toMatchObject({ items: [{ issuer: fixture.provider.issuer }] });
    const changed = await fixture.admin('PATCH', path, { issuer: fake.issuer, clientSecret: null, label: 'Other' });
    expect(await changed.json()).toMatchObject({ issuer: fake.issuer, hasSecret: false, label: 'Other' });
  } finally {
    await fake.close();
  }
});

test('with a connection go its sessions and what is on its way, and its button', async () => {
  fixture.provider.people['a-1'] = ann;
  const id = await fixture.connect();
  const visitor = await signInBy(fixture, id, 'a-1');
  const byPassword = fixture.visitor();
  await byPassword.signIn('max@example.com');
  const [waiting, asked] = [fixture.visitor(), ask()];
  const start = await open(fixture, waiting, startAddress(id, asked));
  const back = await fixture.provider.signIn(await onward(start), 'a-1');

  expect((await fixture.admin('DELETE', `/portals/help/connections/${id}`)).status).toBe(204);
  expect(await whoIs(visitor)).toBe(null);
  expect(await whoIs(byPassword)).toBe('max@example.com');
  expect((await open(fixture, waiting, back)).status).toBe(400);
  const portal = (await (await fixture.visitor().request('GET', '/portal')).json()) as { signIn: string[] };
  expect(portal).toMatchObject({ connections: [] });
  expect(portal.signIn).not.toContain('sso');
  expect((await fixture.admin('DELETE', `/portals/help/connections/${id}`)).status).toBe(404);
  expect((await fixture.admin('PATCH', `/portals/help/connections/${id}`, { label: 'x' })).status).toBe(404);
});

test('is the administrator’s alone, and the portal’s alone', async () => {
  const id = await fixture.connect();
  await fixture.admin('POST', '/portals', { slug: 'shop', name: 'Shop' });
  expect((await fixture.admin('DELETE', `/portals/shop/connections/${id}`)).status).toBe(404);
  for (const authorization of ['Bearer wrong', '']) {
    const headers = { authorization, 'x-portal-client': 'portico-test/1' };
    const response = await fixture.app.request(`${base}/admin/api/v1/portals/help/connections`, { headers });
    expect(response.status).toBe(401);
  }
});

test('the visitor’s role of the database reads nothing of it', async () => {
  await fixture.connect();
  const read = (table: string) =>
    fixture.database.batch({ role: 'app', account: fixture.world.account, portal: 1 }, [
      { statement: { name: `sso_test_${table}`, text: `SELECT * FROM ${table}` } },
    ]);
  for (const table of ['sso_connections', 'sso_transactions', 'sso_logouts'])
    await expect(read(table)).rejects.toThrow();
});

test('a code of a connection that is gone is nobody’s', async () => {
  fixture.provider.people['a-1'] = ann;
  const id = await fixture.connect();
  const [visitor, asked] = [fixture.visitor(), ask()];
  const start = await open(fixture, visitor, startAddress(id, asked));
  const { message } = await told(
    await open(fixture, visitor, await fixture.provider.signIn(await onward(start), 'a-1')),
  );
  await fixture.admin('DELETE', `/portals/help/connections/${id}`);
  expect((await exchange(visitor, message['code'], asked)).status).toBe(401);
});
