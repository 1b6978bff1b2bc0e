import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { TicketDetail } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { fakeBackend, portal, ticketOf } from './fake-backend.js';
import { alert, all, button, field, focused, heading, part, show, text, type, until } from './screen.js';

defineTicketDetail();

const closed = (changes: Partial<TicketDetail> = {}): TicketDetail =>
  ticketOf({
    status: { id: 'solved', category: 'closed', label: 'Solved' },
    turn: null,
    actions: ['reply', 'reopen', 'rate'],
    ratingComment: null,
    ...changes,
  });

let number = 0;

/** A help desk with one closed ticket, which remembers what it was told. Unless asked for, no ticket of another test. */
function desk(first = closed(), changes: Partial<PortalBackend> = {}, id = `rated-${++number}`) {
  const told: unknown[] = [];
  let ticket = { ...first, id };
  const backend = fakeBackend({
    portal: async () => ({ ...portal, features: [...portal.features, 'rate'] }),
    getTicket: async () => ticket,
    async rate(_, { rating, comment = null }) {
      told.push([rating, comment]);
      return (ticket = { ...ticket, rating, ratingComment: comment });
    },
    ...changes,
  });
  return { told, element: show('ticket-detail', { backend, ticketId: id }) };
}

const choice = (label: string) => field(label);
const comment = () => field('Would you like to add something? (optional)');
const send = () => button('Send your answer');

describe('<ticket-detail>, rating', () => {
  it('asks a closed ticket’s requester in one group, and sends nothing by a choice alone', async () => {
    const { told, element } = desk();
    const group = await part('rating-choice');
    expect(group.getAttribute('role')).to.equal('radiogroup');
    const words = all('[part=rating-step]').map((step) => step.innerText.trim());
    expect(words).to.deep.equal(['Very bad', 'Bad', 'Fair', 'Good', 'Very good']);
    await text('Only support sees your answer.');
    await expect(element).to.be.accessible();
    (await choice('Good')).click();
    await send();
    expect(told).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('sends the answer with its comment, and shows both', async () => {
    const { told, element } = desk();
    (await choice('Very bad')).click();
    type(await comment(), '  It never worked.\n');
    (await send()).click();
    const rated = await part('rated');
    expect(rated.innerText.trim()).to.equal('How was our help? Very bad');
    expect((await part('rating-comment')).innerText).to.equal('It never worked.');
    await until(() => focused() === rated, 'The answer has no focus');
    expect(told).to.deep.equal([[1, 'It never worked.']]);
    await expect(element).to.be.accessible();
  });

  it('changes an answer, or leaves it as it was', async () => {
    const { told } = desk(closed({ rating: 2, ratingComment: 'Slow.' }));
    (await button('Change your answer')).click();
    const before = await choice('Bad');
    await until(() => focused() === before, 'The choice has no focus');
    expect([before.checked, (await comment()).value]).to.deep.equal([true, 'Slow.']);
    (await choice('Good')).click();
    (await button('Leave it as it was')).click();
    expect((await part('rated')).innerText).to.include('Bad');
    (await button('Change your answer')).click();
    (await choice('Very good')).click();
    type(await comment(), '');
    (await send()).click();
    await until(() => told.length);
    expect(told).to.deep.equal([[5, null]]);
    await until(() => !all('[part=rating-comment]').length);
    expect((await part('rated')).innerText).to.include('Very good');
  });

  it('keeps what is chosen and written when it is not sent', async () => {
    const answer = deferred<TicketDetail>();
    const { element } = desk(closed(), { rate: () => answer.promise });
    (await choice('Fair')).click();
    type(await comment(), 'It took long.');
    (await send()).click();
    await button('Sending …');
    answer.reject(new BackendError('unavailable'));
    await alert('Not sent.');
    expect((await comment()).value).to.equal('It took long.');
    element.remove();
    desk(closed(), {}, element.ticketId);
    expect((await choice('Fair')).checked, 'also when it is shown anew').to.be.true;
    expect((await comment()).value).to.equal('It took long.');
  });

  it('says how long a comment may be', async () => {
    const { told } = desk();
    (await choice('Good')).click();
    type(await comment(), 'a'.repeat(101));
    (await send()).click();
    await alert('Shorten it to 100 characters.');
    expect(focused()).to.equal(await comment());
    expect(told).to.deep.equal([]);
  });

  it('shows an answer that can no longer be changed', async () => {
    desk(ticketOf({ rating: 4 }));
    expect((await part('rated')).innerText).to.include('Good');
    expect(all('[part~=change-rating]')).to.be.empty;
  });

  it('asks nobody whose ticket does not list it, and nobody where the backend cannot', async () => {
    desk(closed({ actions: ['reply'] })).element.remove();
    desk(closed(), { rate: undefined as never });
    await heading('The hub is silent');
    expect(all('[part=rating]')).to.be.empty;
  });

  it('asks of each ticket anew', async () => {
    const { element } = desk(closed(), { getTicket: async (id) => closed({ id, rating: id === 'other' ? null : 1 }) });
    expect((await part('rated')).innerText).to.include('Very bad');
    element.ticketId = 'other';
    expect((await choice('Very bad')).checked).to.be.false;
    expect(all('[part=rated]')).to.be.empty;
  });
});
