import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { demoWorld } from '../../../src/world/demo-world.js';
import { temporaryFolder } from '../../support/folder.js';
import { makeMigratedFolder } from '../../support/migrated-folder.js';
import { type ServerProcess, startServerProcess } from '../../support/server-process.js';

const sent = (server: ServerProcess, cookie = '') => ({
  cookie,
  origin: server.origin,
  'x-portal-client': 'portico-test/1',
  'content-type': 'application/json',
});

async function signIn(server: ServerProcess): Promise<string> {
  const body = JSON.stringify({ method: 'password', email: 'alice@acme.example', password: demoWorld.password });
  const response = await fetch(`${server.origin}/help/api/v1/session`, { method: 'POST', headers: sent(server), body });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function read(server: ServerProcess, cookie: string, path: string) {
  const response = await fetch(`${server.origin}/help/api/v1${path}`, { headers: sent(server, cookie) });
  return (await response.json()) as { items: { id: string; text: string }[] };
}

/** A reply whose headers have arrived, as the server confirms, and whose body has not. */
async function beginReply(
  server: ServerProcess,
  cookie: string,
  ticket: string,
  length: number,
): Promise<ClientRequest> {
  const call = request(`${server.origin}/help/api/v1/tickets/${ticket}/messages`, {
    method: 'POST',
    headers: {
      ...sent(server, cookie),
      'idempotency-key': crypto.randomUUID(),
      'content-length': length,
      expect: '100-continue',
    },
  });
  call.flushHeaders();
  await once(call, 'continue');
  return call;
}

async function takesConnections({ origin }: ServerProcess): Promise<boolean> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('a reply that is on its way when the server is stopped is answered and kept', { timeout: 240_000 }, async () => {
  const folder = temporaryFolder();
  const data = { PORTICO_DATA: `${folder}/data` };
  await makeMigratedFolder(data.PORTICO_DATA, 'demo');
  const server = await startServerProcess('demo', data);
  const cookie = await signIn(server);
  const [ticket] = (await read(server, cookie, '/tickets?state=open')).items;
  const body = JSON.stringify({ body: 'Sent while you closed the door' });
  const call = await beginReply(server, cookie, ticket?.id ?? '', Buffer.byteLength(body));

  const ended = server.end('SIGTERM');
  while (await takesConnections(server));
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  expect([answer.statusCode, answer.headers.connection]).toEqual([201, 'close']);
  expect(await ended).toBe(0);

  const again = await startServerProcess('demo', data);
  const thread = await read(again, cookie, `/tickets/${ticket?.id}/messages?limit=100`);
  expect(thread.items.map(({ text }) => text)).toContain('Sent while you closed the door');
  expect(await again.end('SIGTERM')).toBe(0);
});
