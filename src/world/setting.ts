import type { ActionSettings } from '../policy/actions.js';
import type { TicketPermission } from '../policy/visibility.js';
import type { State } from './state.js';
import type { WorldContact, WorldPortal } from './world.js';

/** What an owner changes, as plain data: a command of the journal like every other. */
export type Setting =
  | { readonly type: 'permission'; readonly permission: TicketPermission }
  | { readonly type: 'actions'; readonly actions: ActionSettings }
  | {
      readonly type: 'companies';
      readonly contact: string;
      readonly companies: readonly string[];
      readonly primaryCompany: string | null;
    }
  | { readonly type: 'enabled'; readonly contact: string; readonly enabled: boolean }
  | { readonly type: 'properties'; readonly contact: string; readonly properties: Readonly<Record<string, string>> }
  | {
      readonly type: 'parties';
      readonly ticket: string;
      readonly contacts: readonly string[];
      readonly participants: readonly string[];
      readonly companies: readonly string[];
    };

const types: ReadonlySet<string> = new Set<Setting['type']>([
  'permission',
  'actions',
  'companies',
  'enabled',
  'properties',
  'parties',
]);

export const isSetting = <C extends { readonly type: string }>(command: C): command is C & Setting =>
  types.has(command.type);

/** Carries a setting out. Whether it makes sense has been decided before. */
export function applySetting(state: State, setting: Setting): void {
  switch (setting.type) {
    case 'permission':
      return setPortal({ permission: setting.permission });
    case 'actions':
      return setPortal({ actions: setting.actions });
    case 'companies':
      return setContact(setting.contact, { companies: setting.companies, primaryCompany: setting.primaryCompany });
    case 'enabled':
      return setContact(setting.contact, { enabled: setting.enabled });
    case 'properties':
      return setContact(setting.contact, { properties: setting.properties });
    case 'parties': {
      const ticket = state.tickets.get(setting.ticket);
      if (!ticket) return;
      ticket.contacts = setting.contacts;
      ticket.participants = setting.participants;
      ticket.companies = setting.companies;
    }
  }

  function setPortal(changed: Partial<WorldPortal>): void {
    state.world = { ...state.world, portal: { ...state.world.portal, ...changed } };
  }

  function setContact(id: string, changed: Partial<WorldContact>): void {
    const contacts = state.world.contacts.map((one) => (one.id === id ? { ...one, ...changed } : one));
    state.world = { ...state.world, contacts };
  }
}
