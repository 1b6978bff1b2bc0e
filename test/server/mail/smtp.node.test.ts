import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { generate } from 'selfsigned';
import { beforeAll, expect, onTestFinished, test } from 'vitest';

import { MailFailed, MailRefused, type MailTransport, type OutgoingMail } from '../../../src/server/mail/transport.js';
import { type SmtpOptions, type SmtpSettings, createSmtpTransport } from '../../../src/server/node/smtp.js';
import { type MailServer, startMailServer } from './mail-server.js';

const mail: OutgoingMail = {
  from: 'Small Support',
  to: { email: 'ann@example.com', name: 'Ann' },
  subject: 'Hello',
  text: 'Text',
  html: '<p>Text</p>',
  language: 'en',
  messageId: 'id',
};
const login = { user: 'portico', password: 'right' };
const never = new AbortController().signal;

let key: string;
let cert: string;
beforeAll(async () => {
  ({ private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  }));
});

async function open(...args: Parameters<typeof startMailServer>): Promise<MailServer> {
  const server = await startMailServer(...args);
  onTestFinished(() => server.close());
  return server;
}

function connect(port: number, settings: Partial<SmtpSettings> = {}, options: SmtpOptions = {}): MailTransport {
  const transport = createSmtpTransport(
    { host: 'localhost', port, tls: 'starttls', login: null, from: 'help@support.example', ...settings },
    options,
  );
  onTestFinished(() => transport.close());
  return transport;
}

const failure = (transport: MailTransport, one = mail) =>
  transport.send(one, never).then(
    () => null,
    (error: unknown) => error,
  );

test('a server is signed in to when the connection is encrypted', async () => {
  const server = await open({ key, cert, authOptional: false, allowInsecureAuth: false });
  await connect(server.port, { login }, { ca: cert }).send(mail, never);
  expect(server.logins).toEqual([login]);
  expect(server.received.map(({ subject }) => subject)).toEqual(['Hello']);
});

test('a connection is encrypted from its beginning where that is said', async () => {
  const server = await open({ key, cert, secure: true, authOptional: false });
  await connect(server.port, { login, tls: 'implicit' }, { ca: cert }).send(mail, never);
  expect(server.received).toHaveLength(1);
});

test.each(['starttls', 'implicit'] as const)('a server that cannot show who it is gets nothing (%s)', async (tls) => {
  const server = await open({ key, cert, secure: tls === 'implicit' });
  const stranger = await failure(connect(server.port, { login, tls }));
  expect(stranger).toBeInstanceOf(MailFailed);
  // Trusted, and yet not the one that was meant.
  const other = await failure(connect(server.port, { login, tls, host: '127.0.0.1' }, { ca: cert }));
  expect(other).toBeInstanceOf(MailFailed);
  expect([server.logins, server.begun]).toEqual([[], 0]);
});

test('a server without encryption gets neither password nor mail', async () => {
  const server = await open();
  const error = await failure(connect(server.port, { login }));
  expect(error).toBeInstanceOf(MailFailed);
  expect([server.logins, server.begun]).toEqual([[], 0]);
});

test('a server on this machine needs no encryption', async () => {
  const server = await open({ authOptional: false });
  await connect(server.port, { login, tls: 'none' }).send(mail, never);
  expect(server.received).toHaveLength(1);
});

test('a wrong password is no fault of the mail, and nothing that is thrown tells it', async () => {
  const server = await open({ key, cert });
  const error = await failure(
    connect(server.port, { login: { user: 'portico', password: 'not-this-one' } }, { ca: cert }),
  );
  expect(error).toEqual(new MailFailed('EAUTH 535'));
  expect(`${(error as Error).stack}${JSON.stringify(error)}${(error as Error).cause}`).not.toMatch(
    /not-this-one|example\.com/,
  );
  expect(server.logins).toHaveLength(1);
});

test('a refused sender is no fault of the mail', async () => {
  const server = await open({
    onMailFrom: (_address, _session, callback) => callback(Object.assign(new Error('no'), { responseCode: 553 })),
  });
  expect(await failure(connect(server.port, { tls: 'none' }))).toEqual(new MailFailed('EENVELOPE 553'));
});

test('an address that cannot be written is refused without asking', async () => {
  const server = await open();
  const to = { email: 'ann<x>@example.com', name: null };
  expect(await failure(connect(server.port, { tls: 'none' }), { ...mail, to })).toBeInstanceOf(MailRefused);
  expect(server.begun).toBe(0);
});

test('mails go through one connection, and through another when the server has ended that', async () => {
  const server = await open();
  let connections = 0;
  server.recipient = () => 'take';
  const counted = await open({
    onConnect: (_session, callback) => {
      connections++;
      callback();
    },
  });
  const transport = connect(counted.port, { tls: 'none' });
  for (let sent = 0; sent < 3; sent++) await transport.send(mail, never);
  expect(connections).toBe(1);
  await counted.close();
  await counted.reopen();
  await transport.send(mail, never);
  expect([connections, counted.received.length]).toEqual([2, 4]);
});

test('a server that says nothing is not waited for', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  const sockets: Socket[] = [];
  silent.on('connection', (socket) => sockets.push(socket));
  await once(silent, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const { port } = silent.address() as AddressInfo;
  const error = await failure(connect(port, { host: '127.0.0.1', tls: 'none' }, { patience: 200 }));
  expect(error).toEqual(new MailFailed('ETIMEDOUT'));
});

test('a name makes no header of its own, and an address no second one', async () => {
  const server = await open();
  const name = 'Eve\r\nBcc: all@example.com';
  const transport = connect(server.port, { tls: 'none' });
  await transport.send({ ...mail, from: name, to: { email: 'ann@example.com', name }, subject: `Hi ${name}` }, never);
  const [received] = server.received;
  expect(received!.headers.has('bcc')).toBe(false);
  expect(received!.subject).toBe('Hi Eve Bcc: all@example.com');
  expect(received!.headerLines.map(({ key: header }) => header)).not.toContain('bcc');
});
