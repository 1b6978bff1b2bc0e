import { expect } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { demoWorld } from '../../src/world/demo-world.js';
import { alert, button, field, focused, heading, part } from '../elements/screen.js';
import { focusComesTo, openPage, press, tab, tabTo, typeKeys } from './keys.js';

define();

describe('signing in by keys alone', () => {
  it('goes by a wrong password, a look at it, and the right one, to the heading of the list', async () => {
    await openPage();
    await tabTo(field('E-mail address'));
    await typeKeys('alice@acme.example');
    await tab();
    expect(focused()).to.equal(await field('Password'));
    await typeKeys('not the right one');
    await press('Enter');
    await alert('The e-mail address or the password is wrong.');
    await focusComesTo(field('Password'));

    await tab();
    expect(focused()).to.equal(await button('Show password'));
    await press(' ');
    expect((await field('Password')).type).to.equal('text');
    await focusComesTo(button('Show password'));

    await tab(true);
    await press('Control+a');
    await typeKeys(demoWorld.password);
    await press('Enter');
    await focusComesTo(heading('Your tickets'));
  });

  it('goes out of all devices, and back to where one signs in', async () => {
    const { backend } = await openPage('alice');
    await heading('Your tickets');
    await tabTo(part('person'));
    await press('Enter');
    await tabTo(button('Sign out everywhere'));
    await press('Enter');
    await focusComesTo(field('E-mail address'));
    expect((await backend.session()).contact).to.be.null;
  });
});
