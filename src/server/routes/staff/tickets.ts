import type { Context } from 'hono';

import { messageFields } from '../../../policy/index.js';
import type { staffRoutes } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { StaffWriting } from '../../connectors/builtin/staff-writes.js';
import { addNote, staffReply, updateTicket } from '../../connectors/builtin/staff-writes.js';
import type { AppDeps } from '../../deps.js';
import type { Handlers } from '../../http/mount.js';
import type { StaffMember } from '../../identity/staff.js';
import { admitStaff, readStaff, staffTokens } from '../../identity/staff.js';
import type { LinkedRow } from '../../index/follow-ups.js';
import type { PartyRow, StaffDetailRow, StaffRatingRow, StaffTicketRow } from '../../index/staff.js';
import {
  staffListStep,
  accountStatuses,
  staffParties,
  staffRatings,
  staffThread,
  staffTicket,
} from '../../index/staff.js';
import type { MessageRow } from '../../index/thread.js';
import { toMessageRecord } from '../../index/thread.js';
import { createSealer, cursorSeconds } from '../../seal.js';
import type { PortalStatus } from '../../settings/portal.js';
import { withKnownStatus } from '../../writing/with-known-status.js';

type StaffHandlers = Handlers<typeof staffRoutes, { [Name in keyof typeof staffRoutes]: StaffMember }>;

/** Staff reads statuses in the language of the desk. */
const staffLanguage = 'en';

const nameOf = ({ id, label }: Pick<PortalStatus, 'id' | 'label'>): string =>
  label[staffLanguage] ?? Object.values(label)[0] ?? id;

const toStatus = (status: StaffTicketRow['status']) => ({
  id: status.id,
  category: status.category,
  label: nameOf(status),
});

const toPerson = (row: { readonly publicId: string; readonly name: string }) => ({ id: row.publicId, name: row.name });

const toLink = ({ inboxes }: StaffMember, { publicId: id, number, subject, deleted, inbox }: LinkedRow) =>
  deleted || (inboxes && !inboxes.includes(inbox as number)) ? null : { id, number, subject };

const toTicket = (row: StaffTicketRow) => ({
  id: row.public_id,
  number: row.number,
  subject: row.subject,
  status: toStatus(row.status),
  requester: toPerson(row.requester),
  company: row.company && toPerson(row.company),
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

function toMessage(row: MessageRow, statuses: readonly PortalStatus[]) {
  const record = toMessageRecord(row, (id, label = {}) =>
    nameOf(statuses.find((status) => status.id === id) ?? { id, label }),
  );
  return { ...messageFields(record), internal: row.internal };
}

/** The checks of every route below `/staff/api/v1`: a bearer token or a session of staff, never a contact's. */
export function staffChecks(deps: AppDeps) {
  const tokens = staffTokens(deps);
  return {
    async admit(c: Context) {
      admitStaff(deps, c);
    },
    identify: (_: unknown, __: unknown, c: Context) => readStaff(deps, tokens, c),
  };
}

export function staffHandlers(deps: AppDeps): StaffHandlers {
  const cursors = createSealer(deps.secret, 'staff cursor', deps.clock);
  const context = ({ account, inboxes }: StaffMember) => ({ role: 'staff', account, inboxes }) as const;

  async function readTicket(member: StaffMember, publicId: string) {
    const params = [member.account, publicId];
    const own = [...params, member.inboxes];
    const [[ticket], parties, ratings, statuses] = (await deps.database.batch(context(member), [
      { statement: staffTicket, params: own },
      { statement: staffParties, params },
      { statement: staffRatings, params },
      { statement: accountStatuses, params: [member.account] },
    ])) as [StaffDetailRow[], PartyRow[], StaffRatingRow[], PortalStatus[]];
    if (!ticket) throw new ApiError('not-found');
    return {
      ...toTicket(ticket),
      inbox: toPerson(ticket.inbox),
      companies: ticket.companies.map(toPerson),
      parties: parties.map(({ public_id: id, name, email, role }) => ({ id, name, email, role })),
      properties: { ...ticket.properties },
      statuses: statuses.map(toStatus),
      followUpOf: ticket.follow_up_of && toLink(member, ticket.follow_up_of),
      followUps: ticket.follow_ups.flatMap((one) => toLink(member, one) ?? []),
      ratings: ratings.map(({ public_id: id, name, rating, comment, rated_at: at }) => ({
        contact: { id, name },
        rating,
        comment,
        ratedAt: at.toISOString(),
      })),
    };
  }

  async function readThread(member: StaffMember, publicId: string) {
    const [[ticket], rows, statuses] = (await deps.database.batch(context(member), [
      { statement: staffTicket, params: [member.account, publicId, member.inboxes] },
      { statement: staffThread, params: [member.account, publicId] },
      { statement: accountStatuses, params: [member.account] },
    ])) as [StaffTicketRow[], MessageRow[], PortalStatus[]];
    if (!ticket) throw new ApiError('not-found');
    return rows.map((row) => toMessage(row, statuses));
  }

  async function run<T>(member: StaffMember, write: (writing: StaffWriting) => Promise<T>): Promise<T> {
    await deps.desks.refuseStaff(member.account);
    return withKnownStatus(() =>
      deps.database.tx(context(member), (tx) => write({ tx, member, now: deps.clock(), newId: deps.newId })),
    );
  }

  /** Writes, then answers with the message as it was kept. */
  async function say(member: StaffMember, ticket: string, write: (writing: StaffWriting) => Promise<string>) {
    const id = await run(member, write);
    const message = (await readThread(member, ticket)).find((one) => one.id === id);
    if (!message) throw new ApiError('not-found');
    return message;
  }

  return {
    listTickets: async ({ query, who: member }) => {
      const limit = Number(query.limit ?? 25);
      const list = JSON.stringify([member.account, member.inboxes, query.q, query.state, query.inbox]);
      const cursor = query.cursor === undefined ? null : await cursors.open(query.cursor);
      if (query.cursor !== undefined && cursor?.['list'] !== list) {
        throw new ApiError('invalid', { fields: [{ path: 'cursor', code: 'unknown' }] });
      }
      const after = cursor && { at: Number(cursor['at']), id: Number(cursor['id']) };
      const asked = { q: query.q ?? null, state: query.state ?? 'all', inbox: query.inbox ?? null, after } as const;
      const step = staffListStep(member, asked, limit);
      const [rows] = (await deps.database.batch(context(member), [step])) as [StaffTicketRow[]];
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        items: page.map(toTicket),
        nextCursor: last
          ? await cursors.seal({ list, at: last.updated_at.getTime(), id: last.id }, cursorSeconds)
          : null,
      };
    },
    getTicket: ({ params, who }) => readTicket(who, params.id),
    updateTicket: async ({ params, body, who: member }) => {
      await run(member, (writing) => updateTicket(writing, params.id, body));
      return readTicket(member, params.id);
    },
    listMessages: async ({ params, who }) => ({ items: await readThread(who, params.id) }),
    reply: ({ params, body, who }) => say(who, params.id, (writing) => staffReply(writing, params.id, body.body)),
    addNote: ({ params, body, who }) => say(who, params.id, (writing) => addNote(writing, params.id, body.body)),
  };
}
