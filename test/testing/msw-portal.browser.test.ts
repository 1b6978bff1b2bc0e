import { assert } from '@open-wc/testing';
import { setupWorker } from 'msw/browser';

import { createRestBackend } from '../../src/backend/rest/rest-backend.js';
import { isBackendError } from '../../src/backend/backend-error.js';
import { createMswPortal, type MswPortal } from '../../src/testing/msw/index.js';
import { demoWorld } from '../../src/world/demo-world.js';

describe('the real server behind msw', () => {
  let portal: MswPortal;
  let worker: ReturnType<typeof setupWorker>;

  before(async function () {
    this.timeout(180_000);
    portal = await createMswPortal();
    worker = setupWorker(...portal.handlers);
    await worker.start({ quiet: true, onUnhandledFrame: 'bypass' });
  });

  afterEach(() => portal.faults.clear());

  after(async () => {
    await worker.stop();
    await portal.close();
  });

  const backend = () => createRestBackend({ address: portal.address });
  const alice = { method: 'password', email: 'alice@acme.example', password: demoWorld.password } as const;

  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'answered',
      (error: unknown) => (isBackendError(error) ? error.code : error),
    );

  it('signs in, lists, replies and keeps the session for the next element', async () => {
    assert.isNull((await backend().session()).contact);
    assert.equal((await backend().signIn(alice)).contact?.email, alice.email);

    const { items } = await backend().listTickets({ limit: 5 });
    assert.lengthOf(items, 5);
    const ticket = items.find((one) => one.status.category !== 'closed') ?? items[0];
    const id = ticket?.id ?? '';
    await backend().reply(id, { body: 'From the page' }, { idempotencyKey: crypto.randomUUID() });
    assert.include(
      (await backend().listMessages(id)).items.map(({ text }) => text),
      'From the page',
    );

    await backend().signOut();
    assert.equal(await codeOf(backend().listTickets()), 'unauthenticated');
  });

  describe('sending a file', () => {
    const size = 300_000;
    const log = (name = 'hub.log') => new File(['x'.repeat(size)], name, { type: 'text/plain' });

    it('says how much is on its way, and it comes back as it was', async () => {
      await backend().signIn(alice);
      const heard: number[] = [];
      const { id, name } = await backend().upload(log(), { progress: (sent) => heard.push(sent) });
      assert.equal(heard.at(-1), size);
      assert.isTrue(heard.every((sent, at) => sent <= size && sent >= (heard[at - 1] ?? 0)));
      const key = { idempotencyKey: crypto.randomUUID() };
      const input = { subject: 'A log', message: 'See there', attachments: [id] };
      const ticket = await backend().createTicket(input, key);
      const [message] = (await backend().listMessages(ticket.id)).items;
      assert.deepEqual(
        message?.attachments.map((file) => file.name),
        [name],
      );
      assert.equal((await backend().download(id)).size, size);
    });

    it('goes wrong in the words of the portal, and of nobody when it is not reached', async () => {
      await backend().signIn(alice);
      assert.equal(await codeOf(backend().upload(log('run.exe'))), 'unsupported-type');
      const on = /^POST \/attachments$/;
      portal.faults.add({ on, fault: { kind: 'problem', status: 429, code: 'rate-limited', retryAfter: 90 } });
      const error: unknown = await backend()
        .upload(log())
        .catch((reason: unknown) => reason);
      assert.deepInclude(error, { code: 'rate-limited', retryAfter: 90 });
      portal.faults.clear();
      portal.faults.add({ on, fault: { kind: 'unreachable' } });
      assert.equal(await codeOf(backend().upload(log())), 'unavailable');
      portal.faults.clear();
      await backend().signOut();
      assert.equal(await codeOf(backend().upload(log())), 'unauthenticated');
    });

    it('ends with its signal', async () => {
      await backend().signIn(alice);
      portal.faults.add({ on: /^POST \/attachments$/, fault: { kind: 'late', by: 10_000 } });
      const controller = new AbortController();
      const reason = new Error('not that one');
      const sending = codeOf(backend().upload(log(), { signal: controller.signal }));
      controller.abort(reason);
      assert.equal(await sending, reason);
      const late = new AbortController();
      const more = codeOf(backend().upload(log(), { signal: late.signal }));
      // The code that sends is there by now: the request is on its way.
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve));
      late.abort(reason);
      assert.equal(await more, reason);
    });
  });

  it('breaks one route and leaves the others whole', async () => {
    await backend().signIn(alice);
    portal.faults.add({ on: /^GET \/tickets$/, fault: { kind: 'problem', status: 500, code: 'server' } });
    assert.equal(await codeOf(backend().listTickets()), 'server');
    assert.equal((await backend().session()).contact?.email, alice.email);
    portal.faults.clear();
    assert.isNotEmpty((await backend().listTickets()).items);
  });

  it('cuts the network and sends nonsense', async () => {
    await backend().signIn(alice);
    // How often it is tried depends on the engine's word for it.
    portal.faults.add({ fault: { kind: 'unreachable' } });
    assert.equal(await codeOf(backend().session()), 'unavailable');
    portal.faults.clear();
    portal.faults.add({ fault: { kind: 'malformed' }, times: 1 });
    assert.equal(await codeOf(backend().session()), 'unexpected-response');
  });
});
