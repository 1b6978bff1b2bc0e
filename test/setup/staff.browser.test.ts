import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import { setupAnswers } from '../../src/testing/setup/setup-answers.js';
import { at, radio } from './setup-page.js';
import { alert, button, field, focused, part, type, until } from '../elements/screen.js';

describe('the staff of an account', () => {
  it('adds somebody to the staff, who gets a link by hand', async () => {
    const added: object[] = [];
    at('/staff', {
      addStaff: async (input) => {
        added.push(input);
        return setupAnswers.addStaff(input);
      },
    });
    (await button('Add somebody')).click();
    type(await field('Name'), 'Noor Haddad');
    (await button('Add somebody')).click();
    await alert('This is still missing.');
    type(await field('E-mail address'), 'noor@tarnfield.example');
    await radio('Only these');
    (await button('Add somebody')).click();
    await alert('Choose at least one inbox.');
    await radio('Billing');
    (await button('Add somebody')).click();
    await until(() => focused()?.textContent === 'Link for Noor Haddad');
    expect((await part('code')).textContent).to.include('#welcome=');
    expect(added).to.deep.equal([
      { name: 'Noor Haddad', email: 'noor@tarnfield.example', role: 'agent', inboxes: ['b'.repeat(22)] },
    ]);
  });

  it('keeps the last admin, and says why', async () => {
    at('/staff', {
      updateStaff: async () => {
        throw new BackendError('conflict', undefined, { fields: [{ path: 'enabled', code: 'last-admin' }] });
      },
    });
    (await button('Lock out: Olga Nowak')).click();
    await alert('make another person an admin first');
  });
});
