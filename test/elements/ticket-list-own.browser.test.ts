import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { Page, Ticket, TicketQuery } from '../../src/model/index.js';
import { fakeBackend, signedOut, ticketOf } from './fake-backend.js';
import { all, button, focused, inState, link, show, text, until } from './screen.js';

defineTicketList();

/* What a page says in our place: words and a heading of its own, in the slots of `<ticket-list>`. */

const pageOf = (items: readonly Ticket[]): Page<Ticket> => ({ items, nextCursor: null });

/** Something of the page's own for a slot. */
function own(slot: string, tag: string, words: string): HTMLElement {
  const element = document.createElement(tag);
  element.slot = slot;
  element.textContent = words;
  return element;
}

describe('<ticket-list>, with words of the page', () => {
  it('says in them that there are no tickets, and nothing of ours beside it', async () => {
    const list = show('ticket-list', { backend: fakeBackend({ listTickets: async () => pageOf([]) }) });
    list.append(own('empty', 'p', 'Nothing open.'), own('no-match', 'p', 'None of these.'));
    await text('Nothing open.');
    expect(list.matches(':state(empty)')).to.be.true;
    expect(list.innerText.trim()).to.equal('Nothing open.');
    expect(all('[part~=empty]').length).to.equal(0);
    await expect(list).to.be.accessible();
  });

  it('tells no tickets at all from none that match, where the way back to all stays', async () => {
    const listTickets = async ({ state }: TicketQuery = {}) => pageOf(state === 'all' ? [ticketOf()] : []);
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }), state: 'closed' });
    list.append(own('empty', 'p', 'Nothing open.'), own('no-match', 'p', 'None of these.'));
    await text('None of these.');
    expect(list.dataset.state).to.equal('no-match');
    expect(all('p').map(({ textContent }) => textContent)).to.deep.equal(['None of these.']);
    (await button('Show all tickets')).click();
    await inState(list, 'ready');
  });

  it('leads to the sign-in in them', async () => {
    const list = show('ticket-list', { backend: fakeBackend({ session: async () => signedOut }) });
    list.append(own('signed-out', 'p', 'Sign in at the top.'));
    await text('Sign in at the top.');
    expect(list.matches(':state(signed-out)')).to.be.true;
    expect(all('[part~=signed-out]').length).to.equal(0);
  });

  it('says what went wrong in them, as an alert, with the code for the page to go by, and tries again', async () => {
    let code: 'offline' | undefined = 'offline';
    const listTickets = async () => {
      if (code) throw new BackendError(code);
      return pageOf([ticketOf()]);
    };
    const error = own('error', 'div', 'We cannot be reached. ');
    const retry = Object.assign(document.createElement('button'), { textContent: 'Once more' });
    retry.dataset.retry = '';
    error.append(retry);
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    list.append(error);
    await inState(list, 'failed');
    expect(list.dataset.error).to.equal('offline');
    expect(error.assignedSlot?.closest('[role=alert]'), 'it is read out').to.be.ok;
    expect(all('[role=alert]').length).to.equal(1);
    expect(all('[part~=retry]').length).to.equal(0);
    await expect(list).to.be.accessible();
    code = undefined;
    retry.focus();
    retry.click();
    await link('The hub is silent');
    expect(list.dataset.error).to.be.undefined;
    await until(() => focused()?.getAttribute('role') === 'heading', 'the focus goes on where reading does');
  });

  it('is tried again from script, also where nobody could say who is signed in', async () => {
    let down = true;
    const { session } = fakeBackend();
    const list = show('ticket-list', {
      backend: fakeBackend({ session: () => (down ? Promise.reject(new BackendError('timeout')) : session()) }),
    });
    await inState(list, 'failed');
    expect(list.dataset.error).to.equal('timeout');
    down = false;
    await list.refresh();
    await inState(list, 'ready');
  });

  it('has a heading of the page, which takes the focus as ours does', async () => {
    const list = show('ticket-list', { backend: fakeBackend() });
    list.append(own('header', 'h2', 'My requests'));
    await text('My requests');
    await inState(list, 'ready');
    expect(all('[part~=heading]').length).to.equal(0);
    list.focus();
    expect(focused()?.textContent).to.equal('My requests');
    await expect(list).to.be.accessible();
  });

  it('says it in ours again when the page takes its own away', async () => {
    const list = show('ticket-list', { backend: fakeBackend({ session: async () => signedOut }) });
    const words = own('signed-out', 'p', 'Sign in at the top.');
    list.append(words);
    await text('Sign in at the top.');
    words.remove();
    await text('Sign in to see your tickets.');
  });
});
