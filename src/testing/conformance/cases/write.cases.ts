import { isBackendError } from '../../../backend/backend-error.js';
import { equal, fails, holds } from '../check.js';
import type { ConformanceCase } from '../world.js';
import { key, numbers, texts, ticketId } from './asking.js';

/** Ids of the answers. A call that met the first one still at work may be told so, and asks again. */
async function idsOf(calls: readonly Promise<{ readonly id: string }>[]): Promise<string[]> {
  const answers = await Promise.allSettled(calls);
  const ids: string[] = [];
  for (const answer of answers) {
    if (answer.status === 'fulfilled') ids.push(answer.value.id);
    else if (!isBackendError(answer.reason) || answer.reason.code !== 'conflict') throw answer.reason;
  }
  return ids;
}

const ten = <T>(call: () => T): T[] => Array.from({ length: 10 }, call);

const newTicket = { subject: 'Radiator valve is stuck', message: 'Since this morning.\n\nIn room 4.' };

const fileOf = (text: string, name: string, type: string) => new File([text], name, { type });

export const writeCases: readonly ConformanceCase[] = [
  {
    name: 'opens a ticket that the contact and their company see at once',
    needs: ['createTicket'],
    async run(world) {
      const [alice, bob] = [await world.visitor('alice'), await world.visitor('bob')];
      const ticket = await alice.createTicket(newTicket, { idempotencyKey: key() });
      equal(
        [ticket.subject, ticket.number, ticket.status.category, ticket.turn, ticket.unread, ticket.why.relation],
        [newTicket.subject, 13, 'open', 'support', false, 'requester'],
        'the new ticket',
      );
      equal([ticket.requester.name, ticket.company?.name], ['Alice', 'Acme'], 'whose it is');
      equal(await texts(alice, ticket.id), [newTicket.message], 'its thread');
      equal(await alice.getTicket(ticket.id), ticket, 'the same ticket asked for');
      equal((await alice.listTickets()).items[0]?.id, ticket.id, 'first in her list');
      equal((await bob.getTicket(ticket.id)).why.relation, 'company', 'for a manager of her company');
      await fails((await world.visitor('carol')).getTicket(ticket.id), 'not-found');
    },
  },
  {
    name: 'keeps the properties that the portal knows and drops or refuses others',
    needs: ['createTicket', 'properties'],
    async run(world) {
      const alice = await world.visitor('alice');
      const properties = { articleUrl: 'https://example.com/valves', articleTitle: 'About valves' };
      const ticket = await alice.createTicket({ ...newTicket, properties }, { idempotencyKey: key() });
      equal(ticket.properties, properties, 'properties of the article');
      const sent = alice.createTicket({ ...newTicket, properties: { role: 'owner' } }, { idempotencyKey: key() });
      const kept = await sent.then(
        (answer) => answer.properties,
        (error: unknown) => (isBackendError(error) && error.code === 'invalid' ? {} : Promise.reject(error)),
      );
      equal(kept, {}, 'a property that the portal does not know');
    },
  },
  {
    name: 'adds a reply at the end of the thread',
    needs: ['reply'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      const body = '  Two lines,\n\nand <b>no markup</b> & "quotes" \u{1F321} ';
      const message = await alice.reply(id, { body }, { idempotencyKey: key() });
      equal([message.kind, message.text, message.html], ['message', body, null], 'the reply');
      equal([message.author.name, message.author.side], ['Alice', 'contact'], 'its author');
      equal((await alice.listMessages(id)).items.at(-1), message, 'the last of the thread');
      const ticket = await alice.getTicket(id);
      equal([ticket.updatedAt, ticket.unread], [message.createdAt, false], 'time of update and unread mark');
      equal((await world.staff.thread(id)).at(-1), { kind: 'message', author: 'Alice', text: body }, 'what was kept');
    },
  },
  {
    name: 'makes a colleague who replies a participant',
    needs: ['reply'],
    async run(world) {
      const bob = await world.visitor('bob');
      const id = await ticketId(world, 1);
      await bob.reply(id, { body: 'I saw it too' }, { idempotencyKey: key() });
      const ticket = await bob.getTicket(id);
      equal(ticket.why, { relation: 'participant', company: null, condition: null }, 'why he sees it now');
      equal(
        ticket.participants.map(({ name }) => name),
        ['Bob'],
        'participants',
      );
      equal(await numbers(bob, { scope: 'participating' }), [1], 'where he takes part');
    },
  },
  {
    name: 'writes a reply once for one key, though it is sent ten times at once',
    needs: ['reply'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      const send = { idempotencyKey: key() };
      const reply = () => alice.reply(id, { body: 'Only once' }, send);
      const ids = await idsOf(ten(reply));
      const again = await reply();
      equal([...new Set([...ids, again.id])], [again.id], 'ids of the answers');
      const kept = (await world.staff.thread(id)).filter(({ text }) => text === 'Only once');
      equal(kept.length, 1, 'replies that were kept');
    },
  },
  {
    name: 'opens a ticket once for one key, though it is sent ten times at once',
    needs: ['createTicket'],
    async run(world) {
      const alice = await world.visitor('alice');
      const send = { idempotencyKey: key() };
      const create = () => alice.createTicket({ subject: 'Only once', message: 'Hello' }, send);
      const ids = await idsOf(ten(create));
      const again = await create();
      equal([...new Set([...ids, again.id])], [again.id], 'ids of the answers');
      equal(await world.staff.withSubject('Only once'), [again.id], 'tickets that were kept');
    },
  },
  {
    name: 'writes ten replies with ten keys, in one order for everybody',
    needs: ['reply'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      await Promise.all(
        ten(key).map((idempotencyKey, place) => alice.reply(id, { body: `Reply ${place}` }, { idempotencyKey })),
      );
      const read = (await texts(alice, id)).slice(2);
      const kept = (await world.staff.thread(id)).filter(({ kind }) => kind === 'message').slice(2);
      equal(
        [...read].sort(),
        ten(() => '').map((_, place) => `Reply ${place}`),
        'replies',
      );
      equal(
        kept.map(({ text }) => text),
        read,
        'order for support',
      );
    },
  },
  {
    name: 'rejects a used key with another input',
    needs: ['createTicket', 'reply'],
    async run(world) {
      const alice = await world.visitor('alice');
      const [id, other] = [await ticketId(world, 1), await ticketId(world, 10)];
      const send = { idempotencyKey: key() };
      await alice.reply(id, { body: 'First' }, send);
      await fails(alice.reply(id, { body: 'Second' }, send), 'rejected');
      await fails(alice.reply(other, { body: 'First' }, send), 'rejected');
      await fails(alice.createTicket(newTicket, send), 'rejected');
      equal((await texts(alice, id)).slice(2), ['First'], 'the thread');
      equal(await texts(alice, other), ['Hello'], 'the other thread');
      equal(await world.staff.withSubject(newTicket.subject), [], 'tickets');
    },
  },
  {
    name: 'closes a ticket and opens it again, for everybody who sees it',
    needs: ['close', 'reopen'],
    async run(world) {
      const [alice, bob] = [await world.visitor('alice'), await world.visitor('bob')];
      const id = await ticketId(world, 1);
      const closed = await alice.close(id);
      equal([closed.id, closed.status.category, closed.turn, closed.unread], [id, 'closed', null, false], 'closed');
      holds(!closed.actions.includes('close') && closed.actions.includes('reopen'), 'what may be done then');
      equal((await bob.getTicket(id)).status.category, 'closed', 'for a colleague');
      equal(await numbers(alice, { state: 'closed' }), [1, 2], 'her closed tickets');
      const opened = await alice.reopen(id);
      equal([opened.status.category, opened.turn, opened.unread], ['open', 'support', false], 'opened again');
    },
  },
  {
    name: 'says in the thread who has closed a ticket and opened it again',
    needs: ['close', 'reopen', 'whoChanged'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      const before = (await alice.listMessages(id)).items.length;
      await alice.close(id);
      await alice.reopen(id);
      const { items } = await alice.listMessages(id, { limit: 100 });
      equal(
        items.slice(before).map(({ kind, author }) => [kind, author.name]),
        [
          ['status', 'Alice'],
          ['status', 'Alice'],
        ],
        'what the thread says of it',
      );
    },
  },
  {
    name: 'closes and opens only what the ticket lists, and nothing that is not seen',
    needs: ['close', 'reopen'],
    async run(world) {
      const [alice, bob, carol] = [
        await world.visitor('alice'),
        await world.visitor('bob'),
        await world.visitor('carol'),
      ];
      const [open, closed] = [await ticketId(world, 1), await ticketId(world, 2)];
      await fails(alice.reopen(open), 'forbidden');
      await fails(alice.close(closed), 'forbidden');
      await fails(bob.close(open), 'forbidden');
      await fails(carol.close(open), 'not-found');
      await fails(carol.reopen(closed), 'not-found');
      equal(await numbers(alice, { state: 'open' }), [1, 10], 'what is open still');
    },
  },
  {
    name: 'keeps the keys of two contacts apart',
    needs: ['reply'],
    async run(world) {
      const [alice, dave] = [await world.visitor('alice'), await world.visitor('dave')];
      const id = await ticketId(world, 10);
      const send = { idempotencyKey: key() };
      const one = await alice.reply(id, { body: 'Same words' }, send);
      const other = await dave.reply(id, { body: 'Same words' }, send);
      holds(one.id !== other.id, 'two replies');
      equal(
        (await world.staff.thread(id)).slice(1).map(({ author }) => author),
        ['Alice', 'Dave'],
        'authors',
      );
    },
  },
  {
    name: 'refuses blank and over-long text, names the field and keeps nothing',
    needs: ['createTicket', 'reply'],
    async run(world) {
      const alice = await world.visitor('alice');
      const id = await ticketId(world, 1);
      for (const body of ['', ' \n\t', 'a'.repeat(20_001), 'a\0b']) {
        const { fields } = await fails(alice.reply(id, { body }, { idempotencyKey: key() }), 'invalid');
        equal(
          fields?.map(({ path }) => path),
          ['body'],
          `fields for a reply of ${body.length} characters`,
        );
      }
      const subjects = [
        [{ ...newTicket, subject: ' ' }, ['subject']],
        [{ ...newTicket, subject: 'a'.repeat(201) }, ['subject']],
        [{ subject: '', message: '' }, ['subject', 'message']],
        [{ ...newTicket, properties: { articleTitle: 'a'.repeat(2001) } }, ['properties.articleTitle']],
      ] as const;
      for (const [input, paths] of subjects) {
        const { fields } = await fails(alice.createTicket(input, { idempotencyKey: key() }), 'invalid');
        equal(
          fields?.map(({ path }) => path),
          paths,
          'fields for a ticket',
        );
      }
      equal((await world.staff.thread(id)).length, 3, 'messages that were kept');
      equal(await numbers(alice), [1, 2, 10], 'tickets that were kept');
    },
  },
  {
    name: 'takes text of exactly the longest length',
    needs: ['createTicket', 'longest'],
    async run(world) {
      const alice = await world.visitor('alice');
      const longest = { subject: 'ż'.repeat(200), message: 'ó'.repeat(20_000) };
      const ticket = await alice.createTicket(longest, { idempotencyKey: key() });
      equal(ticket.subject, longest.subject, 'subject');
      equal(await texts(alice, ticket.id), [longest.message], 'message');
    },
  },
  {
    name: 'opens a ticket with files, which everybody who sees it can read',
    needs: ['createTicket', 'upload', 'download'],
    async run(world) {
      const [alice, bob] = [await world.visitor('alice'), await world.visitor('bob')];
      const [first, second] = [
        await alice.upload(fileOf('a picture', 'zażółć “1”.txt', 'text/plain')),
        await alice.upload(fileOf('', 'empty.log', '')),
      ];
      equal([first.name, first.type, first.size], ['zażółć “1”.txt', 'text/plain', 9], 'the first file');
      equal([second.name, second.size], ['empty.log', 0], 'the second file');
      const input = { ...newTicket, attachments: [second.id, first.id] };
      const ticket = await alice.createTicket(input, { idempotencyKey: key() });
      const [message] = (await bob.listMessages(ticket.id)).items;
      const files = message?.attachments ?? [];
      equal(
        files.map(({ name, size }) => [name, size]),
        [
          [second.name, 0],
          [first.name, 9],
        ],
        'in their order',
      );
      equal(await (await bob.download(files[1]?.id ?? '')).text(), 'a picture', 'what it says');
      equal((await bob.download(files[0]?.id ?? '')).size, 0, 'what is in the empty one');
      await fails((await world.visitor('carol')).download(files[1]?.id ?? ''), 'not-found');
    },
  },
  {
    name: 'adds a reply with a file, once, and of its sender alone',
    needs: ['reply', 'upload', 'download'],
    async run(world) {
      const [alice, bob] = [await world.visitor('alice'), await world.visitor('bob')];
      const id = await ticketId(world, 1);
      const file = await alice.upload(fileOf('a log', 'log.txt', 'text/plain'));
      const input = { body: 'See the log', attachments: [file.id] };
      const before = await world.staff.thread(id);
      await fails(bob.reply(id, input, { idempotencyKey: key() }), 'invalid');
      await fails(alice.reply(id, { ...input, attachments: [file.id, file.id] }, { idempotencyKey: key() }), 'invalid');
      await fails(alice.reply(id, { ...input, attachments: ['A'.repeat(22)] }, { idempotencyKey: key() }), 'invalid');
      await fails(alice.download(file.id), 'not-found');
      equal(await world.staff.thread(id), before, 'nothing is written');
      const once = { idempotencyKey: key() };
      const message = await alice.reply(id, input, once);
      equal(
        message.attachments.map(({ name, size }) => [name, size]),
        [['log.txt', 5]],
        'the file of the answer',
      );
      equal((await alice.listMessages(id)).items.at(-1), message, 'the last of the thread');
      equal(await alice.reply(id, input, once), message, 'the same, asked again');
      equal(await (await bob.download(message.attachments[0]?.id ?? '')).text(), 'a log', 'what it says');
      await fails(alice.reply(id, input, { idempotencyKey: key() }), 'invalid');
    },
  },
  {
    name: 'refuses a file that is larger than the portal says',
    needs: ['upload'],
    async run(world) {
      const alice = await world.visitor('alice');
      const { attachmentBytes } = (await alice.portal()).limits;
      holds(attachmentBytes > 0, 'a portal that takes files says how large');
      await fails(alice.upload(new File([new Uint8Array(attachmentBytes + 1).fill(32)], 'large.txt')), 'too-large');
    },
  },
  {
    name: 'takes no kind of file that the portal does not name, and leaves nothing of it',
    needs: ['upload'],
    async run(world) {
      const alice = await world.visitor('alice');
      const { attachmentExtensions } = (await alice.portal()).limits;
      // Without a list every kind is welcome.
      if (!attachmentExtensions) return;
      holds(attachmentExtensions.length > 0, 'a portal that names kinds takes some');
      const foreign = ['exe', 'html', 'js'].find((extension) => !attachmentExtensions.includes(extension));
      for (const name of [foreign && `run.${foreign}`, 'no-extension', '.'])
        if (name) await fails(alice.upload(fileOf('text', name, 'text/plain')), 'unsupported-type');
    },
  },
  {
    name: 'says how much of a file is on its way, ever more and all of it in the end',
    needs: ['upload'],
    async run(world) {
      const alice = await world.visitor('alice');
      const file = fileOf('a line of a log\n'.repeat(5000), 'long.log', 'text/plain');
      const heard: number[] = [];
      await alice.upload(file, { progress: (sent) => heard.push(sent) });
      equal(heard.at(-1), file.size, 'the last that was said');
      equal(
        heard,
        heard.toSorted((one, other) => one - other),
        'what was said',
      );
    },
  },
  {
    name: 'gives up a file that its sender has given up',
    needs: ['upload'],
    async run(world) {
      const alice = await world.visitor('alice');
      const controller = new AbortController();
      const sending = alice.upload(fileOf('a log', 'log.txt', 'text/plain'), { signal: controller.signal });
      controller.abort(new Error('not that one'));
      const error = await sending.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      holds(error === controller.signal.reason, 'it ends with the reason of the signal');
    },
  },
];
