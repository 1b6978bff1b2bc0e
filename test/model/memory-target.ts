import { createMemoryBackend } from '../../src/backend/memory/memory-backend.js';
import type { TicketPermission } from '../../src/policy/visibility.js';
import { createStore } from '../../src/world/store.js';
import type { Target } from './desk.js';

/** The help desk in a page. */
export const memoryTarget: Target = {
  name: 'memory',
  async open(world) {
    const store = createStore({ world });
    const { staff, admin } = store;
    return {
      browser: () => ({ backend: createMemoryBackend({ store }), events: null }),
      staff: {
        answer: async (ticket, text) => staff.reply(ticket, text),
        note: async (ticket, text) => staff.addNote(ticket, text),
        status: async (ticket, status) => staff.setStatus(ticket, status),
        move: async (ticket, inbox) => staff.setInbox(ticket, inbox),
      },
      owner: {
        remove: async (ticket) => staff.remove(ticket),
        parties: async (ticket, parties) => admin.setParties(ticket, parties),
        companies: async (contact, companies, primary) => admin.setCompanies(contact, companies, primary),
        enabled: async (contact, enabled) => admin.setEnabled(contact, enabled),
        properties: async (contact, properties) => admin.setProperties(contact, properties),
        permission: async (permission) => admin.setPermission(permission as TicketPermission),
        actions: async (actions) => admin.setActions(actions),
      },
    };
  },
};
