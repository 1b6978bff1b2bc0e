import type { Message, MessagePage } from '../../../model/index.js';
import { holds } from '../../conformance/check.js';
import { sameIds, sample } from '../compare.js';
import { promises, Skipped, type LiveCase } from '../live-case.js';
import type { LivePerson } from '../portal.js';

const promise = promises.thread;
const mostPages = 40;

/** The whole thread read backwards from its end. */
async function read(
  { backend }: LivePerson,
  id: string,
  limit: number,
): Promise<{ all: Message[]; oldest: MessagePage }> {
  let oldest = await backend.listMessages(id, { limit });
  const all = [...oldest.items];
  for (let pages = 1; oldest.previousCursor !== null && pages < mostPages; pages++) {
    oldest = await backend.listMessages(id, { limit, before: oldest.previousCursor });
    all.unshift(...oldest.items);
  }
  return { all, oldest };
}

export const threadCases: readonly LiveCase[] = [
  {
    promise,
    name: 'pages of any size bring every message once, backwards and forwards, oldest first',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        for (const { id, number } of sample(person.tickets, 6)) {
          const { all: whole } = await read(person, id, 100);
          const limit = Math.ceil(whole.length / 6) || 1;
          const { all, oldest } = await read(person, id, Math.min(limit, 100));
          const what = `thread ${number} for ${person.email}`;
          sameIds(all, whole, `${what}, backwards`);
          const forwards = [...oldest.items];
          for (let page = oldest; page.nextCursor !== null && forwards.length <= whole.length; ) {
            page = await person.backend.listMessages(id, { limit: Math.min(limit, 100), after: page.nextCursor });
            forwards.push(...page.items);
          }
          sameIds(forwards, whole, `${what}, forwards`);
          const rising = whole.every(({ createdAt }, at) => at === 0 || (whole[at - 1]?.createdAt ?? '') <= createdAt);
          holds(rising, `${what}: not oldest first`);
        }
      }
    },
  },
  {
    promise,
    name: 'a thread holds messages and changes of status, no note and nothing of another kind',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        for (const { id, number } of sample(person.tickets, 20)) {
          const { status, text } = await person.ask(`/tickets/${id}/messages?limit=100`);
          holds(status === 200, `thread ${number} for ${person.email}: got ${status}`);
          // As sent, not as the adapter reads it: that would refuse the whole page.
          const { items = [] } = JSON.parse(text) as { items?: { kind?: unknown; internal?: unknown }[] };
          const kinds = items.map(({ kind }) => kind).filter((kind) => kind !== 'message' && kind !== 'status');
          holds(kinds.length === 0, `thread ${number} for ${person.email} holds ${[...new Set(kinds)].join(', ')}`);
          holds(
            !items.some(({ internal }) => internal),
            `thread ${number} for ${person.email} holds internal messages`,
          );
        }
      }
    },
  },
  {
    promise,
    name: 'people are shown by name, without an address',
    needs: ['person'],
    async run({ people }) {
      for (const person of people) {
        for (const { id, number } of sample(person.tickets, 20)) {
          const { requester, participants } = await person.backend.getTicket(id);
          const { items } = await person.backend.listMessages(id, { limit: 100 });
          const names = [requester, ...participants, ...items.map(({ author }) => author)].map(({ name }) => name);
          holds(!names.some((name) => name.includes('@')), `ticket ${number} for ${person.email} names an address`);
        }
      }
    },
  },
  {
    promise,
    name: 'a file has the size that its thread says, and is no page of this origin',
    needs: ['person'],
    async run({ people, settings }) {
      if (!settings.features.includes('download')) throw new Skipped('this portal has no files');
      let asked = 0;
      for (const person of people) {
        for (const { id } of person.tickets.slice(0, 40)) {
          if (asked >= 12) return;
          const { items } = await person.backend.listMessages(id, { limit: 100 });
          for (const file of items.flatMap(({ attachments }) => attachments).slice(0, 2)) {
            const answer = await person.ask(`/attachments/${file.id}`);
            holds(answer.status === 200, `a file of ${person.email}: got ${answer.status}`);
            holds(answer.bytes === file.size, `a file of ${person.email}: ${answer.bytes} bytes of ${file.size}`);
            const type = answer.headers.get('content-type') ?? '';
            const opens = answer.headers.get('content-disposition') ?? '';
            const harmless = opens.startsWith('attachment') || !/html|svg|xml|script/i.test(type);
            holds(harmless, `a file of ${person.email} opens in the browser as ${type}`);
            asked += 1;
          }
        }
      }
      if (asked === 0) throw new Skipped('nobody’s tickets have a file');
    },
  },
];
