import type { Connector, DeskContact, DeskTicket, NewFile } from '../connector.js';
import { DeskError } from '../connector.js';
import { HttpClient } from './client.js';
import { toTicket } from './ticket.js';
import type { HttpDeps, HttpSettings } from './settings.js';

/** Seconds: the service is asked every few. */
const lag = 5;

/** The connector to a service that a company writes itself, in whatever language, by `openapi.json`. */
export function createHttpConnector(settings: HttpSettings, deps: HttpDeps): Connector {
  const client = new HttpClient(settings, deps);

  async function readTicket(ref: string, signal: AbortSignal): Promise<DeskTicket | null> {
    const { ticket, messages } = await client.ask({ type: 'ticket', ref }, signal);
    if (ticket && ticket.ref !== ref) throw new DeskError('unavailable', 'ticket: the answer is another one');
    return ticket && toTicket(ticket, messages);
  }

  async function readContact(email: string, signal: AbortSignal): Promise<DeskContact | null> {
    const { contact, companies } = await client.ask({ type: 'contact', email }, signal);
    // Whoever has the address gets what this contact may see.
    if (contact && contact.email.toLowerCase() !== email.toLowerCase()) {
      throw new DeskError('unavailable', 'contact: the answer is somebody else');
    }
    return contact && { ...contact, companies };
  }

  return {
    info: { kind: 'http', lag, keepsProperties: true },
    feed: {
      async changes(cursor, signal) {
        const page = await client.ask({ type: 'changes', cursor }, signal);
        if (page.more && page.cursor === cursor) throw new DeskError('unavailable', 'changes: the cursor stands still');
        return page;
      },
      ticket: readTicket,
      async openFile(ticket, file, signal) {
        const response = await client.open({ type: 'file', ticket, file }, signal);
        if (!response?.body) return null;
        const type = response.headers.get('content-type') ?? 'application/octet-stream';
        // Its name came with the message.
        return { name: file, type, body: response.body };
      },
      contactByEmail: readContact,
      statuses: async (signal) => (await client.ask({ type: 'desk' }, signal)).statuses,
      inboxes: async (signal) => (await client.ask({ type: 'desk' }, signal)).inboxes,
    },
    async health(signal) {
      await client.ask({ type: 'desk' }, signal);
    },
    // The service answers an id that it knows as it did the first time: whether a write is tried again makes no difference.
    async create({ attempt, by, inbox, subject, text, files, properties }, signal) {
      const ticket = { type: 'write', kind: 'ticket', by: writer(by), inbox, subject, text, properties } as const;
      return (await client.ask({ ...ticket, files: files.map(toFile) }, signal, attempt.id)).ref;
    },
    async reply({ attempt, by, ticket, text, files, joins }, signal) {
      const message = { type: 'write', kind: 'message', by: writer(by), ticket, text, joins } as const;
      return (await client.ask({ ...message, files: files.map(toFile) }, signal, attempt.id)).ref;
    },
    async setStatus({ attempt, by, ticket, status }, signal) {
      await client.ask({ type: 'write', kind: 'status', by: writer(by), ticket, status }, signal, attempt.id);
    },
  };
}

/** By name, whatever else is known of them here. */
const writer = ({ name, email }: { readonly name: string; readonly email: string }) => ({ name, email });

function toFile({ name, type, bytes }: NewFile) {
  let binary = '';
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { name, type, base64: btoa(binary) };
}
