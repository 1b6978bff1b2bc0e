import type { MessagePage } from '../../../model/index.js';
import { equal, fails, holds } from '../check.js';
import { fileText, publicWord, secret } from '../seed.js';
import type { ConformanceCase } from '../world.js';
import { key, statusOf, texts, ticketId } from './asking.js';

/** Times are kept in milliseconds: within one, what was read first and what came after cannot be told apart. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise((resolve) => setTimeout(resolve));
}

export const threadCases: readonly ConformanceCase[] = [
  {
    name: 'reads a thread oldest first, with changes of status in it',
    async run(world) {
      const bob = await world.visitor('bob');
      const { items } = await bob.listMessages(await ticketId(world, 3));
      const status = { from: statusOf(world, 1).label.en, to: statusOf(world, 3).label.en };
      equal(
        items.map(({ kind, text, author, status }) => ({ kind, text, side: author.side, status })),
        [
          { kind: 'message', text: 'Hello', side: 'contact', status: null },
          { kind: 'message', text: 'Which model is it?', side: 'support', status: null },
          { kind: 'status', text: '', side: 'support', status },
        ],
        'thread',
      );
    },
  },
  {
    name: 'pages a long thread from its newest end, both ways, without a gap or a repeat',
    needs: ['reply'],
    async run(world) {
      const carol = await world.visitor('carol');
      const id = await ticketId(world, 4);
      for (let count = 1; count <= 10; count++) {
        await carol.reply(id, { body: `Reply ${count}` }, { idempotencyKey: key() });
      }
      const whole = (await carol.listMessages(id, { limit: 100 })).items.map((message) => message.id);
      equal(whole.length, 11, 'messages');

      let page: MessagePage = await carol.listMessages(id, { limit: 4 });
      equal(page.nextCursor, null, 'cursor beyond the newest page');
      let backwards = page.items.map((message) => message.id);
      while (page.previousCursor !== null && backwards.length < 30) {
        page = await carol.listMessages(id, { limit: 4, before: page.previousCursor });
        backwards = [...page.items.map((message) => message.id), ...backwards];
      }
      equal(backwards, whole, 'read backwards');

      const forwards = page.items.map((message) => message.id);
      while (page.nextCursor !== null && forwards.length < 30) {
        page = await carol.listMessages(id, { limit: 4, after: page.nextCursor });
        forwards.push(...page.items.map((message) => message.id));
      }
      equal(forwards, whole, 'read forwards again');
    },
  },
  {
    name: 'refuses a thread’s cursor for another thread and another contact, and limits beyond 1 to 100',
    async run(world) {
      const [bob, dave] = [await world.visitor('bob'), await world.visitor('dave')];
      const [id, other] = [await ticketId(world, 11), await ticketId(world, 3)];
      await world.staff.reply(id, 'One more');
      const { previousCursor: before } = await bob.listMessages(id, { limit: 1 });
      holds(before !== null, 'the thread has more than a page');
      await fails(bob.listMessages(other, { before }), 'invalid');
      await fails(dave.listMessages(id, { before }), 'invalid');
      await fails(bob.listMessages(id, { before: 'made-up' }), 'invalid');
      for (const limit of [0, 101]) await fails(bob.listMessages(id, { limit }), 'invalid');
    },
  },
  {
    name: 'marks a ticket unread by support’s answer and read by reading it',
    needs: ['markRead'],
    async run(world) {
      const [alice, bob] = [await world.visitor('alice'), await world.visitor('bob')];
      const id = await ticketId(world, 1);
      equal((await alice.getTicket(id)).unread, false, 'her own last word');
      await world.staff.reply(id, 'We look into it');
      equal((await alice.getTicket(id)).unread, true, 'after the answer');
      const [answer] = (await alice.listMessages(id, { limit: 1 })).items;
      equal((await alice.listTickets()).items.find((ticket) => ticket.id === id)?.unread, true, 'in the list');
      await alice.markRead(id);
      const read = await alice.getTicket(id);
      equal(read.unread, false, 'after reading it');
      holds(answer !== undefined && (read.readAt ?? '') >= answer.createdAt, 'says until when it was read');
      equal((await bob.getTicket(id)).unread, true, 'for a colleague who has not');
      await nextMillisecond();
      await world.staff.reply(id, 'Done');
      equal((await alice.getTicket(id)).unread, true, 'after the next answer');
    },
  },
  {
    name: 'says whose turn it is',
    needs: ['reply'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      equal((await alice.getTicket(id)).turn, 'support', 'an open ticket');
      await world.staff.reply(id, 'Which room?');
      const waiting = await alice.getTicket(id);
      equal([waiting.turn, waiting.status.category], ['contact', 'waiting_on_contact'], 'after support’s answer');
      await alice.reply(id, { body: 'The hall' }, { idempotencyKey: key() });
      const open = await alice.getTicket(id);
      equal([open.turn, open.status.category], ['support', 'open'], 'after hers');
      await world.staff.setStatus(id, statusOf(world, 2).id);
      equal((await alice.getTicket(id)).turn, null, 'a closed ticket');
    },
  },
  {
    name: 'offers what may be done, and refuses a reply where it is not offered',
    needs: ['reply'],
    async run(world) {
      const [alice, bob] = [await world.visitor('alice'), await world.visitor('bob')];
      const [open, closed] = [await ticketId(world, 1), await ticketId(world, 2)];
      holds((await bob.getTicket(open)).actions.includes('reply'), 'a colleague may reply to an open ticket');
      equal((await bob.getTicket(closed)).actions, [], 'actions of a colleague on a closed ticket');
      await fails(bob.reply(closed, { body: 'Again' }, { idempotencyKey: key() }), 'forbidden');
      await alice.reply(closed, { body: 'It is back' }, { idempotencyKey: key() });
      equal((await alice.getTicket(closed)).status.category, 'open', 'a closed ticket after the requester’s reply');
    },
  },
  {
    name: 'hands over HTML of a message without anything that runs, asks, or looks like a part of the page; or its text alone',
    async run(world) {
      const alice = await world.visitor('alice');
      const { items } = await alice.listMessages(await ticketId(world, 1));
      const message = items.find(({ text }) => text.includes(publicWord));
      holds(message !== undefined, 'the text of the mail is there');
      const { html } = message;
      if (html === null) return;
      holds(html.includes(`<b>${publicWord}</b>`), 'what is bold stays bold');
      holds(html.includes('https://example.com/manual'), 'a link to the web stays');
      const harm =
        /<(?:script|style|title|form|input|iframe|svg|animate)|\son\w+\s*=|\s(?:style|class|id|name)\s*=|javascript:|data:|"\/admin"|owned|src="x"/i;
      equal(html.match(harm)?.[0] ?? null, null, 'what does harm');
    },
  },
  {
    name: 'brings the bytes of an attachment to who sees its ticket, and to nobody else',
    needs: ['download'],
    async run(world) {
      const [alice, bob, carol] = [
        await world.visitor('alice'),
        await world.visitor('bob'),
        await world.visitor('carol'),
      ];
      const { items } = await alice.listMessages(await ticketId(world, 1));
      const [file, ...more] = items.flatMap((message) => message.attachments);
      holds(file !== undefined && more.length === 0, 'the thread has one attachment');
      equal([file.name, file.type, file.size], ['readings.csv', 'text/csv', fileText.length], 'name, type and size');
      equal(await (await alice.download(file.id)).text(), fileText, 'content');
      equal(await (await bob.download(file.id)).text(), fileText, 'content for a colleague');
      const errors = [
        await fails(carol.download(file.id), 'not-found'),
        await fails(alice.download('AAAAAAAAAAAAAAAAAAAAAA'), 'not-found'),
      ];
      equal(
        errors.map(({ fields }) => fields),
        [null, null],
        'fields',
      );
    },
  },
  {
    name: 'keeps the file of an internal note from everybody',
    needs: ['download'],
    async run(world) {
      const noted = world.seed.tickets.flatMap(({ messages }) => messages).find(({ kind }) => kind === 'note');
      const file = await world.idOf('file', noted?.attachments?.[0]?.id ?? '');
      for (const person of ['alice', 'bob', 'carol'] as const) {
        const visitor = await world.visitor(person);
        await fails(visitor.download(file), 'not-found');
      }
      const kept = await world.staff.thread(await ticketId(world, 1));
      holds(
        kept.some(({ kind, text }) => kind === 'note' && text.includes(secret)),
        'the note itself is kept',
      );
    },
  },
  {
    name: 'tells whoever watches that support has answered, until they look away',
    needs: ['subscribe'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      const watching = new AbortController();
      let told = 0;
      let heard = () => {};
      const first = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await alice.subscribe(
        () => {
          told += 1;
          heard();
        },
        { signal: watching.signal },
      );
      equal(told, 0, 'times that she was told of nothing');
      await world.staff.reply(id, 'Here is the answer');
      // Whoever is not told waits for the test to run out of time.
      await first;
      holds((await texts(alice, id)).includes('Here is the answer'), 'the answer is there when she asks then');
      watching.abort();
      const before = told;
      await world.staff.reply(id, 'One more');
      equal(told, before, 'times that she was told afterwards');
    },
  },
];
