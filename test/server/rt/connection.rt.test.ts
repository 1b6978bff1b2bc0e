import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Changes, Feed } from '../../../src/server/connectors/connector.js';
import { createOutsideFetch } from '../../../src/server/node/outside-fetch.js';
import type { RtDesk } from '../../support/rt-desk.js';
import { connect, createContact, messagesOf, newReply, newTicket, openDesk, rtOfRun, signal } from './fixture.js';

let desk: RtDesk;
beforeAll(() => {
  desk = openDesk();
});
afterAll(() => desk.close());

/** Counts what goes to RT, by path. */
function counting() {
  const paths: string[] = [];
  const counted: typeof fetch = (url, init) => {
    paths.push(new URL(String(url)).pathname);
    return fetch(url, init);
  };
  return { paths, fetch: counted };
}

describe('the session', () => {
  test('begins once for many who ask at once, and again when RT has forgotten it', async () => {
    const { paths, fetch: counted } = counting();
    let forget = false;
    const forgetting: typeof fetch = (url, init) => {
      const headers = { ...(init?.headers as Record<string, string>) };
      if (forget && headers['cookie']) headers['cookie'] = headers['cookie'].replace(/=.*/, '=forgotten');
      forget = false;
      return counted(url, { ...init, headers });
    };
    const { health, feed } = connect({}, { fetch: forgetting });
    await Promise.all([health(signal), health(signal), health(signal)]);
    const logins = () => paths.filter((path) => path.endsWith('/NoAuth/Login.html')).length;
    expect(logins()).toBe(1);
    forget = true;
    expect(await feed.ticket('99999999', signal)).toBe(null);
    expect(logins()).toBe(2);
  });

  test('that RT does not begin is a matter for an administrator, and is not tried all the time', async () => {
    const { paths, fetch: counted } = counting();
    const { health } = connect({ password: 'wrong' }, { fetch: counted });
    await expect(health(signal)).rejects.toMatchObject({
      kind: 'misconfigured',
      detail: 'RT refuses the service account',
    });
    const before = paths.length;
    await expect(health(signal)).rejects.toMatchObject({ kind: 'misconfigured' });
    expect(paths.length).toBe(before);
  });
});

test('what is written is taken also where RT is reached by another address than its own', async () => {
  const { writer } = await createContact(desk, 'alice');
  const behind: typeof fetch = (url, init) => fetch(String(url).replace('http://rt.internal', rtOfRun().url), init);
  const { create, feed } = connect({ url: 'http://rt.internal' }, { fetch: behind });
  const ref = await create(newTicket(writer), signal);
  expect((await feed.ticket(ref, signal))?.ref).toBe(ref);
});

describe('changes', () => {
  async function walk(feed: Feed) {
    const refs: string[] = [];
    let page: Changes = { tickets: [], cursor: '', more: true };
    for (let cursor: string | null = null; page.more; cursor = page.cursor) {
      page = await feed.changes(cursor, signal);
      refs.push(...page.tickets.map(({ ref }) => ref));
    }
    return { refs, cursor: page.cursor };
  }

  test('are all tickets at first, and then what happens, in one request when nothing does', async () => {
    const queue = `Changes ${Date.now()}`;
    await desk.createQueue(queue);
    const alice = await createContact(desk, 'alice');
    const seeded = await desk.seedTickets(130, (n) => ({
      requestors: [alice.name],
      subject: `${n}`,
      text: 'x',
      queue,
    }));
    const { paths, fetch: counted } = counting();
    const { feed, create } = connect({ queues: [queue] }, { fetch: counted });
    const { refs, cursor } = await walk(feed);
    expect(refs).toEqual(seeded.toSorted((one, other) => Number(one) - Number(other)));

    let { cursor: last } = await feed.changes(cursor, signal);
    const settled = async () => {
      for (;;) {
        const page = await feed.changes(last, signal);
        last = page.cursor;
        if (page.tickets.length === 0) return;
      }
    };
    await settled();
    const before = paths.length;
    expect((await feed.changes(last, signal)).tickets).toEqual([]);
    expect(paths.length).toBe(before + 1);

    const ref = await create(newTicket(alice.writer, { inbox: queue }), signal);
    const page = await feed.changes(last, signal);
    expect(page.tickets.map((ticket) => ticket.ref)).toEqual([ref]);
    // Another one within the same second is another stamp.
    await desk.correspond(ref, { text: 'At once.' });
    const next = await feed.changes(page.cursor, signal);
    expect(next.tickets.map((ticket) => ticket.ref)).toEqual([ref]);
    expect(next.tickets[0]!.stamp).not.toBe(page.tickets[0]!.stamp);
    last = next.cursor;
    await settled();
    await desk.comment(seeded[0]!, { text: 'psst' });
    expect((await feed.changes(last, signal)).tickets.map((ticket) => ticket.ref)).toEqual([seeded[0]]);
  });

  test('of a queue that is not there are none', async () => {
    const { feed } = connect({ queues: ['Nowhere'] });
    expect((await feed.changes(null, signal)).tickets).toEqual([]);
  });
});

test('nothing of what RT says when it fails is passed on', async () => {
  const broken: typeof fetch = (url, init) =>
    String(url).includes('Login')
      ? fetch(url, init)
      : Promise.resolve(Response.json({ message: '/usr/share/secret' }, { status: 500 }));
  const { feed } = connect({}, { fetch: broken });
  const error: Error = await feed.ticket('1', signal).then(
    () => expect.unreachable(),
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ kind: 'unavailable', detail: 'read a ticket: RT answers 500' });
  expect(`${error.message} ${error.cause}`).not.toContain('secret');
});

test('who no longer waits gets the reason of their signal', async () => {
  const { feed } = connect({ url: rtOfRun().url });
  const controller = new AbortController();
  const reason = new Error('left');
  const asked = feed.ticket('1', controller.signal);
  controller.abort(reason);
  await expect(asked).rejects.toBe(reason);
});

test('RT outside is spoken with as one inside: log in, mail with files, and bytes', async () => {
  const { create, reply, feed } = connect({}, { fetch: createOutsideFetch({ isOutside: () => true }) });
  const { writer } = await createContact(desk, 'alice');
  const file = { name: 'zażółć.bin', type: 'application/octet-stream', bytes: new Uint8Array([0, 255, 13, 10, 1]) };
  const ref = await create(newTicket(writer, { files: [file] }), signal);
  await reply(newReply(writer, ref, { text: 'Zażółć' }), signal);
  const [opening, answer] = await messagesOf(feed, ref);
  expect(answer).toMatchObject({ side: 'contact', text: 'Zażółć' });
  const opened = await feed.openFile(ref, opening!.files[0]!.ref, signal);
  expect(new Uint8Array(await new Response(opened!.body as BodyInit).arrayBuffer())).toEqual(file.bytes);
});
