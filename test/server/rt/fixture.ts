import { randomBytes, randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type {
  Attempt,
  Connector,
  Feed,
  NewReply,
  NewTicket,
  Writer,
} from '../../../src/server/connectors/connector.js';
import { createRtConnector } from '../../../src/server/connectors/rt/rt-connector.js';
import type { RtDeps, RtSettings } from '../../../src/server/connectors/rt/settings.js';
import { toText } from '../../../src/server/node/html-text.js';
import { composeMail } from '../../../src/server/node/mail.js';
import type { RtDesk } from '../../support/rt-desk.js';
import { deskOf } from '../../support/rt.js';

export const signal = new AbortController().signal;

/** A contact who is known to RT as `name`, with names that no other test of the run has. */
export interface Contact {
  readonly name: string;
  readonly writer: Writer;
}

export const newContact = (who: string): Contact => {
  const name = `${who}-${randomUUID().slice(0, 8)}`;
  return {
    name,
    writer: { name: `${who[0]!.toUpperCase()}${who.slice(1)} Archer`, email: `${name}@acme.example` },
  };
};

export const newAttempt = (again = false): Attempt => ({ id: randomBytes(16).toString('base64url'), again });

export const rtOfRun = () => inject('rt')!;
export const openDesk = (): RtDesk => deskOf(rtOfRun());

export async function createContact(desk: RtDesk, who: string, organization = 'Acme'): Promise<Contact> {
  const contact = newContact(who);
  const { name, email } = contact.writer;
  await desk.createUser({ name: contact.name, realName: name, email, organization });
  return contact;
}

export function makeDeps(more: Partial<RtDeps> = {}): RtDeps {
  return { fetch, clock: () => new Date(), composeMail, toText, ...more };
}

export const makeSettings = (more: Partial<RtSettings> = {}): RtSettings => ({
  url: rtOfRun().url,
  ...rtOfRun().account,
  queues: ['Support', 'Sales'],
  company: 'organization',
  replyAs: 'mail-gateway',
  ...more,
});

export function connect(
  settings: Partial<RtSettings> = {},
  deps: Partial<RtDeps> = {},
): Connector & { readonly feed: Feed } {
  return createRtConnector(makeSettings(settings), makeDeps(deps)) as Connector & { readonly feed: Feed };
}

/** What was said in the ticket; nothing in one that is not there. */
export const messagesOf = async (feed: Feed, ref: string) => (await feed.ticket(ref, signal))?.messages ?? [];

export const newTicket = (by: Writer, more: Partial<NewTicket> = {}): NewTicket => ({
  attempt: newAttempt(),
  by,
  inbox: 'Support',
  subject: 'Printer',
  text: 'It burns.',
  files: [],
  properties: {},
  ...more,
});

export const newReply = (by: Writer, ticket: string, more: Partial<NewReply> = {}): NewReply => ({
  attempt: newAttempt(),
  by,
  ticket,
  text: 'Still burning.',
  files: [],
  joins: false,
  ...more,
});
