import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';

import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineCustomerPortal } from '../../src/elements/customer-portal/define.js';
import { itWhere } from '../support/engine.js';
import { setViewport } from '../support/viewport.js';
import { listen } from './announcements.js';
import { fakeBackend, messageOf, ticketOf, ticketsOf } from './fake-backend.js';
import { all, cleanups, focused, heading, inState, link, show, until } from './screen.js';

defineCustomerPortal();

/** Forty tickets, each with a long thread; `asked` counts what the list is asked for. */
function world() {
  const asked = { list: 0 };
  const backend: PortalBackend = fakeBackend({
    listTickets: async () => {
      asked.list += 1;
      return { items: ticketsOf(40), nextCursor: null };
    },
    getTicket: async (id) => ticketOf({ id, subject: `Question ${id.slice(1)}` }),
    listMessages: async () => ({
      items: Array.from({ length: 20 }, (_, at) => messageOf({ id: `m${at}` })),
      nextCursor: null,
      previousCursor: null,
    }),
  });
  return { backend, asked };
}

const address = (search: string) => history.replaceState(null, '', location.pathname + search);
const topOf = (element: Element) => element.getBoundingClientRect().top;
const current = () => all('[part~=subject][aria-current]').map(({ textContent }) => textContent);
const isNamed = (name: string) => (element: HTMLElement) => element.textContent.trim() === name;
const links = (name: string) => all('a[href]').filter(isNamed(name)).length;
/** The subject of a ticket, which its row in the list says as well. */
const subject = (name: string) => heading(name);

async function clickOn(element: Element): Promise<void> {
  const { left, top, width, height } = element.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)] });
}

/** Everything that moves by itself from now on; what follows a click or a key at once is meant. */
function shifts(): () => number {
  let sum = 0;
  const add = (entries: PerformanceEntryList) => {
    for (const { value, hadRecentInput } of entries as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!hadRecentInput) sum += value;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift' });
  cleanups.push(() => observer.disconnect());
  return () => {
    add(observer.takeRecords());
    return sum;
  };
}

const twoFrames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

describe('<customer-portal>, where there is room', () => {
  beforeEach(async () => {
    const before = location.href;
    cleanups.push(() => history.replaceState(null, '', before));
    address('?wtr=kept');
    await setViewport({ width: 1200, height: 700 });
  });

  after(() => setViewport({ width: 800, height: 600 }));

  it('gives the list all of it while nothing is open', async () => {
    const { backend } = world();
    const portal = show('customer-portal', { backend });
    const row = await link('Question 1');
    expect((row.closest('li') as HTMLElement).offsetWidth).to.be.above(portal.clientWidth - 20);
    expect([links('List only'), links('All tickets')]).to.deep.equal([0, 0]);
  });

  it('opens a ticket beside the list, marks it there, and offers no way back to what is in sight', async () => {
    const { backend, asked } = world();
    const portal = show('customer-portal', { backend });
    await clickOn(await link('Question 2'));
    const opened = await subject('Question 2');
    const row = await link('Question 2');
    expect(row.getBoundingClientRect().right).to.be.below(opened.getBoundingClientRect().left);
    expect(current()).to.deep.equal(['Question 2']);
    expect([links('List only'), links('All tickets')]).to.deep.equal([1, 0]);
    expect(asked.list, 'the list is the one that was there').to.equal(1);
    await expect(portal).to.be.accessible();
  });

  it('leaves row, scroll and focus where they are, however far down the list is', async () => {
    const { backend } = world();
    show('customer-portal', { backend });
    const row = await link('Question 30');
    row.scrollIntoView({ block: 'center' });
    const before = topOf(row);
    expect(scrollY).to.be.above(300);
    await clickOn(row);
    await subject('Question 30');
    expect(Math.abs(topOf(row) - before)).to.be.below(1.5);
    expect(focused()).to.equal(row);
    expect(topOf(await subject('Question 30')), 'what opened begins in sight').to.be.within(0, 200);

    const scrolled = topOf(row);
    await clickOn(await link('Question 31'));
    await subject('Question 31');
    expect(Math.abs(topOf(row) - scrolled)).to.be.below(1.5);
    expect(current()).to.deep.equal(['Question 31']);
  });

  it('does not scroll a list that begins in sight', async () => {
    const { backend } = world();
    show('customer-portal', { backend });
    await clickOn(await link('Question 3'));
    await subject('Question 3');
    expect(topOf(await heading('Your tickets'))).to.be.within(0, 200);
  });

  it('goes through the list by keys, says that a ticket is open, and leads to it with another Enter', async () => {
    const { said, allSaid } = listen('region');
    const { backend } = world();
    show('customer-portal', { backend });
    (await link('Question 1')).focus();
    await sendKeys({ press: 'Enter' });
    await subject('Question 1');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    const second = await subject('Question 2');
    await allSaid();
    expect(new Set(said)).to.deep.equal(new Set(['The ticket is open beside the list']));
    expect(focused()).to.equal(await link('Question 2'));
    const { length } = history;
    await sendKeys({ press: 'Enter' });
    await until(() => focused() === second);
    expect(history.length, 'it is the same place').to.equal(length);
  });

  it('closes what is open, and goes on at its row with the page where it was', async () => {
    const { backend } = world();
    const portal = show('customer-portal', { backend });
    const row = await link('Question 30');
    row.scrollIntoView({ block: 'center' });
    const before = scrollY;
    await clickOn(row);
    await subject('Question 30');
    await clickOn(await link('List only'));
    await inState(portal, 'list');
    await until(() => focused() === row);
    expect(Math.abs(scrollY - before)).to.be.at.most(1);
    expect(location.search).to.equal('?wtr=kept');
  });

  it('opens the form beside the list, too, and begins to write there', async () => {
    const { backend } = world();
    show('customer-portal', { backend });
    await clickOn(await link('New ticket'));
    const form = await heading('New ticket');
    await until(() => focused() === form);
    await link('Question 1');
    expect(current()).to.be.empty;
  });

  itWhere(
    ['layoutShift'],
    'shows the list beside the ticket that the address names, and nothing moves while both load',
    async () => {
      address('?ticket=t35');
      const moved = shifts();
      const { backend, asked } = world();
      show('customer-portal', { backend });
      await subject('Question 35');
      await until(() => current()[0] === 'Question 35');
      await twoFrames();
      expect(moved()).to.equal(0);
      expect(asked.list).to.equal(1);
      expect(document.activeElement, 'it takes no focus').to.equal(document.body);
    },
  );

  itWhere(['layoutShift'], 'moves nothing by itself, from the list to a ticket, to another, and back', async () => {
    const { backend } = world();
    show('customer-portal', { backend });
    await link('Question 1');
    const moved = shifts();
    await clickOn(await link('Question 3'));
    await subject('Question 3');
    await clickOn(await link('Question 4'));
    await subject('Question 4');
    await clickOn(await link('List only'));
    await until(() => focused()?.textContent === 'Question 4');
    await twoFrames();
    expect(moved()).to.equal(0);
  });

  it('goes by its own width, not by the window’s', async () => {
    const { backend } = world();
    const column = document.createElement('div');
    column.style.width = '640px';
    const portal = Object.assign(document.createElement('customer-portal'), { backend });
    column.append(portal);
    document.body.append(column);
    (await link('Question 1')).click();
    await subject('Question 1');
    expect([links('List only'), links('All tickets'), all('ticket-list').length]).to.deep.equal([0, 1, 0]);
    column.style.width = '';
    await until(() => links('List only') === 1);
    await until(() => current()[0] === 'Question 1');
  });
});
