import { createMemoryBackend } from '../backend/memory/memory-backend.js';
import { publicIdOf } from '../world/public-id.js';
import { createStore, type Store } from '../world/store.js';
import type { ConformanceTarget, StaffSide } from './conformance/index.js';

/** The memory backend: every visitor has a backend of their own over one store. */
export const memoryTarget: ConformanceTarget = {
  lacks: {
    sessions: 'in memory a session is a variable of its visitor',
    faults: 'in memory there is no network that could break',
  },
  async open(seed) {
    const store = createStore({ world: seed });
    return {
      seed,
      staff: staffSide(store),
      idOf: publicIdOf,
      async visitor(person) {
        const backend = createMemoryBackend({ store });
        const { password } = seed;
        if (person) await backend.signIn({ method: 'password', email: `${person}@example.com`, password });
        return backend;
      },
      close: async () => {},
    };
  },
};

/** What support does, in a store of the page. */
export const staffSide = ({ staff }: Store): StaffSide => ({
  reply: async (ticket, text) => staff.reply(ticket, text),
  note: async (ticket, text) => staff.addNote(ticket, text),
  setStatus: async (ticket, status) => staff.setStatus(ticket, status),
  thread: async (ticket) =>
    staff.messages(ticket).map(({ kind, internal, author, text }) => ({
      kind: internal ? 'note' : kind,
      author: author.name,
      text,
    })),
  withSubject: async (subject) =>
    staff
      .list()
      .filter((ticket) => ticket.subject === subject)
      .map((ticket) => ticket.id),
});
