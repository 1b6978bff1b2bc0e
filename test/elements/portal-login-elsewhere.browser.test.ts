import { expect } from '@open-wc/testing';

import { readSignInLink } from '../../src/controllers/sign-in-link.js';
import { definePortalLogin } from '../../src/elements/portal-login/define.js';
import type { Portal, SignInMethod } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { alice, fakeBackend, portal, sessionOf, signedOut } from './fake-backend.js';
import { alert, button, part, show } from './screen.js';
import { refuse } from './sign-in.js';

definePortalLogin();

const connections = [
  { id: 'acme', label: 'Acme' },
  { id: 'globex', label: 'Globex' },
];

const portalWith = (signIn: readonly SignInMethod[]): Portal => ({
  ...portal,
  signIn,
  connections,
  features: [...portal.features, 'signInElsewhere', 'resumeSignIn'],
});

const open = (changes: Parameters<typeof fakeBackend>[0], signIn: readonly SignInMethod[] = ['password', 'sso']) =>
  show('portal-login', {
    backend: fakeBackend({
      session: async () => signedOut,
      portal: async () => portalWith(signIn),
      signInElsewhere: async () => sessionOf(alice),
      ...changes,
    }),
  });

describe('<portal-login> with places elsewhere to sign in at', () => {
  it('asks the backend in the very click, which alone may open a window', async () => {
    const asked: string[] = [];
    const answer = deferred<ReturnType<typeof sessionOf>>();
    open({
      signInElsewhere: (id) => {
        asked.push(id);
        return answer.promise;
      },
    });
    const way = await button('Sign in with Globex');
    way.click();
    expect(asked).to.deep.equal(['globex']);
    answer.resolve(sessionOf(alice));
    expect((await part('person')).textContent).to.contain('Alice Moreau');
  });

  it('shows nothing else where there is no other way', async () => {
    const element = open({}, ['sso']);
    await button('Sign in with Acme');
    expect(element.shadowRoot?.querySelectorAll('input, [part~=submit]').length).to.equal(0);
    await expect(element).to.be.accessible();
  });

  for (const [code, words] of [
    ['closed', 'You have not signed in there.'],
    ['denied', 'You have not signed in there.'],
    ['unknown', 'nobody here knows you yet'],
    ['failed', 'did not work'],
  ] as const) {
    it(`says what became of it: ${code}`, async () => {
      open({ signInElsewhere: refuse('unauthenticated', ['connection', code]) });
      (await button('Sign in with Acme')).click();
      await alert(words);
    });
  }

  it('goes on when the page comes back, and leaves no trace in the address', async () => {
    history.replaceState(null, '', '#chapter&portal_sso=state.code');
    readSignInLink();
    expect(location.hash).to.equal('#chapter');
    const answers: string[] = [];
    open({
      resumeSignIn: async (answer) => {
        answers.push(answer);
        return sessionOf(alice);
      },
    });
    expect((await part('person')).textContent).to.contain('Alice Moreau');
    expect(answers).to.deep.equal(['state.code']);
    history.replaceState(null, '', location.pathname + location.search);
  });
});
