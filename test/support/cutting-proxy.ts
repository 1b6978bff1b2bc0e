import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  /** `http://localhost:4711` */
  readonly origin: string;
  /** Bytes that clients have sent so far. */
  readonly sent: number;
  /** How many lines were cut. */
  readonly cuts: number;
  /** Cuts the line, once, on which so many more bytes have come from a client. */
  cutAfter(bytes: number): void;
  close(): Promise<void>;
}

/** Passes bytes on to a server on this machine, both ways as they come, and drops a line in the middle where it is told to. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let left = Number.POSITIVE_INFINITY;
  let [sent, cuts] = [0, 0];
  const server = createServer((client) => {
    const onward = connect(Number(port), hostname);
    const sockets = [client, onward];
    for (const socket of sockets) {
      open.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        open.delete(socket);
        for (const one of sockets) one.destroy();
      });
    }
    client.on('data', (bytes: Buffer) => {
      sent += bytes.length;
      left -= bytes.length;
      if (left > 0) return;
      left = Number.POSITIVE_INFINITY;
      cuts++;
      client.resetAndDestroy();
    });
    client.pipe(onward);
    onward.pipe(client);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    get sent() {
      return sent;
    },
    get cuts() {
      return cuts;
    },
    cutAfter(bytes) {
      left = bytes;
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
