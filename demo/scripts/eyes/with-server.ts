import { createRestBackend } from '../../../src/backend/rest/rest-backend.js';
import { tellDemo } from '../demo-server.js';
import { demoPassword } from '../people.js';
import * as staff from '../staff-client.js';
import { follow } from './live.js';
import { type Desk, lookers, type Permission, type Scene, type Viewpoint, quietly } from './scene.js';

/**
 * One browser keeps one session for a host name, so each person looks through a name of their own: `alice.eyes.localhost`
 * and so on lead to this machine as `localhost` does. The page itself is at `eyes.localhost`: names below it are the same
 * site, and only there the browser sends their cookies along.
 */
const home = 'eyes.localhost';

export const isAtHome = (): boolean => location.hostname === home;

const under = (host: string, path: string): string => {
  const address = new URL(path, location.href);
  address.hostname = host;
  return address.href;
};

/** This page where it can ask as several people; `null` where there is no demo server, or no such name. */
export async function findHome(): Promise<string | null> {
  try {
    const server = await fetch('/healthz');
    const loader = await fetch(under(home, '/help/embed.js'));
    return server.ok && loader.ok ? under(home, location.href) : null;
  } catch {
    return null;
  }
}

/** The demo's front door under the name that everybody knows. */
export const frontDoor = (path: string): string => under('localhost', path);

async function listTickets(): Promise<staff.StaffTicket[]> {
  const tickets: staff.StaffTicket[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof staff.listTickets>> = await staff.listTickets({
      q: '',
      state: 'all',
      cursor,
    });
    tickets.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return tickets;
}

const desk: Desk = {
  listTickets,
  getTicket: staff.getTicket,
  listMessages: async (id) => (await staff.listMessages(id)).items,
  reply: async (id, body) => void (await staff.reply(id, body)),
  addNote: async (id, body) => void (await staff.addNote(id, body)),
  setStatus: async (id, status) => void (await staff.setStatus(id, status)),
};

/** Four sessions at the demo server. @throws when it does not answer */
export async function openWithServer(): Promise<Scene> {
  await tellDemo('origin');
  const addresses = lookers.map(({ key }) => under(`${key}.${home}`, '/help'));
  const views = await Promise.all(
    lookers.map(async (looker, at): Promise<Viewpoint> => {
      const backend = quietly(createRestBackend({ address: addresses[at] ?? '' }));
      const { email } = looker.person;
      const { contact } = await backend.session();
      if (contact?.email !== email) await backend.signIn({ method: 'password', email, password: demoPassword });
      return { looker, backend };
    }),
  );
  return {
    views,
    desk,
    setPermission: async (kind: Permission) => void (await tellDemo('permission', { kind })),
    onChange(listener) {
      for (const address of addresses) void follow(address, listener);
    },
  };
}
