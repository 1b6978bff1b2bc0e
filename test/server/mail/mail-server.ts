import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/**
 * What becomes of a mail: it is taken, answered with a status, cut off in the middle of its text, never answered, or taken
 * while nobody hears so.
 */
export type Reception = 'take' | 'drop' | 'hang' | 'take silently' | number;

export interface MailServer {
  readonly port: number;
  /** What was taken, in order. */
  readonly received: ParsedMail[];
  /** Texts that have begun to arrive. */
  readonly begun: number;
  /** Logins that were tried. */
  readonly logins: { readonly user: string | undefined; readonly password: string | null | undefined }[];
  /** By recipient, from now on. */
  recipient: (address: string) => Reception;
  /** The text, from now on. */
  text: (mail: ParsedMail) => Reception;
  close(): Promise<void>;
  /** Listens again, on the same port. */
  reopen(): Promise<void>;
}

/** A real mail server on loopback that does what it is told to do. */
export async function startMailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const received: ParsedMail[] = [];
  const logins: MailServer['logins'] = [];
  let begun = 0;
  let server: SMTPServer;

  async function listen(at: number): Promise<number> {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: options.key ? [] : ['STARTTLS'],
      allowInsecureAuth: true,
      logger: false,
      closeTimeout: 1,
      onAuth({ username: user, password }, _session, callback) {
        logins.push({ user, password });
        if (password === 'right') callback(null, { user: 'somebody' });
        else callback(withStatus(535, `no such password as ${password}`));
      },
      onRcptTo({ address }, _session, callback) {
        const reception = held.recipient(address);
        callback(typeof reception === 'number' ? withStatus(reception, `not to <${address}>`) : null);
      },
      onData(stream, session, callback) {
        begun++;
        void simpleParser(stream).then((mail) => {
          const reception = held.text(mail);
          if (reception === 'hang') return;
          if (reception === 'drop') return void socketOf(server, session.id)?.destroy();
          if (typeof reception === 'number') return callback(withStatus(reception, `not ${mail.subject}`));
          received.push(mail);
          if (reception === 'take') callback();
        });
      },
      ...options,
    });
    // A client that is cut off is what some tests are about.
    server.on('error', () => {});
    const listening = server.listen(at, '127.0.0.1');
    if (!listening.listening) await once(listening, 'listening');
    return (listening.address() as AddressInfo).port;
  }

  const taken = await listen(port);
  const held: MailServer = {
    port: taken,
    received,
    logins,
    get begun() {
      return begun;
    },
    recipient: () => 'take',
    text: () => 'take',
    async close() {
      for (const { id } of server.connections) socketOf(server, id)?.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
    reopen: async () => void (await listen(taken)),
  };
  return held;
}

const withStatus = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/** There is no public way to cut a connection of the server. */
function socketOf(server: SMTPServer, session: string): Socket | undefined {
  const connections = server.connections as unknown as Set<{ id: string; _socket: Socket }>;
  return [...connections].find(({ id }) => id === session)?._socket;
}
