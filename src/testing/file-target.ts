import type { PortalBackend } from '../backend/portal-backend.js';
import { portalOf } from '../backend/memory/memory-portal.js';
import type { Message, Person, Portal, SignedInContact } from '../model/index.js';
import { passedGroup, type Relation, turnOf } from '../policy/index.js';
import { portalFacts, viewerOf } from '../world/records.js';
import { publicIdOf } from '../world/public-id.js';
import { createStore, type Store } from '../world/store.js';
import type { ConformanceTarget } from './conformance/index.js';
import type { Visitor } from './conformance/world.js';
import { staffSide } from './memory-target.js';

/** A portal's customers and tickets as one file, for adapters that read nothing else. Notes and hidden tickets are not in it. */
export interface PortalFile {
  /** What the portal says of itself, by language; `default` is its own. */
  readonly portals: Readonly<Record<string, Portal>>;
  readonly contacts: readonly {
    readonly contact: SignedInContact;
    readonly sees: 'own' | 'company';
    /** What of the contact gave them their company's tickets. */
    readonly because: { readonly property: string; readonly value: string } | null;
  }[];
  readonly tickets: readonly {
    /** What everybody who sees the ticket is shown; `unread` and `snippet` are the same for all. */
    readonly shown: object;
    /** Id of one of the portal's statuses. */
    readonly status: string;
    /** How each contact is tied to it, by the contact's id. */
    readonly parties: Readonly<Record<string, Relation>>;
    readonly companies: readonly string[];
    readonly participants: readonly Person[];
    /** Oldest first. */
    readonly messages: readonly Message[];
  }[];
}

/** The file, as the help desk stands now. */
export function portalFileOf({ world, staff, signedIn }: Store): PortalFile {
  const portal = (locale: string): Portal => ({
    ...portalOf(world, locale),
    ...{ signIn: [], features: [], forms: [], properties: [] },
  });
  const inboxes = world.portal.inboxes.map((id) => publicIdOf('inbox', id));
  return {
    portals: {
      default: portal(world.portal.locale),
      ...Object.fromEntries(world.portal.locales.map((locale) => [locale, portal(locale)])),
    },
    contacts: world.contacts.flatMap((contact) => {
      const person = signedIn(contact.id);
      const [because] = passedGroup(viewerOf(world, contact), portalFacts(world).permission) ?? [];
      const value = because && contact.properties[because.property];
      if (!person) return [];
      return {
        contact: person.contact,
        sees: person.permission,
        because: because && value !== undefined ? { property: because.property, value } : null,
      };
    }),
    tickets: staff
      .list()
      .map(({ id }) => staff.get(id))
      .filter(({ inbox }) => inboxes.includes(inbox.id))
      .map(({ id, number, subject, status, requester, company, createdAt, updatedAt, ...ticket }) => {
        const shared = Object.entries(ticket.properties).filter(([name]) => world.portal.properties.includes(name));
        const turn = turnOf[status.category];
        const properties = Object.fromEntries(shared);
        const always = { unread: false, snippet: null };
        return {
          shown: { id, number, subject, turn, requester, company, createdAt, updatedAt, properties, ...always },
          status: status.id,
          // Of several ties the first holds: requester, contact, participant.
          parties: Object.fromEntries([...ticket.parties].reverse().map((party) => [party.id, party.role])),
          companies: ticket.companies.map((one) => one.id),
          participants: ticket.parties
            .filter(({ role }) => role !== 'requester')
            .map((one) => ({ id: one.id, name: one.name })),
          messages: staff
            .messages(id)
            .flatMap(({ internal, ...message }) => (internal ? [] : [{ ...message, html: null, attachments: [] }])),
        };
      }),
  };
}

/**
 * A backend that reads such a file: its read half, for nothing can be written. Support goes on meanwhile, and every reading
 * brings the file as it is then.
 *
 * @param create a backend for one visitor; without an address nobody is signed in
 */
export function createFileTarget(
  create: (load: () => Promise<PortalFile>, email?: string) => PortalBackend,
): ConformanceTarget {
  const writes = 'a file is read only';
  const session = 'the page says who asks';
  return {
    lacks: {
      signIn: session,
      signOut: session,
      sessions: session,
      createTicket: writes,
      followUps: writes,
      forms: writes,
      reply: writes,
      close: writes,
      reopen: writes,
      rate: writes,
      edit: writes,
      addParticipant: writes,
      markRead: writes,
      subscribe: 'a file tells nobody that it has changed',
      upload: writes,
      counts: 'it counts nothing',
      propertyFilters: 'it filters by no property',
      preferences: writes,
      setPreferences: writes,
      exportTickets: 'a file is taken along as it is',
      download: 'the file holds no attachments',
      search: 'it looks at subjects alone',
      faults: 'one file is there or it is not',
    },
    async open(seed) {
      const store = createStore({ world: seed });
      const load = async () => portalFileOf(store);
      return {
        seed,
        staff: staffSide(store),
        idOf: publicIdOf,
        // Cases call only what they say they need.
        visitor: async (person) => create(load, person && `${person}@example.com`) as Visitor,
        close: async () => {},
      };
    },
  };
}
