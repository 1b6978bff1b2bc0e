import type { RequestListener } from 'node:http';

import { describe, expect, test } from 'vitest';

import { DeskError } from '../../src/server/connectors/connector.js';
import { createConnectors } from '../../src/server/node/connectors.js';
import { createOutsideFetch } from '../../src/server/node/outside-fetch.js';
import { isOutside } from '../../src/server/node/is-outside.js';
import { type Listener, listenFor } from '../support/listener.js';
import { askAdmin } from './admin-client.js';
import { useSmallWorld } from './use-small-world.js';

/** Stands in for the world outside, on this machine. */
const standIn = '127.0.0.2';
/** What names stand for. */
const names: Record<string, string> = {};
const outside = createOutsideFetch({
  resolve: (host, done) => done(null, [{ address: names[host] ?? '127.0.0.1', family: 4 }]),
  isOutside: (address) => address === standIn || isOutside(address),
});
const small = useSmallWorld(
  createConnectors(() => new Date()),
  outside,
);

let made = 0;

/** Another company on the server; returns its public id. */
async function makeAccount(more: { readonly innerAddresses?: boolean } = {}): Promise<string> {
  const name = `Globex ${++made}`;
  const body = { name, admin: { name: 'Gina', email: `gina${made}@globex.example` }, ...more };
  const answer = await askAdmin<{ account: { id: string } }>(small, 'POST', '/accounts', body);
  expect(answer.status).toBe(201);
  return answer.body.account.id;
}

const key = `whsec_${'A'.repeat(44)}`;
const deskAt = (url: string) => ({ kind: 'http', settings: { url }, secret: { key } });
const rtAt = (url: string) => ({
  kind: 'rt',
  settings: { url, user: 'portal', queues: ['Support'] },
  secret: { password: 'secret' },
});

const putDesk = (account: string, body: object) => askAdmin(small, 'PUT', `/desk?account=${account}`, body);

/** A help desk in which nothing happens. */
const desk: RequestListener = (_, response) => {
  const statuses = [{ id: 'open', category: 'open', label: { en: 'Open' } }];
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ statuses, inboxes: [{ ref: 'support', name: 'Support' }] }));
};

async function listenInside(): Promise<readonly Listener[]> {
  const four = await listenFor('127.0.0.1', desk);
  return [four, await listenFor('::1', desk, four.port)];
}

const hosts = [
  '127.0.0.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '127.1',
  '0.0.0.0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  'localhost',
  'localhost.',
  'desk.example',
];

describe('an account that reaches no inner address', () => {
  test('has no help desk there, and nobody there is asked', async () => {
    const account = await makeAccount();
    const inside = await listenInside();
    for (const host of hosts) {
      for (const body of [
        deskAt(`http://${host}:${inside[0]!.port}/desk`),
        rtAt(`http://${host}:${inside[0]!.port}`),
      ]) {
        expect(await putDesk(account, body), `${body.kind} at ${host}`).toMatchObject({
          status: 400,
          body: { fields: [{ path: 'settings.url', code: 'inner' }] },
        });
      }
    }
    expect(inside.map((listener) => listener.connections())).toEqual([0, 0]);
    expect((await askAdmin(small, 'GET', `/desk?account=${account}`)).status).toBe(404);
  });

  test('has no provider there', async () => {
    const account = await makeAccount();
    const portal = { slug: 'globex', name: 'Globex' };
    expect((await askAdmin(small, 'POST', `/portals?account=${account}`, portal)).status).toBe(201);
    const path = `/portals/globex/connections?account=${account}`;
    const inside = await listenInside();
    const at = hosts.map((host) => `https://${host}:${inside[0]!.port}/`);
    for (const issuer of [...at, `http://127.0.0.1:${inside[0]!.port}`, `http://localhost:${inside[0]!.port}`]) {
      expect(await askAdmin(small, 'POST', path, { label: 'Acme', clientId: 'portal', issuer }), issuer).toMatchObject({
        status: 400,
        body: { fields: [{ path: 'issuer', code: 'inner' }] },
      });
    }
    expect(inside.map((listener) => listener.connections())).toEqual([0, 0]);
    expect((await askAdmin(small, 'GET', path)).body).toEqual({ items: [] });
  });

  test('is told the same of where something listens and where nothing does', async () => {
    const account = await makeAccount();
    const [{ port }] = (await listenInside()) as [Listener];
    const answers = await Promise.all(
      [port, 1].map(async (at) => JSON.stringify(await putDesk(account, deskAt(`http://127.0.0.1:${at}`)))),
    );
    const withoutId = answers.map((answer) => answer.replace(/"(requestId|id|instance)":"[^"]*"/g, ''));
    expect(withoutId[0]).toBe(withoutId[1]);
  });

  test('has one outside, until its name stands for something inside', async () => {
    const account = await makeAccount();
    const outsider = await listenFor(standIn, desk);
    const inside = await listenFor('127.0.0.1', desk, outsider.port);
    names['moving.example'] = standIn;
    expect((await putDesk(account, deskAt(`http://moving.example:${outsider.port}`))).status).toBe(200);
    const connector = await connectorOf(account);
    await connector.health(new AbortController().signal);
    const before = outsider.connections();

    names['moving.example'] = '127.0.0.1';
    for (let times = 0; times < 3; times++) {
      const failure: unknown = await connector.health(new AbortController().signal).catch((error: unknown) => error);
      expect(failure).toMatchObject({ kind: 'unavailable', detail: 'desk: no answer' });
      expect(failure).toBeInstanceOf(DeskError);
    }
    expect([inside.connections(), outsider.connections()]).toEqual([0, before]);
    expect(small.fixture.log.filter(({ event }) => event === 'inner-address-refused')).toMatchObject([
      { account: expect.any(Number), host: 'moving.example' },
    ]);
  });
});

describe('an account that reaches inner addresses', () => {
  test.each(['127.0.0.1', '0x7f000001', '[::1]', 'localhost'])('has its help desk at %s', async (host) => {
    const account = await makeAccount({ innerAddresses: true });
    const [{ port }] = (await listenInside()) as [Listener];
    expect(await putDesk(account, deskAt(`http://${host}:${port}`))).toMatchObject({ status: 200 });
  });

  test('is not asked for any more once that is taken from it', async () => {
    const account = await makeAccount({ innerAddresses: true });
    const inside = await listenFor('127.0.0.1', desk);
    await putDesk(account, deskAt(`http://127.0.0.1:${inside.port}`));
    const connector = await connectorOf(account);
    const before = inside.connections();
    await small.database.asSuperuser(`UPDATE accounts SET inner_addresses = false WHERE public_id = '${account}'`);
    await expect(connector.health(new AbortController().signal)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(inside.connections()).toBe(before);
  });
});

async function connectorOf(publicId: string) {
  const [row] = await small.database.asSuperuser<{ account: number }>(
    `SELECT account_id AS account FROM accounts WHERE public_id = '${publicId}'`,
  );
  return (await small.fixture.deps.desks.of(Number(row!.account)))!.connector;
}
