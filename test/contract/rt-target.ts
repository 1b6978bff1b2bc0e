import { createSanitise } from '../../src/server/node/sanitise.js';
import { createRtFactory } from '../../src/server/connectors/rt/rt-factory.js';
import { createInProcess, type Jar } from '../../src/testing/in-process.js';
import type { ConformanceTarget, StaffSide } from '../../src/testing/conformance/index.js';
import { createRestTarget } from '../../src/testing/rest-target.js';
import type { World } from '../../src/world/world.js';
import { connectDesk, type ConnectedDesk } from '../server/desk/desk-fixture.js';
import { makeDeps } from '../server/rt/fixture.js';
import type { TestDatabase } from '../support/database.js';
import { keepRows } from '../support/kept-rows.js';
import { createPeople, createTickets, oneConnector, settingsOf, toRtStatuses } from '../support/rt-world.js';
import type { Rt } from '../support/rt.js';

/** Puts the world into an RT that has nothing else: the numbers of its tickets are those of the world. */
export async function fillRt({ desk }: Rt, seed: World): Promise<void> {
  const world = toRtStatuses(seed);
  await desk.openQueues();
  // The first group is the primary company of those who are in both.
  await createPeople(desk, { ...world, companies: world.companies.toReversed() });
  await createTickets(desk, world, new Date());
  await desk.keepAll();
}

/** Milliseconds for an answer: ten replies at once wait for each other in RT. */
const timeout = 20_000;

/**
 * The app before this RT. People and portal of the seed are ours; tickets and companies are in RT. Both sides are put back
 * for each case to what they were when the index had just been filled: the seed is the same but for its permission and
 * what is asked before a session.
 */
export function createRtTarget(database: TestDatabase, rt: Rt): ConformanceTarget {
  const { desk } = rt;
  const failures: string[] = [];
  const server = createInProcess(database, {
    sanitise: createSanitise(),
    connectors: { rt: oneConnector(createRtFactory(makeDeps())) },
    log: (entry) => {
      if (entry.level === 'error') failures.push(JSON.stringify(entry));
    },
  });
  const origin = 'http://localhost:4400';
  /** What visitors have asked and nobody waits for any more: RT must not change under the next case. */
  const asked = new Set<Promise<unknown>>();
  let first: { readonly connected: ConnectedDesk; readonly putBack: () => Promise<void> } | undefined;

  /** An account of its own before RT, followed once. */
  async function fillIndex(world: World): Promise<ConnectedDesk> {
    const contacts = world.contacts.map((contact) => ({ ...contact, companies: [], primaryCompany: null }));
    const ours: World = { ...world, contacts, companies: [], tickets: [] };
    const connected = await connectDesk(server, ours, 'rt', settingsOf(rt, ['Support']));
    await connected.follow();
    return connected;
  }

  const rest = createRestTarget({
    origin,
    adminToken: server.deps.adminToken,
    timeout,
    async seed(world) {
      await Promise.allSettled(asked);
      failures.length = 0;
      await desk.restoreAll();
      if (first) await first.putBack();
      else first = { connected: await fillIndex(world), putBack: await keepRows(database) };
      const { permission, consent: text } = world.portal;
      const change = { permission, ...(text && { consent: { asked: true, text } }) };
      const patched = await first.connected.admin('PATCH', `/portals/${world.portal.slug}`, change);
      if (!patched.ok) throw new Error(`the portal was not changed: ${await patched.text()}`);
    },
    newFetch() {
      const jar: Jar = new Map();
      return (request) => {
        const answer = server.handle(request, jar).finally(() => asked.delete(answer));
        asked.add(answer);
        return answer;
      };
    },
  });

  return {
    lacks: {
      properties: 'nothing of ours is kept in custom fields of RT',
      propertyFilters: 'tickets of RT have no properties of ours',
      addParticipant: 'RT is not told of further people',
      edit: 'properties of tickets are changed in the built-in desk alone',
      longest: 'a subject of RT has 200 bytes, not letters',
      whoChanged: 'in RT the account of the portal sets a status, whoever asked for it',
    },
    async open(seed) {
      const world = toRtStatuses(seed);
      const opened = await rest.open(world);
      const { connected } = first!;
      const { account } = connected;
      const follow = async () => {
        await connected.follow();
        if (failures.length > 0) throw new Error(failures.splice(0).join('\n'));
      };
      await follow();

      /** The one value that the index has for another. */
      async function lookUp(of: string, text: string, value: string): Promise<string | null> {
        const step = { statement: { name: `rt_target_${of}`, text }, params: [account, value] };
        const [[row]] = (await database.batch({ role: 'staff', account }, [step])) as [{ value: string | null }[]];
        return row?.value ?? null;
      }
      const publicId = async (ref: string) =>
        (await lookUp(
          'ticket',
          'SELECT public_id AS value FROM tickets WHERE account_id = $1 AND desk_ref = $2',
          ref,
        )) ?? ref;
      /** What the index does not have goes by its id in RT, which opens nothing. */
      const refOf = async (id: string) =>
        (await lookUp('ref', 'SELECT desk_ref AS value FROM tickets WHERE account_id = $1 AND public_id = $2', id)) ??
        id;

      const staff: StaffSide = {
        // As staff answer: with the status that the ticket has from then on.
        async reply(id, text) {
          const ref = await refOf(id);
          const { status } = await desk.readTicket(ref);
          await desk.correspond(ref, { text, keepsStatus: true });
          if (world.statuses.find((one) => one.id === status)?.category === 'open')
            await desk.setStatus(ref, 'stalled');
          await follow();
        },
        async note(id, text) {
          await desk.comment(await refOf(id), { text });
          await follow();
        },
        async setStatus(id, status) {
          await desk.setStatus(await refOf(id), status);
          await follow();
        },
        async thread(id) {
          const { messages } = await desk.readTicket(await refOf(id));
          return messages.map(({ type, creator, bodies }) => ({
            kind: type === 'Comment' ? 'note' : 'message',
            author: world.contacts.find((contact) => contact.email.startsWith(`${creator}@`))?.name ?? creator,
            text: bodies.map(({ content }) => content.replace(/\n$/, '')).join('\n'),
          }));
        },
        async withSubject(subject) {
          await follow();
          return Promise.all((await desk.findTickets(subject)).map(publicId));
        },
      };

      return {
        ...opened,
        staff,
        async idOf(kind, id) {
          if (kind === 'ticket') return publicId(String(world.tickets.find((one) => one.id === id)?.number));
          if (kind === 'company') {
            const name = world.companies.find((one) => one.id === id)?.name ?? '';
            const text = 'SELECT public_id AS value FROM companies WHERE account_id = $1 AND name = $2';
            return (await lookUp('company', text, name)) ?? id;
          }
          const [ticket, file] = fileIn(world, id);
          const text = 'SELECT public_id AS value FROM attachments WHERE account_id = $1 AND name = $2';
          const kept = (await desk.readTicket(String(ticket))).messages.flatMap(({ files }) => files);
          return (await lookUp('file', text, file)) ?? kept.find(({ name }) => name === file)?.id ?? id;
        },
      };
    },
  };
}

/** Ticket and name of a file of the seed. */
function fileIn({ tickets }: World, id: string): readonly [number, string] {
  for (const { number, messages } of tickets) {
    const file = messages.flatMap(({ attachments = [] }) => attachments).find((one) => one.id === id);
    if (file) return [number, file.name];
  }
  throw new Error(`the seed has no file ${id}`);
}
