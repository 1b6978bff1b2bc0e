import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineCustomerPortal } from '../../src/elements/customer-portal/define.js';
import { defineSupportForm } from '../../src/elements/support-form/define.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { NewTicket, TicketDetail } from '../../src/model/index.js';
import { fakeBackend, ticketOf } from './fake-backend.js';
import { all, button, cleanups, field, focused, heading, link, part, show, text, type, until } from './screen.js';

defineCustomerPortal();
defineSupportForm();
defineTicketDetail();

const closed = (changes: Partial<TicketDetail> = {}): TicketDetail =>
  ticketOf({
    status: { id: 'closed', category: 'closed', label: 'Closed' },
    turn: null,
    actions: [],
    followUpOf: null,
    followUps: [],
    ...changes,
  });

/** A help desk with one closed ticket, which remembers what it was sent. */
function desk(ticket = closed(), changes: Partial<PortalBackend> = {}) {
  const sent: NewTicket[] = [];
  const backend = fakeBackend({
    getTicket: async (id) => ({ ...ticket, id }),
    async createTicket(input) {
      sent.push(input);
      return ticketOf({ id: 'new1', number: 1043, subject: input.subject });
    },
    ...changes,
  });
  return { backend, sent };
}

const search = () => new URLSearchParams(location.search).get('ticket');

async function send(subject: string): Promise<void> {
  type(await field('Subject'), subject);
  type(await field('How can we help?'), 'It is silent again.');
  (await button('Send')).click();
  await heading('Thank you. Your ticket is #1043.');
}

describe('a follow-up', () => {
  beforeEach(() => {
    const before = location.href;
    cleanups.push(() => history.replaceState(null, '', before));
    history.replaceState(null, '', `${location.pathname}?ticket=t1`);
  });

  it('goes from a closed ticket to the form, which names it and sends it along', async () => {
    const { backend, sent } = desk();
    const portal = show('customer-portal', { backend });
    const way = await link('Open a follow-up');
    await expect(portal).to.be.accessible();
    way.click();
    const form = await heading('New ticket');
    await until(() => focused() === form, 'The form has no focus');
    expect(search()).to.equal('new.t1');
    expect((await link('#1042 The hub is silent')).href).to.include('ticket=t1');
    await expect(portal).to.be.accessible();
    await send('Silent again');
    expect(sent).to.deep.equal([
      { subject: 'Silent again', message: 'It is silent again.', properties: {}, followUp: 't1' },
    ]);
  });

  it('keeps its text apart from that of other new tickets', async () => {
    const { backend, sent } = desk();
    const portal = show('customer-portal', { backend });
    portal.show('new.t2');
    await part('followed');
    type(await field('Subject'), 'About t2');
    portal.show('new');
    await until(() => !all('[part=followed]').length);
    expect((await field('Subject')).value).to.equal('');
    await send('About nothing');
    expect(sent[0]?.followUp).to.equal(undefined);
    portal.show('new.t2');
    await until(() => all('[part=followed]').length);
    expect((await field('Subject')).value).to.equal('About t2');
  });

  it('leads from a ticket to those that it is tied to', async () => {
    const earlier = { id: 't7', number: 1007, subject: 'שלום' };
    const later = { id: 't9', number: 1099, subject: 'And again' };
    const { backend } = desk(closed({ followUpOf: earlier, followUps: [later] }));
    show('customer-portal', { backend });
    expect((await part('ties')).innerText.replace(/\s+/g, ' ').trim()).to.equal(
      'Follow-up of #1007 שלום Goes on in #1099 And again',
    );
    (await link('#1099 And again')).click();
    await until(() => search() === 't9');
  });

  it('names tickets without a link where there is no portal to go through, and offers nothing there', async () => {
    const { backend } = desk(closed({ followUpOf: { id: 't7', number: 1007, subject: 'The first' } }));
    show('ticket-detail', { backend, ticketId: 't1' });
    await part('tie');
    expect(all('a[part=tie]')).to.be.empty;
    expect(all('[part=follow-up-offer]')).to.be.empty;
  });

  it('is offered for no open ticket, where no ticket can be sent, and where the backend knows no such thing', async () => {
    for (const [ticket, changes] of [
      [ticketOf({ followUps: [] }), {}],
      [closed(), { createTicket: undefined as never }],
      [closed({ followUpOf: undefined, followUps: undefined }), {}],
    ] as const) {
      const portal = show('customer-portal', { backend: desk(ticket, changes).backend });
      await heading('The hub is silent');
      await until(() => all('[part=thread]').length);
      expect(all('[part=follow-up-offer]')).to.be.empty;
      portal.remove();
    }
  });

  it('is a new ticket like any other when the earlier one is not there for this contact', async () => {
    const { backend, sent } = desk(closed(), {
      getTicket: async () => {
        throw new BackendError('not-found');
      },
    });
    show('support-form', { backend, followUp: 't4' });
    await send('Silent again');
    expect(all('[part=followed]')).to.be.empty;
    expect(sent[0]?.followUp).to.equal(undefined);
  });

  it('can be begun by a page of its own', async () => {
    const { backend, sent } = desk();
    show('support-form', { backend, followUp: 't1' });
    await text('#1042');
    await send('Silent again');
    expect(sent[0]?.followUp).to.equal('t1');
  });
});
