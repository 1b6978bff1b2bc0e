import { expect } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { demoWorld } from '../../src/world/demo-world.js';
import { listen } from '../elements/announcements.js';
import { alert, all, button, field, focused, heading, link, part, text, until } from '../elements/screen.js';
import { focusComesTo, openPage, press, tab, tabTo, typeKeys } from './keys.js';

define();

const messages = () => all('[part~=text]').map(({ textContent }) => textContent);
const subject = 'Hub on the 3rd floor drops offline every night';

describe('writing by keys alone', () => {
  it('replies with Ctrl and Enter, after an empty attempt', async () => {
    const { said, allSaid } = listen('region');
    await openPage('alice');
    await tabTo(link(subject));
    await press('Enter');
    await focusComesTo(heading(subject));
    await tabTo(field('Your reply'));
    await press('Control+Enter');
    await alert('Write your reply first.');
    await focusComesTo(field('Your reply'));
    await typeKeys('It still blinks.');
    await press('Control+Enter');
    await text('It still blinks.');
    await focusComesTo(field('Your reply'));
    await allSaid();
    expect(said).to.deep.equal(['Reply sent']);
  });

  it('sends a new ticket: from the summary to what is missing, to the thanks, to the ticket', async () => {
    await openPage('alice');
    await tabTo(link('New ticket'));
    await press('Enter');
    await focusComesTo(heading('New ticket'));
    await tabTo(field('How can we help?'));
    await typeKeys('Its ring has been amber since this morning.');
    await tabTo(button('Add files'));
    await tabTo(button('Send'));
    await press('Enter');
    await focusComesTo(part('summary'));
    await tab();
    expect(focused()).to.equal(await link('Enter a subject.'));
    await press('Enter');
    await focusComesTo(field('Subject'));
    await typeKeys('The hub is silent');
    await press('Enter');
    await text('You will find our answer in the ticket.');
    await focusComesTo(part('heading'));
    await tabTo(link('Open the ticket'));
    await press('Enter');
    await focusComesTo(heading('The hub is silent'));
  });

  it('goes on in the same field, and with what was asked for, when the session ends over a reply', async () => {
    const { backend } = await openPage('alice');
    await tabTo(link(subject));
    await press('Enter');
    await tabTo(field('Your reply'));
    await typeKeys('Half a sentence');
    await backend.signOut?.('this');
    await press('Control+Enter');
    await focusComesTo(field('E-mail address'));
    expect(all('[part~=notice]').map(({ textContent }) => textContent.trim())).to.deep.equal([
      'Your session has ended. Sign in again; what you typed is still here.',
    ]);
    await typeKeys('alice@acme.example');
    await tab();
    await typeKeys(demoWorld.password);
    await tabTo(button('Sign in'));
    await press('Enter');
    await focusComesTo(field('Your reply'));
    // It was asked for before the session ended.
    await until(() => !all('[part~=message-sending]').length && messages().includes('Half a sentence'));
    expect((await field('Your reply')).value).to.equal('');
  });
});
