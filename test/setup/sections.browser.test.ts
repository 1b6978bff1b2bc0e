import { expect } from '@open-wc/testing';

import { portal } from '../../src/testing/setup/setup-answers.js';
import { all, button, text, until } from '../elements/screen.js';
import { at, keeping, radio } from './setup-page.js';

describe('the settings of a portal', () => {
  it('are reached from each other once it is open', async () => {
    at('/help/name', { getPortal: async () => ({ ...portal, open: true }) });
    await until(() => all('[part=page]').length > 4);
    all('[part=page]')
      .find((link) => link.textContent === 'Sessions')
      ?.click();
    await text('Signed in for');
    expect(location.hash).to.equal('#/help/sessions');
    expect(all('[part=page]').filter((link) => link.ariaCurrent === 'page')).to.have.length(1);
  });

  it('say how long somebody stays signed in', async () => {
    const { changes, answers } = keeping({ open: true });
    at('/help/sessions', answers);
    await radio('20 minutes');
    await radio('15 minutes');
    (await button('Save')).click();
    await text('Saved.');
    expect(changes).to.deep.equal([{ idleMinutes: 20, codeMinutes: 15, version: 3 }]);
  });
});
