import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { createMemoryBackend } from '../../src/backend/memory/memory-backend.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineCustomerPortal } from '../../src/elements/customer-portal/define.js';
import { defineSupportForm } from '../../src/elements/support-form/define.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import { deferred } from '../support/deferred.js';
import { fakeBackend, sessionOf, signedOut, ticketOf, ticketsOf } from './fake-backend.js';
import {
  all,
  alert,
  button,
  cleanups,
  field,
  focused,
  heading,
  heard,
  inState,
  link,
  part,
  show,
  text,
  type,
  until,
} from './screen.js';

defineCustomerPortal();

const three = (): PortalBackend =>
  fakeBackend({
    listTickets: async () => ({ items: ticketsOf(3), nextCursor: null }),
    getTicket: async (id) => ticketOf({ id, subject: `Question ${id.slice(1)}` }),
  });

const address = (search: string) => history.replaceState(null, '', location.pathname + search);

describe('<customer-portal>', () => {
  beforeEach(() => {
    const before = location.href;
    cleanups.push(() => history.replaceState(null, '', before));
    address('?wtr=kept');
  });

  it('shows only the sign-in while nobody is signed in, and then the list with the focus on it', async () => {
    let session = signedOut;
    const portal = show('customer-portal', {
      backend: fakeBackend({
        session: async () => session,
        signIn: async () => {
          session = sessionOf({ id: 'alice', name: 'Alice Moreau' });
          return session;
        },
      }),
    });
    type(await field('E-mail address'), 'alice@acme.example');
    type(await field('Password'), 'secret');
    expect(all('ticket-list')).to.be.empty;
    expect(portal.matches(':state(signed-out)')).to.be.true;
    await expect(portal).to.be.accessible();
    (await button('Sign in')).click();
    const list = await heading('Your tickets');
    await until(() => focused() === list);
    expect(portal.matches(':state(list)')).to.be.true;
    await expect(portal).to.be.accessible();
  });

  it('never shows the sign-in before it is known who is signed in', async () => {
    const session = deferred<ReturnType<typeof sessionOf>>();
    const portal = show('customer-portal', { backend: fakeBackend({ session: () => session.promise }) });
    await inState(portal, 'loading');
    expect(all('input')).to.be.empty;
    session.resolve(sessionOf({ id: 'alice', name: 'Alice Moreau' }));
    await inState(portal, 'list');
  });

  it('asks once who is signed in, for all elements', async () => {
    let asked = 0;
    const session = async () => {
      asked += 1;
      return sessionOf({ id: 'alice', name: 'Alice Moreau' });
    };
    show('customer-portal', { backend: fakeBackend({ session }) });
    await link('The hub is silent');
    expect(asked).to.equal(1);
  });

  it('opens a ticket at an address of its own, and comes back to the very link', async () => {
    const portal = show('customer-portal', { backend: three() });
    const second = await link('Question 2');
    expect(new URL(second.href).search).to.equal('?wtr=kept&ticket=t2');
    second.focus();
    await sendKeys({ press: 'Enter' });
    const subject = await heading('Question 2');
    await until(() => focused() === subject);
    expect(location.search).to.equal('?wtr=kept&ticket=t2');
    expect(portal.matches(':state(detail)')).to.be.true;
    await expect(portal).to.be.accessible();

    (await link('All tickets')).click();
    await until(() => focused() === all('[part~=subject]')[1], 'the link has no focus');
    expect(location.search).to.equal('?wtr=kept');
  });

  it('follows the browser back and forth', async () => {
    show('customer-portal', { backend: three() });
    (await link('Question 3')).click();
    await heading('Question 3');
    history.back();
    await until(() => focused()?.matches('a') && focused()?.textContent === 'Question 3');
    history.forward();
    await heading('Question 3');
  });

  it('shows the ticket that the address names, and takes no focus for it', async () => {
    address('?ticket=t2');
    show('customer-portal', { backend: three() });
    await heading('Question 2');
    expect(document.activeElement).to.equal(document.body);
    expect(all('ticket-list'), 'the list is not asked for yet').to.be.empty;
  });

  it('shows a shared ticket after signing in, in the same place', async () => {
    address('?ticket=t2');
    const backend = three();
    backend.session = async () => signedOut;
    show('customer-portal', { backend });
    type(await field('E-mail address'), 'alice@acme.example');
    type(await field('Password'), 'secret');
    (await button('Sign in')).click();
    const subject = await heading('Question 2');
    await until(() => focused() === subject);
  });

  it('opens the form, and the ticket made with it', async () => {
    const portal = show('customer-portal', { backend: three() });
    const [navigated, created] = [heard('portal-navigate'), heard('portal-ticket-created')];
    (await link('New ticket')).click();
    const form = await heading('New ticket');
    await until(() => focused() === form);
    expect(portal.matches(':state(form)')).to.be.true;
    expect(location.search).to.equal('?wtr=kept&ticket=new');
    type(await field('Subject'), 'A new question');
    type(await field('How can we help?'), 'Please.');
    (await button('Send')).click();
    (await link('Open the ticket')).click();
    await until(() => location.search === '?wtr=kept&ticket=new1');
    expect(navigated.map(({ place, href }) => [place, new URL(href).search])).to.deep.equal([
      ['new', '?wtr=kept&ticket=new'],
      ['new1', '?wtr=kept&ticket=new1'],
    ]);
    expect(created.length).to.equal(1);
  });

  it('stays where it is when the page forbids to go', async () => {
    const portal = show('customer-portal', { backend: three() });
    portal.addEventListener('portal-navigate', (event) => event.preventDefault());
    (await link('Question 1')).click();
    await portal.updateComplete;
    expect(location.search).to.equal('?wtr=kept');
    await link('Question 1');
  });

  it('keeps the place in the hash, or out of the address, when told to', async () => {
    const portal = show('customer-portal', { backend: three(), routing: 'hash' });
    (await link('Question 1')).click();
    await heading('Question 1');
    expect([location.search, location.hash]).to.deep.equal(['?wtr=kept', '#ticket=t1']);
    portal.remove();
    address('?wtr=kept');

    show('customer-portal', { backend: three(), routing: 'none' });
    const { length } = history;
    (await link('Question 2')).click();
    await heading('Question 2');
    expect([location.search, location.hash, history.length]).to.deep.equal(['?wtr=kept', '', length]);
  });

  it('keeps two portals of a page at places of their own', async () => {
    address('?wtr=kept&billing=t3');
    const first = show('customer-portal', { backend: three() });
    await link('Question 1');
    const second = show('customer-portal', { backend: three(), routeKey: 'billing' });
    await heading('Question 3');
    await inState(first, 'list');
    (await link('Question 2')).click();
    await heading('Question 2');
    expect(location.search).to.equal('?wtr=kept&billing=t3&ticket=t2');
    await inState(second, 'detail');
    second.routeKey = 'sales';
    await inState(second, 'list');
  });

  it('uses the page’s own elements in its slots', async () => {
    defineTicketList();
    defineTicketDetail();
    const portal = document.createElement('customer-portal');
    portal.backend = three();
    portal.innerHTML = `<h2 slot="header">Help</h2><ticket-list slot="list" state="open"></ticket-list><ticket-detail slot="detail"></ticket-detail>`;
    document.body.append(portal);
    expect((await button('Open')).getAttribute('aria-pressed')).to.equal('true');
    await text('Help');
    (await link('Question 2')).click();
    const subject = await heading('Question 2');
    await until(() => focused() === subject);
    expect(portal.renderRoot.querySelector('ticket-list,ticket-detail')).to.be.null;
    (await link('All tickets')).click();
    await until(() => focused()?.textContent === 'Question 2');
  });

  it('gives the page’s own elements its language, also when that changes', async () => {
    const portal = document.createElement('customer-portal');
    portal.backend = three();
    portal.innerHTML = `<span slot="login"></span><ticket-list slot="list"></ticket-list>`;
    document.body.append(portal);
    await text('Your tickets');
    document.documentElement.lang = 'pl';
    await text('Zgłoszenia');
    document.documentElement.lang = 'en';
    await text('Your tickets');
  });

  it('shows an empty form to who comes back to it, also when it is the page’s own', async () => {
    defineSupportForm();
    const portal = document.createElement('customer-portal');
    portal.backend = three();
    portal.innerHTML = '<support-form slot="form" article-title="Hubs"></support-form>';
    document.body.append(portal);
    (await link('New ticket')).click();
    type(await field('Subject'), 'A new question');
    type(await field('How can we help?'), 'Please.');
    (await button('Send')).click();
    await heading('Thank you. Your ticket is #1043.');
    (await link('All tickets')).click();
    (await link('New ticket')).click();
    expect((await field('Subject')).value).to.equal('');
  });

  it('exports the parts of its default elements under the name of their slot', async () => {
    const style = new CSSStyleSheet();
    style.replaceSync(`customer-portal::part(list-row) { color: rgb(1, 2, 3) }`);
    document.adoptedStyleSheets.push(style);
    cleanups.push(() => document.adoptedStyleSheets.pop());
    show('customer-portal', { backend: three() });
    await until(() => getComputedStyle(all('[part~=row]')[0] ?? document.body).color === 'rgb(1, 2, 3)');
  });

  it('leaves the ticket when somebody signs out, so that the next one is not led to it', async () => {
    const backend = three();
    show('customer-portal', { backend });
    (await link('Question 1')).click();
    await heading('Question 1');
    (await button('Sign out')).click();
    await until(() => focused()?.id === 'email');
    // Not before the browser's storage has forgotten what was kept.
    await until(() => location.search === '?wtr=kept', 'the address still names the ticket');
  });

  it('keeps reply and place when the session ends, and resumes after signing in', async () => {
    const backend = three();
    const ended = { ...backend, session: backend.session };
    show('customer-portal', { backend: ended });
    (await link('Question 1')).click();
    type(await field('Your reply'), 'Half a sentence');
    ended.session = async () => signedOut;
    dispatchEvent(new Event('focus'));
    await text('Your session has ended. Sign in again; what you typed is still here.');
    expect(all('textarea')).to.be.empty;
    type(await field('E-mail address'), 'alice@acme.example');
    type(await field('Password'), 'secret');
    (await button('Sign in')).click();
    expect((await field('Your reply')).value).to.equal('Half a sentence');
  });

  it('hides the page’s fallback once it is there, and shows it beside an error', async () => {
    const portal = document.createElement('customer-portal');
    portal.innerHTML = '<a href="mailto:help@acme.example">Write to us</a>';
    const backend = three();
    backend.session = () => Promise.reject(new Error('broken'));
    portal.backend = backend;
    document.body.append(portal);
    await alert('The answer could not be read.');
    await link('Write to us');
    await expect(portal).to.be.accessible();
    backend.session = three().session;
    (await button('Try again')).click();
    await link('Question 1');
    expect(all('a').map(({ textContent }) => textContent)).not.to.include('Write to us');
  });

  it('links calmly to the hosted portal where the page cannot keep a session', async () => {
    const { origin } = globalThis;
    globalThis.origin = 'null';
    cleanups.push(() => {
      globalThis.origin = origin;
    });
    const portal = show('customer-portal', { backend: 'https://support.example.com/help' });
    expect((await link('Open the support portal')).href).to.equal('https://support.example.com/help');
    expect(portal.matches(':state(elsewhere)')).to.be.true;
    await expect(portal).to.be.accessible();
  });

  it('brings its list up to date when a reply was sent', async () => {
    const password = 'portico-demo-2026';
    const backend = createMemoryBackend();
    await backend.signIn({ method: 'password', email: 'alice@acme.example', password });
    show('customer-portal', { backend });
    const subject = 'Handover: heating of the canteen';
    (await link(subject)).click();
    type(await field('Your reply'), 'Thank you, all clear.');
    (await button('Send reply')).click();
    await until(
      () => !all('[part~=message-sending]').length && (all('textarea')[0] as HTMLTextAreaElement).value === '',
    );
    (await link('All tickets')).click();
    await until(() => all('[part~=subject]')[0]?.textContent === subject);
    await until(() => focused()?.textContent === subject);
  });

  it('speaks Polish throughout', async () => {
    document.documentElement.lang = 'pl';
    const portal = show('customer-portal', { backend: three() });
    await heading('Zgłoszenia');
    (await link('Napisz do nas')).click();
    await field('Temat');
    await link('Zgłoszenia');
    await button('Wyloguj się');
    await expect(portal).to.be.accessible();
  });

  it('can be removed while it loads', async () => {
    const session = deferred<ReturnType<typeof sessionOf>>();
    const portal = show('customer-portal', { backend: fakeBackend({ session: () => session.promise }) });
    await inState(portal, 'loading');
    portal.remove();
    session.resolve(sessionOf({ id: 'alice', name: 'Alice Moreau' }));
    await session.promise;
    document.body.append(portal);
    await part('list');
  });
});
