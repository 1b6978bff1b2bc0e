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
