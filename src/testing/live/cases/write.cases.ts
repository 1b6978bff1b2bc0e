import type { TicketDetail } from '../../../model/index.js';
import { messageSchema, ticketDetailSchema } from '../../../wire/index.js';
import { equal } from '../../conformance/check.js';
import { absentId, alike, ids, readAs, refuses } from '../compare.js';
import { promises, Skipped, type LiveCase } from '../live-case.js';
import type { LivePerson, LivePortal, LiveVisitor } from '../portal.js';

const promise = promises.write;

/** So that support knows what came in, and that nobody waits for an answer. */
const subject = 'Conformance test, please close';
const text = 'Written by the conformance command of Portico. Nobody waits for an answer.';

const post = ({ ask }: LiveVisitor, path: string, body: object, key: string | null = crypto.randomUUID()) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== null && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  });

/** Opens the one ticket of a run; each further case asks about that one. */
async function openOnce(portal: LivePortal): Promise<{ ticket: TicketDetail; key: string; person: LivePerson }> {
  const [person] = portal.people;
  if (!person || !portal.settings.features.includes('createTicket')) {
    throw new Skipped('this portal opens no tickets');
  }
  const key = opened.get(portal) ?? crypto.randomUUID();
  opened.set(portal, key);
  // The same key and body: whoever comes second is told of the ticket that the first has opened.
  const answer = await post(person, '/tickets', { subject, message: text }, key);
  return { ticket: readAs(ticketDetailSchema, answer, 'a new ticket', 201), key, person };
}

const opened = new WeakMap<LivePortal, string>();

export const writeCases: readonly LiveCase[] = [
  {
    promise,
    name: 'the same key opens one ticket, however often it is sent',
    needs: ['write', 'person'],
    async run(portal) {
      const { ticket, person } = await openOnce(portal);
      const { ticket: again } = await openOnce(portal);
      equal(again.id, ticket.id, 'id of the ticket that was sent again');
      const listed = (await person.backend.listTickets({ limit: 100, sort: '-created' })).items;
      equal(ids(listed).filter((id) => id === ticket.id).length, 1, 'times that it is in the list');
    },
  },
  {
    promise,
    name: 'the same key with another body is rejected, and a missing one is invalid',
    needs: ['write', 'person'],
    async run(portal) {
      const { key, person } = await openOnce(portal);
      const other = await post(person, '/tickets', { subject, message: `${text} Once more.` }, key);
      refuses(other, 422, 'rejected', 'the same key with another body');
      const without = await post(person, '/tickets', { subject, message: text }, null);
      refuses(without, 400, 'invalid', 'no key');
    },
  },
  {
    promise,
    name: 'a reply is written once for one key, and stands last in the thread',
    needs: ['write', 'person'],
    async run(portal) {
      const { ticket, person } = await openOnce(portal);
      const path = `/tickets/${ticket.id}/messages`;
      const key = crypto.randomUUID();
      const body = { body: `${text} This is the reply.` };
      const first = readAs(messageSchema, await post(person, path, body, key), 'a reply', 201);
      const again = readAs(messageSchema, await post(person, path, body, key), 'the reply sent again', 201);
      equal(again.id, first.id, 'id of the reply that was sent again');
      const { items } = await person.backend.listMessages(ticket.id, { limit: 100 });
      equal(ids(items).filter((id) => id === first.id).length, 1, 'times that it is in the thread');
      equal(items.filter(({ kind }) => kind === 'message').at(-1)?.id, first.id, 'the last message');
      refuses(await post(person, path, { body: text }, key), 422, 'rejected', 'the same key with another body');
    },
  },
  {
    promise,
    name: 'who does not see the ticket can neither read it nor write into it',
    needs: ['write', 'strangers'],
    async run(portal) {
      const { ticket, person } = await openOnce(portal);
      const before = ids((await person.backend.listMessages(ticket.id, { limit: 100 })).items);
      let asked = 0;
      for (const other of portal.people) {
        const { items } = await other.backend.listTickets({ limit: 100, sort: '-created' });
        if (other === person || ids(items).includes(ticket.id)) continue;
        const path = (id: string) => `/tickets/${id}/messages`;
        const what = `the new ticket for ${other.email}`;
        alike(await other.ask(`/tickets/${ticket.id}`), await other.ask(`/tickets/${absentId}`), what);
        const body = { body: `${text} This must not be written.` };
        alike(await post(other, path(ticket.id), body), await post(other, path(absentId), body), `a reply to ${what}`);
        asked += 1;
      }
      if (asked === 0) throw new Skipped('everybody sees the tickets of the first person');
      const after = ids((await person.backend.listMessages(ticket.id, { limit: 100 })).items);
      equal(after.length, before.length, 'messages in the thread');
    },
  },
  {
    promise,
    name: 'nobody opens a ticket or replies signed out',
    needs: ['write', 'person'],
    async run(portal) {
      const { ticket } = await openOnce(portal);
      const visitor = portal.visitor();
      refuses(await post(visitor, '/tickets', { subject, message: text }), 401, 'unauthenticated', 'a ticket');
      const reply = await post(visitor, `/tickets/${ticket.id}/messages`, { body: text });
      refuses(reply, 401, 'unauthenticated', 'a reply');
    },
  },
];
