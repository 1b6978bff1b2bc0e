import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { TicketDetail } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { fakeBackend, messageOf, ticketOf } from './fake-backend.js';
import { alert, all, button, field, heading, show, type, until } from './screen.js';

defineTicketDetail();

const open = ticketOf({ actions: ['reply', 'close'] });
const closed = ticketOf({
  status: { id: 'solved', category: 'closed', label: 'Solved' },
  turn: null,
  actions: ['reply', 'reopen'],
});

/** A help desk with one ticket, which remembers what it was asked for. */
function desk(changes: Partial<PortalBackend> = {}, first: TicketDetail = open) {
  const asked: string[] = [];
  let ticket = first;
  const backend = fakeBackend({
    getTicket: async () => ticket,
    async reply(_, { body }) {
      asked.push(`reply ${body}`);
      return messageOf({ id: 'm2', text: body });
    },
    async close() {
      asked.push('close');
      return (ticket = closed);
    },
    async reopen() {
      asked.push('reopen');
      return (ticket = open);
    },
    ...changes,
  });
  show('ticket-detail', { backend, ticketId: 't1' });
  return asked;
}

const reply = () => field('Your reply');
const moves = () => all('[part~=move]').map((element) => element.innerText);

describe('<ticket-detail>, closing', () => {
  it('closes a ticket, and opens it again, with the same button', async () => {
    const asked = desk();
    const close = await button('Close this ticket');
    close.focus();
    close.click();
    const again = await button('Open it again');
    expect(again, 'the focus stays').to.equal(close);
    again.click();
    await button('Close this ticket');
    expect(asked).to.deep.equal(['close', 'reopen']);
  });

  it('sends what is written before it closes', async () => {
    const asked = desk();
    type(await reply(), 'It works again.');
    (await button('Send and close')).click();
    await button('Open it again');
    expect(asked).to.deep.equal(['reply It works again.', 'close']);
    expect((await reply()).value).to.equal('');
  });

  it('says what was not done when only the reply was', async () => {
    desk({
      close: async () => {
        throw new BackendError('unavailable');
      },
    });
    type(await reply(), 'It works again.');
    (await button('Send and close')).click();
    await alert('Not closed.');
    expect((await reply()).value, 'the reply is not sent twice').to.equal('');
    await button('Close this ticket');
  });

  it('does not close what it could not send', async () => {
    const asked = desk({
      reply: async () => {
        throw new BackendError('offline');
      },
    });
    type(await reply(), 'It works again.');
    (await button('Send and close')).click();
    await alert('Not sent.');
    expect((await reply()).value).to.equal('It works again.');
    expect(asked).to.deep.equal([]);
  });

  it('asks once, however often it is pressed', async () => {
    const answer = deferred<TicketDetail>();
    let times = 0;
    desk({
      close: () => {
        times += 1;
        return answer.promise;
      },
    });
    const close = await button('Close this ticket');
    close.click();
    close.click();
    await until(() => close.getAttribute('aria-disabled') === 'true');
    answer.resolve(closed);
    await until(() => times > 0);
    expect(times).to.equal(1);
  });

  it('offers a closed ticket’s reply alone once something is written: it opens the ticket by itself', async () => {
    desk({}, closed);
    await button('Open it again');
    type(await reply(), 'It is back.');
    await until(() => !moves().length);
  });

  it('offers only what the ticket lists, and what the backend can do', async () => {
    desk({}, ticketOf({ actions: ['reply'] }));
    await heading('The hub is silent');
    expect(moves()).to.deep.equal([]);
  });

  it('offers nothing where the backend cannot close', async () => {
    desk({ close: undefined as never });
    await heading('The hub is silent');
    expect(moves()).to.deep.equal([]);
  });
});
