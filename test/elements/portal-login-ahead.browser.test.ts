import { expect } from '@open-wc/testing';

import { definePortalLogin } from '../../src/elements/portal-login/define.js';
import type { Session } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { alice, fakeBackend, sessionOf } from './fake-backend.js';
import { all, inState, part, show, until } from './screen.js';

definePortalLogin();

const loaded = () => performance.getEntriesByType('resource').some(({ name }) => name.includes('/sign-in-form.'));

describe('the form of <portal-login>', () => {
  it('is loaded while the session is still asked for, and not shown to who is signed in', async () => {
    const session = deferred<Session>();
    const login = show('portal-login', { backend: fakeBackend({ session: () => session.promise }) });
    await until(loaded);
    await inState(login, 'loading');
    let painted = false;
    const observer = new MutationObserver(() => {
      painted ||= all('form').length > 0;
    });
    observer.observe(login.renderRoot, { subtree: true, childList: true });
    session.resolve(sessionOf(alice));
    await part('person');
    observer.disconnect();
    expect(painted).to.be.false;
  });
});
