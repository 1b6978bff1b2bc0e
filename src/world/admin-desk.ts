import type { ActionSettings } from '../policy/actions.js';
import type { TicketPermission } from '../policy/visibility.js';
import type { Command } from './command.js';
import type { Setting } from './setting.js';
import type { KeptTicket, State } from './state.js';
import { StoreError } from './store-error.js';
import type { WorldContact } from './world.js';

/** Who is tied to a ticket besides its requester: contacts and companies by their ids in the world. */
export interface TicketParties {
  readonly contacts: readonly string[];
  readonly participants: readonly string[];
  readonly companies: readonly string[];
}

/**
 * The owner's side of the store: contacts and companies by their ids in the world, tickets by public id. What is set acts
 * on the next read, for whoever asks. What is set already is no change.
 *
 * Methods throw `StoreError`: `not-found` for a contact or ticket that is not there, `invalid` for a company or contact
 * that is named and not there.
 */
export interface AdminDesk {
  setPermission(permission: TicketPermission): void;
  setActions(actions: ActionSettings): void;
  /** @param primaryCompany one of `companies`, or `null` */
  setCompanies(contact: string, companies: readonly string[], primaryCompany: string | null): void;
  /** Who is not enabled is signed out at once. */
  setEnabled(contact: string, enabled: boolean): void;
  /** All of them: what is not named is gone. */
  setProperties(contact: string, properties: Readonly<Record<string, string>>): void;
  /** Who is named in several roles has the first of requester, contact, participant. */
  setParties(ticket: string, parties: TicketParties): void;
}

interface Desk {
  readonly state: State;
  readonly execute: (command: Command) => void;
  readonly now: () => string;
}

export function createAdminDesk({ state, execute, now }: Desk): AdminDesk {
  return {
    setPermission: (permission) =>
      set({ permission: state.world.portal.permission }, { type: 'permission', permission }),

    setActions: (actions) => set({ actions: state.world.portal.actions }, { type: 'actions', actions }),

    setCompanies(id, companies, primaryCompany) {
      const contact = contactOf(id);
      checkCompanies(companies);
      if (primaryCompany !== null && !companies.includes(primaryCompany)) fail('primaryCompany');
      const before = { companies: contact.companies, primaryCompany: contact.primaryCompany };
      set(before, { type: 'companies', contact: id, companies: unique(companies), primaryCompany });
    },

    setEnabled: (id, enabled) => set({ enabled: contactOf(id).enabled }, { type: 'enabled', contact: id, enabled }),

    setProperties: (id, properties) =>
      set({ properties: contactOf(id).properties }, { type: 'properties', contact: id, properties }),

    setParties(id, { contacts, participants, companies }) {
      const ticket = ticketOf(id);
      checkContacts('contacts', contacts);
      checkContacts('participants', participants);
      checkCompanies(companies);
      const before = { contacts: ticket.contacts, participants: ticket.participants, companies: ticket.companies };
      const own = unique(contacts).filter((one) => one !== ticket.requester);
      set(before, {
        type: 'parties',
        ticket: id,
        contacts: own,
        participants: unique(participants).filter((one) => one !== ticket.requester && !own.includes(one)),
        companies: unique(companies),
      });
    },
  };

  function set(before: object, setting: Setting): void {
    // The order of keys is ours on both sides, and a caller's object may change later: a copy is kept.
    const copy = JSON.parse(JSON.stringify(setting)) as Setting;
    if (JSON.stringify({ ...copy, ...before }) !== JSON.stringify(copy)) execute({ ...copy, at: now() });
  }

  function contactOf(id: string): WorldContact {
    const contact = state.world.contacts.find((one) => one.id === id);
    if (!contact) throw new StoreError('not-found');
    return contact;
  }

  function ticketOf(id: string): KeptTicket {
    const ticket = state.tickets.get(id);
    if (!ticket || ticket.deleted) throw new StoreError('not-found');
    return ticket;
  }

  function checkContacts(path: string, ids: readonly string[]): void {
    if (!ids.every((id) => state.world.contacts.some((one) => one.id === id))) fail(path);
  }

  function checkCompanies(ids: readonly string[]): void {
    if (!ids.every((id) => state.world.companies.some((one) => one.id === id))) fail('companies');
  }
}

const unique = (ids: readonly string[]) => [...new Set(ids)];

function fail(path: string): never {
  throw new StoreError('invalid', [{ path, code: 'unknown' }]);
}
