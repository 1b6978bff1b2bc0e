import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { Ticket, TicketQuery } from '../../src/model/index.js';
import { press } from '../keyboard/keys.js';
import { setViewport } from '../support/viewport.js';
import { fakeBackend, ticketsOf } from './fake-backend.js';
import { all, button, cleanups, focused, inState, show, until } from './screen.js';

defineTicketList();

const all10000 = ticketsOf(10_000).map((ticket, at) =>
  // Of several heights, so that none can be guessed.
  at % 5 ? ticket : { ...ticket, subject: `${ticket.subject}: ${'a long subject '.repeat(at % 3 ? 4 : 12)}` },
);

/** The first page is a page; the second makes them many, and the third has all but the last. */
const ends = new Map([
  [0, 25],
  [25, 225],
]);

const backendOf = (items: readonly Ticket[]) =>
  fakeBackend({
    listTickets: async ({ cursor, q }: TicketQuery = {}) => {
      const from = Number(cursor ?? 0);
      const page = q ? items.slice(0, 3) : items.slice(from, ends.get(from) ?? Math.max(300, items.length - 1));
      const end = from + page.length;
      return { items: page, nextCursor: q || end >= items.length ? null : String(end) };
    },
  });

const rows = () => all('[part~=row]');
const nodes = (list: HTMLElement) => list.shadowRoot?.querySelectorAll('*').length ?? 0;
const placeOf = (row: Element | null | undefined) => Number(row?.getAttribute('aria-posinset'));
const isSeen = (element: Element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= -1 && bottom <= innerHeight + 1;
};

/** Until the rows are there that the window shows, from its first line of text to its last. */
const filled = () =>
  until(() => {
    const seen = rows().filter((row) => row.getBoundingClientRect().bottom > 0);
    const last = rows().at(-1)?.getBoundingClientRect().bottom ?? 0;
    return (seen[0]?.getBoundingClientRect().top ?? 1) <= 0 && last >= innerHeight;
  }, 'there is a hole in the list');

async function showMany(scroller: Element | Window = window): Promise<void> {
  (await button('Show more')).click();
  // Only rows of many say which they are.
  await until(() => placeOf(focused()?.closest('li')) === 26, 'the first new row has no place of its own');
  await until(() => rows().length < 50, 'all rows are in the page');
  (await button('Show more')).click();
  await until(() => placeOf(focused()?.closest('li')) === 226);
  // Not every engine scrolls to what has the focus at once.
  await until(() => isSeen(focused() as Element));
  (focused() as HTMLElement).blur();
  scroller.scrollTo(0, 0);
  await until(() => placeOf(rows()[0]) === 1);
}

async function stage(items: readonly Ticket[] = all10000) {
  await setViewport({ width: 800, height: 600 });
  const list = show('ticket-list', { backend: backendOf(items) });
  await inState(list, 'ready');
  await showMany();
  cleanups.push(() => scrollTo(0, 0));
  return list;
}

describe('<ticket-list> with very many rows', function () {
  // Each has ten thousand tickets to make and to go through.
  this.timeout(120_000);

  it('has few of them in the page, wherever one is, and says which they are', async () => {
    const list = await stage();
    expect(nodes(list)).to.be.at.most(300);
    for (const part of [0.3, 0.9, 0.5, 0.1]) {
      scrollTo(0, document.documentElement.scrollHeight * part);
      await filled();
      expect(nodes(list), `at ${part}`).to.be.at.most(300);
    }
    const [row] = rows();
    expect(placeOf(row)).to.be.above(100);
    expect(row?.getAttribute('aria-setsize')).to.equal('-1');
    await expect(list).to.be.accessible();
  });

  it('never has more of them in the page, when it is long from the beginning', async () => {
    await setViewport({ width: 800, height: 600 });
    const list = show('ticket-list', {
      backend: fakeBackend({ listTickets: async () => ({ items: all10000, nextCursor: null }) }),
    });
    let most = 0;
    const observer = new MutationObserver(() => (most = Math.max(most, nodes(list))));
    observer.observe(list.shadowRoot as ShadowRoot, { childList: true, subtree: true });
    cleanups.push(() => observer.disconnect());
    await inState(list, 'ready');
    await until(
      () => (rows().at(-1)?.getBoundingClientRect().bottom ?? 0) >= innerHeight,
      'there is a hole in the list',
    );
    expect(placeOf(rows()[0])).to.equal(1);
    expect(rows()[0]?.getAttribute('aria-setsize')).to.equal('10000');
    expect(most).to.be.within(nodes(list), 300);
  });

  it('is as long as all its rows, to the last one', async () => {
    await stage(all10000.slice(0, 300));
    for (let before = -1; before !== scrollY; ) {
      before = scrollY;
      scrollBy(0, 400);
      await until(() => (rows().at(-1)?.getBoundingClientRect().bottom ?? 0) >= Math.min(innerHeight, 0));
      await new Promise(requestAnimationFrame);
    }
    await until(() => placeOf(rows().at(-1)) === 300);
    expect(rows().at(-1)?.getAttribute('aria-setsize')).to.equal('300');
    expect(document.documentElement.scrollHeight - scrollY - innerHeight).to.be.at.most(1);
  });

  it('leaves what is read where it is when rows above get their true height', async () => {
    await stage();
    scrollTo(0, 200_000);
    await filled();
    for (let steps = 0; steps < 20; steps++) {
      const seen = rows().find(isSeen);
      const before = seen?.getBoundingClientRect().top ?? 0;
      scrollBy(0, -100);
      await new Promise(requestAnimationFrame);
      await filled();
      expect(Math.abs((seen?.getBoundingClientRect().top ?? 0) - before - 100)).to.be.at.most(1);
    }
  });

  it('is gone through by Tab, row by row, there and back', async () => {
    await stage(all10000.slice(0, 300));
    (await button('View')).focus();
    for (let place = 1; place <= 40; place++) {
      await sendKeys({ press: 'Tab' });
      expect(placeOf(focused()?.closest('li'))).to.equal(place);
    }
    await press('Shift+Tab');
    expect(placeOf(focused()?.closest('li'))).to.equal(39);
  });

  it('keeps the row that has the focus, however far one scrolls, and goes on from there', async () => {
    await stage();
    (await button('View')).focus();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    const row = focused()?.closest('li');
    scrollTo(0, 300_000);
    await filled();
    expect(focused()?.closest('li')).to.equal(row);
    expect(row?.isConnected).to.be.true;
    await sendKeys({ press: 'Tab' });
    expect(placeOf(focused()?.closest('li'))).to.equal(3);
    await until(() => isSeen(focused() as Element));
  });

  it('finds the row of a ticket that is far away', async () => {
    const list = await stage();
    list.focusTicket('t4000');
    await until(() => placeOf(focused()?.closest('li')) === 4000);
    await until(() => isSeen(focused() as Element));
    await filled();
  });

  it('works inside a box that scrolls, in a shadow root of its own', async () => {
    await setViewport({ width: 800, height: 600 });
    const host = document.createElement('div');
    document.body.append(host);
    const box = document.createElement('div');
    box.style.cssText = 'block-size:400px;overflow:auto';
    host.attachShadow({ mode: 'open' }).append(box);
    const list = Object.assign(document.createElement('ticket-list'), { backend: backendOf(all10000) });
    box.append(list);
    await inState(list, 'ready');
    await showMany(box);
    box.scrollTop = 100_000;
    await until(() => placeOf(rows()[0]) > 500);
    const { top } = box.getBoundingClientRect();
    await until(() => rows().some((row) => row.getBoundingClientRect().top <= top));
  });

  it('shows all of a short answer again, without any room left from before', async () => {
    const list = await stage();
    scrollTo(0, 50_000);
    await filled();
    const search = list.shadowRoot?.querySelector<HTMLInputElement>('[name=q]') as HTMLInputElement;
    search.value = 'hub';
    search.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await until(() => rows().length === 3);
    await until(() => !rows()[0]?.hasAttribute('aria-posinset'));
    expect(document.documentElement.scrollHeight).to.be.at.most(600);
  });
});
