import { expect } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { all, alert, button, focused, heading, link, until } from '../elements/screen.js';
import { focusComesTo, openPage, press, tab, tabTo } from './keys.js';

define();

const subject = 'Hub on the 3rd floor drops offline every night';
const subjects = () => all('[part~=subject]');

describe('reading by keys alone', () => {
  it('filters, opens a ticket, and comes back to the very same link, with the page where it was', async () => {
    await openPage('bob');
    await tabTo(button('Open 8'));
    await press('Enter');
    await until(() => all('[aria-busy=false]').length && !all('[part~=status-closed]').length);
    await focusComesTo(button('Open 8'));
    await tabTo(Promise.resolve(subjects().at(-1) as HTMLElement));
    // Not at an edge of the window, where any scrolling to it would end.
    for (let steps = 0; steps < 3; steps++) await tab(true);
    const last = focused() as HTMLElement;
    const scroll = scrollY;
    expect(scroll, 'the page is long enough to be scrolled').to.be.above(0);

    await press('Enter');
    await focusComesTo(heading(last.textContent));
    history.back();
    await focusComesTo(Promise.resolve(last));
    expect(Math.abs(scrollY - scroll)).to.be.at.most(1);

    await press('Enter');
    await focusComesTo(heading(last.textContent));
    await press('Shift+Tab');
    expect(focused()).to.equal(await link('All tickets'));
    await press('Enter');
    await focusComesTo(Promise.resolve(last));
    expect(Math.abs(scrollY - scroll)).to.be.at.most(1);
  });

  it('loads more, and goes on at the first new row', async () => {
    await openPage('carol');
    await link(await heading('Your tickets').then(() => subjects()[0]?.textContent ?? ''));
    const before = subjects().length;
    await tabTo(button('Show more'));
    await press('Enter');
    await until(() => subjects().length > before);
    await focusComesTo(Promise.resolve(subjects()[before] as HTMLElement));
  });

  it('meets an error, tries again, and goes on at the heading', async () => {
    const { fault, heal } = await openPage('alice');
    await link(subject);
    fault({ call: 'getTicket', with: 'offline' });
    await tabTo(link(subject));
    await press('Enter');
    await alert('There is no connection');
    await tabTo(button('Try again'));
    await press('Enter');
    await focusComesTo(button('Try again'));
    heal();
    await press('Enter');
    await focusComesTo(heading(subject));
  });

  it('goes on at the heading when the whole portal comes only with another try', async () => {
    const { heal } = await openPage('alice', [{ call: 'session', with: 'unavailable' }]);
    await alert('The portal cannot be reached');
    await tabTo(button('Try again'));
    heal();
    await press('Enter');
    await focusComesTo(heading('Your tickets'));
  });

  it('goes on at the heading when a list that could not be asked for again is there', async () => {
    const { fault, heal } = await openPage('alice');
    await link(subject);
    fault({ call: 'listTickets', with: 'offline' });
    dispatchEvent(new Event('focus'));
    await alert('There is no connection');
    await tabTo(button('Try again'));
    heal();
    await press('Enter');
    await focusComesTo(heading('Your tickets'));
  });

  it('meets an error at the next page, and goes on at its first row', async () => {
    const { fault, heal } = await openPage('carol');
    await tabTo(button('Show more'));
    fault({ call: 'listTickets', with: 'offline' });
    await press('Enter');
    await alert('There is no connection');
    await tabTo(button('Try again'));
    heal();
    const before = subjects().length;
    await press('Enter');
    await until(() => subjects().length > before);
    await focusComesTo(Promise.resolve(subjects()[before] as HTMLElement));
  });
});
