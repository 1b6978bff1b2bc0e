import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { seedOf } from '../../../src/testing/conformance/index.js';
import { createDeskStaff, writeWorld } from '../../support/desk-world.js';
import { type PythonDesk, startPythonDesk, whyNoPython } from '../../support/python-desk.js';
import {
  type HttpDesk,
  connect,
  failureOf,
  key,
  messagesOf,
  newAttempt,
  newReply,
  newTicket,
  signal,
} from './fixture.js';

const sample = new URL('../../../demo/connectors/python/desk.py', import.meta.url);
const why = whyNoPython();
const world = seedOf('sample');
const [alice, bob] = ['alice@example.com', 'bob@example.com'];

test('the sample has at most 80 lines, none of them wider than 120', () => {
  const lines = readFileSync(sample, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(80);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
});

test('where machines watch, Python is there', () => {
  expect(process.env['CI'] === 'true' ? why : null).toBeNull();
});

describe.skipIf(why !== null)(`the sample in Python${why === null ? '' : `, ${why}`}`, () => {
  let python: PythonDesk;
  let desk: HttpDesk;
  beforeAll(async () => {
    python = await startPythonDesk();
  });
  afterAll(() => python.stop());
  beforeEach(async () => {
    await writeWorld(python, world);
    desk = connect({}, { url: python.url }, { key: python.key });
  });

  describe('lets in nobody but the portal', () => {
    /** Does what the connector does, changed on its way. */
    const altered = (change: (url: string, init: RequestInit) => [string, RequestInit]) =>
      connect(
        { fetch: ((url: string, init: RequestInit) => fetch(...change(url, init))) as typeof fetch },
        { url: python.url },
        { key: python.key },
      );
    const withHeaders = (init: RequestInit, more: Record<string, string>) => ({
      ...init,
      headers: { ...(init.headers as Record<string, string>), ...more },
    });
    const statusOf = (call: Promise<unknown>) =>
      call.then(
        () => 200,
        (error: Error) => Number(/answers (\d+)/.exec(error.message)?.[1]),
      );

    test('with another key', async () => {
      expect(await statusOf(connect({}, { url: python.url }, { key }).health(signal))).toBe(401);
    });

    // The clock ahead by more than the second: it comes nearer until the desk has read it.
    test.each([-301, 360])('whose clock is %d seconds from its own', async (seconds) => {
      const clock = () => new Date(Date.now() + seconds * 1000);
      const other = connect({ clock }, { url: python.url }, { key: python.key });
      expect(await statusOf(other.health(signal))).toBe(401);
    });

    test('within five minutes, as clocks differ', async () => {
      const clock = () => new Date(Date.now() - 280_000);
      await connect({ clock }, { url: python.url }, { key: python.key }).health(signal);
    });

    test('with another body, id or time, or without a signature', async () => {
      const body = JSON.stringify({ type: 'contact', email: bob });
      const changes: ((init: RequestInit) => RequestInit)[] = [
        (init) => ({ ...init, body }),
        (init) => withHeaders(init, { 'webhook-id': 'other' }),
        (init) => withHeaders(init, { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) + 5) }),
        (init) => withHeaders(init, { 'webhook-signature': '' }),
        (init) => withHeaders(init, { 'webhook-signature': 'v1,ä v1a,AAAA' }),
      ];
      for (const change of changes) {
        const other = altered((url, init) => [url, change(init)]);
        expect(await statusOf(other.feed.contactByEmail(alice, signal))).toBe(401);
      }
    });

    test('at another path than was signed for', async () => {
      const other = altered((url, init) => [url.replace('/contact', '/ticket'), init]);
      expect(await statusOf(other.feed.contactByEmail(alice, signal))).toBe(400);
      const deeper = altered((url, init) => [url.replace('/contact', '/x/contact'), init]);
      expect(await statusOf(deeper.feed.contactByEmail(alice, signal))).toBe(400);
    });

    test('who is one of several that sign, as while a key is changed', async () => {
      const both = altered((url, init) => {
        const { 'webhook-signature': right } = init.headers as Record<string, string>;
        return [url, withHeaders(init, { 'webhook-signature': `v1,AAAA ${right}` })];
      });
      await both.health(signal);
    });
  });

  test('knows its tickets by number, parties, company and public messages', async () => {
    const found = await desk.feed.ticket('sample-t-11', signal);
    expect(found).toMatchObject({
      ...{ number: 11, status: 'open', deleted: false, inbox: 'sample-support' },
      requester: { name: 'Bob', email: bob },
      participants: [{ email: 'dave@example.com' }],
      companies: [{ ref: 'sample-acme', name: 'Acme' }],
    });
    expect(await desk.feed.ticket('nothing', signal)).toBeNull();
    const messages = await messagesOf(desk.feed, 'sample-t-1');
    expect(messages.map(({ kind, files }) => [kind, files.map(({ name }) => name)])).toEqual([
      ['message', []],
      ['message', ['readings.csv']],
    ]);
    expect(JSON.stringify(messages)).not.toContain('periwinkle');
  });

  test('hands over a file to its own ticket, and one of a note to nobody', async () => {
    const [message] = (await messagesOf(desk.feed, 'sample-t-1')).filter(({ files }) => files.length > 0);
    const file = message!.files[0]!;
    const opened = await desk.feed.openFile('sample-t-1', file.ref, signal);
    expect(await new Response(opened!.body as BodyInit).text()).toHaveLength(file.size);
    expect(await desk.feed.openFile('sample-t-2', file.ref, signal)).toBeNull();
    expect(await desk.feed.openFile('sample-t-1', 'sample-f-2', signal)).toBeNull();
  });

  test('knows people by their address, and whom they work for, the primary company first', async () => {
    const erin = await desk.feed.contactByEmail('ERIN@example.com', signal);
    expect(erin).toMatchObject({ name: 'Erin', enabled: true });
    expect(erin?.companies.map(({ name }) => name)).toEqual(['Globex', 'Acme']);
    expect(await desk.feed.contactByEmail('frank@example.com', signal)).toMatchObject({ enabled: false });
    expect(await desk.feed.contactByEmail('nobody@example.com', signal)).toBeNull();
  });

  test('tells each change, and nothing twice', async () => {
    const first = await desk.feed.changes(null, signal);
    expect([first.tickets.length, first.more]).toEqual([12, false]);
    expect((await desk.feed.changes(first.cursor, signal)).tickets).toEqual([]);
    await createDeskStaff(python, world).reply('sample-t-4', 'Have you tried it off?');
    const next = await desk.feed.changes(first.cursor, signal);
    expect(next.tickets.map(({ ref }) => ref)).toEqual(['sample-t-4']);
    expect(next.tickets[0]!.stamp).not.toBe(first.tickets.find(({ ref }) => ref === 'sample-t-4')!.stamp);
  });

  test('writes once for one id, however often and however much at once it is asked', async () => {
    const attempt = newAttempt();
    const open = () =>
      desk.create(newTicket({ attempt, by: { name: 'Bob', email: bob }, inbox: 'sample-support' }), signal);
    const refs = await Promise.all([open(), open(), open()]);
    expect(new Set([...refs, await open()]).size).toBe(1);
    const reply = newReply(refs[0], { joins: true });
    const said = await Promise.all([desk.reply(reply, signal), desk.reply(reply, signal)]);
    expect(said[0]).toBe(said[1]);
    expect((await messagesOf(desk.feed, refs[0])).map(({ text, side }) => [text, side])).toEqual([
      ['It burns.', 'contact'],
      ['Still burning.', 'contact'],
    ]);
    const ticket = await desk.feed.ticket(refs[0], signal);
    expect(ticket).toMatchObject({
      ...{ number: 13, status: 'new', requester: { email: bob }, participants: [{ email: alice }] },
      companies: [{ name: 'Acme' }],
    });
  });

  test('a reply wakes a closed ticket, and a status is set', async () => {
    await desk.reply(newReply('sample-t-2'), signal);
    const by = { name: 'Alice', email: alice };
    const close = () => desk.setStatus({ attempt: newAttempt(), by, ticket: 'sample-t-2', status: 'closed' }, signal);
    await close();
    await close();
    const messages = await messagesOf(desk.feed, 'sample-t-2');
    expect(messages.map(({ status }) => status && `${status.from} ${status.to}`)).toEqual([
      ...[null, 'open solved', null, 'solved open', 'open closed'],
    ]);
  });

  test('keeps files that come with a reply, byte for byte', async () => {
    const files = [{ name: 'a.txt', type: 'text/plain', bytes: Uint8Array.of(0, 1, 255) }];
    const ref = await desk.reply(newReply('sample-t-1', { files }), signal);
    const said = (await messagesOf(desk.feed, 'sample-t-1')).find((message) => message.ref === ref);
    expect(said?.files).toMatchObject([{ name: 'a.txt', type: 'text/plain', size: 3 }]);
    const opened = await desk.feed.openFile('sample-t-1', said!.files[0]!.ref, signal);
    expect([...new Uint8Array(await new Response(opened!.body as BodyInit).arrayBuffer())]).toEqual([0, 1, 255]);
  });

  test('refuses what it cannot do, and keeps nothing of it', async () => {
    expect(await failureOf(desk.reply(newReply('nothing'), signal))).toBe('refused');
    expect(await messagesOf(desk.feed, 'sample-t-1')).toHaveLength(2);
  });

  test('speaks by the published contract', async () => {
    const contract = new URL('../../../src/server/connectors/http/openapi.json', import.meta.url);
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(JSON.parse(readFileSync(contract, 'utf8')) as object, 'contract');
    const wrong: string[] = [];
    const check = (name: string, value: unknown) => {
      if (!ajv.validate({ $ref: `contract#/components/schemas/${name}` }, value))
        wrong.push(`${name}: ${ajv.errorsText()}`);
    };
    const watched = (async (url: string, init: RequestInit) => {
      const name = `${url[python.url.length + 1]?.toUpperCase()}${url.slice(python.url.length + 2)}`;
      check(`${name}Request`, JSON.parse(String(init.body)));
      const response = await fetch(url, init);
      if (name !== 'File') check(`${name}Answer`, await response.clone().json());
      return response;
    }) as typeof fetch;
    const { feed, ...writes } = connect({ fetch: watched }, { url: python.url }, { key: python.key });
    await feed.statuses(signal);
    await feed.changes(null, signal);
    for (const { id } of world.tickets) await feed.ticket(id, signal);
    await feed.contactByEmail(alice, signal);
    await feed.contactByEmail('nobody@example.com', signal);
    await feed.openFile('sample-t-1', 'sample-f-1', signal);
    const ref = await writes.create(newTicket({ inbox: 'sample-support' }), signal);
    await writes.reply(newReply(ref), signal);
    await writes.setStatus(
      { attempt: newAttempt(), by: { name: 'A', email: alice }, ticket: ref, status: 'closed' },
      signal,
    );
    await feed.ticket(ref, signal);
    expect(wrong).toEqual([]);
  });
});
