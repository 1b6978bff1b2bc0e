import type { Connector } from '../connector.js';
import { DeskError } from '../connector.js';
import { readChanges } from './changes.js';
import { RtClient } from './client.js';
import { createTicket } from './create-ticket.js';
import { openFile } from './files.js';
import type { Reading } from './messages.js';
import { readMessages } from './messages.js';
import { People } from './people.js';
import { writeReply } from './reply.js';
import { rtSchema } from './schemas.js';
import { setStatus } from './set-status.js';
import type { RtDeps, RtSettings } from './settings.js';
import { rtStatuses } from './statuses.js';
import { findTicket, toTicket } from './tickets.js';

/** Seconds between two polls: RT tells nobody when something happens. */
const lag = 5;

/** The connector to a Request Tracker 5, by its REST 2 and, for replies as mail, its mail gateway. */
export function createRtConnector(settings: RtSettings, deps: RtDeps): Connector {
  const client = new RtClient(settings, deps);
  const people = new People(settings, deps, client);
  const reading: Reading = { client, settings, deps, people };
  return {
    info: { kind: 'rt', lag, keepsProperties: false },
    feed: {
      changes: (cursor, signal) => readChanges(client, settings, deps, cursor, signal),
      async ticket(ref, signal) {
        const row = await findTicket(client, settings, ref, signal);
        return row && toTicket(row, settings, await readMessages(reading, row, signal));
      },
      openFile: (ticket, file, signal) => openFile(reading, ticket, file, signal),
      contactByEmail: (email, signal) => people.contactByEmail(email, signal),
      statuses: async () => rtStatuses(settings),
      inboxes: async () => settings.queues.map((name) => ({ ref: name, name })),
    },
    async health(signal) {
      const { Version } = await client.get(rtSchema, { name: 'read the version', path: '/REST/2.0/rt' }, signal);
      if (!Version.startsWith('5.')) throw new DeskError('misconfigured', 'RT is not of version 5');
    },
    create: (ticket, signal) => createTicket(reading, ticket, signal),
    reply: (reply, signal) => writeReply(reading, reply, signal),
    setStatus: (change, signal) => setStatus(reading, change, signal),
  };
}
