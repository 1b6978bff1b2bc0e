import { expect } from '@open-wc/testing';

import { isBackendError } from '../../../src/backend/backend-error.js';
import { resumeSignIn, signInElsewhere } from '../../../src/backend/rest/sso.js';
import { readSignInLink, takeSignInLink } from '../../../src/controllers/sign-in-link.js';
import type { Session } from '../../../src/model/index.js';
import { signedOut } from '../../elements/fake-backend.js';
import { until } from '../../elements/screen.js';
import { itWhere } from '../../support/engine.js';

const address = `${location.origin}/help`;
const code = 'c'.repeat(44);
const key = 'portico:sso:help';

/** What was exchanged. */
function exchanges() {
  const sent: Record<string, string>[] = [];
  const send = async (_: unknown, { body }: { readonly body: object }): Promise<Session> => {
    sent.push(body as Record<string, string>);
    return signedOut;
  };
  return { sent, send };
}

async function challengeOf(verifier: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  return btoa(String.fromCharCode(...hash))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** A window as a click opens it, where it is led, and what it says. */
async function openWindow() {
  const popup = open('about:blank', '', 'popup,width=200,height=200');
  if (!popup) throw new Error('The browser opens no window');
  const led = async () => {
    await until(() => popup.location.pathname.includes('/sso/'));
    return new URL(popup.location.href).searchParams;
  };
  const say = (message: object) => {
    (popup as unknown as { eval(script: string): void }).eval(`opener.postMessage(${JSON.stringify(message)}, '*')`);
  };
  return { popup, led, say };
}

const fieldOf = async (run: Promise<unknown>) => {
  const error: unknown = await run.then(
    () => null,
    (caught: unknown) => caught,
  );
  return isBackendError(error) ? [error.code, error.fields?.[0]?.path, error.fields?.[0]?.code] : error;
};

/** Keeps the page where it is; says where it would have gone. */
function stay() {
  const navigation = (globalThis as unknown as { navigation: EventTarget }).navigation;
  const gone: string[] = [];
  const hold = (event: Event) => {
    event.preventDefault();
    gone.push((event as Event & { destination: { url: string } }).destination.url);
  };
  navigation.addEventListener('navigate', hold);
  return { gone, free: () => navigation.removeEventListener('navigate', hold) };
}

describe('signing in elsewhere', () => {
  afterEach(() => sessionStorage.clear());

  it('leads the window to the provider and exchanges what it brings back', async () => {
    const { sent, send } = exchanges();
    const { popup, led, say } = await openWindow();
    const session = signInElsewhere(send, address, 'acme', popup);
    const query = await led();
    expect(popup.location.pathname).to.equal('/help/sso/acme/start');
    expect(query.get('origin')).to.equal(location.origin);
    expect(query.get('mode')).to.equal('popup');
    expect(query.has('return_to')).to.equal(false);
    say({ type: 'portal-start', state: query.get('state') });
    say({ type: 'portal-code', state: query.get('state'), code });
    expect(await session).to.equal(signedOut);
    expect(sent.map(({ method, code: shown }) => [method, shown])).to.deep.equal([['exchange', code]]);
    expect(await challengeOf(sent[0]?.['verifier'] ?? '')).to.equal(query.get('challenge'));
    expect(sessionStorage.length).to.equal(0);
    popup.close();
  });

  it('hears nobody but its own window, about nothing but its own question', async () => {
    const { sent, send } = exchanges();
    const { popup, led, say } = await openWindow();
    const session = signInElsewhere(send, address, 'acme', popup);
    const state = (await led()).get('state');
    const other = 'o'.repeat(44);
    // This page itself, as any script on it could; then the window, about something else; then another origin.
    postMessage({ type: 'portal-code', state, code: other }, '*');
    say({ type: 'portal-code', state: 'another', code: other });
    say({ type: 'other', state, code: other });
    dispatchEvent(
      new MessageEvent('message', {
        data: { type: 'portal-code', state, code: other },
        origin: 'https://evil.example',
        source: popup,
      }),
    );
    say({ type: 'portal-code', state, code });
    await session;
    expect(sent.map(({ code: shown }) => shown)).to.deep.equal([code]);
    popup.close();
  });

  it('says why nobody came back', async () => {
    const { sent, send } = exchanges();
    const { popup, led, say } = await openWindow();
    const session = signInElsewhere(send, address, 'acme', popup);
    say({ type: 'portal-code', state: (await led()).get('state'), error: 'unknown' });
    expect(await fieldOf(session)).to.deep.equal(['unauthenticated', 'connection', 'unknown']);
    expect(sent).to.deep.equal([]);
  });

  it('ends when the visitor closes the window', async () => {
    const { send } = exchanges();
    const { popup, led, say } = await openWindow();
    const session = signInElsewhere(send, address, 'acme', popup);
    say({ type: 'portal-start', state: (await led()).get('state') });
    popup.close();
    expect(await fieldOf(session)).to.deep.equal(['unauthenticated', 'connection', 'closed']);
    expect(sessionStorage.length).to.equal(0);
  });

  it('closes the window when it is aborted', async () => {
    const { send } = exchanges();
    const { popup, led } = await openWindow();
    const aborter = new AbortController();
    const session = signInElsewhere(send, address, 'acme', popup, { signal: aborter.signal });
    await led();
    aborter.abort('enough');
    expect(await fieldOf(session)).to.equal('enough');
    expect(popup.closed).to.equal(true);
  });

  for (const [why, open] of [
    ['the browser opens no window', async () => null],
    [
      'the page hears nothing of its windows',
      async () => {
        const { popup } = await openWindow();
        popup.close();
        return popup;
      },
    ],
  ] as const) {
    itWhere(['navigation'], `goes there itself where ${why}, and goes on when it is back`, async () => {
      const { sent, send } = exchanges();
      history.replaceState(null, '', '#chapter');
      const { gone, free } = stay();
      const aborter = new AbortController();
      const session = signInElsewhere(send, address, 'acme', await open(), { signal: aborter.signal });
      await until(() => gone.length > 0);
      free();
      aborter.abort('the page is gone');
      await fieldOf(session);
      const query = new URL(gone[0] ?? '').searchParams;
      expect(query.get('mode')).to.equal('redirect');
      expect(query.get('return_to')).to.equal(location.href.replace(/#.*/, ''));
      expect(sent).to.deep.equal([]);

      history.replaceState(null, '', `#chapter&portal_sso=${query.get('state')}.${code}`);
      readSignInLink();
      expect(location.hash).to.equal('#chapter');
      const answer = takeSignInLink()?.split('=')[1];
      await resumeSignIn(send, address, answer ?? '');
      expect(sent[0]?.['code']).to.equal(code);
      expect(await challengeOf(sent[0]?.['verifier'] ?? '')).to.equal(query.get('challenge'));
      expect(await fieldOf(resumeSignIn(send, address, answer ?? ''))).to.deep.equal([
        'unauthenticated',
        'connection',
        'expired',
      ]);
      history.replaceState(null, '', location.pathname + location.search);
    });
  }

  it('takes no answer that it has not asked for, and says what another one is', async () => {
    const { sent, send } = exchanges();
    const keep = () => sessionStorage.setItem(key, JSON.stringify({ state: 's', verifier: 'v' }));
    keep();
    expect(await fieldOf(resumeSignIn(send, address, `other.${code}`))).to.deep.equal([
      'unauthenticated',
      'connection',
      'expired',
    ]);
    expect(sessionStorage.getItem(key)).to.equal(null);
    keep();
    expect(await fieldOf(resumeSignIn(send, address, 's.denied'))).to.deep.equal([
      'unauthenticated',
      'connection',
      'denied',
    ]);
    expect(sent).to.deep.equal([]);
  });
});
