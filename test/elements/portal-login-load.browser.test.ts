import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';

import { definePortalLogin } from '../../src/elements/portal-login/define.js';
import type { Session } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { itWhere } from '../support/engine.js';
import { fakeBackend, signedOut } from './fake-backend.js';
import { alert, all, button, heading, inState, show } from './screen.js';

definePortalLogin();

const cdp = (method: string, params?: object) => executeServerCommand('cdp', { method, params });
const loaded = () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/sign-in-form.'));

describe('the form of <portal-login>', () => {
  itWhere(
    ['devtools'],
    'is not loaded for who was signed in the last time, and says so when it cannot be',
    async () => {
      localStorage.setItem('portico:hint:', '1');
      const session = deferred<Session>();
      const login = show('portal-login', { backend: fakeBackend({ session: () => session.promise }) });
      await inState(login, 'loading');
      expect(loaded()).to.be.empty;
      await cdp('Network.enable');
      await cdp('Network.setBlockedURLs', { urls: ['*/sign-in-form.*'] });
      session.resolve(signedOut);
      await alert('The portal cannot be reached.');
      await expect(login).to.be.accessible();
      expect(all('form')).to.be.empty;
      await cdp('Network.setBlockedURLs', { urls: [] });
      (await button('Try again')).click();
      await heading('Sign in');
    },
  );
});
