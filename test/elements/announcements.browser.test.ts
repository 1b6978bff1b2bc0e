import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { define } from '../../src/define.js';
import type { MessagePage } from '../../src/model/index.js';
import { listen, ways } from './announcements.js';
import { fakeBackend, messageOf, signedOut, ticketsOf } from './fake-backend.js';
import { alert, all, button, field, inState, part, show, text, type, until } from './screen.js';
import { signInBackend } from './sign-in.js';

define();

const support = { id: 's1', name: 'Mia Lindqvist', side: 'support' } as const;

/** Two pages of tickets, of which one ticket is closed. */
const twoPages: PortalBackend['listTickets'] = async ({ state, cursor } = {}) => {
  if (state === 'closed') return { items: ticketsOf(1), nextCursor: null };
  return cursor ? { items: ticketsOf(2, 4), nextCursor: null } : { items: ticketsOf(3), nextCursor: 'next' };
};

/** Whatever speaks by itself: each is heard when it comes, and by nothing else. */
const alerts = () => all('[role=alert]').filter(({ textContent }) => textContent.trim());

for (const way of ways) {
  describe(`what is announced, by ${way}`, () => {
    it('is how many tickets there are after a filter, and after more of them', async () => {
      const { said, allSaid } = listen(way);
      show('ticket-list', { backend: fakeBackend({ listTickets: twoPages }) });
      (await button('Show more')).click();
      await until(() => said.length);
      (await button('Closed')).click();
      await until(() => said.length > 1);
      await allSaid();
      expect(said).to.deep.equal(['5 tickets', '1 ticket']);
    });

    it('is a reply that was sent, and no word more when the thread is read again', async () => {
      const { said, allSaid } = listen(way);
      const messages = [messageOf()];
      const backend = fakeBackend({
        listMessages: async () => ({ items: [...messages], nextCursor: null, previousCursor: null }),
        reply: async (_id, { body }) => {
          const message = messageOf({ id: 'm2', text: body });
          messages.push(message);
          return message;
        },
      });
      const detail = show('ticket-detail', { backend, ticketId: 't1' });
      type(await field('Your reply'), 'It still blinks.');
      (await button('Send reply')).click();
      await text('It still blinks.');
      await detail.refresh();
      await allSaid();
      expect(said).to.deep.equal(['Reply sent']);
    });

    it('is a reply of support, once for all elements that show the ticket', async () => {
      const { said, allSaid } = listen(way);
      const thread = [messageOf()];
      const backend = fakeBackend({
        listMessages: async () => ({ items: [...thread], nextCursor: null, previousCursor: null }),
      });
      const details = [
        show('ticket-detail', { backend, ticketId: 't1' }),
        show('ticket-detail', { backend, ticketId: 't1' }),
      ];
      for (const detail of details) await inState(detail, 'ready');
      thread.push(messageOf({ id: 'm2', author: support }));
      await Promise.all(details.map((detail) => detail.refresh()));
      await allSaid();
      expect(said).to.deep.equal(['New reply from Mia Lindqvist']);
    });

    it('is how many earlier messages came', async () => {
      const { said, allSaid } = listen(way);
      const pages: Record<string, MessagePage> = {
        newest: { items: [messageOf()], nextCursor: null, previousCursor: 'earlier' },
        earlier: { items: [messageOf({ id: 'm0' })], nextCursor: null, previousCursor: null },
      };
      const listMessages: PortalBackend['listMessages'] = async (_id, { before = 'newest' } = {}) =>
        pages[before] as MessagePage;
      show('ticket-detail', { backend: fakeBackend({ listMessages }), ticketId: 't1' });
      (await button('Show earlier messages')).click();
      await until(() => all('[part~=message]').length === 2);
      await allSaid();
      expect(said).to.deep.equal(['1 earlier message shown']);
    });

    it('is that a session has ended, once for the whole page', async () => {
      const { said, allSaid } = listen(way);
      let session = await fakeBackend().session();
      const backend = fakeBackend({ session: async () => session });
      show('portal-login', { backend });
      show('customer-portal', { backend, routing: 'none' });
      await button('All');
      session = signedOut;
      dispatchEvent(new Event('focus'));
      await until(() => said.length);
      await until(() => all('input').length === 4);
      await allSaid();
      expect(said).to.deep.equal(['Your session has ended. Sign in again; what you typed is still here.']);
    });

    it('is what was done on the way in, and that other devices are signed out', async () => {
      const { said, allSaid } = listen(way);
      const { backend } = signInBackend();
      const login = show('portal-login', { backend });
      type(await field('E-mail address'), 'alice@acme.example');
      (await button('Send me a code instead')).click();
      (await button('Send another code')).click();
      await until(() => said.length);
      login.remove();
      show('portal-login', { backend: fakeBackend() });
      (await part('person')).click();
      (await button('Sign out other devices')).click();
      await until(() => said.length > 1);
      await allSaid();
      expect(said).to.deep.equal([
        'Another code is on its way. Only the newest one is valid.',
        'All other devices are signed out.',
      ]);
    });

    it('is no error: each is one alert where it happened', async () => {
      const { said, allSaid } = listen(way);
      const fail = async () => {
        throw new BackendError('offline');
      };
      const list = show('ticket-list', { backend: fakeBackend({ listTickets: fail }) });
      await alert('There is no connection');
      expect(alerts().length).to.equal(1);
      list.remove();
      const detail = show('ticket-detail', { backend: fakeBackend({ reply: fail }), ticketId: 't1' });
      type(await field('Your reply'), 'It still blinks.');
      (await button('Send reply')).click();
      await alert('Not sent. There is no connection');
      expect(alerts().length).to.equal(1);
      detail.remove();
      const form = show('support-form', { backend: fakeBackend({ createTicket: fail }) });
      (await button('Send')).click();
      await alert('Enter a subject.');
      expect(alerts().length).to.equal(1);
      form.remove();
      const { backend } = signInBackend(undefined, { signIn: fail });
      show('portal-login', { backend });
      type(await field('E-mail address'), 'alice@acme.example');
      type(await field('Password'), 'secret');
      (await button('Sign in')).click();
      await alert('There is no connection');
      expect(alerts().length).to.equal(1);
      await allSaid();
      expect(said).to.be.empty;
    });
  });
}
