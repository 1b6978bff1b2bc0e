import type { PortalClient } from '../../src/controllers/portal-client.js';

/** An element's place: what a client tells it, in order. */
export function listenTo(client: PortalClient) {
  const told: string[] = [];
  const listener = {
    sessionChanged: () => told.push(client.state),
    dataChanged: () => told.push('data'),
  };
  return { told, listener, stop: client.subscribe(listener) };
}
