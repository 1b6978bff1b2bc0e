import type {
  Counts,
  ExportQuery,
  Message,
  MessagePage,
  MessageQuery,
  NewMessage,
  NewParticipant,
  NewRating,
  NewTicket,
  Page,
  Preferences,
  SignedInContact,
  Ticket,
  TicketChange,
  TicketDetail,
  TicketQuery,
  TicketScope,
  Upload,
} from '../model/index.js';
import {
  cleanName,
  fileKindOf,
  mayBringIn,
  effectivePermission,
  factsOf,
  projectMessage,
  projectTicketDetail,
  statusAfter,
  visible,
} from '../policy/index.js';
import type { AdminDesk } from './admin-desk.js';
import { createAdminDesk } from './admin-desk.js';
import type { Command } from './command.js';
import { apply } from './command.js';
import { countTickets } from './counts.js';
import { createCursors } from './cursors.js';
import { exportTickets } from './export.js';
import { openJournal } from './journal.js';
import { listTickets } from './list.js';
import { base64url, publicIdOf } from './public-id.js';
import type { Language } from './records.js';
import {
  companyOf,
  languageOf,
  portalFacts,
  publicEvents,
  toMessageRecord,
  toTicketRecord,
  viewerOf,
} from './records.js';
import type { StaffDesk } from './staff-desk.js';
import { createStaffDesk } from './staff-desk.js';
import type { KeptFile, KeptTicket } from './state.js';
import { seed } from './state.js';
import type { PageStorage } from './storage.js';
import { StoreError } from './store-error.js';
import { listMessages } from './thread.js';
import {
  attachmentBytes,
  checkChange,
  checkColumns,
  checkFiles,
  checkMessage,
  checkMessageQuery,
  checkParticipant,
  checkRating,
  checkScope,
  checkTicket,
  checkTicketQuery,
} from './validate.js';
import type { World, WorldContact } from './world.js';

export interface StoreOptions {
  readonly world: World;
  readonly clock?: () => Date;
  /** 128 random bits in base64url. */
  readonly newId?: () => string;
  /** Keeps what people write across reloads of a page. */
  readonly storage?: PageStorage | null;
}

/**
 * A help desk in memory: the demo world, and what people do to it. Customers are named by the world's contact ids; what
 * they see and may do is decided by the policy alone. Every change is announced as a `change` event.
 *
 * Methods throw `StoreError`: `not-found` for what the contact may not see as for what does not exist.
 */
export interface Store {
  /** People and settings as they stand now; tickets as they were at the start. */
  readonly world: World;
  readonly changes: EventTarget;
  readonly staff: StaffDesk;
  readonly admin: AdminDesk;
  /** The contact's id, or `null`: wrong password, unknown address, and who may not sign in are alike. */
  signIn(email: string, password: string): string | null;
  /** Who that is to a browser; `null` once they may not sign in. */
  signedIn(contact: string): { readonly contact: SignedInContact; readonly permission: 'own' | 'company' } | null;
  list(contact: string, query: TicketQuery, locale?: string): Page<Ticket>;
  /** By state, status and requester of the scope; the rest is of all that they see. */
  counts(contact: string, scope: TicketScope, locale?: string): Counts;
  get(contact: string, ticket: string, locale?: string): TicketDetail;
  messages(contact: string, ticket: string, query: MessageQuery, locale?: string): MessagePage;
  /** With a key that was used before and the same input, answers with what was made then. */
  create(contact: string, input: NewTicket, key: string, locale?: string): TicketDetail;
  reply(contact: string, ticket: string, input: NewMessage, key: string, locale?: string): Message;
  setState(contact: string, ticket: string, action: 'close' | 'reopen', locale?: string): TicketDetail;
  rate(contact: string, ticket: string, input: NewRating, locale?: string): TicketDetail;
  edit(contact: string, ticket: string, input: TicketChange, locale?: string): TicketDetail;
  /** Whoever is no colleague is `invalid`, and takes part no more than nobody. */
  addParticipant(contact: string, ticket: string, input: NewParticipant, locale?: string): TicketDetail;
  markRead(contact: string, ticket: string): void;
  /** Keeps a file for a message of theirs. Throws `too-large`. */
  upload(contact: string, file: Pick<KeptFile, 'name' | 'bytes'>): Upload;
  file(contact: string, file: string): KeptFile;
  /** The whole list as CSV. */
  export(contact: string, query: ExportQuery, locale?: string): string;
  preferences(contact: string): Preferences;
  /** Keeps what is given and leaves the rest. */
  setPreferences(contact: string, input: Partial<Preferences>): Preferences;
}

export function createStore({
  world: start,
  clock = () => new Date(),
  newId = randomId,
  storage = null,
}: StoreOptions): Store {
  const journal = openJournal(storage, `portico:demo:${start.account}`, clock());
  const state = seed(start, journal.start);
  const cursors = createCursors(newId);
  const changes = new EventTarget();
  /** Writes that carried an idempotency key, by contact and key. */
  const written = new Map<string, Command & { type: 'create' | 'reply' }>();
  for (const command of journal.commands) carryOut(command);
  let latest = Date.parse(journal.commands.at(-1)?.at ?? '') || 0;

  return {
    get world() {
      return state.world;
    },
    changes,
    staff: createStaffDesk({ state, execute, now, newId }),
    admin: createAdminDesk({ state, execute, now }),

    signIn(email, password) {
      const address = email.trim().toLowerCase();
      const contact = state.world.contacts.find((one) => one.email === address);
      return contact && mayEnter(contact) && password === state.world.password ? contact.id : null;
    },

    signedIn(id) {
      const contact = state.world.contacts.find((one) => one.id === id);
      if (!contact || !mayEnter(contact)) return null;
      const company = contact.primaryCompany === null ? null : companyOf(state.world, contact.primaryCompany);
      return {
        contact: {
          id: publicIdOf('contact', contact.id),
          name: contact.name,
          email: contact.email,
          locale: contact.locale,
          company: company && { id: company.publicId, name: company.name },
        },
        permission: effectivePermission(viewerOf(state.world, contact), portalFacts(state.world)),
      };
    },

    list(id, query, locale) {
      checkTicketQuery(query, state.world.portal.propertyDefinitions ?? []);
      return listTickets(state, cursors, contactOf(id), query, languageOf(state.world, locale));
    },

    counts(id, scope, locale) {
      checkScope(scope);
      return countTickets(state, contactOf(id), scope, languageOf(state.world, locale));
    },

    get: (id, ticket, locale) => detail(contactOf(id), ticket, languageOf(state.world, locale)),

    messages(id, ticket, query, locale) {
      checkMessageQuery(query);
      const contact = contactOf(id);
      const kept = visibleTicket(contact, ticket);
      return listMessages(state.world, cursors, contact, kept, query, languageOf(state.world, locale));
    },

    create(id, input, key, locale) {
      const properties = checkTicket(input, state.world.portal);
      const { subject, message: text, followUp = null, attachments: files = [] } = input;
      if (followUp !== null && !seesTicket(contactOf(id), followUp)) {
        throw new StoreError('invalid', [{ path: 'followUp', code: 'unknown' }]);
      }
      const written = { subject, text, properties, followUp, files };
      const command = once({ type: 'create', at: now(), id: newId(), by: id, key, ...written });
      return detail(contactOf(id), command.id, languageOf(state.world, locale));
    },

    reply(id, ticket, input, key, locale) {
      checkMessage(input);
      const contact = contactOf(id);
      const language = languageOf(state.world, locale);
      const { actions } = detail(contact, ticket, language);
      const { body: text, attachments: files = [] } = input;
      const asked: Command = { type: 'reply', at: now(), id: newId(), ticket, by: id, key, text, files };
      const command = once(asked, actions.includes('reply'));
      const event = visibleTicket(contact, ticket).events.find((one) => one.publicId === command.id);
      const message = event && projectMessage(toMessageRecord(state.world, event, language));
      if (!message) throw new StoreError('not-found');
      return message;
    },

    setState(id, ticket, action, locale) {
      const contact = contactOf(id);
      const language = languageOf(state.world, locale);
      if (!detail(contact, ticket, language).actions.includes(action)) throw new StoreError('forbidden');
      const status = statusAfter(state.world.statuses, action);
      execute({ type: 'status', at: now(), id: newId(), ticket, by: id, status });
      execute({ type: 'read', at: now(), ticket, by: id });
      return detail(contact, ticket, language);
    },

    rate(id, ticket, input, locale) {
      checkRating(input);
      const contact = contactOf(id);
      const language = languageOf(state.world, locale);
      if (!detail(contact, ticket, language).actions.includes('rate')) throw new StoreError('forbidden');
      const { rating, comment = null } = input;
      execute({ type: 'rate', at: now(), ticket, by: id, rating, comment });
      return detail(contact, ticket, language);
    },

    edit(id, ticket, input, locale) {
      const contact = contactOf(id);
      const language = languageOf(state.world, locale);
      if (!detail(contact, ticket, language).actions.includes('edit')) throw new StoreError('forbidden');
      const properties = checkChange(input, state.world.portal.propertyDefinitions ?? []);
      execute({ type: 'edit', at: now(), ticket, by: id, properties });
      return detail(contact, ticket, language);
    },

    addParticipant(id, ticket, input, locale) {
      checkParticipant(input);
      const contact = contactOf(id);
      const language = languageOf(state.world, locale);
      const { actions, requester, participants } = detail(contact, ticket, language);
      if (!actions.includes('add-participant')) throw new StoreError('forbidden');
      const address = input.email.trim().toLowerCase();
      const invited = state.world.contacts.find(({ email }) => email.toLowerCase() === address);
      const takesPart = (one: WorldContact) =>
        [requester, ...participants].some((party) => party.id === publicIdOf('contact', one.id));
      if (!invited || !(takesPart(invited) || mayBringIn(contact, invited, visibleTicket(contact, ticket).companies))) {
        throw new StoreError('invalid', [{ path: 'email', code: 'unknown' }]);
      }
      execute({ type: 'invite', at: now(), ticket, by: id, contact: invited.id });
      return detail(contact, ticket, language);
    },

    markRead(id, ticket) {
      visibleTicket(contactOf(id), ticket);
      execute({ type: 'read', at: now(), ticket, by: id });
    },

    upload(id, { name, bytes }) {
      if (bytes.length > attachmentBytes) throw new StoreError('too-large');
      const { id: by } = contactOf(id);
      const file = cleanName(name);
      const media = fileKindOf(file)?.type;
      if (!media) throw new StoreError('unsupported-type');
      const asked = { type: 'upload', at: now(), id: newId(), by, name: file, media, base64: base64Of(bytes) } as const;
      execute(asked);
      const expiresAt = new Date(Date.parse(asked.at) + uploadLifetime).toISOString();
      return { id: asked.id, name: file, type: media, size: bytes.length, expiresAt };
    },

    file(id, file) {
      const contact = contactOf(id);
      for (const ticket of state.tickets.values()) {
        const found = publicEvents(ticket)
          .flatMap((event) => event.files)
          .find((one) => one.publicId === file);
        if (found && visibleTicket(contact, ticket.publicId)) return found;
      }
      throw new StoreError('not-found');
    },

    export(id, query, locale) {
      checkTicketQuery(query, state.world.portal.propertyDefinitions ?? []);
      return exportTickets(state, cursors, contactOf(id), query, languageOf(state.world, locale));
    },

    preferences: (id) => preferencesOf(contactOf(id)),

    setPreferences(id, { columns, followsCompany }) {
      const contact = contactOf(id);
      checkColumns(columns ?? []);
      const before = preferencesOf(contact);
      const preferences = {
        columns: columns === undefined ? before.columns : columns && [...columns],
        followsCompany: followsCompany ?? before.followsCompany,
      };
      execute({ type: 'prefer', at: now(), by: id, preferences });
      return preferences;
    },
  };

  /** No two commands carry the same time: what came later is later, however fast they come. */
  function now(): string {
    latest = Math.max(clock().getTime(), latest + 1);
    return new Date(latest).toISOString();
  }

  function mayEnter(contact: WorldContact): boolean {
    return contact.enabled && contact.verified && state.world.accessGroup.members.includes(contact.id);
  }

  function contactOf(id: string): WorldContact {
    const contact = state.world.contacts.find((one) => one.id === id);
    if (!contact) throw new StoreError('unauthenticated');
    return contact;
  }

  function preferencesOf({ id }: WorldContact): Preferences {
    return state.preferences.get(id) ?? { columns: null, followsCompany: false };
  }

  function detail(contact: WorldContact, id: string, language: Language): TicketDetail {
    const ticket = state.tickets.get(id);
    const record = ticket && toTicketRecord(state.world, ticket, language, contact.id, state.tickets);
    const view = record && projectTicketDetail(viewerOf(state.world, contact), record, portalFacts(state.world));
    if (!view) throw new StoreError('not-found');
    return view;
  }

  function seesTicket(contact: WorldContact, id: string): boolean {
    const ticket = state.tickets.get(id);
    const record = ticket && toTicketRecord(state.world, ticket, state.world.portal.locale, null);
    return !!record && visible(viewerOf(state.world, contact), factsOf(record), portalFacts(state.world));
  }

  function visibleTicket(contact: WorldContact, id: string): KeptTicket {
    detail(contact, id, state.world.portal.locale);
    return state.tickets.get(id) as KeptTicket;
  }

  /** Carries a write out unless its key has been used: then the earlier write stands, if it said the same. */
  function once<C extends Command & { type: 'create' | 'reply' }>(command: C, allowed = true): C {
    const earlier = written.get(`${command.by} ${command.key}`);
    if (!earlier) {
      if (!allowed) throw new StoreError('forbidden');
      checkFiles(command.files, (file) => state.uploads.get(file)?.by === command.by);
      execute(command);
      return command;
    }
    if (sameInput(earlier, command)) return earlier as C;
    throw new StoreError('rejected');
  }

  function execute(command: Command): void {
    carryOut(command);
    journal.add(command);
    changes.dispatchEvent(new Event('change'));
  }

  function carryOut(command: Command): void {
    apply(state, command);
    if (command.type === 'create' || command.type === 'reply') written.set(`${command.by} ${command.key}`, command);
  }
}

const sameInput = (one: Command, other: Command) =>
  JSON.stringify({ ...one, id: null, at: null }) === JSON.stringify({ ...other, id: null, at: null });

/** Milliseconds that are said of an upload. It lives as long as its page. */
const uploadLifetime = 24 * 3_600_000;

const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const randomId = () => base64url(crypto.getRandomValues(new Uint8Array(16)));
