import { once } from 'node:events';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

export interface Listener {
  readonly port: number;
  /** How often somebody has connected. */
  connections(): number;
}

/** Listens until the test ends, and keeps no connection that has nothing more to say. */
export async function listenFor(
  host: string,
  answer: RequestListener = (_, response) => void response.end(),
  port = 0,
): Promise<Listener> {
  let connections = 0;
  const server = createServer((request, response) => answer(request, response.setHeader('connection', 'close')));
  server.on('connection', () => void connections++);
  server.listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}
