import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import { PortalClient } from '../../src/controllers/portal-client.js';
import { signOut } from '../../src/controllers/sign-out.js';
import type { Session } from '../../src/model/index.js';
import { draftPlace } from '../../src/controllers/draft-controller.js';
import { readDraft, saveDraft } from '../../src/storage/draft-store.js';
import { alice, fakeBackend, portal, sessionOf, signedOut } from '../elements/fake-backend.js';
import { until } from '../elements/screen.js';
import { deferred } from '../support/deferred.js';
import { listenTo } from './listen-to.js';

describe('a page that the browser keeps to come back to', () => {
  const life = (type: 'pagehide' | 'pageshow', persisted = true) =>
    dispatchEvent(new PageTransitionEvent(type, { persisted }));

  it('forgets who was signed in, and asks again when it is shown', async () => {
    let session = sessionOf(alice);
    const client = PortalClient.of(fakeBackend({ session: async () => session }));
    const { told, stop } = listenTo(client);
    await client.load();
    life('pagehide');
    expect([client.state, client.contact, client.draftScope]).to.deep.equal(['unknown', null, null]);
    session = signedOut;
    life('pageshow');
    await client.load();
    expect(told).to.deep.equal(['authenticated', 'unknown', 'anonymous']);
    stop();
  });

  it('takes no answer that was on its way when it was left', async () => {
    const slow = deferred<Session>();
    const answers = [Promise.resolve(sessionOf(alice)), slow.promise];
    const client = PortalClient.of(fakeBackend({ session: () => answers.shift() ?? Promise.resolve(signedOut) }));
    const { stop } = listenTo(client);
    await client.load();
    const loading = client.load();
    life('pagehide');
    life('pageshow');
    slow.resolve(sessionOf(alice));
    await loading;
    await until(() => client.state === 'anonymous');
    stop();
  });

  it('keeps what was typed', async () => {
    const client = PortalClient.of(fakeBackend());
    const { stop } = listenTo(client);
    await client.load();
    const draft = { values: { body: 'Half a sentence' }, idempotencyKey: 'key' };
    const place = draftPlace(client, 'ticket:t1')!;
    saveDraft(place, draft);
    life('pagehide');
    life('pageshow');
    await client.load();
    expect(await readDraft(place)).to.deep.equal(draft);
    saveDraft(place, null);
    stop();
  });

  it('stays as it is when it is only left', async () => {
    const client = PortalClient.of(fakeBackend());
    const { stop } = listenTo(client);
    await client.load();
    life('pagehide', false);
    expect(client.state).to.equal('authenticated');
    stop();
  });

  describe('on a site that knows its customers', () => {
    const known = { ...portal, signIn: ['host-token'] as const, features: [...portal.features, 'signInByToken'] };

    it('signs in by the site’s token before anybody sees a form', async () => {
      const nonces: string[] = [];
      const backend = fakeBackend({
        session: async () => signedOut,
        portal: async () => known,
        signInByToken: async (provide) => ((await provide('n-1')) === 'token for n-1' ? sessionOf(alice) : null),
      });
      const client = PortalClient.of(backend);
      void client.useTokens(async (nonce) => {
        nonces.push(nonce);
        return `token for ${nonce}`;
      });
      const { told } = listenTo(client);
      await client.load();
      expect(told).to.deep.equal(['authenticated']);
      expect(nonces).to.deep.equal(['n-1']);
    });

    it('shows its own ways in when the site knows nobody, or its token is refused', async () => {
      for (const signInByToken of [
        async () => null,
        async () => {
          throw new BackendError('unauthenticated');
        },
      ]) {
        const client = PortalClient.of(
          fakeBackend({ session: async () => signedOut, portal: async () => known, signInByToken }),
        );
        void client.useTokens(async () => null);
        const { told } = listenTo(client);
        await client.load();
        expect(told).to.deep.equal(['anonymous']);
      }
    });

    it('signs in when the site says only later how, and not again after a sign-out', async () => {
      let asked = 0;
      const backend = fakeBackend({
        session: async () => signedOut,
        portal: async () => known,
        signInByToken: async () => {
          asked += 1;
          return sessionOf(alice);
        },
      });
      const client = PortalClient.of(backend);
      listenTo(client);
      await client.load();
      expect(client.state).to.equal('anonymous');
      const provide = async () => 'token';
      await client.useTokens(provide);
      expect(client.state).to.equal('authenticated');
      await signOut(client);
      await client.load();
      // Elements say it again whenever they are drawn anew.
      await client.useTokens(provide);
      expect([client.state, asked]).to.deep.equal(['anonymous', 1]);
    });
  });
});
