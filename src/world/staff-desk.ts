import type { Company, Message, Person, Status } from '../model/index.js';
import type { LinkedTicket, MessageRecord, TicketRecord } from '../policy/index.js';
import { projectMessage } from '../policy/index.js';
import type { Command } from './command.js';
import { languageOf, statusOf, toMessageRecord, toTicketRecord } from './records.js';
import { publicIdOf } from './public-id.js';
import type { KeptTicket, State } from './state.js';
import { StoreError } from './store-error.js';
import { checkMessage } from './validate.js';

/** The other side of the counter, in the shapes of the staff API. */

export interface StaffTicket {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: Status;
  readonly requester: Person;
  readonly company: Company | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface StaffTicketDetail extends StaffTicket {
  readonly inbox: { readonly id: string; readonly name: string };
  /** All of them; `company` is the first. */
  readonly companies: readonly Company[];
  readonly parties: readonly (Person & {
    readonly email: string;
    readonly role: 'requester' | 'contact' | 'participant';
  })[];
  readonly properties: Readonly<Record<string, string>>;
  readonly statuses: readonly Status[];
  /** The ticket that this one goes on with. */
  readonly followUpOf: StaffLink | null;
  readonly followUps: readonly StaffLink[];
  /** What contacts think of the help, the latest first. */
  readonly ratings: readonly StaffRating[];
}

/** Another ticket that this one is tied to. */
export type StaffLink = Pick<StaffTicket, 'id' | 'number' | 'subject'>;

export interface StaffRating {
  readonly contact: Person;
  /** 1 to 5. */
  readonly rating: number;
  readonly comment: string | null;
  readonly ratedAt: string;
}

/** `internal` is true for a note. */
export interface StaffMessage extends Message {
  readonly internal: boolean;
}

export interface StaffDesk {
  /** All tickets of the account, whatever their inbox, latest change first. */
  list(locale?: string): StaffTicket[];
  get(ticket: string, locale?: string): StaffTicketDetail;
  messages(ticket: string, locale?: string): StaffMessage[];
  /** Goes to the customer, whose turn it is then. `by` is a staff id of the world, else its first. */
  reply(ticket: string, body: string, by?: string): void;
  addNote(ticket: string, body: string, by?: string): void;
  setStatus(ticket: string, status: string, by?: string): void;
  /** @param inbox one of the world's, in the portal or not */
  setInbox(ticket: string, inbox: string): void;
  /** Gone for everybody, support included. */
  remove(ticket: string): void;
}

interface Desk {
  readonly state: State;
  readonly execute: (command: Command) => void;
  readonly now: () => string;
  readonly newId: () => string;
}

export function createStaffDesk({ state, execute, now, newId }: Desk): StaffDesk {
  const somebody = state.world.staff[0]?.id ?? '';

  return {
    list: (locale) =>
      [...state.tickets.values()]
        .filter((ticket) => !ticket.deleted)
        .map((ticket) => toStaffTicket(toTicketRecord(state.world, ticket, languageOf(state.world, locale), null)))
        .sort((one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt)),

    get(id, locale) {
      const { world } = state;
      const language = languageOf(world, locale);
      const record = toTicketRecord(world, ticketOf(id), language, null, state.tickets);
      const emailOf = (contact: string) => world.contacts.find((one) => one.id === contact)?.email ?? '';
      return {
        ...toStaffTicket(record),
        inbox: inboxOf(String(record.inbox)),
        companies: record.companies.map(({ publicId, name }) => ({ id: publicId, name })),
        parties: record.parties.map((party) => ({
          id: party.publicId,
          name: party.name,
          email: emailOf(String(party.id)),
          role: party.role,
        })),
        properties: record.properties,
        statuses: world.statuses.map((status) => statusOf(world, status.id, language)),
        followUpOf: linkTo(record.followUpOf),
        followUps: record.followUps.flatMap((one) => linkTo(one) ?? []),
        ratings: ratingsOf(ticketOf(id)),
      };
    },

    messages(id, locale) {
      const { world } = state;
      const language = languageOf(world, locale);
      return ticketOf(id).events.map((event) => toStaffMessage(toMessageRecord(world, event, language)));
    },

    reply: (id, body, by = somebody) => write('answer', id, body, by),
    addNote: (id, body, by = somebody) => write('note', id, body, by),

    setStatus(id, status, by = somebody) {
      const ticket = ticketOf(id);
      if (!state.world.statuses.some((one) => one.id === status)) {
        throw new StoreError('invalid', [{ path: 'status', code: 'unknown' }]);
      }
      if (ticket.status !== status) execute({ type: 'status', at: now(), id: newId(), ticket: id, by, status });
    },

    setInbox(id, inbox) {
      const ticket = ticketOf(id);
      if (!state.world.inboxes.some((one) => one.id === inbox)) {
        throw new StoreError('invalid', [{ path: 'inbox', code: 'unknown' }]);
      }
      if (ticket.inbox !== inbox) execute({ type: 'move', at: now(), ticket: id, inbox });
    },

    remove(id) {
      ticketOf(id);
      execute({ type: 'delete', at: now(), ticket: id });
    },
  };

  function inboxOf(id: string): StaffTicketDetail['inbox'] {
    return { id: publicIdOf('inbox', id), name: state.world.inboxes.find((one) => one.id === id)?.name ?? id };
  }

  function ticketOf(id: string): KeptTicket {
    const ticket = state.tickets.get(id);
    if (!ticket || ticket.deleted) throw new StoreError('not-found');
    return ticket;
  }

  function ratingsOf({ ratings }: KeptTicket): StaffRating[] {
    const named = (contact: string) => state.world.contacts.find((one) => one.id === contact)?.name ?? '';
    return [...ratings]
      .sort(([, one], [, other]) => other.at.getTime() - one.at.getTime())
      .map(([contact, { rating, comment, at }]) => ({
        contact: { id: publicIdOf('contact', contact), name: named(contact) },
        rating,
        comment,
        ratedAt: at.toISOString(),
      }));
  }

  function write(type: 'answer' | 'note', ticket: string, body: string, by: string): void {
    ticketOf(ticket);
    checkMessage({ body });
    execute({ type, at: now(), id: newId(), ticket, by, text: body });
  }
}

/** Support sees every ticket that there is. */
const linkTo = (ticket: LinkedTicket | null): StaffLink | null =>
  ticket && !ticket.deleted ? { id: ticket.publicId, number: ticket.number, subject: ticket.subject } : null;

function toStaffTicket(record: TicketRecord): StaffTicket {
  const requester = record.parties.find((party) => party.role === 'requester');
  const company = record.companies[0];
  return {
    id: record.publicId,
    number: record.number,
    subject: record.subject,
    status: record.status,
    requester: { id: requester?.publicId ?? '', name: requester?.name ?? '' },
    company: company ? { id: company.publicId, name: company.name } : null,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

/** The customer's view and, for a note, what they never get. */
const toStaffMessage = (record: MessageRecord): StaffMessage => ({
  ...(projectMessage({ ...record, internal: false }) as Message),
  internal: record.internal,
});
