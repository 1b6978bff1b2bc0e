import { randomUUID } from 'node:crypto';

import type { KeptMessage } from '../../src/testing/conformance/index.js';
import type { World, WorldAttachment, WorldMessage, WorldTicket } from '../../src/world/world.js';
import type { PythonDesk, Sql } from './python-desk.js';

const add = (table: string, ...values: Sql[1][]): Sql => [
  `INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`,
  ...values,
];

/** Empties the sample desk and writes the world into it. Refs are the world's ids; those of people are their addresses. */
export async function writeWorld(desk: PythonDesk, world: World): Promise<void> {
  const { statuses, inboxes, contacts, companies, staff, tickets } = world;
  const now = Date.now();
  const timeOf = ({ minutesAgo }: WorldMessage) => new Date(now - minutesAgo * 60_000).toISOString();
  const companiesOf = (ids: readonly string[]) =>
    ids.map((id) => ({ ref: id, name: companies.find((company) => company.id === id)?.name ?? '' }));
  const people = new Map<string, { ref: string; name: string; email: string | null }>();
  for (const { id, name, email } of contacts) people.set(id, { ref: email, name, email });
  for (const { id, name } of staff) people.set(id, { ref: id, name, email: null });

  const ticketOf = (ticket: WorldTicket) => {
    const { id, number, inbox, subject, status, deleted, properties, messages } = ticket;
    return {
      ...{ ref: id, number, inbox, subject, status, deleted, properties },
      createdAt: messages[0] && timeOf(messages[0]),
      requester: people.get(ticket.requester),
      contacts: ticket.contacts.map((contact) => people.get(contact)),
      participants: ticket.participants.map((contact) => people.get(contact)),
      companies: companiesOf(ticket.companies),
    };
  };
  const messageOf = (message: WorldMessage) => ({
    ref: message.id,
    at: timeOf(message),
    side: staff.some(({ id }) => id === message.author) ? 'support' : 'contact',
    author: people.get(message.author),
    ...(message.status
      ? { kind: 'status', ...message.status }
      : { kind: 'message', text: message.text, html: message.html ?? null, files: message.attachments?.map(fileOf) }),
  });

  await desk.sql(
    ...['desk', 'people', 'tickets', 'messages', 'files', 'writes'].map((table): Sql => [`DELETE FROM ${table}`]),
    add('desk', JSON.stringify({ statuses, inboxes: inboxes.map(({ id, name }) => ({ ref: id, name })) })),
    ...contacts.map(({ id, email, enabled, properties, companies: all, primaryCompany }) => {
      const primaryFirst = [
        ...all.filter((one) => one === primaryCompany),
        ...all.filter((one) => one !== primaryCompany),
      ];
      const contact = { ...people.get(id), enabled, properties };
      return add('people', email, JSON.stringify({ contact, companies: companiesOf(primaryFirst) }));
    }),
    ...tickets.flatMap((ticket, place) => [
      add('tickets', ticket.id, ticket.number, place + 1, JSON.stringify(ticketOf(ticket))),
      ...ticket.messages.flatMap((message) => [
        add('messages', message.id, ticket.id, Number(message.kind === 'note'), JSON.stringify(messageOf(message))),
        ...(message.attachments ?? []).map((file) =>
          add('files', file.id, message.id, { base64: bytesOf(file).toString('base64') }),
        ),
      ]),
    ]),
  );
}

const bytesOf = ({ text = '', base64 }: WorldAttachment) => Buffer.from(base64 ?? text, base64 ? 'base64' : 'utf8');

const fileOf = (file: WorldAttachment) => ({
  ref: file.id,
  name: file.name,
  type: file.type,
  size: bytesOf(file).length,
});

/** What support does in the sample desk, and what is really kept there. Tickets are named by their ref. */
export function createDeskStaff(desk: PythonDesk, { staff: [member], statuses }: World) {
  const touch = (ticket: string, status?: string): Sql => [
    `UPDATE tickets SET changed = (SELECT max(changed) + 1 FROM tickets), doc = json_set(doc, '$.status',
      coalesce(?, json_extract(doc, '$.status'))) WHERE ref = ?`,
    status ?? null,
    ticket,
  ];
  const write = (ticket: string, internal: boolean, event: Readonly<Record<string, unknown>>): Sql => {
    const ref = randomUUID();
    const author = { ref: member?.id, name: member?.name, email: null };
    const doc = { ref, at: new Date().toISOString(), side: 'support', author, ...event };
    return add('messages', ref, ticket, Number(internal), JSON.stringify(doc));
  };

  async function statusOf(ticket: string) {
    const [rows] = await desk.sql(["SELECT json_extract(doc, '$.status') FROM tickets WHERE ref = ?", ticket]);
    return statuses.find(({ id }) => id === rows?.[0]?.[0]);
  }
  async function setStatus(ticket: string, to: string): Promise<void> {
    const from = (await statusOf(ticket))?.id;
    if (from !== to) await desk.sql(write(ticket, false, { kind: 'status', from, to }), touch(ticket, to));
  }

  return {
    setStatus,
    /** An open ticket waits for the customer from then on. */
    async reply(ticket: string, text: string): Promise<void> {
      await desk.sql(write(ticket, false, { kind: 'message', text }), touch(ticket));
      const waiting = statuses.find(({ category }) => category === 'waiting_on_contact');
      if (waiting && (await statusOf(ticket))?.category === 'open') await setStatus(ticket, waiting.id);
    },
    async note(ticket: string, text: string): Promise<void> {
      await desk.sql(write(ticket, true, { kind: 'message', text }), touch(ticket));
    },
    async thread(ticket: string): Promise<readonly KeptMessage[]> {
      const [rows] = await desk.sql(['SELECT internal, doc FROM messages WHERE ticket = ? ORDER BY rowid', ticket]);
      return (rows ?? []).map(([internal, doc]) => {
        const message = JSON.parse(String(doc)) as {
          kind: 'message' | 'status';
          author: { name: string };
          text?: string;
        };
        const kind = internal ? ('note' as const) : message.kind;
        return { kind, author: message.author.name, text: message.text ?? '' };
      });
    },
    async withSubject(subject: string): Promise<readonly string[]> {
      const [rows] = await desk.sql(["SELECT ref FROM tickets WHERE json_extract(doc, '$.subject') = ?", subject]);
      return (rows ?? []).map(([ref]) => String(ref));
    },
  };
}
