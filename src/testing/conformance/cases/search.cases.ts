import { equal, holds } from '../check.js';
import { publicWord, secret } from '../seed.js';
import type { ConformanceCase, ConformanceWorld, Visitor } from '../world.js';
import { allTickets, key, numbers, statusOf, ticketId } from './asking.js';

/** Opens a ticket and says its number. */
const open = async (visitor: Visitor, subject: string, message = 'Hello'): Promise<number> =>
  (await visitor.createTicket({ subject, message }, { idempotencyKey: key() })).number;

/** What is marked in the snippet of the one ticket that is found. */
async function marked(visitor: Visitor, q: string): Promise<string[] | undefined> {
  const [ticket] = await allTickets(visitor, { q });
  const snippet = ticket?.snippet;
  return snippet?.marks.map(([from, to]) => snippet.text.slice(from, to));
}

const reply = async (world: ConformanceWorld, number: number, text: string) =>
  world.staff.reply(await ticketId(world, number), text);

export const searchCases: readonly ConformanceCase[] = [
  {
    name: 'finds subject, number and public text, letter case aside',
    async run(world) {
      const bob = await world.visitor('bob');
      equal(await numbers(bob, { q: 'SUBJECT OF ticket 9' }), [9], 'by subject');
      equal(await numbers(bob, { q: '#11' }), [11], 'by number');
      equal(await numbers(bob, { q: publicWord.toUpperCase() }), [1], 'by text');
      equal(await numbers(bob, { q: 'Subject of ticket 4' }), [], 'a ticket of another company');
      equal(await numbers(bob, { q: 'nothing like it' }), [], 'nothing');
      equal(await numbers(bob, { q: secret }), [], 'an internal note');
    },
  },
  {
    name: 'finds a ticket that has every word, wherever in it and in any order',
    async run(world) {
      const bob = await world.visitor('bob');
      await reply(world, 3, 'The boiler needs a new valve');
      await reply(world, 3, 'Send us a photograph');
      await reply(world, 6, 'The boiler was replaced');
      equal(await numbers(bob, { q: 'boiler' }), [3, 6], 'one word');
      equal(await numbers(bob, { q: 'photograph valve 3 subject' }), [3], 'words of subject, number and two messages');
      equal(await numbers(bob, { q: 'replaced photograph' }), [], 'words of two tickets');
    },
  },
  {
    name: 'finds words by how they begin, not by what is inside them',
    async run(world) {
      const bob = await world.visitor('bob');
      await reply(world, 3, 'Thermostats of the north wing');
      equal(await numbers(bob, { q: 'ther nor' }), [3], 'the beginnings of two words');
      equal(await numbers(bob, { q: 'thermo' }), [1, 3], 'the beginning of a word in two tickets');
      equal(await numbers(bob, { q: 'mostat' }), [], 'the middle of a word');
    },
  },
  {
    name: 'takes letters with and without accents for the same',
    needs: ['createTicket'],
    async run(world) {
      const alice = await world.visitor('alice');
      const number = await open(alice, 'Żółw w Łodzi', 'Straße, crème brûlée, Ærø, Йод');
      for (const q of ['zolw', 'ŻÓŁW', 'z\u0307o\u0301łw', 'lodzi', 'łodz', 'strasse', 'Creme Brulee', 'aero', 'йод']) {
        equal(await numbers(alice, { q }), [number], `found by ${q}`);
      }
    },
  },
  {
    name: 'searches by letters and digits alone',
    needs: ['createTicket'],
    async run(world) {
      const alice = await world.visitor('alice');
      const subject = '100% of "rooms_A" \\ (cold) [+*?] x:* \'y\' & !z | <-> \u{1F321}';
      const number = await open(alice, subject);
      for (const q of ['100%', 'rooms_A', 'rooms A', '(cold)', "x:* 'y'", '!z & | <->', "'y", '\\x', subject]) {
        equal(await numbers(alice, { q }), [number], `found by ${q}`);
      }
      for (const q of ['\\', '[+*?]', '\u{1F321}', '%', "'", '…']) {
        const { items, nextCursor } = await alice.listTickets({ q });
        equal({ items, nextCursor }, { items: [], nextCursor: null }, `nothing to look for in ${q}`);
      }
    },
  },
  {
    name: 'finds every part of a text that sets no spaces',
    needs: ['createTicket'],
    async run(world) {
      const alice = await world.visitor('alice');
      const chinese = await open(alice, '会议室的恒温器无法连接到网络');
      const thai = await open(alice, 'Heating', 'เครื่องทำความร้อนไม่ทำงาน');
      for (const q of ['会议室', '恒温器', '网络', '恒温器无法连接到网络', '网络 会议']) {
        equal(await numbers(alice, { q }), [chinese], `found by ${q}`);
      }
      for (const q of ['ความร้อน', 'ไม่ทำงาน', 'heating ร้อน'])
        equal(await numbers(alice, { q }), [thai], `found by ${q}`);
      for (const q of ['网会', 'งานทำ']) equal(await numbers(alice, { q }), [], `found by ${q}`);
      equal(await marked(alice, 'ร้อน'), ['ร้อน'], 'what is marked');
    },
  },
  {
    name: 'finds what was written a moment ago',
    needs: ['reply'],
    async run(world) {
      const bob = await world.visitor('bob');
      const id = await ticketId(world, 3);
      await bob.reply(id, { body: 'Serial number QX-7741' }, { idempotencyKey: key() });
      equal(await numbers(bob, { q: 'qx 7741' }), [3], 'by a word of the reply');
      await world.staff.note(id, `Warranty of ${secret}`);
      equal(await numbers(bob, { q: 'warranty' }), [], 'by a word of a note');
    },
  },
  {
    name: 'searches within scope, state and status',
    async run(world) {
      const bob = await world.visitor('bob');
      const q = 'subject ticket';
      equal(await numbers(bob, { q }), [1, 2, 3, 6, 9, 11], 'everything');
      equal(await numbers(bob, { q, status: statusOf(world, 3).id }), [3], 'one status');
      equal(await numbers(bob, { q, state: 'closed' }), [2], 'a state');
      equal(await numbers(bob, { q, scope: 'mine' }), [3, 9, 11], 'his own');
      equal(await numbers(bob, { q, scope: 'mine', state: 'closed' }), [], 'his own that are closed');
      const dave = await world.visitor('dave');
      equal(await numbers(dave, { q, scope: 'participating' }), [11], 'where dave takes part');
      equal(await numbers(dave, { q, scope: 'company' }), [], 'company of somebody without one');
      const globex = world.seed.companies.find(({ name }) => name === 'Globex')?.id ?? '';
      equal(await numbers(bob, { q, scope: `company:${await world.idOf('company', globex)}` }), [9], 'one company');
    },
  },
  {
    name: 'pages through what a search finds, in every order',
    async run(world) {
      const bob = await world.visitor('bob');
      for (const sort of ['updated', 'created', 'number', 'status'] as const) {
        for (const order of [sort, `-${sort}`] as const) {
          const whole = (await allTickets(bob, { sort: order, limit: 100 })).map(({ number }) => number);
          for (const limit of [1, 4, 6]) {
            const found = await allTickets(bob, { sort: order, q: 'subject', limit });
            equal(
              found.map(({ number }) => number),
              whole,
              `by ${order}, pages of ${limit}`,
            );
          }
        }
      }
    },
  },
  {
    name: 'shows where the text matched',
    async run(world) {
      const alice = await world.visitor('alice');
      const q = publicWord.toLowerCase();
      const snippet = (await alice.listTickets({ q })).items[0]?.snippet;
      holds(Boolean(snippet?.text.includes(publicWord)), 'the snippet contains the word');
      equal(await marked(alice, q), [publicWord], 'what is marked');
      equal((await alice.listTickets({ q: 'Subject of ticket 1' })).items[0]?.snippet, null, 'snippet for a subject');
      equal((await alice.listTickets()).items[0]?.snippet, null, 'snippet without a search');
    },
  },
  {
    name: 'marks each hit where it stands, whatever comes before it',
    async run(world) {
      const bob = await world.visitor('bob');
      await reply(world, 3, `${'\u{1F321}\uFE0F'.repeat(40)} Zażółć gęślą jaźń, straßenbahn and ﬁnest gęśli`);
      equal(await marked(bob, 'gesl'), ['gęśl', 'gęśl'], 'accents');
      equal(await marked(bob, 'strass'), ['straß'], 'one letter that folds to two');
      equal(await marked(bob, 'jazn zazol'), ['Zażół', 'jaźń'], 'several words');
      holds(
        !/^…?[\uDC00-\uDFFF]/.test((await allTickets(bob, { q: 'gesl' }))[0]?.snippet?.text ?? ''),
        'a whole emoji',
      );
    },
  },
];
