import { expect } from '@open-wc/testing';

import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { TicketDetail } from '../../src/model/index.js';
import { alice, fakeBackend, ticketOf } from './fake-backend.js';
import { all, heading, part, show } from './screen.js';

defineTicketDetail();

const bob = { id: 'bob', name: 'Bob Fraser' };
const erin = { id: 'erin', name: 'Erin O’Brien' };

/** Alice reads. */
const open = (changes: Partial<TicketDetail>) =>
  show('ticket-detail', {
    backend: fakeBackend({ getTicket: async (id) => ticketOf({ id, ...changes }) }),
    ticketId: 't1',
  });

const said = async () => (await part('people')).innerText.replace(/\s+/g, ' ').trim();

describe('<ticket-detail>, its people', () => {
  it('names who else takes part in the reader’s ticket', async () => {
    const detail = open({ participants: [erin, { id: 'y', name: 'יעל כהן' }] });
    expect(await said()).to.equal('Also on this ticket: Erin O’Brien, יעל כהן');
    expect(all('bdi[part=person]').length, 'each name for itself, whichever way it runs').to.equal(2);
    await expect(detail).to.be.accessible();
  });

  it('names who asked, and leaves the reader out, in the ticket of somebody else', async () => {
    const why = { relation: 'participant', company: null, condition: null } as const;
    open({ requester: bob, participants: [alice, erin], why });
    expect(await said()).to.equal('Also on this ticket: Bob Fraser, Erin O’Brien');
  });

  it('takes names for text', async () => {
    open({ participants: [{ id: 'x', name: '<img src=x>' }] });
    expect(await said()).to.equal('Also on this ticket: <img src=x>');
  });

  it('says nothing of a reader who is alone with support', async () => {
    open({ participants: [] });
    await heading('The hub is silent');
    expect(all('[part=people]').length).to.equal(0);
  });
});
