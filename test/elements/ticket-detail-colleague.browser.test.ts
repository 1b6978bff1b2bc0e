import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { TicketDetail } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { listen, ways } from './announcements.js';
import { alice, fakeBackend, portal, sessionOf, ticketOf } from './fake-backend.js';
import { alert, all, button, field, focused, heading, part, show, text, type, until } from './screen.js';

defineTicketDetail();

const erin = { id: 'erin', name: 'Erin O’Brien' };

let number = 0;

/** A help desk with one ticket, which remembers what it was told. Unless asked for, no ticket of another test. */
function desk(
  ticketChanges: Partial<TicketDetail> = {},
  changes: Partial<PortalBackend> = {},
  id = `colleague-${++number}`,
) {
  const told: string[] = [];
  let ticket = ticketOf({ id, actions: ['reply', 'add-participant'], ...ticketChanges });
  const backend = fakeBackend({
    portal: async () => ({ ...portal, features: [...portal.features, 'addParticipant'] }),
    getTicket: async () => ticket,
    async addParticipant(_, { email }) {
      told.push(email);
      ticket = { ...ticket, participants: [erin] };
      return ticket;
    },
    ...changes,
  });
  return { told, element: show('ticket-detail', { backend, ticketId: id }) };
}

const unknown = () =>
  Promise.reject(new BackendError('invalid', undefined, { fields: [{ path: 'email', code: 'unknown' }] }));

const open = () => button('Add a colleague');
const address = () => field('E-mail address of your colleague');
const add = () => button('Add');

describe('<ticket-detail>, a colleague', () => {
  for (const way of ways) {
    it(`is brought in by their address, who takes part from then on; said once (${way})`, async () => {
      const { told, element } = desk();
      const { said, allSaid } = listen(way);
      (await open()).click();
      const email = await address();
      await until(() => focused() === email, 'The field has no focus');
      await text('They will see this whole ticket, with everything that was written in it so far.');
      await expect(element).to.be.accessible();
      type(email, 'erin@acme.example');
      (await add()).click();
      const again = await open();
      await until(() => focused() === again, 'The button has no focus');
      expect((await part('people')).innerText).to.include('Erin O’Brien');
      expect(told).to.deep.equal(['erin@acme.example']);
      await allSaid();
      expect(said).to.deep.equal(['Erin O’Brien takes part now']);
      await expect(element).to.be.accessible();
    });
  }

  it('who takes part already is said to do so', async () => {
    desk({ participants: [erin] });
    const { said, allSaid } = listen('region');
    (await open()).click();
    type(await address(), 'erin@acme.example');
    (await add()).click();
    await open();
    await allSaid();
    expect(said).to.deep.equal(['They take part already']);
  });

  it('whom nobody knows is said so at the field, and what was typed stays', async () => {
    const { element } = desk({}, { addParticipant: unknown });
    (await open()).click();
    type(await address(), 'eryn@acme.example');
    (await add()).click();
    const words = 'Nobody with this address works at your company, or they have no access here.';
    await text(words);
    const email = await address();
    await until(() => focused() === email, 'The field has no focus');
    expect([email.value, email.getAttribute('aria-invalid')]).to.deep.equal(['eryn@acme.example', 'true']);
    expect(email.getAttribute('aria-describedby')).to.include((await text(words)).id);
    await expect(element).to.be.accessible();
    type(email, 'erin@acme.example');
    await until(() => email.getAttribute('aria-invalid') === 'false', 'It is still wrong');
  });

  it('without an address is asked for one, and nothing is sent', async () => {
    const { told } = desk();
    (await open()).click();
    type(await address(), '  ');
    (await add()).click();
    await text('Enter an e-mail address.');
    expect(told).to.deep.equal([]);
  });

  it('who was not added is not forgotten: what was typed stays, also when it is shown anew', async () => {
    const answer = deferred<TicketDetail>();
    const { element } = desk({}, { addParticipant: () => answer.promise });
    (await open()).click();
    type(await address(), 'erin@acme.example');
    (await add()).click();
    await button('Adding …');
    answer.reject(new BackendError('rate-limited', undefined, { retryAfter: 3600 }));
    await alert('Not added. Too many attempts. Try again in 60 minutes.');
    element.remove();
    const { told } = desk({}, {}, element.ticketId);
    expect((await address()).value).to.equal('erin@acme.example');
    (await add()).click();
    await open();
    expect(told).to.deep.equal(['erin@acme.example']);
  });

  it('is left out again by Cancel', async () => {
    const { told } = desk();
    (await open()).click();
    type(await address(), 'erin@acme.example');
    (await button('Cancel')).click();
    const again = await open();
    await until(() => focused() === again, 'The button has no focus');
    again.click();
    expect((await address()).value).to.equal('');
    expect(told).to.deep.equal([]);
  });

  it('is offered to nobody whose ticket does not list it, and to nobody where the backend cannot', async () => {
    desk({ actions: ['reply'] }).element.remove();
    desk({}, { addParticipant: undefined as never });
    await heading('The hub is silent');
    expect(all('[part~=add-colleague]')).to.be.empty;
  });

  it('whom one person has begun to name is not shown to the next one', async () => {
    const { element } = desk();
    (await open()).click();
    type(await address(), 'erin@acme.example');
    const { ticketId } = element;
    element.remove();
    desk({}, { session: async () => sessionOf({ ...alice, id: 'bob' }) }, ticketId);
    await open();
    expect(all('[part=colleague-form]')).to.be.empty;
  });
});
