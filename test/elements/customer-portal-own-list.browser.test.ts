import { expect } from '@open-wc/testing';

import { defineCustomerPortal } from '../../src/elements/customer-portal/define.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import { setViewport } from '../support/viewport.js';
import { fakeBackend, messageOf, ticketOf, ticketsOf } from './fake-backend.js';
import { all, button, cleanups, focused, heading, heard, inState, link, text, until } from './screen.js';

defineCustomerPortal();
defineTicketList();

/* A page that has rows of its own in the whole portal puts a `<ticket-list>` of its own into it. */

const backend = () =>
  fakeBackend({
    listTickets: async () => ({ items: ticketsOf(40), nextCursor: null }),
    getTicket: async (id) => ticketOf({ id, subject: `Question ${id.slice(1)}` }),
    listMessages: async () => ({
      items: Array.from({ length: 20 }, (_, at) => messageOf({ id: `m${at}` })),
      nextCursor: null,
      previousCursor: null,
    }),
  });

/** The portal as a page writes it. */
async function stage() {
  const before = location.href;
  cleanups.push(() => history.replaceState(null, '', before));
  const place = document.createElement('div');
  place.innerHTML = `<customer-portal>
    <h1 slot="header">Help</h1>
    <ticket-list slot="list">
      <h2 slot="header">My requests</h2>
      <template slot="row"><p class="card"><a data-field="subject"></a></p></template>
    </ticket-list>
  </customer-portal>`;
  const portal = place.querySelector('customer-portal') as HTMLElementTagNameMap['customer-portal'];
  portal.backend = backend();
  document.body.append(place);
  await inState(portal, 'list');
  await text('My requests');
  return portal;
}

describe('<customer-portal>, with a list of the page’s own', () => {
  it('opens a ticket from a row of the page, and comes back to its link', async () => {
    const portal = await stage();
    const asked = heard('portal-navigate');
    await button('Filter');
    const row = await link('Question 30');
    row.scrollIntoView({ block: 'center' });
    const before = scrollY;
    row.click();
    await heading('Question 30');
    expect(asked.map(({ place }) => place)).to.deep.equal(['t30']);
    expect(new URL(location.href).searchParams.get('ticket')).to.equal('t30');
    portal.show(null);
    await until(() => focused() === row, 'the focus comes back to the link');
    expect(Math.abs(scrollY - before)).to.be.at.most(1);
  });

  it('keeps somebody where they are when the page refuses', async () => {
    const portal = await stage();
    document.addEventListener('portal-navigate', (event) => event.preventDefault(), { once: true });
    (await link('Question 1')).click();
    await portal.updateComplete;
    expect(portal.matches(':state(list)')).to.be.true;
  });

  it('marks the row of what is open beside it, for the eye and for screen readers', async () => {
    await setViewport({ width: 1200, height: 700 });
    await stage();
    (await link('Question 2')).click();
    await until(() => all('.card a[aria-current=true]').length);
    const current = all('.card a[aria-current=true]');
    expect(current.map(({ textContent }) => textContent)).to.deep.equal(['Question 2']);
    expect(current[0]?.closest('[data-open]')).to.be.ok;
    expect(all('li.current').length).to.equal(1);
    (await link('Question 3')).click();
    await until(() => all('.card a[aria-current=true]')[0]?.textContent === 'Question 3');
    expect(all('[data-open]').length).to.equal(1);
    await setViewport({ width: 800, height: 600 });
  });
});
