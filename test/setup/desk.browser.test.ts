import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { NewDesk } from '../../src/backend/setup/account-backend.js';
import { connectedDesk } from '../../src/testing/setup/account-answers.js';
import { alert, button, field, focused, heading, text, type, until } from '../elements/screen.js';
import { at, radio } from './setup-page.js';

const refusing = (code: 'invalid' | 'conflict', path: string) =>
  new BackendError(code, undefined, { fields: [{ path, code: 'misconfigured' }] });

async function fill(): Promise<void> {
  type(await field('Address of Request Tracker'), 'https://rt.tarnfield.example');
  type(await field('User of the portal'), 'portal-bot');
  type(await field('Password'), 'a secret');
  type(await field('Queues'), 'Support\n\nBilling');
}

describe('the help desk of a company', () => {
  it('is connected with what was typed, and its password is shown nowhere after', async () => {
    const inputs: NewDesk[] = [];
    at('/account/desk', {
      setDesk: async (input) => {
        inputs.push(input);
        return connectedDesk;
      },
    });
    await heading('Help desk');
    await fill();
    await radio('As a mail from the customer');
    (await button('Connect')).click();
    await text('Connected.');
    await text('Request Tracker is connected.');
    expect(inputs).to.deep.equal([
      {
        kind: 'rt',
        settings: {
          url: 'https://rt.tarnfield.example',
          user: 'portal-bot',
          queues: ['Support', 'Billing'],
          replyAs: 'mail-gateway',
        },
        secret: { password: 'a secret' },
      },
    ]);
    expect((await field('Password')).value).to.equal('');
  });

  it('keeps settings that have no field here', async () => {
    const inputs: NewDesk[] = [];
    at('/account/desk', {
      getDesk: async () => ({ ...connectedDesk, settings: { ...connectedDesk.settings, company: 'group' } }),
      setDesk: async (input) => {
        inputs.push(input);
        return connectedDesk;
      },
    });
    expect((await field('Queues')).value).to.equal('Support\nBilling');
    type(await field('Password'), 'another');
    (await button('Connect')).click();
    await text('Connected.');
    expect(inputs[0]?.settings).to.deep.include({ company: 'group', user: 'portal-bot' });
  });

  it('is asked for what is missing, at the first field that it is missing in', async () => {
    at('/account/desk');
    type(await field('Address of Request Tracker'), 'https://rt.tarnfield.example');
    (await button('Connect')).click();
    await until(() => focused()?.id === 'user');
    await alert('This is still missing.');
  });

  it('says at the address that it is not one for this company, and keeps what was typed', async () => {
    at('/account/desk', {
      setDesk: async () => {
        throw new BackendError('invalid', undefined, { fields: [{ path: 'settings.url', code: 'inner' }] });
      },
    });
    await fill();
    (await button('Connect')).click();
    await alert('This address is inside the server’s own network');
    await until(() => focused()?.id === 'url');
    expect((await field('Address of Request Tracker')).getAttribute('aria-invalid')).to.equal('true');
    expect((await field('Password')).value).to.equal('a secret');
  });

  for (const [what, error, words] of [
    ['what it does not take', refusing('invalid', 'settings'), 'Request Tracker does not take this'],
    ['a server that keeps tickets', refusing('conflict', 'kind'), 'This server keeps tickets already'],
    ['a desk that is silent', new BackendError('unavailable'), 'The help desk does not answer.'],
  ] as const)
    it(`says what is wrong with ${what}, and keeps what was typed`, async () => {
      at('/account/desk', {
        setDesk: async () => {
          throw error;
        },
      });
      await fill();
      (await button('Connect')).click();
      await alert(words);
      expect((await field('User of the portal')).value).to.equal('portal-bot');
      expect((await field('Password')).value).to.equal('a secret');
    });
});
