import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import { PortalClient } from '../../src/controllers/portal-client.js';
import { setPassword, signIn, startSignIn } from '../../src/controllers/sign-in.js';
import { signOut } from '../../src/controllers/sign-out.js';
import type { Session } from '../../src/model/index.js';
import { draftPlace } from '../../src/controllers/draft-controller.js';
import { readDraft, saveDraft } from '../../src/storage/draft-store.js';
import { alice, fakeBackend, portal, sessionOf, signedOut } from '../elements/fake-backend.js';
import { until } from '../elements/screen.js';
import { deferred } from '../support/deferred.js';
import { listenTo } from './listen-to.js';

/** Puts the page into the background, or back. */
function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
  Reflect.deleteProperty(document, 'hidden');
}

/** Timers of half a minute and more, which run when the test says so. */
function holdTimers() {
  const { setTimeout, clearTimeout } = globalThis;
  const held = new Map<number, { readonly run: () => void; readonly wait: number }>();
  let last = -1;
  globalThis.setTimeout = ((run: () => void, wait = 0) => {
    if (wait < 30_000) return setTimeout(run, wait);
    held.set(--last, { run, wait });
    return last;
  }) as typeof setTimeout;
  globalThis.clearTimeout = (timer) => {
    if (!held.delete(Number(timer))) clearTimeout(timer);
  };
  return {
    waits: () => [...held.values()].map(({ wait }) => wait),
    run() {
      const due = [...held];
      for (const [timer] of due) held.delete(timer);
      for (const [, { run }] of due) run();
    },
    free: () => Object.assign(globalThis, { setTimeout, clearTimeout }),
  };
}

const bob = { id: 'bob', name: 'Bob Fraser' };
const credentials = { method: 'password', email: 'alice@acme.example', password: 'secret' } as const;

describe('the client of a backend', () => {
  it('is one for all that use the backend, and asks once', async () => {
    let asked = 0;
    const session = deferred<Session>();
    const backend = fakeBackend({
      session: () => {
        asked += 1;
        return session.promise;
      },
    });
    const client = PortalClient.of(backend);
    expect(PortalClient.of(backend)).to.equal(client);
    const listeners = [listenTo(client), listenTo(client), listenTo(client)];
    expect(client.state).to.equal('unknown');
    session.resolve(sessionOf(alice));
    await client.load();
    expect(asked).to.equal(1);
    expect(listeners.map(({ told }) => told)).to.deep.equal([['authenticated'], ['authenticated'], ['authenticated']]);
  });

  it('supports what the backend has and the portal offers, not what only one of them does', async () => {
    const features = ['reply', 'signOut'];
    const { reply: _reply, ...backend } = fakeBackend({ portal: async () => ({ ...portal, features }) });
    const client = PortalClient.of(backend);
    expect(client.supports('signOut'), 'before it is known').to.be.false;
    await client.load();
    expect((['signOut', 'reply', 'createTicket'] as const).map((name) => client.supports(name))).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it('asks again when the visitor comes back, and tells who is there now', async () => {
    let session = sessionOf(alice);
    const client = PortalClient.of(fakeBackend({ session: async () => session }));
    const { told, stop } = listenTo(client);
    await client.load();
    dispatchEvent(new Event('focus'));
    await client.load();
    session = sessionOf(bob);
    document.dispatchEvent(new Event('visibilitychange'));
    await client.load();
    expect(told).to.deep.equal(['authenticated', 'data', 'authenticated']);
    expect(client.contact?.name).to.equal('Bob Fraser');
    stop();
    dispatchEvent(new Event('focus'));
    expect(told.length).to.equal(3);
  });

  it('hears of changes for whoever is signed in, as long as an element listens', async () => {
    const heard: { readonly who: string; readonly change: () => void; readonly signal: AbortSignal }[] = [];
    let session = sessionOf(alice);
    const backend = fakeBackend({
      session: async () => session,
      portal: async () => ({ ...portal, features: ['subscribe', 'signIn', 'signOut'] }),
      subscribe: async (change, { signal }) => void heard.push({ who: client.contact?.name ?? '', change, signal }),
    });
    const client = PortalClient.of(backend);
    const { told, stop } = listenTo(client);
    await client.load();
    expect(heard.map(({ who }) => who)).to.deep.equal(['Alice Moreau']);
    heard[0]?.change();
    expect(told).to.deep.equal(['authenticated', 'data']);
    session = sessionOf(bob);
    await client.load();
    expect(heard.map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
    stop();
    expect(heard[1]?.signal.aborted).to.be.true;
    const again = listenTo(client);
    expect(heard.map(({ who }) => who)).to.deep.equal(['Alice Moreau', 'Bob Fraser', 'Bob Fraser']);
    await signOut(client);
    expect(heard[2]?.signal.aborted).to.be.true;
    again.stop();
  });

  it('hears of nothing in the background, and asks anew when it is looked at again', async () => {
    const signals: AbortSignal[] = [];
    const client = PortalClient.of(
      fakeBackend({
        portal: async () => ({ ...portal, features: ['subscribe'] }),
        subscribe: async (_change, { signal }) => void signals.push(signal),
      }),
    );
    const { told, stop } = listenTo(client);
    await client.load();
    hide(true);
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true]);
    hide(false);
    await client.load();
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true, false]);
    expect(told).to.deep.equal(['authenticated', 'data']);
    stop();
  });

  it('asks now and then where nothing tells it, as long as somebody looks, and leaves no timer behind', async () => {
    const timers = holdTimers();
    const client = PortalClient.of(fakeBackend());
    const { told, stop } = listenTo(client);
    await client.load();
    expect(timers.waits()).to.have.length(1);
    expect(timers.waits()[0]).to.be.within(30_000, 60_000);
    timers.run();
    expect(told).to.deep.equal(['authenticated', 'data']);
    hide(true);
    expect(timers.waits()).to.deep.equal([]);
    hide(false);
    // Those of other tests look again too.
    const { length } = timers.waits();
    stop();
    expect(timers.waits()).to.have.length(length - 1);
    timers.free();
  });

  it('knows a session that ended from one that was ended', async () => {
    let session = sessionOf(alice);
    const client = PortalClient.of(fakeBackend({ session: async () => session }));
    await client.load();
    session = signedOut;
    await client.load();
    expect([client.state, client.ended]).to.deep.equal(['anonymous', true]);
    await signIn(client, credentials);
    expect([client.state, client.ended]).to.deep.equal(['authenticated', false]);
    await signOut(client);
    expect([client.state, client.ended]).to.deep.equal(['anonymous', false]);
    await signIn(client, credentials);
    client.expire();
    expect([client.state, client.ended]).to.deep.equal(['anonymous', true]);
  });

  it('drops an answer about an older session', async () => {
    const slow = deferred<Session>();
    const answers = [slow.promise];
    const client = PortalClient.of(
      fakeBackend({
        session: () => answers.shift() ?? Promise.resolve(signedOut),
        signIn: async () => sessionOf(alice),
      }),
    );
    const loading = client.load();
    await signIn(client, credentials);
    slow.resolve(signedOut);
    await loading;
    expect(client.state).to.equal('authenticated');
  });

  it('says why it does not know, and keeps what it knows when it cannot ask', async () => {
    let down = true;
    const session = async () => {
      if (down) throw new BackendError('offline');
      return sessionOf(alice);
    };
    const client = PortalClient.of(fakeBackend({ session }));
    const { told } = listenTo(client);
    await client.load();
    expect([client.state, client.error?.code]).to.deep.equal(['unknown', 'offline']);
    down = false;
    await client.load();
    down = true;
    await client.load();
    expect([client.state, client.error]).to.deep.equal(['authenticated', undefined]);
    expect(told).to.deep.equal(['unknown', 'authenticated', 'data']);
  });

  it('takes whatever a backend throws for an answer that cannot be read', async () => {
    const client = PortalClient.of(fakeBackend({ session: () => Promise.reject(new TypeError('x is undefined')) }));
    await client.load();
    expect(client.error?.code).to.equal('unexpected-response');
    expect(client.error?.cause).to.be.instanceOf(TypeError);
  });

  it('forgets the drafts of who signs out, and of nobody else', async () => {
    const client = PortalClient.of(fakeBackend());
    await client.load();
    const draft = { values: { body: 'Half a sentence' }, idempotencyKey: 'key' };
    const own = draftPlace(client, 'ticket:t1')!;
    const foreign = { ...own, scope: 'help:bob:' };
    saveDraft(own, draft);
    saveDraft(foreign, draft);
    await signOut(client);
    expect(await readDraft(own)).to.equal(undefined);
    expect(await readDraft(foreign)).to.deep.equal(draft);
    saveDraft(foreign, null);
  });

  it('tells all but the one that changed something', async () => {
    const client = PortalClient.of(fakeBackend());
    const [one, other] = [listenTo(client), listenTo(client)];
    await client.load();
    client.changed(one.listener);
    expect(one.told).to.deep.equal(['authenticated']);
    expect(other.told).to.deep.equal(['authenticated', 'data']);
  });

  it('asks for a code, and knows that it is waited for', async () => {
    const pending = { method: 'email', email: 'a•••@acme.example', expiresAt: '2026-01-05T10:10:00.000Z' } as const;
    const client = PortalClient.of(
      fakeBackend({ session: async () => signedOut, startSignIn: async () => pending, setPassword: async () => {} }),
    );
    await client.load();
    expect(client.pending).to.be.undefined;
    await startSignIn(client, { method: 'email', email: 'alice@acme.example' });
    expect([client.pending, client.state]).to.deep.equal([pending, 'anonymous']);
    await setPassword(client, { code: 'K7QM3XN4', password: 'seven quiet harbours' });
    expect([client.pending, client.ended]).to.deep.equal([undefined, false]);
  });

  it('keeps its own session and its drafts when only others are ended', async () => {
    const scopes: unknown[] = [];
    const client = PortalClient.of(fakeBackend({ signOut: async (scope) => void scopes.push(scope) }));
    await client.load();
    const draft = { values: { body: 'Half a sentence' }, idempotencyKey: 'key' };
    const place = draftPlace(client, 'ticket:t1')!;
    saveDraft(place, draft);
    await signOut(client, 'others');
    expect([client.state, await readDraft(place)]).to.deep.equal(['authenticated', draft]);
    await signOut(client, 'all');
    expect([client.state, await readDraft(place)]).to.deep.equal(['anonymous', undefined]);
    expect(scopes).to.deep.equal(['others', 'all']);
  });
});

/** Two tabs are two backends with one session between them. */
function twoTabs() {
  let session = signedOut;
  const asked = { here: 0, there: 0 };
  const tabOf = (tab: keyof typeof asked) =>
    PortalClient.of(
      fakeBackend({
        session: async () => {
          asked[tab] += 1;
          return session;
        },
        signIn: async () => {
          session = sessionOf(alice);
          return session;
        },
        signOut: async () => {
          session = signedOut;
        },
      }),
    );
  const [here, there] = [tabOf('here'), tabOf('there')];
  const stops = [listenTo(here).stop, listenTo(there).stop];
  return { here, there, asked, stop: () => stops.forEach((stop) => stop()) };
}

describe('the clients of two tabs', () => {
  it('hear of a sign-in and of a sign-out at once, without being looked at', async () => {
    const { here, there, stop } = twoTabs();
    await Promise.all([here.load(), there.load()]);
    await signIn(here, credentials);
    await until(() => there.contact?.name === 'Alice Moreau');
    await signOut(there);
    await until(() => here.state === 'anonymous');
    stop();
  });

  it('are told nothing but that there is something to ask for', async () => {
    const { here, there, stop } = twoTabs();
    await Promise.all([here.load(), there.load()]);
    const heard: unknown[] = [];
    const channel = new BroadcastChannel('portico:help');
    channel.onmessage = ({ data }) => heard.push(data);
    await signIn(here, credentials);
    await until(() => heard.length && there.contact);
    expect(heard).to.deep.equal([{ type: 'changed' }]);
    channel.close();
    stop();
  });

  it('believe the backend, whatever a message says', async () => {
    const { here, there, asked, stop } = twoTabs();
    await Promise.all([here.load(), there.load()]);
    const before = asked.here;
    const channel = new BroadcastChannel('portico:help');
    channel.postMessage({ type: 'changed', contact: { id: 'alice' } });
    await until(() => asked.here > before);
    await here.load();
    expect(here.state).to.equal('anonymous');
    channel.close();
    stop();
  });
});
