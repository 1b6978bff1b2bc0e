import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { PortalClient } from '../../src/controllers/portal-client.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { TicketListElement } from '../../src/elements/ticket-list/ticket-list-element.js';
import { press } from '../keyboard/keys.js';
import { signedOut, ticketOf, ticketsOf } from './fake-backend.js';
import { card, cardRow, changesIn, stage } from './own-rows.js';
import { all, button, cleanups, focused, heard, inState, link, text, until } from './screen.js';

defineTicketList();

/* Rows that the page makes, by a function or by a template. What is inside them is the page's, and lies in its own tree. */

for (const [kind, by] of [
  ['a function', cardRow],
  ['a template', card],
] as const) {
  describe(`<ticket-list>, with rows by ${kind} of the page`, () => {
    it('has them in its list, within reach of the page’s style sheets', async () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.card { letter-spacing: 3px }');
      document.adoptedStyleSheets.push(sheet);
      cleanups.push(() => document.adoptedStyleSheets.pop());
      const { list } = await stage(by, ticketsOf(3));
      const cards = all('.card');
      expect(cards.length).to.equal(3);
      for (const one of cards) expect(getComputedStyle(one).letterSpacing).to.equal('3px');
      expect(all('[part~=row]').length).to.equal(3);
      expect(all('[part~=meta]').length, 'nothing of ours is left').to.equal(0);
      await expect(list).to.be.accessible();
    });

    it('opens a ticket by a real link, and asks the page first', async () => {
      await stage(by);
      const asked = heard('portal-ticket-select');
      document.addEventListener('portal-ticket-select', (event) => event.preventDefault(), { once: true });
      const subject = await link('The hub is silent');
      expect(subject.href).to.equal(new URL('?ticket=t1', location.href).href);
      subject.click();
      expect(asked.map(({ ticketId }) => ticketId)).to.deep.equal(['t1']);
    });

    it('leaves a click with a modifier to the browser, and one that the page has dealt with to the page', async () => {
      await stage(by);
      const asked = heard('portal-ticket-select');
      const subject = await link('The hub is silent');
      const stop = (event: Event) => event.preventDefault();
      addEventListener('click', stop);
      cleanups.push(() => removeEventListener('click', stop));
      subject.dispatchEvent(
        new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ctrlKey: true }),
      );
      subject.addEventListener('click', stop);
      subject.click();
      expect(asked.length).to.equal(0);
    });

    it('is gone through by Tab, in the order of its rows', async () => {
      const { list, changed } = await stage(by, ticketsOf(3));
      await changed(ticketsOf(3).toReversed());
      await list.refresh();
      await list.updateComplete;
      (await button('View')).focus();
      const seen: (string | null | undefined)[] = [];
      for (let at = 0; at < 3; at++) {
        await sendKeys({ press: 'Tab' });
        seen.push(focused()?.textContent);
      }
      expect(seen).to.deep.equal(['Question 3', 'Question 2', 'Question 1']);
      await press('Shift+Tab');
      expect(focused()?.textContent).to.equal('Question 2');
    });

    it('keeps the focus on a link whose row moves, and leads it to the heading when the row goes', async () => {
      const { list, changed } = await stage(by, ticketsOf(3));
      (await link('Question 3')).focus();
      await changed(ticketsOf(3).toReversed());
      await list.refresh();
      await list.updateComplete;
      expect(focused()?.textContent).to.equal('Question 3');
      await changed(ticketsOf(2));
      await until(() => focused()?.getAttribute('role') === 'heading');
    });

    it('is led to by its ticket', async () => {
      const { list } = await stage(by, ticketsOf(3));
      list.focusTicket('t2');
      expect(focused()?.textContent).to.equal('Question 2');
    });

    it('touches nothing when nothing has changed', async () => {
      const { list, changed } = await stage(by, ticketsOf(25));
      await button('Filter');
      const changes = changesIn(list);
      await changed(ticketsOf(25));
      expect(changes().map(({ type }) => type)).to.deep.equal([]);
    });

    it('changes a text, and no node, where a subject has changed', async () => {
      const { list, changed } = await stage(by, ticketsOf(25));
      await button('Filter');
      const changes = changesIn(list);
      await changed(ticketsOf(25).map((one, at) => (at === 3 ? { ...one, subject: 'Another' } : one)));
      expect(changes().map(({ type }) => type)).to.deep.equal(['characterData']);
      await link('Another');
    });

    it('shows what customers write as text, whatever it looks like', async () => {
      const subject = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>{{1+1}}';
      await stage(by, [ticketOf({ subject })]);
      await text(subject);
      expect(all('img, .card script').length).to.equal(0);
      expect(document.title).not.to.equal('owned');
    });

    it('leaves nothing of anybody’s tickets in the page when they sign out', async () => {
      const { list } = await stage(by);
      PortalClient.of(list.backend as never).enter(signedOut);
      await inState(list, 'signed-out');
      expect(list.textContent.trim()).to.equal('');
    });

    it('leaves the page where it is scrolled when rows come and go', async () => {
      const { list, changed } = await stage(by, ticketsOf(60));
      await button('Filter');
      cleanups.push(() => scrollTo(0, 0));
      scrollTo(0, 1000);
      await changed(ticketsOf(60).filter(({ id }) => id !== 't59'));
      await until(() => all('.card').length === 59);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      expect(scrollY).to.equal(1000);
      expect(list.style.minBlockSize, 'nothing is left of what keeps it there').to.equal('');
    });

    it('says in the row what the page’s style sheets go by', async () => {
      const { list, changed } = await stage(by, [ticketOf({ unread: true, turn: 'contact' })]);
      const [row] = list.querySelectorAll('[data-ticket]');
      expect(row?.matches('[data-ticket=t1][data-unread][data-turn=contact][data-status=open][lang=en]')).to.be.true;
      await changed([ticketOf({ turn: null, status: { id: 's', category: 'closed', label: 'Solved' } })]);
      expect(row?.matches('[data-status=closed]:not([data-unread],[data-turn],[data-open])')).to.be.true;
    });

    it('offers no columns, for its rows have none', async () => {
      await stage(by);
      (await button('View')).click();
      await until(() => all('[part~=panel]').length);
      expect(all('[part~=columns]').length).to.equal(0);
    });

    it('has the page’s rows back after a router has put back a copy of the page', async () => {
      const { list } = await stage(by, ticketsOf(2));
      const copy = Object.assign(list.cloneNode(true) as TicketListElement, {
        backend: list.backend,
        renderRow: list.renderRow,
      });
      list.replaceWith(copy);
      await inState(copy, 'ready');
      expect(all('.card').length).to.equal(2);
    });
  });
}

describe('<ticket-list>, with very many rows of the page', () => {
  it('has those near what is seen, says which they are, and takes the others out of the page', async () => {
    const { list } = await stage(card, ticketsOf(1000));
    await until(() => all('.card').length < 60, 'all rows are in the page');
    expect(list.querySelectorAll('[data-ticket]').length).to.equal(all('.card').length);
    cleanups.push(() => scrollTo(0, 0));
    scrollTo(0, document.documentElement.scrollHeight / 2);
    await until(() => all('[part~=row]').some((row) => Number(row.getAttribute('aria-posinset')) > 400));
    expect(list.querySelectorAll('[data-ticket]').length).to.be.below(60);
    await until(() => all('.card').some((row) => row.getBoundingClientRect().top > 0));
    list.focusTicket('t10');
    await until(() => focused()?.textContent === 'Question 10');
    scrollTo(0, document.documentElement.scrollHeight);
    await until(() => all('[part~=row]').some((row) => Number(row.getAttribute('aria-posinset')) === 1000));
    expect(focused()?.textContent, 'the row with the focus stays').to.equal('Question 10');
  });

  it('has all of them where the page lays them out side by side', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('ticket-list::part(list) { display: grid; grid-template-columns: 1fr 1fr }');
    document.adoptedStyleSheets.push(sheet);
    cleanups.push(() => document.adoptedStyleSheets.pop());
    await stage(card, ticketsOf(300));
    await until(() => all('[part~=row]')[299]?.getAttribute('aria-posinset') === '300');
    const [one, two, three] = all('.card').map((each) => each.getBoundingClientRect());
    expect(two?.top).to.equal(one?.top);
    expect(three?.top).to.be.above(one?.top ?? 0);
    expect(all('[part~=row]').filter((row) => row.getAttribute('style')).length).to.equal(0);
  });
});
