import { createHmac } from 'node:crypto';

import { describe, expect, test, vi } from 'vitest';

import { importKey, signatureHeaders } from '../../../src/server/connectors/http/signature.js';
import { deferred } from '../../support/deferred.js';
import {
  answering,
  connect,
  failureOf,
  json,
  key,
  messagesOf,
  newAttempt,
  newReply,
  newTicket,
  signal,
  url,
} from './fixture.js';

const desk = {
  statuses: [{ id: 'open', category: 'open', label: { en: 'Open' } }],
  inboxes: [{ ref: '1', name: 'All' }],
};
const person = { ref: 'p1', name: 'Alice', email: 'alice@example.com' };
const ticket = {
  ...{ ref: 't1', number: 1, inbox: '1', subject: 'Printer', status: 'open', createdAt: '2026-03-01T10:00:00+01:00' },
  requester: person,
  companies: null,
};
const message = { ref: 'm1', kind: 'message', at: '2026-03-01T09:00:00Z', side: 'contact', author: person, text: 'Hi' };

describe('the signature', () => {
  test('is that of the example of Standard Webhooks', async () => {
    const known = await importKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const at = new Date(1614265330_000);
    expect(await signatureHeaders(known, 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}')).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('covers id, time and every byte of the body', async () => {
    const service = answering(json({ ref: 'ä' }));
    const attempt = newAttempt();
    await connect(service).create(newTicket({ attempt, text: 'Zażółć 🔥' }), signal);
    const { init, url: asked } = service.asked[0]!;
    const headers = new Headers(init.headers);
    expect([asked, init.method, init.redirect]).toEqual([`${url}/write`, 'POST', 'manual']);
    expect(headers.get('webhook-id')).toBe(attempt.id);
    const content = `${attempt.id}.${headers.get('webhook-timestamp')}.${String(init.body)}`;
    const right = createHmac('sha256', Buffer.from(key.slice(6), 'base64'))
      .update(content)
      .digest('base64');
    expect(headers.get('webhook-signature')).toBe(`v1,${right}`);
  });

  test('is another one for each question', async () => {
    const service = answering(json(desk));
    const connector = connect(service);
    await connector.health(signal);
    await connector.health(signal);
    const ids = service.asked.map(({ init }) => new Headers(init.headers).get('webhook-id'));
    expect(new Set(ids).size).toBe(2);
  });
});

describe('what a status means', () => {
  const reads = {
    health: (service: ReturnType<typeof answering>) => connect(service).health(signal),
    changes: (service: ReturnType<typeof answering>) => connect(service).feed.changes(null, signal),
    ticket: (service: ReturnType<typeof answering>) => connect(service).feed.ticket('t1', signal),
    contact: (service: ReturnType<typeof answering>) => connect(service).feed.contactByEmail('a@b.c', signal),
  };
  const writes = {
    create: (service: ReturnType<typeof answering>) => connect(service).create(newTicket(), signal),
    reply: (service: ReturnType<typeof answering>) => connect(service).reply(newReply('t1'), signal),
    setStatus: (service: ReturnType<typeof answering>) =>
      connect(service).setStatus({ attempt: newAttempt(), by: person, ticket: 't1', status: 'open' }, signal),
  };

  test.each([
    [301, 'misconfigured'],
    [302, 'misconfigured'],
    [400, 'misconfigured'],
    [401, 'misconfigured'],
    [403, 'misconfigured'],
    [404, 'misconfigured'],
    [405, 'misconfigured'],
    [204, 'unavailable'],
    [408, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
  ])('%d: %s, for every call', async (status, kind) => {
    for (const call of Object.values({ ...reads, ...writes })) {
      expect(await failureOf(call(answering(() => new Response(null, { status }))))).toBe(kind);
    }
  });

  test.each([409, 413, 422])('%d refuses a write for good, and is no answer to a question', async (status) => {
    const service = () => answering(() => new Response('no', { status }));
    for (const call of Object.values(writes)) expect(await failureOf(call(service()))).toBe('refused');
    for (const call of Object.values(reads)) expect(await failureOf(call(service()))).toBe('misconfigured');
  });

  test('names the call and the status, and nothing that the service says', async () => {
    const service = answering(() => new Response('secret of a customer', { status: 500 }));
    const error = await connect(service)
      .feed.ticket('t1', signal)
      .catch((one: Error) => one);
    expect((error as Error).message).toBe('unavailable: ticket: the service answers 500');
  });

  test('a file that is not there is none; one behind an error is not known', async () => {
    const open = (status: number) =>
      connect(answering(() => new Response(null, { status }))).feed.openFile('t1', 'f1', signal);
    expect(await open(404)).toBeNull();
    expect(await failureOf(open(500))).toBe('unavailable');
    expect(await failureOf(open(401))).toBe('misconfigured');
  });
});

describe('an answer', () => {
  const ask = (body: string | Uint8Array<ArrayBuffer>) =>
    connect(answering(() => new Response(body))).feed.ticket('t1', signal);
  const read = (answer: unknown) => ask(JSON.stringify(answer));

  test.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['another shape', '{"ticket": {"ref": "t1"}, "messages": []}'],
    ['another ticket', JSON.stringify({ ticket: { ...ticket, ref: 't2' }, messages: [] })],
    ['a time that is none', JSON.stringify({ ticket: { ...ticket, createdAt: '2026-13-01T00:00:00Z' }, messages: [] })],
    [
      'a time without a zone',
      JSON.stringify({ ticket: { ...ticket, createdAt: '2026-03-01T00:00:00' }, messages: [] }),
    ],
    ['a message of an unknown kind', JSON.stringify({ ticket, messages: [{ ...message, kind: 'note' }] })],
  ])('that is %s is none', async (_, body) => {
    expect(await failureOf(ask(body))).toBe('unavailable');
  });

  test('says where it is not as expected', async () => {
    const call = read({ ticket: { ...ticket, requester: { ...person, email: 'nobody' } }, messages: [] });
    await expect(call).rejects.toThrow('ticket: the answer is not as expected at ticket.requester.email');
  });

  test('of more than 10 MB is left where it is', async () => {
    const error = ask(new Uint8Array(10_000_001));
    await expect(error).rejects.toThrow('larger');
  });

  test('of letters that no database keeps has others in their place', async () => {
    const found = await read({ ticket: { ...ticket, subject: 'a\u0000b\ud800c' }, messages: [] });
    expect(found?.subject).toBe('a\ufffdb\ufffdc');
  });

  test('may leave out what is usual, and say more than is asked', async () => {
    expect(await read({ ticket: { ...ticket, color: 'red' }, messages: [], took: 3 })).toEqual({
      ...ticket,
      createdAt: new Date('2026-03-01T09:00:00Z'),
      ...{ deleted: false, contacts: [], participants: [], properties: {}, messages: [] },
    });
  });

  test('of nobody and nothing is null', async () => {
    expect(await read({ ticket: null, messages: [] })).toBeNull();
    const service = answering(json({ contact: null, companies: [] }));
    expect(await connect(service).feed.contactByEmail('alice@example.com', signal)).toBeNull();
  });

  test('about somebody else is none', async () => {
    const service = answering(json({ contact: { ...person, email: 'bob@example.com' }, companies: [] }));
    expect(await failureOf(connect(service).feed.contactByEmail('alice@example.com', signal))).toBe('unavailable');
  });

  test('that promises more and goes nowhere is not followed for ever', async () => {
    const page = { tickets: [], cursor: '7', more: true };
    const { feed } = connect(answering(json(page)));
    expect(await feed.changes('6', signal)).toEqual(page);
    expect(await failureOf(feed.changes('7', signal))).toBe('unavailable');
  });

  test('names everybody in their first role only', async () => {
    const bob = { ref: 'p2', name: 'Bob', email: null };
    const found = await read({
      ticket: { ...ticket, contacts: [bob, person, bob], participants: [bob, person] },
      messages: [],
    });
    expect([found?.contacts, found?.participants]).toEqual([[bob], []]);
  });
});

describe('messages', () => {
  const read = (messages: unknown[]) => messagesOf(connect(answering(json({ ticket, messages }))).feed, 't1');

  test('come in the order of time, none at the time of another', async () => {
    const at = (ref: string, time: string) => ({ ...message, ref, at: time });
    const found = await read([
      at('b', '2026-03-01T09:00:01Z'),
      at('a', '2026-03-01T09:00:00Z'),
      at('c', '2026-03-01T10:00:01+01:00'),
      at('d', '2026-03-01T09:00:01.001Z'),
    ]);
    expect(found.map(({ ref, at: time }) => [ref, time.toISOString().slice(17)])).toEqual([
      ['a', '00.000Z'],
      ['b', '01.000Z'],
      ['c', '01.001Z'],
      ['d', '01.002Z'],
    ]);
  });

  test('of staff have no address, whatever the service says', async () => {
    const change = {
      ref: 's1',
      kind: 'status',
      at: message.at,
      side: 'support',
      author: person,
      from: 'new',
      to: 'open',
    };
    const [said, changed] = await read([{ ...message, side: 'support' }, change]);
    expect(said).toMatchObject({ kind: 'message', author: { name: 'Alice', email: null }, html: null, files: [] });
    expect(changed).toMatchObject({ kind: 'status', author: { email: null }, status: { from: 'new', to: 'open' } });
  });

  test('of a deleted ticket are none', async () => {
    const service = answering(json({ ticket: { ...ticket, deleted: true }, messages: [message] }));
    expect(await connect(service).feed.ticket('t1', signal)).toMatchObject({ deleted: true, messages: [] });
  });
});

test('companies come with their contact', async () => {
  const companies = [{ ref: 'c1', name: 'Acme' }];
  const service = answering(json({ contact: person, companies }));
  expect(await connect(service).feed.contactByEmail('ALICE@example.com', signal)).toMatchObject({ companies });
});

test('files go in base64, whole', async () => {
  const service = answering(json({ ref: 'm1' }));
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);
  await connect(service).reply(newReply('t1', { files: [{ name: 'a.bin', type: 'image/png', bytes }] }), signal);
  const { files } = JSON.parse(String(service.asked[0]!.init.body)) as { files: [{ base64: string }] };
  expect(Buffer.from(files[0].base64, 'base64').equals(bytes)).toBe(true);
});

test('nothing but name and address of the writer leaves the portal', async () => {
  const service = answering(json({ ref: 't1' }));
  const by = { name: 'Alice', email: 'alice@example.com', tokenHash: 'secret' };
  await connect(service).create(newTicket({ by }), signal);
  expect(String(service.asked[0]!.init.body)).not.toContain('secret');
});

describe('a service that does not answer', () => {
  test('is given up after ten seconds', async () => {
    vi.useFakeTimers();
    try {
      const never = deferred<Response>();
      const fake = (async (_, init) => {
        init?.signal?.throwIfAborted();
        init?.signal?.addEventListener('abort', () => never.reject(init.signal?.reason));
        return never.promise;
      }) as typeof fetch;
      const failure = failureOf(connect({ fetch: fake }).health(signal));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await failure).toBe('unavailable');
    } finally {
      vi.useRealTimers();
    }
  });

  test('is unavailable, and left alone for a while after five times', async () => {
    let now = 0;
    const service = answering(() => Promise.reject(new TypeError('fetch failed')));
    const connector = connect({ ...service, clock: () => new Date(now) });
    for (let at = 0; at < 6; at++) expect(await failureOf(connector.health(signal))).toBe('unavailable');
    expect(service.asked).toHaveLength(5);
    now += 5000;
    await failureOf(connector.health(signal));
    expect(service.asked).toHaveLength(6);
  });

  test('an abort rejects with the signal’s reason', async () => {
    const controller = new AbortController();
    const reason = new Error('No longer wanted');
    const call = connect(answering(() => new Promise<Response>(() => {}))).health(controller.signal);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(connect(answering(json(desk))).health(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('settings', () => {
  const make = async (settings: Record<string, unknown>, secret: Record<string, string> = { key }) =>
    connect({}, settings, secret).info;

  test.each([{ url }, { url: 'http://127.0.0.1:4500' }, { url: `${url}/` }])('%o are some', async (settings) => {
    expect(await make(settings)).toEqual({ kind: 'http', lag: 5, keepsProperties: true });
  });

  test.each([
    {},
    { url: 'desk.example' },
    { url: 'ftp://desk.example' },
    { url: 'https://me:secret@desk.example' },
    { url: `${url}?a=b` },
    { url: `${url}#here` },
    { url, user: 'me' },
  ])('%o are none', async (settings) => {
    expect(await failureOf(make(settings))).toBe('misconfigured');
  });

  test.each([
    {},
    { key: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS' },
    { key: 'not base64, but long enough to be a key' },
    { key, more: 'x' },
  ])('%o is no secret', async (secret) => {
    expect(await failureOf(make({ url }, secret as Record<string, string>))).toBe('misconfigured');
  });

  test('a secret is not in what is said of it', async () => {
    const error = await make({ url }, { key: 'periwinkle' }).catch((one: Error) => one);
    expect((error as Error).message).toBe('misconfigured: settings of the service: key does not fit');
  });
});
