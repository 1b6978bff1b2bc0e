import { createMemoryBackend, createStore, demoWorld } from '../../../src/backend/memory/memory-backend.js';
import { demoPassword } from '../people.js';
import { type Desk, lookers, type Permission, type Scene, quietly } from './scene.js';

const permissions = {
  own: { kind: 'own' },
  company: { kind: 'company' },
  'company-if': { kind: 'company-if', groups: [[{ property: 'role', operator: 'is', value: 'manager' }]] },
} as const;

/** Everybody at one help desk in this page; what they do survives a reload in `storage`. */
export async function openInPage(storage: Storage | null, language: () => string): Promise<Scene> {
  const store = createStore({ world: demoWorld, storage });
  const { staff } = store;
  const desk: Desk = {
    listTickets: async () => staff.list(language()),
    getTicket: async (id) => staff.get(id, language()),
    listMessages: async (id) => staff.messages(id, language()),
    reply: async (id, body) => staff.reply(id, body),
    addNote: async (id, body) => staff.addNote(id, body),
    setStatus: async (id, status) => staff.setStatus(id, status),
  };
  const views = lookers.map((looker) => ({ looker, backend: quietly(createMemoryBackend({ store })) }));
  for (const { looker, backend } of views) {
    await backend.signIn({ method: 'password', email: looker.person.email, password: demoPassword });
  }
  return {
    views,
    desk,
    setPermission: async (permission: Permission) => store.admin.setPermission(permissions[permission]),
    onChange: (listener) => store.changes.addEventListener('change', listener),
  };
}
