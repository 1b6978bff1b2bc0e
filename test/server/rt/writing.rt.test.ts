import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeskError } from '../../../src/server/connectors/connector.js';
import type { RtSettings } from '../../../src/server/connectors/rt/settings.js';
import { PORTAL, type RtDesk } from '../../support/rt-desk.js';
import {
  type Contact,
  connect,
  createContact,
  messagesOf,
  newAttempt,
  newContact,
  newReply,
  newTicket,
  openDesk,
  rtOfRun,
  signal,
} from './fixture.js';

let desk: RtDesk;
beforeAll(() => {
  desk = openDesk();
});
afterAll(() => desk.close());

const texts =
  'Zażółć gęślą jaźń 😀\n\n"quoted" \'single\' \\ back\n.\nFrom here & <b>there</b>\n[example.com #1]\n> — end';
const file = { name: 'zażółć 😀 "q".txt', type: 'text/plain', bytes: new TextEncoder().encode('zażółć') };
const empty = { name: 'empty.bin', type: 'application/octet-stream', bytes: new Uint8Array() };

/** A reply is written by each way that there is, to the same effect. */
const ways: readonly RtSettings['replyAs'][] = ['mail-gateway', 'service', 'contact-token'];
/** A connector that these contacts have given tokens to. */
async function connectBy(replyAs: RtSettings['replyAs'], ...contacts: readonly Contact[]) {
  const tokens = new Map<string, string>();
  for (const { name, writer } of contacts) tokens.set(writer.email, await desk.createToken(name));
  return connect({ replyAs, tokens });
}

const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof DeskError ? error.kind : error),
  );

describe('a ticket opened in the portal', () => {
  test("is the contact's, with text and files as they were", async () => {
    const { create, feed } = connect();
    const { writer } = newContact('alice');
    const ref = await create(newTicket(writer, { subject: texts, text: texts, files: [file, empty] }), signal);
    expect(await feed.ticket(ref, signal)).toMatchObject({
      subject: texts.replace(/\n+/g, ' '),
      requester: { email: writer.email },
      contacts: [],
      participants: [],
    });
    const [message] = await messagesOf(feed, ref);
    expect(message).toMatchObject({ side: 'contact', author: { email: writer.email }, text: texts, html: null });
    expect(message!.files.map(({ name, type, size }) => [name, type, size])).toEqual([
      [file.name, 'text/plain', 10],
      ['empty.bin', 'application/octet-stream', 0],
    ]);
    const opened = await feed.openFile(ref, message!.files[0]!.ref, signal);
    expect(await new Response(opened!.body as BodyInit).text()).toBe('zażółć');
  });

  test('is one, however often it is tried', async () => {
    const { create } = connect();
    const { writer } = newContact('alice');
    const ticket = newTicket(writer);
    const ref = await create(ticket, signal);
    expect(await create({ ...ticket, attempt: { ...ticket.attempt, again: true } }, signal)).toBe(ref);
    expect(await create({ ...ticket, attempt: newAttempt(true) }, signal)).not.toBe(ref);
  });

  test('is a new one whatever its subject says', async () => {
    const { create, feed } = connect();
    const victim = await desk.createTicket({
      requestors: [(await createContact(desk, 'bob')).name],
      subject: 'x',
      text: 'x',
    });
    const { writer } = newContact('eve');
    const subject = `[${rtOfRun().rtname} #${victim}] x`;
    const ref = await create(newTicket(writer, { subject }), signal);
    expect(ref).not.toBe(victim);
    expect(await feed.ticket(ref, signal)).toMatchObject({ subject, requester: { email: writer.email } });
    expect((await messagesOf(feed, victim)).length).toBe(1);
  });

  test('takes no header from a subject, a name or an address', async () => {
    const { create, feed } = connect();
    const bob = await createContact(desk, 'bob');
    const { writer } = newContact('eve');
    const injected = `x\r\nCc: ${bob.writer.email}\nContent-Type: text/plain; portico-by="Ym9i"`;
    const ref = await create(newTicket(writer, { subject: injected, by: { ...writer, name: injected } }), signal);
    const ticket = await feed.ticket(ref, signal);
    expect(ticket).toMatchObject({ requester: { email: writer.email }, participants: [], contacts: [] });
    expect((await messagesOf(feed, ref))[0]!.author.email).toBe(writer.email);
    for (const email of [
      `${writer.email}, ${bob.writer.email}`,
      `${writer.email}\nx@x.example`,
      'bob',
      `"x" <${bob.writer.email}>`,
    ]) {
      expect(await kindOf(create(newTicket({ ...writer, email }), signal)), email).toBe('refused');
    }
  });

  test("has the writer's oldest group in copy where groups are companies", async () => {
    const { create, feed } = connect({ company: 'group' });
    const [alice, bob] = [await createContact(desk, 'alice'), await createContact(desk, 'bob')];
    const name = `Acme of ${alice.name}`;
    for (const group of [name, `Globex of ${alice.name}`]) await desk.createGroup(group, [alice.name]);
    const ref = await create(newTicket(alice.writer), signal);
    expect(await feed.ticket(ref, signal)).toMatchObject({ companies: [{ name }], participants: [] });
    const other = await create(newTicket(bob.writer), signal);
    expect(await feed.ticket(other, signal)).toMatchObject({ companies: [] });
  });

  test('goes to no queue that is not ours', async () => {
    const { create } = connect();
    const { writer } = newContact('alice');
    expect(await kindOf(create(newTicket(writer, { inbox: 'Internal' }), signal))).toBe('refused');
    expect(
      await kindOf(connect({ queues: ['Internal'] }).create(newTicket(writer, { inbox: 'Internal' }), signal)),
    ).toBe('misconfigured');
  });
});

describe.each(ways)('a reply by %s', (way) => {
  test("is the contact's, once, with text and files as they were", async () => {
    const alice = await createContact(desk, 'alice');
    const { reply, feed } = await connectBy(way, alice);
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    const input = newReply(alice.writer, ticket, { text: texts, files: [file] });
    const ref = await reply(input, signal);
    expect(await reply({ ...input, attempt: { ...input.attempt, again: true } }, signal)).toBe(ref);
    const messages = (await messagesOf(feed, ticket)).filter(({ kind }) => kind === 'message');
    expect(messages.length).toBe(2);
    expect(messages[1]).toMatchObject({
      ref,
      side: 'contact',
      author: { name: 'Alice Archer', email: alice.writer.email },
      text: texts,
      html: null,
    });
    expect(messages[1]!.files.map(({ name, size }) => [name, size])).toEqual([[file.name, 10]]);
  });

  test('that never arrived is written when it is tried again; another attempt is another message', async () => {
    const alice = await createContact(desk, 'alice');
    const { reply, feed } = await connectBy(way, alice);
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    const refs = [
      await reply(newReply(alice.writer, ticket, { attempt: newAttempt(true) }), signal),
      await reply(newReply(alice.writer, ticket, { attempt: newAttempt(true) }), signal),
    ];
    const messages = (await messagesOf(feed, ticket)).filter(({ kind }) => kind === 'message');
    expect(messages.slice(1).map(({ ref }) => ref)).toEqual(refs);
  });

  test('to a ticket that is gone is refused', async () => {
    const alice = await createContact(desk, 'alice');
    const { reply } = await connectBy(way, alice);
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    await desk.moveTicket(ticket, 'Internal');
    expect(await kindOf(reply(newReply(alice.writer, ticket), signal))).toBe('refused');
    expect((await desk.readTicket(ticket)).messages.length).toBe(1);
  });
});

describe.each(ways)('a ticket that waits for the customer', (way) => {
  test(`is open after their reply by ${way}, and they have opened it`, async () => {
    const alice = await createContact(desk, 'alice');
    const { reply, feed } = await connectBy(way, alice);
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    await desk.setStatus(ticket, 'stalled');
    await reply(newReply(alice.writer, ticket, { text: ' Still burning. ' }), signal);
    expect((await messagesOf(feed, ticket)).slice(2)).toMatchObject([
      { kind: 'message', text: ' Still burning. ' },
      {
        kind: 'status',
        side: 'contact',
        author: { email: alice.writer.email },
        status: { from: 'stalled', to: 'open' },
      },
    ]);
    await desk.setStatus(ticket, 'resolved');
    await reply(newReply(alice.writer, ticket), signal);
    expect((await messagesOf(feed, ticket)).at(-1)).toMatchObject({
      side: 'contact',
      author: { email: alice.writer.email },
      status: { from: 'resolved', to: 'open' },
    });
  });
});

describe('a colleague who replies', () => {
  test('takes part from then on, beside those who did before', async () => {
    const { reply, feed } = connect();
    const [alice, bob, carol] = [
      await createContact(desk, 'alice'),
      await createContact(desk, 'bob'),
      await createContact(desk, 'carol'),
    ];
    await desk.createGroup(`Acme of ${alice.name}`);
    const ticket = await desk.createTicket({
      requestors: [alice.name],
      cc: [carol.name],
      ccGroups: [`Acme of ${alice.name}`],
      subject: 'x',
      text: 'x',
    });
    await reply(newReply(bob.writer, ticket, { joins: true }), signal);
    expect((await desk.readTicket(ticket)).cc).toEqual([`Acme of ${alice.name}`, bob.name, carol.name].sort());
    const messages = await messagesOf(feed, ticket);
    expect(messages.filter(({ kind }) => kind === 'message').at(-1)).toMatchObject({
      side: 'contact',
      author: { email: bob.writer.email },
    });
  });

  test('drops nobody whom staff add meanwhile', async () => {
    const [alice, bob, carol] = [
      await createContact(desk, 'alice'),
      await createContact(desk, 'bob'),
      await createContact(desk, 'carol'),
    ];
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    let meddled = false;
    const meddling: typeof fetch = async (url, init) => {
      if (init?.method === 'PUT' && !meddled) {
        meddled = true;
        await desk.setParties(ticket, { cc: [carol.name] });
      }
      return fetch(url, init);
    };
    await connect({}, { fetch: meddling }).reply(newReply(bob.writer, ticket, { joins: true }), signal);
    expect((await desk.readTicket(ticket)).cc).toEqual([bob.name, carol.name].sort());
  });

  test('but does not take part is refused by RT, and so is one who is disabled', async () => {
    const { reply, feed } = connect();
    const [alice, bob] = [await createContact(desk, 'alice'), await createContact(desk, 'bob')];
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    expect(await kindOf(reply(newReply(bob.writer, ticket), signal))).toBe('refused');
    await desk.changeUser(alice.name, { disabled: true });
    expect(await kindOf(reply(newReply(alice.writer, ticket), signal))).toBe('refused');
    expect((await messagesOf(feed, ticket)).length).toBe(1);
  });
});

describe('what the service account writes', () => {
  test('says to staff who wrote it, and to customers only what they wrote', async () => {
    const { reply, feed } = connect({ replyAs: 'service' });
    const alice = await createContact(desk, 'alice');
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    await reply(newReply(alice.writer, ticket, { text: 'Hello.' }), signal);
    const kept = (await desk.readTicket(ticket)).messages.at(-1)!.bodies[0]!.content;
    expect(kept).toBe(`Alice Archer <${alice.writer.email}> wrote in the customer portal:\n\nHello.`);
    expect((await messagesOf(feed, ticket)).filter(({ kind }) => kind === 'message').at(-1)).toMatchObject({
      text: 'Hello.',
    });
  });

  test("is nobody else's because its first line says so", async () => {
    const { reply, feed } = connect({ replyAs: 'service' });
    const [alice, bob] = [await createContact(desk, 'alice'), await createContact(desk, 'bob')];
    const ticket = await desk.createTicket({ requestors: [alice.name, bob.name], subject: 'x', text: 'x' });
    const line = `Bob Archer <${bob.writer.email}> wrote in the customer portal:\n\nI agree.`;
    await reply(newReply(alice.writer, ticket, { text: line }), signal);
    await desk.correspond(ticket, { text: line, as: alice.name });
    const said = (await messagesOf(feed, ticket)).filter(({ kind }) => kind === 'message').slice(1);
    expect(said.map(({ author, text }) => [author.email, text])).toEqual([
      [alice.writer.email, line],
      [alice.writer.email, line],
    ]);
  });
});

describe('where contacts have tokens', () => {
  test('who has none writes by the service account, and all read the same of both', async () => {
    const [alice, bob] = [await createContact(desk, 'alice'), await createContact(desk, 'bob')];
    const { reply, feed } = await connectBy('contact-token', alice);
    const ticket = await desk.createTicket({ requestors: [alice.name, bob.name], subject: 'x', text: 'x' });
    const line = `Bob Archer <${bob.writer.email}> wrote in the customer portal:\n\nI agree.`;
    const shouting = { ...alice.writer, email: alice.writer.email.toUpperCase() };
    await reply(newReply(shouting, ticket, { text: line }), signal);
    const input = newReply(bob.writer, ticket, { text: 'I do.', files: [file] });
    const ref = await reply(input, signal);
    expect(await reply({ ...input, attempt: { ...input.attempt, again: true } }, signal)).toBe(ref);
    const kept = (await desk.readTicket(ticket)).messages.slice(1);
    expect(kept.map(({ creator, bodies }) => [creator, bodies[0]!.content])).toEqual([
      [alice.name, line],
      [PORTAL, `Bob Archer <${bob.writer.email}> wrote in the customer portal:\n\nI do.`],
    ]);
    const said = (await messagesOf(feed, ticket)).filter(({ kind }) => kind === 'message').slice(1);
    expect(said.map(({ side, author, text, files }) => [side, author.email, text, files.length])).toEqual([
      ['contact', alice.writer.email, line, 0],
      ['contact', bob.writer.email, 'I do.', 1],
    ]);
  });

  test('whose token RT does not take writes by the service account as well', async () => {
    const alice = await createContact(desk, 'alice');
    const tokens = new Map([[alice.writer.email, `1-1-${'0'.repeat(32)}`]]);
    const { reply } = connect({ replyAs: 'contact-token', tokens });
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    await reply(newReply(alice.writer, ticket), signal);
    expect((await desk.readTicket(ticket)).messages.map(({ creator }) => creator)).toEqual([alice.name, PORTAL]);
  });

  test('who may not write in RT, or is disabled there, is refused', async () => {
    const [alice, bob] = [await createContact(desk, 'alice'), await createContact(desk, 'bob')];
    const { reply } = await connectBy('contact-token', alice, bob);
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    expect(await kindOf(reply(newReply(bob.writer, ticket), signal))).toBe('refused');
    await desk.changeUser(alice.name, { disabled: true });
    expect(await kindOf(reply(newReply(alice.writer, ticket), signal))).toBe('refused');
    expect((await desk.readTicket(ticket)).messages.length).toBe(1);
  });
});

describe('a status', () => {
  test('is set, and set already the second time', async () => {
    const { setStatus, feed } = connect();
    const alice = await createContact(desk, 'alice');
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    const change = { attempt: newAttempt(), by: alice.writer, ticket, status: 'resolved' };
    await setStatus(change, signal);
    await setStatus({ ...change, attempt: { ...change.attempt, again: true } }, signal);
    expect((await messagesOf(feed, ticket)).filter(({ kind }) => kind === 'status')).toMatchObject([
      { side: 'support', author: { name: 'Support', email: null }, status: { from: 'new', to: 'resolved' } },
    ]);
  });

  test('that RT does not set is refused, whatever RT answers', async () => {
    const { setStatus } = connect();
    const alice = await createContact(desk, 'alice');
    const ticket = await desk.createTicket({ requestors: [alice.name], subject: 'x', text: 'x' });
    const change = { attempt: newAttempt(), by: alice.writer, ticket, status: 'nonsense' };
    expect(await kindOf(setStatus(change, signal))).toBe('refused');
    // The account has no right to delete, and RT answers 200.
    expect(await kindOf(setStatus({ ...change, status: 'deleted' }, signal))).toBe('refused');
    expect(await kindOf(setStatus({ ...change, ticket: '99999999' }, signal))).toBe('refused');
  });
});
