import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineCustomerPortal } from '../../src/elements/customer-portal/define.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import { fakeBackend, messageOf, sessionOf, signedOut, ticketOf, ticketsOf } from './fake-backend.js';
import { all, button, cleanups, field, focused, heading, link, part, show, text, type, until } from './screen.js';

defineCustomerPortal();

const alice = { id: 'alice', name: 'Alice Moreau' };
const bob = { id: 'bob', name: 'Bob Fraser' };
const ended = 'Your session has ended. Sign in again; what you typed is still here.';

/** Alice is signed in until `end()`; `next` signs in after her. */
function world(next = alice) {
  let session = sessionOf(alice);
  const sent: (readonly [body: string, idempotencyKey: string])[] = [];
  const mine = <T>(answer: T): Promise<T> =>
    session.contact ? Promise.resolve(answer) : Promise.reject(new BackendError('session-expired'));
  const backend: PortalBackend = fakeBackend({
    session: async () => session,
    signIn: async () => {
      session = sessionOf(next);
      return session;
    },
    listTickets: () => mine({ items: ticketsOf(2), nextCursor: null }),
    getTicket: (id) => mine(ticketOf({ id, subject: `Question ${id.slice(1)}` })),
    reply: (_id, { body }, { idempotencyKey }) => {
      sent.push([body, idempotencyKey]);
      return mine(messageOf({ id: 'm2', text: body }));
    },
  });
  return { backend, sent, end: () => void (session = signedOut) };
}

async function signIn(): Promise<void> {
  type(await field('E-mail address'), 'alice@acme.example');
  type(await field('Password'), 'secret');
  (await button('Sign in')).click();
}

describe('<customer-portal>, when a session ends in it', () => {
  beforeEach(() => {
    const before = location.href;
    cleanups.push(() => history.replaceState(null, '', before));
    history.replaceState(null, '', `${location.pathname}?wtr=kept`);
  });

  it('takes what was private off the page, and asks calmly in its place', async () => {
    const { backend, end } = world();
    const portal = show('customer-portal', { backend });
    (await link('Question 1')).click();
    type(await field('Your reply'), 'Half a sentence');
    (await field('Your reply')).focus();
    end();
    (await button('Send reply')).click();
    await text(ended);
    await part('ended');
    await until(() => focused()?.id === 'email');
    const everything = (root: ParentNode): string =>
      [...root.querySelectorAll('*')].map((element) => element.shadowRoot && everything(element.shadowRoot)).join() +
      root.textContent;
    expect(everything(document.body)).not.to.match(/Question 1|silent|Half a sentence/);
    await expect(portal).to.be.accessible();
  });

  it('goes on in the same place, with what was asked for: text, key and focus', async () => {
    const { backend, sent, end } = world();
    show('customer-portal', { backend });
    (await link('Question 1')).click();
    const title = await heading('Question 1');
    // The view has opened with its heading; from here on nobody else moves the focus.
    await until(() => focused() === title);
    const reply = await field('Your reply');
    reply.focus();
    await sendKeys({ type: 'Thank you, all clear.' });
    end();
    (await button('Send reply')).click();
    await text(ended);
    await signIn();
    await until(() => focused()?.id === 'reply');
    // It was asked for before the session ended, and nobody has to ask again.
    await until(() => sent.length === 2 && !all('[part~=message-sending]').length);
    expect(sent.map(([body]) => body)).to.deep.equal(['Thank you, all clear.', 'Thank you, all clear.']);
    expect(sent[1]?.[1]).to.equal(sent[0]?.[1]);
    expect((await field('Your reply')).value).to.equal('');
    expect(all('[role=alert]').map(({ textContent }) => textContent.trim())).to.be.empty;
    expect(location.search).to.equal('?wtr=kept&ticket=t1');
  });

  it('goes on in the form, too', async () => {
    const { backend, end } = world();
    show('customer-portal', { backend });
    (await link('New ticket')).click();
    type(await field('Subject'), 'A new question');
    (await field('Subject')).focus();
    end();
    dispatchEvent(new Event('focus'));
    await signIn();
    await until(() => focused()?.id === 'subject');
    await until(async () => (await field('Subject')).value === 'A new question');
  });

  it('leads somebody else to the list, and to nothing of the one before', async () => {
    const { backend, end } = world(bob);
    show('customer-portal', { backend });
    (await link('Question 1')).click();
    type(await field('Your reply'), 'Half a sentence');
    end();
    dispatchEvent(new Event('focus'));
    await signIn();
    const list = await heading('Your tickets');
    await until(() => focused() === list);
    expect(location.search).to.equal('?wtr=kept');
    (await link('Question 1')).click();
    expect((await field('Your reply')).value).to.equal('');
  });

  it('takes no focus from a reader who is elsewhere on the page', async () => {
    const { backend, end } = world();
    const search = document.createElement('input');
    search.setAttribute('aria-label', 'Search');
    document.body.append(search);
    show('customer-portal', { backend });
    await link('Question 1');
    search.focus();
    end();
    dispatchEvent(new Event('focus'));
    await text(ended);
    await field('Password');
    expect(focused()).to.equal(search);
  });

  it('keeps nothing to be seen by going back', async () => {
    const { backend, end } = world();
    const portal = show('customer-portal', { backend });
    (await link('Question 1')).click();
    type(await field('Your reply'), 'Half a sentence');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await Promise.resolve();
    expect(all('[part~=text],[part~=subject],textarea')).to.be.empty;
    expect(portal.matches(':state(loading)')).to.be.true;
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await until(async () => (await field('Your reply')).value === 'Half a sentence');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    end();
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await field('Password');
    expect(all('textarea')).to.be.empty;
  });

  it('says nothing of the ended session to who has signed in again, also without a portal around', async () => {
    defineTicketDetail();
    const { backend, sent, end } = world();
    show('portal-login', { backend });
    show('ticket-detail', { backend, ticketId: 't1' });
    type(await field('Your reply'), 'Thank you, all clear.');
    end();
    (await button('Send reply')).click();
    await text(ended);
    await signIn();
    await until(() => sent.length === 2);
    expect(all('[role=alert]').length).to.equal(0);
    await button('Send reply');
  });
});
