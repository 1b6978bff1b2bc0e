import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineCustomerPortal } from '../../src/elements/customer-portal/define.js';
import type { CustomerPortalElement } from '../../src/elements/customer-portal/customer-portal-element.js';
import { setViewport } from '../support/viewport.js';
import { fakeBackend, portal as settings, sessionOf, signedOut, ticketOf, ticketsOf } from './fake-backend.js';
import {
  all,
  button,
  cleanups,
  field,
  focused,
  heading,
  heard,
  inState,
  link,
  part,
  text,
  type,
  until,
} from './screen.js';

defineCustomerPortal();

const counts = { scopes: { all: 3, mine: 3, participating: 0, company: [] }, statuses: {}, requesters: [] };

const three = (changes: Partial<PortalBackend> = {}): PortalBackend =>
  fakeBackend({
    listTickets: async () => ({ items: ticketsOf(3), nextCursor: null }),
    getTicket: async (id) => ticketOf({ id, subject: `Question ${id.slice(1)}` }),
    ...changes,
  });

const address = (search: string) => history.replaceState(null, '', location.pathname + search);
const here = () => location.search + location.hash;

/** A page with a link in front of a portal that opens in a dialog. */
function page(backend: PortalBackend, changes: Partial<CustomerPortalElement> = {}) {
  const opener = Object.assign(document.createElement('a'), { href: '#help', textContent: 'Get help' });
  const portal = Object.assign(document.createElement('customer-portal'), {
    id: 'help',
    layout: 'dialog' as const,
    backend,
    ...changes,
  });
  document.body.append(opener, portal);
  return { opener, portal };
}

const isOpen = () => all('dialog[open]').length === 1;

describe('<customer-portal layout="dialog">', () => {
  beforeEach(() => {
    const before = location.href;
    cleanups.push(() => history.replaceState(null, '', before));
    address('?wtr=kept');
  });

  it('shows nothing, and asks for no ticket, before it is opened', async () => {
    let asked = 0;
    const { portal } = page(
      three({
        listTickets: async () => {
          asked += 1;
          return { items: [], nextCursor: null };
        },
      }),
    );
    await inState(portal, 'closed');
    expect([isOpen(), asked, portal.open]).to.deep.equal([false, 0, false]);
    expect(document.body.innerText.trim()).to.equal('Get help');
  });

  it('opens from any link to its id, by its name, with the focus on the list', async () => {
    const opened = heard('portal-open');
    const { opener, portal } = page(three());
    await inState(portal, 'closed');
    opener.focus();
    await sendKeys({ press: 'Enter' });
    const list = await heading('Your tickets');
    await until(() => focused() === list);
    expect(portal.matches(':state(open):state(list)[open]')).to.be.true;
    expect(all('dialog')[0]?.matches(':modal')).to.be.true;
    expect((await part('dialog-title')).textContent).to.equal('Support');
    expect(here(), 'the address says nothing of it').to.equal('?wtr=kept');
    expect(opened.length).to.equal(1);
    await expect(portal).to.be.accessible();
  });

  it('closes by Escape, and gives the focus back to what opened it', async () => {
    const closed = heard('portal-close');
    const { opener, portal } = page(three());
    await inState(portal, 'closed');
    opener.focus();
    await sendKeys({ press: 'Enter' });
    await heading('Your tickets');
    await sendKeys({ press: 'Escape' });
    await until(() => !isOpen());
    await until(() => focused() === opener);
    expect([portal.open, portal.matches(':state(closed)')]).to.deep.equal([false, true]);
    expect(closed.length).to.equal(1);
  });

  it('keeps what was typed, and where, out of the address until it is opened again', async () => {
    const { opener, portal } = page(three());
    await inState(portal, 'closed');
    opener.click();
    (await link('Question 2')).click();
    type(await field('Your reply'), 'Half a sentence');
    expect(here()).to.equal('?wtr=kept&ticket=t2');
    (await button('Close')).click();
    await until(() => !isOpen());
    expect(here()).to.equal('?wtr=kept');
    dispatchEvent(new PopStateEvent('popstate'));
    opener.click();
    expect((await field('Your reply')).value).to.equal('Half a sentence');
    expect(here()).to.equal('?wtr=kept&ticket=t2');
  });

  it('opens at the ticket that a link of the page leads to, without loading the page anew', async () => {
    const { portal } = page(three());
    await inState(portal, 'closed');
    const deep = Object.assign(document.createElement('a'), { href: '?wtr=kept&ticket=t3', textContent: 'Your hub' });
    document.body.prepend(deep);
    deep.click();
    await heading('Question 3');
    expect(isOpen()).to.be.true;
    expect(here()).to.equal('?wtr=kept&ticket=t3');
  });

  it('is open on a page that was opened at a ticket, and by back and forward', async () => {
    address('?ticket=t2');
    const { portal } = page(three());
    await heading('Question 2');
    expect(portal.open).to.be.true;
    (await button('Close')).click();
    await until(() => !isOpen() && here() === '');
    history.back();
    await until(isOpen);
    await heading('Question 2');
  });

  it('is open on a page that was opened at its id, and not once more after a reload', async () => {
    address('?wtr=kept#help');
    page(three());
    await heading('Your tickets');
    expect(here()).to.equal('?wtr=kept');
  });

  it('does what script and markup say, without asking the page', async () => {
    const [opened, closed] = [heard('portal-open'), heard('portal-close')];
    const { opener, portal } = page(three(), { open: true });
    await heading('Your tickets');
    portal.removeAttribute('open');
    await until(() => !isOpen());
    opener.focus();
    portal.show('new');
    await heading('New ticket');
    portal.open = false;
    await until(() => focused() === opener);
    expect([opened, closed]).to.deep.equal([[], []]);
  });

  it('stays as it is when the page forbids to open or close it', async () => {
    const { opener, portal } = page(three());
    await inState(portal, 'closed');
    const forbid = (event: Event) => event.preventDefault();
    portal.addEventListener('portal-open', forbid);
    opener.click();
    await portal.updateComplete;
    expect(isOpen()).to.be.false;
    portal.removeEventListener('portal-open', forbid);
    portal.addEventListener('portal-close', forbid);
    // A browser asks only pages that somebody has used.
    opener.focus();
    await sendKeys({ press: 'Enter' });
    await heading('Your tickets');
    await sendKeys({ press: 'Escape' });
    (await button('Close')).click();
    await portal.updateComplete;
    expect(isOpen()).to.be.true;
  });

  it('leaves to the page every link that is not for it', async () => {
    const { opener, portal } = page(three());
    await inState(portal, 'closed');
    const followed: string[] = [];
    const note = (event: Event) => {
      followed.push(event.defaultPrevented ? 'by us' : 'by the browser');
      event.preventDefault();
    };
    addEventListener('click', note);
    cleanups.push(() => removeEventListener('click', note));
    for (const [href, changes] of [
      ['#helpful', {}],
      ['/elsewhere#help', {}],
      ['?ticket=t1&other=1', {}],
      ['#help', { target: '_blank' }],
      ['#help', {}],
    ] as const) {
      const other = Object.assign(document.createElement('a'), { href, ...changes });
      document.body.append(other);
      other.click();
    }
    opener.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true }));
    const left = 'by the browser';
    expect(followed).to.deep.equal([left, left, left, left, 'by us', left]);
  });

  it('opens from a button without any script of the page', async () => {
    const { portal } = page(three());
    await inState(portal, 'closed');
    const opener = document.createElement('button');
    opener.setAttribute('commandfor', 'help');
    opener.setAttribute('command', '--open');
    document.body.prepend(opener);
    opener.click();
    await heading('Your tickets');
    await sendKeys({ press: 'Escape' });
    await until(() => focused() === opener);
  });

  it('begins with the first field for who has to sign in, and goes on in the dialog', async () => {
    let session = signedOut;
    const { opener, portal } = page(
      three({
        session: async () => session,
        signIn: async () => {
          session = sessionOf({ id: 'alice', name: 'Alice Moreau' });
          return session;
        },
      }),
    );
    await inState(portal, 'closed');
    opener.click();
    await until(() => focused()?.id === 'email');
    type(await field('E-mail address'), 'alice@acme.example');
    type(await field('Password'), 'secret');
    (await button('Sign in')).click();
    const list = await heading('Your tickets');
    await until(() => focused() === list);
  });

  it('has the colour of the page behind it, also when the page is dark by a class of its own', async () => {
    const { opener, portal } = page(three());
    await inState(portal, 'closed');
    document.body.style.cssText = 'background: rgb(20, 20, 30); color: rgb(240, 240, 240)';
    cleanups.push(() => document.body.removeAttribute('style'));
    opener.click();
    await heading('Your tickets');
    const { backgroundColor, color } = getComputedStyle(all('dialog')[0] as HTMLElement);
    expect([backgroundColor, color]).to.deep.equal(['rgb(20, 20, 30)', 'rgb(240, 240, 240)']);
  });
});

describe('the button in the corner', () => {
  beforeEach(() => {
    const before = location.href;
    cleanups.push(() => history.replaceState(null, '', before));
  });

  const counting = (unread: number) =>
    three({
      portal: async () => ({ ...settings, features: [...settings.features, 'counts'] }),
      counts: async () => ({ ...counts, states: { open: 3, closed: 0 }, unread }),
    });

  it('opens the dialog, is big enough for a finger, and says how much is unread', async () => {
    const { portal } = page(counting(2), { cornerButton: true });
    await text('2 unread tickets');
    const corner = await part('corner-button');
    const { width, height, right, bottom } = corner.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(44);
    // Not every engine lays out in whole pixels.
    for (const gap of [innerWidth - right, innerHeight - bottom]) expect(gap).to.be.closeTo(16, 0.1);
    corner.focus();
    await sendKeys({ press: 'Enter' });
    await heading('Your tickets');
    await sendKeys({ press: 'Escape' });
    await until(() => focused() === corner);
    await expect(portal).to.be.accessible();
  });

  it('is there without a number where the portal counts nothing', async () => {
    page(three(), { cornerButton: true });
    expect((await part('corner-button')).innerText.trim()).to.equal('Help');
    expect(all('[part=count]')).to.be.empty;
  });

  it('never covers what has the focus, and is there again when the focus goes on', async () => {
    await setViewport({ width: 800, height: 600 });
    page(counting(2), { cornerButton: true });
    const corner = await part('corner-button');
    const beneath = Object.assign(document.createElement('button'), { textContent: 'Save' });
    beneath.style.cssText = 'position: fixed; inset: auto 30px 30px auto';
    const elsewhere = document.createElement('button');
    document.body.prepend(elsewhere, beneath);
    const opacity = () => getComputedStyle(corner).opacity;
    beneath.focus();
    await until(() => opacity() === '0');
    expect(getComputedStyle(corner).pointerEvents).to.equal('none');
    elsewhere.focus();
    await until(() => opacity() === '1');
    corner.focus();
    await until(() => opacity() === '1');
  });

  it('asks for the number again when something has changed', async () => {
    let unread = 2;
    const backend = counting(0);
    const { portal } = page(
      { ...backend, counts: async () => ({ ...counts, states: { open: 3, closed: 0 }, unread }) },
      { cornerButton: true },
    );
    await text('2 unread tickets');
    unread = 1;
    portal.portal.client?.changed();
    await text('1 unread ticket');
  });
});
