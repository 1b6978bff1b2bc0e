import { expect } from '@open-wc/testing';

import { defineCustomerPortal } from '../../src/elements/customer-portal/define.js';
import { setViewport } from '../support/viewport.js';
import { fakeBackend, ticketOf, ticketsOf } from './fake-backend.js';
import { cleanups, heading, heard, link, part, show, until } from './screen.js';

defineCustomerPortal();

const backend = () =>
  fakeBackend({
    listTickets: async () => ({ items: ticketsOf(3), nextCursor: null }),
    getTicket: async (id) => ticketOf({ id, subject: `Question ${id.slice(1)}` }),
  });

/** What is shown at a place. */
const shown = {
  list: () => part('list'),
  t2: () => heading('Question 2'),
  new: () => heading('New ticket'),
};

type Shown = keyof typeof shown;

const here = () => location.search + location.hash;
const before = location.href;

/** Where each routing keeps its place, beside a filter of the list and what the page itself has there. */
const addresses = {
  query: {
    list: '?wtr=kept&tickets.scope=mine#part',
    t2: '?wtr=kept&tickets.scope=mine&ticket=t2#part',
    new: '?wtr=kept&tickets.scope=mine&ticket=new#part',
  },
  hash: {
    list: '?wtr=kept#tickets.scope=mine',
    t2: '?wtr=kept#tickets.scope=mine&ticket=t2',
    new: '?wtr=kept#tickets.scope=mine&ticket=new',
  },
} as const;

describe('the history of <customer-portal>', () => {
  beforeEach(async () => {
    await setViewport({ width: 1200, height: 700 });
    cleanups.push(() => history.replaceState(null, '', before));
  });

  after(() => setViewport({ width: 800, height: 600 }));

  for (const routing of ['query', 'hash'] as const) {
    const at = addresses[routing];
    /** Until a place is shown, at its address; a portal that comes to the page only then shows the same. */
    async function isAt(place: Shown): Promise<void> {
      await until(() => here() === at[place], `${here()} is not ${at[place]}`);
      await shown[place]();
      document.querySelector('customer-portal')?.remove();
      show('customer-portal', { backend: backend(), routing });
      await shown[place]();
      expect(here(), 'a reload changes no address').to.equal(at[place]);
    }

    it(`goes back and forward exactly, with a reload at each place, in the ${routing}`, async () => {
      history.replaceState({ own: 'state' }, '', location.pathname + at.list);
      show('customer-portal', { backend: backend(), routing });
      await isAt('list');
      (await link('Question 2')).click();
      await isAt('t2');
      (await link('New ticket')).click();
      await isAt('new');
      history.back();
      await isAt('t2');
      history.back();
      await isAt('list');
      history.forward();
      await isAt('t2');
      expect(history.state, 'what the page keeps in its entries stays').to.deep.equal({ own: 'state' });
    });

    it(`makes one entry for a place, however often its links are followed, in the ${routing}`, async () => {
      history.replaceState(null, '', location.pathname + at.list);
      const asked = heard('portal-navigate');
      show('customer-portal', { backend: backend(), routing });
      (await link('Question 2')).click();
      await shown.t2();
      const { length } = history;
      (await link('Question 2')).click();
      (await link('New ticket')).click();
      await shown.new();
      (await link('New ticket')).click();
      expect(history.length).to.equal(length + 1);
      expect(asked.map(({ place }) => place)).to.deep.equal(['t2', 'new']);
    });
  }

  it('is the page’s own with routing="none"', async () => {
    history.replaceState(null, '', `${location.pathname}?wtr=kept&ticket=t1#ticket=t3`);
    const [address, { length }] = [here(), history];
    const portal = show('customer-portal', { backend: backend(), routing: 'none' });
    await shown.list();
    (await link('Question 2')).click();
    await shown.t2();
    (await link('New ticket')).click();
    await shown.new();
    (await link('List only')).click();
    await until(() => portal.matches(':state(list)'));
    dispatchEvent(new PopStateEvent('popstate'));
    dispatchEvent(new HashChangeEvent('hashchange'));
    await portal.updateComplete;
    expect(portal.matches(':state(list)')).to.be.true;
    expect([here(), history.length]).to.deep.equal([address, length]);
  });

  it('offers real addresses, so that any of them opens in a tab of its own', async () => {
    const at = addresses.query;
    history.replaceState(null, '', location.pathname + at.list);
    show('customer-portal', { backend: backend() });
    const ticket = await link('Question 2');
    const { search, hash } = new URL(ticket.href);
    expect(search + hash).to.equal(at.t2);
    const click = new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true, composed: true });
    document.addEventListener('click', (event) => event.preventDefault(), { once: true });
    ticket.dispatchEvent(click);
    expect(here(), 'that is the browser’s').to.equal(at.list);
  });
});
