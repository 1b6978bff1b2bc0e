import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RtDesk } from '../../support/rt-desk.js';
import { connect, createContact, messagesOf, openDesk, signal } from './fixture.js';

let desk: RtDesk;
beforeAll(() => {
  desk = openDesk();
});
afterAll(() => desk.close());

const bytesOf = async (body: ReadableStream<Uint8Array> | Uint8Array) =>
  new Uint8Array(await new Response(body as BodyInit).arrayBuffer());

describe('a ticket of RT', () => {
  test('has a requester, contacts, participants, and no companies where organizations are companies', async () => {
    const { feed } = connect();
    const [alice, bob, carol] = [
      await createContact(desk, 'alice'),
      await createContact(desk, 'bob'),
      await createContact(desk, 'carol'),
    ];
    const ref = await desk.createTicket({
      requestors: [alice.name, bob.name],
      cc: [carol.name, bob.name],
      subject: 'Zażółć 😀 \'quoted\' \\ "twice"',
      text: 'x',
    });
    const ticket = await feed.ticket(ref, signal);
    expect(ticket).toEqual({
      ref,
      number: Number(ref),
      inbox: 'Support',
      subject: 'Zażółć 😀 \'quoted\' \\ "twice"',
      status: 'new',
      createdAt: expect.any(Date),
      deleted: false,
      requester: { ref: expect.stringMatching(/^\d+$/), name: 'Alice Archer', email: alice.writer.email },
      contacts: [{ ref: expect.any(String), name: 'Bob Archer', email: bob.writer.email }],
      participants: [{ ref: expect.any(String), name: 'Carol Archer', email: carol.writer.email }],
      companies: null,
      properties: {},
      messages: [expect.objectContaining({ kind: 'message', text: 'x' })],
    });
  });

  test('has the groups in copy as companies where groups are companies', async () => {
    const alice = await createContact(desk, 'alice');
    await desk.createGroup(`Acme of ${alice.name}`, [alice.name]);
    const ref = await desk.createTicket({
      requestors: [alice.name],
      ccGroups: [`Acme of ${alice.name}`],
      subject: 'Printer',
      text: 'x',
    });
    const { feed } = connect({ company: 'group' });
    const ticket = await feed.ticket(ref, signal);
    expect(ticket?.companies).toEqual([{ ref: expect.any(String), name: `Acme of ${alice.name}` }]);
    const contact = await feed.contactByEmail(alice.writer.email, signal);
    expect(contact?.companies).toEqual(ticket?.companies);
  });

  test('is not there when it was moved away, merged, deleted, or never was', async () => {
    const { feed } = connect();
    const alice = await createContact(desk, 'alice');
    const open = () => desk.createTicket({ requestors: [alice.name], subject: 'Printer', text: 'x' });
    const [moved, merged, target, deleted] = [await open(), await open(), await open(), await open()];
    await desk.moveTicket(moved, 'Internal');
    await desk.mergeTicket(merged, target);
    await desk.deleteTicket(deleted);
    for (const ref of [moved, merged, deleted, '99999999', '0', "1' OR id > 0", '']) {
      expect(await feed.ticket(ref, signal), ref).toBe(null);
    }
    expect(await feed.ticket(target, signal)).not.toBe(null);
  });

  test('is not there outside of the queues of the settings, although the account sees it', async () => {
    const alice = await createContact(desk, 'alice');
    const ref = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x', queue: 'Sales' });
    expect(await connect({ queues: ['Support'] }).feed.ticket(ref, signal)).toBe(null);
    expect(await connect({ queues: ["O'Brien \\ sons", 'Sales'] }).feed.ticket(ref, signal)).not.toBe(null);
  });
});

describe('messages of RT', () => {
  test('are what was said publicly and what became of the ticket, and nothing of a comment', async () => {
    const { feed } = connect();
    const alice = await createContact(desk, 'alice');
    const ref = await desk.createTicket({ requestors: [alice.name], subject: 'Printer', text: 'It burns. 🔥' });
    const files = [{ name: 'note.txt', type: 'text/plain', content: 'secret' }];
    const hidden = await desk.comment(ref, { text: 'Third fire this week.', files });
    await desk.correspond(ref, {
      text: 'Which model?',
      files: [{ name: 'żółw.txt', type: 'text/plain', content: 'żółw' }],
    });
    await desk.setStatus(ref, 'resolved');
    const messages = await messagesOf(feed, ref);
    expect(
      messages.map(({ kind, side, author, text, status }) => [kind, side, author.name, author.email, text, status]),
    ).toEqual([
      ['message', 'contact', 'Alice Archer', alice.writer.email, 'It burns. 🔥', null],
      ['message', 'support', expect.any(String), null, 'Which model?', null],
      // RT has opened it because of the answer.
      ['status', 'support', expect.any(String), null, '', { from: 'new', to: 'open' }],
      ['status', 'support', expect.any(String), null, '', { from: 'open', to: 'resolved' }],
    ]);
    expect(JSON.stringify(messages)).not.toContain('secret');
    expect(JSON.stringify(messages)).not.toContain('agent@');
    const file = messages[1]!.files[0]!;
    expect(file).toEqual({
      ref: expect.any(String),
      name: 'żółw.txt',
      type: 'text/plain',
      size: 7,
      inline: false,
      contentId: null,
    });
    const opened = await feed.openFile(ref, file.ref, signal);
    expect(new TextDecoder().decode(await bytesOf(opened!.body))).toBe('żółw');
    expect(await feed.openFile(ref, hidden.files[0]!.id, signal)).toBe(null);
  });

  test('hide comments even from an account that may see them', async () => {
    const alice = await createContact(desk, 'alice');
    const bot = await createContact(desk, 'bot');
    const ref = await desk.createTicket({ requestors: [alice.name], subject: 'Printer', text: 'It burns.' });
    const hidden = await desk.comment(ref, {
      text: 'Secret.',
      files: [{ name: 'a.txt', type: 'text/plain', content: 'x' }],
    });
    const { user, password } = await privilegedAccount(bot.name);
    const { feed } = connect({ user, password });
    expect(JSON.stringify(await messagesOf(feed, ref))).not.toContain('Secret');
    expect((await messagesOf(feed, ref)).length).toBe(1);
    expect(await feed.openFile(ref, hidden.files[0]!.id, signal)).toBe(null);
  });

  test('have times that no comment moves', async () => {
    const { feed } = connect();
    const alice = await createContact(desk, 'alice');
    const open = async (comments: boolean) => {
      const ref = await desk.createTicket({ requestors: [alice.name], subject: 'Printer', text: '0' });
      for (const text of ['1', '2', '3', '4', '5']) {
        if (comments) await desk.comment(ref, { text: 'psst' });
        await desk.correspond(ref, { text, as: alice.name });
      }
      return (await messagesOf(feed, ref)).map(({ at }) => at.getTime());
    };
    for (const times of [await open(false), await open(true)]) {
      const seconds = new Set(times.map((time) => Math.floor(time / 1000)));
      for (const second of seconds) {
        const within = times.filter((time) => Math.floor(time / 1000) === second);
        expect(within).toEqual(within.map((_, place) => second * 1000 + place));
      }
    }
  });

  test('come with all their files from a ticket of more than a page, comments between them', async () => {
    const { feed } = connect();
    const alice = await createContact(desk, 'alice');
    const ref = await desk.createTicket({ requestors: [alice.name], subject: 'Printer', text: 'first' });
    for (let n = 0; n < 36; n++) {
      await desk.correspond(ref, {
        text: `message ${n}`,
        files: [{ name: `${n}.txt`, type: 'text/plain', content: `${n}` }],
      });
      if (n % 5 === 0)
        await desk.comment(ref, { text: 'psst', files: [{ name: 'x.txt', type: 'text/plain', content: 'x' }] });
    }
    const said = (await messagesOf(feed, ref)).filter(({ kind }) => kind === 'message');
    expect(said.map(({ text }) => text)).toEqual(['first', ...Array.from({ length: 36 }, (_, n) => `message ${n}`)]);
    expect(said.slice(1).map(({ files }) => files.map(({ name }) => name))).toEqual(
      Array.from({ length: 36 }, (_, n) => [`${n}.txt`]),
    );
  });

  test('of a mail in HTML have it and its text; of one with both, the plain text as well', async () => {
    const { feed } = connect();
    const alice = await createContact(desk, 'alice');
    const ref = await desk.createTicket({
      requestors: [alice.name],
      subject: 'x',
      html: '<p>Hello <b>there</b> zażółć</p><p>A&amp;B</p>',
    });
    await desk.correspond(ref, { text: 'plain', html: '<p>rich</p>' });
    const [first, second] = await messagesOf(feed, ref);
    expect(first).toMatchObject({
      text: 'Hello there zażółć\n\nA&B',
      html: '<p>Hello <b>there</b> zażółć</p><p>A&amp;B</p>',
      files: [],
    });
    expect(second).toMatchObject({ text: 'plain', html: '<p>rich</p>', files: [] });
  });

  test('too long to be read are files', async () => {
    const { feed } = connect();
    const alice = await createContact(desk, 'alice');
    const ref = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'żx'.repeat(400_000) });
    const [message] = await messagesOf(feed, ref);
    expect(message).toMatchObject({ text: '', html: null, files: [{ name: 'message.txt', size: 1_200_000 }] });
    const opened = await feed.openFile(ref, message!.files[0]!.ref, signal);
    expect((await bytesOf(opened!.body)).length).toBe(1_200_000);
  });

  test('of a merged ticket are read with the one that it was merged into', async () => {
    const { feed, create } = connect();
    const [alice, bob] = [await createContact(desk, 'alice'), await createContact(desk, 'bob')];
    const target = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'target' });
    const ref = await create(
      {
        attempt: { id: 'M'.repeat(22), again: false },
        by: bob.writer,
        inbox: 'Support',
        subject: 'y',
        text: 'merged',
        files: [],
        properties: {},
      },
      signal,
    );
    await desk.mergeTicket(ref, target);
    const messages = (await messagesOf(feed, target)).filter(({ kind }) => kind === 'message');
    expect(messages.map(({ author, text }) => [author.name, text])).toEqual([
      ['Alice Archer', 'target'],
      ['Bob Archer', 'merged'],
    ]);
  });
});

describe('files of RT', () => {
  test('are those of this ticket only, byte for byte', async () => {
    const { feed } = connect();
    const alice = await createContact(desk, 'alice');
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
    const open = () =>
      desk.createTicket({
        requestors: [alice.name],
        subject: 'x',
        text: 'x',
        files: [{ name: 'a.bin', type: 'application/octet-stream', content: bytes }],
      });
    const [one, other] = [await open(), await open()];
    const file = (await messagesOf(feed, one))[0]!.files[0]!;
    expect(await bytesOf((await feed.openFile(one, file.ref, signal))!.body)).toEqual(bytes);
    expect(await feed.openFile(other, file.ref, signal)).toBe(null);
    expect(await feed.openFile(one, '99999999', signal)).toBe(null);
    expect(await feed.openFile(one, '../1', signal)).toBe(null);
    await desk.moveTicket(one, 'Internal');
    expect(await feed.openFile(one, file.ref, signal)).toBe(null);
  });
});

describe('people of RT', () => {
  test('are found by their address, with organization and without regard to letter case', async () => {
    const { feed } = connect();
    const alice = await createContact(desk, 'alice', ' Acme ');
    const contact = await feed.contactByEmail(alice.writer.email.toUpperCase(), signal);
    expect(contact).toMatchObject({
      name: 'Alice Archer',
      email: alice.writer.email,
      enabled: true,
      companies: [{ ref: 'Acme', name: 'Acme' }],
      properties: { Organization: 'Acme' },
    });
    await desk.changeUser(alice.name, { organization: '', disabled: true });
    expect(await feed.contactByEmail(alice.writer.email, signal)).toMatchObject({ enabled: false, companies: [] });
    expect(await feed.contactByEmail('nobody@acme.example', signal)).toBe(null);
    expect(await feed.contactByEmail("x' OR 1=1", signal)).toBe(null);
  });

  test('of the staff are contacts of tickets that they take part in', async () => {
    const { feed } = connect();
    const ref = await desk.createTicket({ requestors: ['agent'], subject: 'x', text: 'My own.' });
    const [message] = await messagesOf(feed, ref);
    const ticket = await feed.ticket(ref, signal);
    expect(message).toMatchObject({ side: 'contact', author: ticket!.requester });
  });
});

/** An account that may see comments, too: what nobody should give the portal. */
async function privilegedAccount(name: string): Promise<{ user: string; password: string }> {
  const user = `${name}-staff`;
  await desk.createUser({
    name: user,
    realName: 'Too much',
    email: `${user}@example.com`,
    password: 'password-1',
    privileged: true,
  });
  await desk.grant(user, ['SeeQueue', 'ShowTicket', 'ShowTicketComments'], 'Support');
  await desk.grant(user, ['SeeQueue', 'ShowTicket'], 'Sales');
  await desk.grant(user, ['AdminUsers', 'SeeGroup']);
  return { user, password: 'password-1' };
}
