import type { Ticket } from '../../../model/index.js';
import { holds } from '../../conformance/check.js';
import { absentId, alike, readAs, refuses, sample, unseenBy } from '../compare.js';
import { messagePageSchema } from '../../../wire/index.js';
import { promises, Skipped, type LiveCase } from '../live-case.js';
import type { Answer, LivePerson, LivePortal } from '../portal.js';

const promise = promises.absent;
/** For each person, tickets of others that they ask for. */
const mostAsked = 12;

/** Asks each person for what others see and they do not: the answer is that to an id that does not exist. */
async function isAbsent(
  { people }: LivePortal,
  ask: (viewer: LivePerson, id: string) => Promise<Answer>,
  thing: string,
): Promise<void> {
  for (const viewer of people) {
    const absent = await ask(viewer, absentId);
    for (const { ticket, owner } of sample(unseenBy(viewer, people), mostAsked)) {
      const what = `${thing} ${ticket.number} of ${owner.email}, asked for by ${viewer.email}`;
      alike(await ask(viewer, ticket.id), absent, what);
    }
  }
}

const matches = (name: number | string, { id, number }: Ticket) => name === id || Number(name) === number;

export const absentCases: readonly LiveCase[] = [
  {
    promise,
    name: 'each person sees what they are expected to see, and nothing that they must not',
    needs: ['person'],
    async run({ people }) {
      if (!people.some(({ sees, not }) => sees || not)) throw new Skipped('--people has no `sees` and no `not`');
      for (const { email, sees = [], not = [], tickets, ask } of people) {
        for (const name of sees) {
          const ticket = tickets.find((one) => matches(name, one));
          holds(ticket !== undefined, `${email} does not see ${name}`);
          const { status } = await ask(`/tickets/${ticket.id}`);
          holds(status === 200, `${email} lists ${name} and cannot open it: got ${status}`);
        }
        for (const name of not) {
          holds(!tickets.some((one) => matches(name, one)), `${email} sees ${name}`);
          if (/^[\w-]{22}$/.test(String(name))) {
            alike(await ask(`/tickets/${name}`), await ask(`/tickets/${absentId}`), `${name} for ${email}`);
          }
        }
      }
    },
  },
  {
    promise,
    name: 'an id that does not exist, or cannot, is not found',
    needs: ['person'],
    async run({ people }) {
      for (const { email, ask } of people) {
        const absent = await ask(`/tickets/${absentId}`);
        refuses(absent, 404, 'not-found', `an id that does not exist, for ${email}`);
        const random = crypto.randomUUID().replaceAll('-', '').slice(0, 22);
        for (const id of [random, 'not-an-id', '1', '%00', `${absentId}'`]) {
          alike(await ask(`/tickets/${id}`), absent, `the id ${id} for ${email}`);
        }
      }
    },
  },
  {
    promise,
    name: 'somebody else’s ticket is answered byte for byte like one that does not exist',
    needs: ['strangers'],
    run: (portal) => isAbsent(portal, ({ ask }, id) => ask(`/tickets/${id}`), 'ticket'),
  },
  {
    promise,
    name: 'so is its thread',
    needs: ['strangers'],
    run: (portal) => isAbsent(portal, ({ ask }, id) => ask(`/tickets/${id}/messages`), 'thread'),
  },
  {
    promise,
    name: 'so are its files',
    needs: ['strangers'],
    async run(portal) {
      if (!portal.settings.features.includes('download')) throw new Skipped('this portal has no files');
      let asked = 0;
      for (const viewer of portal.people) {
        const absent = await viewer.ask(`/attachments/${absentId}`);
        // Files are rare: all that they do not see is looked through, until there are enough.
        for (const { ticket, owner } of unseenBy(viewer, portal.people).slice(0, 60)) {
          if (asked >= portal.people.length * 4) return;
          const thread = await owner.ask(`/tickets/${ticket.id}/messages?limit=100`);
          for (const file of readAs(messagePageSchema, thread, 'thread').items.flatMap((item) => item.attachments)) {
            const what = `a file of ticket ${ticket.number} of ${owner.email}, asked for by ${viewer.email}`;
            alike(await viewer.ask(`/attachments/${file.id}`), absent, what);
            asked += 1;
          }
        }
      }
      if (asked === 0) throw new Skipped('no ticket that one sees and another does not has a file');
    },
  },
  {
    promise,
    name: 'so is its read mark',
    needs: ['strangers'],
    async run(portal) {
      if (!portal.settings.features.includes('markRead')) throw new Skipped('this portal keeps no read marks');
      await isAbsent(portal, ({ ask }, id) => ask(`/tickets/${id}/read`, { method: 'POST' }), 'read mark of ticket');
    },
  },
  {
    promise,
    name: 'knowing its ETag does not help',
    needs: ['strangers'],
    async run({ people }) {
      for (const viewer of people) {
        const absent = await viewer.ask(`/tickets/${absentId}`);
        for (const { ticket, owner } of sample(unseenBy(viewer, people), 4)) {
          const etag = (await owner.ask(`/tickets/${ticket.id}`)).headers.get('etag');
          for (const known of etag === null ? ['*'] : [etag, '*']) {
            const answer = await viewer.ask(`/tickets/${ticket.id}`, { headers: { 'if-none-match': known } });
            alike(answer, absent, `ticket ${ticket.number} of ${owner.email}, with an ETag, for ${viewer.email}`);
          }
        }
      }
    },
  },
];
