import { BackendError } from '../../src/backend/backend-error.js';
import { createRtFactory } from '../../src/server/connectors/rt/rt-factory.js';
import { createInProcess, type Jar } from '../../src/testing/in-process.js';
import { publicIdOf } from '../../src/world/public-id.js';
import type { World } from '../../src/world/world.js';
import { connectDesk } from '../server/desk/desk-fixture.js';
import { makeDeps } from '../server/rt/fixture.js';
import type { TestDatabase } from '../support/database.js';
import { AGENT } from '../support/rt-desk.js';
import { createTickets, oneConnector, settingsOf, statusInRt, toRtStatuses } from '../support/rt-world.js';
import type { Rt } from '../support/rt.js';
import type { Target, Within } from './desk.js';
import { ownerByApi } from './owner-by-api.js';
import { browserOf, createAsk, type Send } from './server-target.js';
import { companyNames, firstNumber, inboxes, personId, personName, shownInboxes, staffName } from './setting.js';
import { fromRt } from './rt-words.js';

/** RT comes with a queue of this name, whatever its letter case. */
const queueOf = (inbox: string): string => (inbox === 'support' ? 'Support' : inbox);

const people = Array.from({ length: 6 }, (_, person) => person);

/** People, companies and inboxes of every world of the model, before any of them: their names are the same in all. */
export async function fillRt({ desk }: Rt): Promise<readonly string[]> {
  await desk.openQueues();
  await desk.changeUser(AGENT, { realName: staffName });
  for (const inbox of inboxes.slice(1)) await desk.createQueue(queueOf(inbox));
  for (const person of people) {
    const name = personId(person);
    await desk.createUser({ name, realName: personName(person), email: `${name}@example.com` });
  }
  const groups = [];
  for (const name of companyNames) groups.push(await desk.createGroup(name));
  await desk.countFrom(firstNumber);
  await desk.keepAll();
  return groups;
}

/**
 * RT knows no primary company: the oldest group is. It opens no stream of ours sooner than the job looks, and keeps no
 * property of a ticket. Nothing begins in an inbox that is not shown: what is equal in an order comes in that in which it
 * came into the index, and such a ticket comes later.
 */
const within: Within = {
  lacks: ['add-participant', 'edit'],
  setting: ({ people: all, tickets, ...setting }) => ({
    ...setting,
    people: all.map((person) => {
      const companies = person.companies.toSorted((one, other) => one - other);
      return { ...person, companies, primary: companies[0] ?? null };
    }),
    tickets: tickets.map((ticket, place) => ({
      ...ticket,
      inbox: ticket.inbox % shownInboxes,
      properties: {},
      deleted: false,
      // RT keeps seconds: no two at the same time.
      age: ticket.age * 20 + place,
    })),
  }),
  command(command, { companies }) {
    if (command.type === 'stream' || command.type === 'hang-up') return null;
    if (command.type === 'list') return { ...command, query: { ...command.query, properties: {} } };
    if (command.type !== 'companies') return command;
    const places = command.companies.map((place) => place % companies);
    return { ...command, companies: places.toSorted((one, other) => one - other), primary: true };
  },
  // RT opens what is new when somebody writes in it, and says so in the thread.
  leavesOut: (command, reference) => command.type === 'reply' && reference.statusOf(command.ticket) === 'new',
  answer: (answer) => withoutProperties(answer),
};

function withoutProperties(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(withoutProperties);
  if (answer === null || typeof answer !== 'object') return answer;
  const entries = Object.entries(answer).filter(([name]) => name !== 'properties');
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutProperties(value)]));
}

const statements: string[] = [];
/** The same for the same text, and short, as the driver wants it. */
function nameOfStatement(text: string): string {
  if (!statements.includes(text)) statements.push(text);
  return `model_rt_${statements.indexOf(text)}`;
}

/** RT keeps seconds, and what came later has to be later. */
async function nextSecond(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1005 - (Date.now() % 1000)));
}

/** The app before an RT, which is put back to what `fillRt` has made of it for each world. */
export function createRtModelTarget(database: TestDatabase, rt: Rt, groups: readonly string[]): Target {
  const { desk } = rt;
  const failures: string[] = [];
  let ahead = 0;
  const server = createInProcess(database, {
    clock: () => new Date(Date.now() + ahead),
    connectors: { rt: oneConnector(createRtFactory(makeDeps())) },
    log: (entry) => {
      if (entry.level === 'error') failures.push(JSON.stringify(entry));
    },
  });
  const origin = 'http://localhost:4400';
  const newSend = (): Send => {
    const jar: Jar = new Map();
    return (request) => server.handle(request, jar);
  };
  /** As a browser of a portal whose statuses are called what the model calls them. */
  const newTranslated = (): Send => {
    const send = newSend();
    return async (request) => {
      const url = new URL(request.url);
      const status = url.searchParams.get('status');
      if (status !== null) url.searchParams.set('status', statusInRt(status));
      if (request.method === 'POST' && /\/(tickets|messages)$/.test(url.pathname)) await nextSecond();
      const response = await send(new Request(url, request));
      if (!response.headers.get('content-type')?.includes('json')) return response;
      return new Response(JSON.stringify(fromRt(await response.json())), response);
    };
  };

  return {
    name: 'Request Tracker',
    within,
    async open(world) {
      await desk.restoreAll();
      const members = world.companies.map((_, at) =>
        world.contacts.filter(({ companies }) => companies.includes(world.companies[at]!.id)),
      );
      for (const [at, contacts] of members.entries()) {
        for (const { id } of contacts) await desk.addMember(companyNames[at]!, id);
      }

      const ours: World = { ...world, statuses: toRtStatuses(world).statuses, tickets: [] };
      const connected = await connectDesk(
        server,
        ours,
        'rt',
        settingsOf(rt, inboxes.slice(0, shownInboxes).map(queueOf)),
      );
      const { account } = connected;
      const inAccount = async (text: string, ...params: (string | number | null)[]) => {
        const step = { statement: { name: nameOfStatement(text), text }, params: [account, ...params] };
        const [rows] = await database.batch({ role: 'staff', account }, [step]);
        return rows as Record<string, unknown>[];
      };
      for (const [at, { id }] of world.companies.entries()) {
        const text = 'UPDATE companies SET desk_ref = $2 WHERE account_id = $1 AND public_id = $3';
        await inAccount(text, groups[at]!, publicIdOf('company', id));
      }
      const follow = async () => {
        await connected.follow();
        if (failures.length > 0) throw new Error(failures.splice(0).join('\n'));
      };
      /** What is gone, has moved or has a past of its own is in no list of changes: only the comparison of everything finds it. */
      const compare = async () => {
        await inAccount('UPDATE desks SET compare_at = NULL WHERE account_id = $1');
        await follow();
      };

      const now = new Date();
      const inRt = { ...world, inboxes: world.inboxes.map(({ id }) => ({ id, name: queueOf(id) })) };
      for (const [place, ticket] of world.tickets.entries()) {
        // One by one, so that their order in the index is that of the world.
        const [ref] = await createTickets(
          desk,
          { ...inRt, tickets: [{ ...ticket, status: statusInRt(ticket.status) }] },
          now,
        );
        await compare();
        const text = 'UPDATE tickets SET public_id = $3 WHERE account_id = $1 AND desk_ref = $2 RETURNING id';
        const found = await inAccount(text, ref!, publicIdOf('ticket', `t${place}`));
        if (found.length !== 1) throw new Error(`ticket ${place} is not in the index`);
        for (const reader of ticket.readBy) {
          await inAccount(
            `INSERT INTO read_marks (account_id, contact_id, ticket_id, read_at) SELECT t.account_id, c.id, t.id, t.updated_at
              FROM tickets t JOIN contacts c ON c.account_id = t.account_id AND c.public_id = $3
              WHERE t.account_id = $1 AND t.desk_ref = $2`,
            ref!,
            publicIdOf('contact', reader),
          );
        }
      }

      // Only now: whom RT has locked out writes nothing there.
      for (const { id, enabled } of world.contacts) if (!enabled) await desk.changeUser(id, { disabled: true });

      /** The ticket in RT. @throws BackendError for one that is gone */
      async function find(id: string) {
        const text = 'SELECT desk_ref FROM tickets WHERE account_id = $1 AND public_id = $2';
        const [row] = await inAccount(text, id);
        const ticket = row && (await desk.readTicket(String(row['desk_ref'])));
        if (!ticket || ticket.status === 'deleted') throw new BackendError('not-found');
        return ticket;
      }
      /** What staff do, and what the job then finds. */
      const at = (
        act: (ticket: Awaited<ReturnType<typeof find>>, value: string) => Promise<unknown>,
        hear: () => Promise<void> = follow,
      ) => {
        return async (id: string, value: string) => {
          const ticket = await find(id);
          await nextSecond();
          await act(ticket, value);
          await hear();
        };
      };
      const owner = await ownerByApi(
        async (...asked) =>
          createAsk(
            origin,
            world.account,
            server.deps.adminToken,
            newSend(),
          )(asked[0], `admin/api/v1/${asked[1]}`, asked[2]),
        database,
        world,
      );
      const companiesOf = new Map(world.contacts.map(({ id, companies }) => [id, companies]));

      return {
        browser: () => ({ ...browserOf(`${origin}/${world.portal.slug}`, newTranslated()), events: null }),
        staff: {
          answer: at(async ({ id, status }, text) => {
            await desk.correspond(id, { text, keepsStatus: true });
            if (status === 'new' || status === 'open') await desk.setStatus(id, 'stalled');
          }),
          note: at(({ id }, text) => desk.comment(id, { text })),
          async status(id, status) {
            await at(async (ticket) => {
              if (!world.statuses.some((one) => one.id === status)) throw new BackendError('invalid');
              if (ticket.status !== statusInRt(status)) await desk.setStatus(ticket.id, statusInRt(status));
            })(id, status);
          },
          move: at(async ({ id, queue }, inbox) => {
            if (queue !== queueOf(inbox)) await desk.moveTicket(id, queueOf(inbox));
          }, compare),
        },
        owner: {
          ...owner,
          remove: (id) => at((ticket) => desk.deleteTicket(ticket.id), compare)(id, ''),
          parties: (id, { requester, contacts, participants, companies }) =>
            at((ticket) =>
              desk.setParties(ticket.id, {
                requestors: [requester, ...contacts.filter((one) => one !== requester)],
                cc: participants.filter((one) => one !== requester && !contacts.includes(one)),
                ccGroups: companies.map((company) => nameOf(world, company)),
              }),
            )(id, ''),
          async companies(id, companies) {
            const before = companiesOf.get(id) ?? [];
            for (const one of companies) if (!before.includes(one)) await desk.addMember(nameOf(world, one), id);
            for (const one of before) if (!companies.includes(one)) await desk.removeMember(nameOf(world, one), id);
            companiesOf.set(id, companies);
            ahead += 31_000;
          },
          async enabled(id, enabled) {
            await desk.changeUser(id, { disabled: !enabled });
            // Whom RT has locked out, we let in again ourselves.
            if (enabled) await owner.enabled(id, true);
            ahead += 31_000;
          },
        },
      };
    },
  };
}

const nameOf = ({ companies }: World, id: string): string => companies.find((one) => one.id === id)?.name ?? '';
