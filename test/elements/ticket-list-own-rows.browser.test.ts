import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html, nothing } from 'lit';

import { PortalClient } from '../../src/controllers/portal-client.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { RenderRow } from '../../src/elements/ticket-list/render-row.js';
import type { TicketListElement } from '../../src/elements/ticket-list/ticket-list-element.js';
import type { Ticket } from '../../src/model/index.js';
import { takeConsole } from '../support/console.js';
import { press } from '../keyboard/keys.js';
import { fakeBackend, portal, signedOut, ticketOf, ticketsOf } from './fake-backend.js';
import { all, button, cleanups, focused, heard, inState, link, show, text, until } from './screen.js';

defineTicketList();

/* Rows that the page makes, by a function or by a template. What is inside them is the page's, and lies in its own tree. */

function template(markup: string): HTMLTemplateElement {
  const element = document.createElement('template');
  element.slot = 'row';
  element.innerHTML = markup;
  return element;
}

/** A list whose answer can be changed, with a template in it or a function on it. */
async function stage(by: string | RenderRow, items: readonly Ticket[] = [ticketOf()]) {
  let answer = items;
  let asked = 0;
  const backend = fakeBackend({
    portal: async () => ({
      ...portal,
      properties: [{ name: 'seats', type: 'number', label: 'Seats', options: null }],
    }),
    listTickets: async () => {
      asked += 1;
      return { items: answer, nextCursor: null };
    },
  });
  const list = document.createElement('ticket-list');
  if (typeof by === 'string') list.append(template(by));
  else list.renderRow = by;
  list.backend = backend;
  document.body.append(list);
  await inState(list, 'ready');
  return {
    list,
    async changed(next: readonly Ticket[]) {
      answer = next;
      const before = asked;
      PortalClient.of(backend).changed();
      await until(() => asked > before);
      await new Promise((resolve) => setTimeout(resolve));
      await list.updateComplete;
    },
  };
}

/** Everything that changes in a list and in what lies in it. */
function changesIn(list: TicketListElement): () => MutationRecord[] {
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((more) => records.push(...more));
  const all = { childList: true, subtree: true, characterData: true, attributes: true };
  observer.observe(list.renderRoot, all);
  for (const child of list.children) observer.observe(child, all);
  return () => [...records, ...observer.takeRecords()];
}

const card = '<article class="card"><h3><a data-field="subject"></a></h3></article>';

const cardRow: RenderRow = (ticket, { href, text: say }) =>
  html`<article class="card"><a href=${href}>${ticket.subject}</a> ${say.status}, ${say.turn}</article>`;

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

describe('<ticket-list>, with rows by a function', () => {
  it('gives it what our own row says', async () => {
    const said: unknown[] = [];
    const bob = { id: 'bob', name: 'Bob Fraser' };
    const items = [ticketOf({ requester: bob, unread: true, properties: { seats: '1200' } })];
    await stage((ticket, view) => {
      said.push([ticket.id, view.isOpen, view.locale, view.headingLevel]);
      const { text: say } = view;
      return html`<p>${say.number} ${say.requester} ${say.company} ${say.unread} ${say.why} ${say['property:seats']}</p>`;
    }, items);
    await text('#1042 Bob Fraser Acme New reply you asked 1,200');
    expect(said).to.deep.equal([['t1', false, 'en', 3]]);
  });

  it('takes a node, and a text', async () => {
    await stage(({ id, subject }, { href }) => {
      const node = document.createElement('a');
      node.href = href;
      node.textContent = subject;
      return id === 't1' ? node : `${subject}!`;
    }, ticketsOf(2));
    await link('Question 1');
    await text('Question 2!');
  });

  it('asks it again only for a row that has changed, so that its nodes stay', async () => {
    const asked: string[] = [];
    const { changed } = await stage(({ id, subject }, { href }) => {
      asked.push(id);
      return Object.assign(document.createElement('a'), { href, textContent: subject });
    }, ticketsOf(3));
    const before = await link('Question 1');
    asked.length = 0;
    await changed(ticketsOf(3).map((one) => (one.id === 't2' ? { ...one, subject: 'Another' } : one)));
    await link('Another');
    expect(asked).to.deep.equal(['t2']);
    expect(await link('Question 1')).to.equal(before);
  });

  it('leaves a row to us where it says nothing of a ticket', async () => {
    const left = new Map<string, unknown>([
      ['t1', nothing],
      ['t2', null],
      ['t3', undefined],
    ]);
    const row: RenderRow = ({ id }) => (left.has(id) ? left.get(id) : 'Mine');
    await stage(row, ticketsOf(4));
    await text('Mine');
    expect(all('[part~=subject]').map(({ textContent }) => textContent)).to.deep.equal(
      [1, 2, 3].map((n) => `Question ${n}`),
    );
  });

  it('shows our own row where it throws, and tells the console once', async () => {
    const row: RenderRow = ({ id, subject }, { href }) => {
      if (id === 't2' || id === 't3') throw new Error('no');
      return html`<a href=${href}>${subject}</a>`;
    };
    const { list, changed } = await stage(row, ticketsOf(4));
    await changed([...ticketsOf(4), ticketOf({ id: 't9', subject: 'New' })]);
    expect(all('[part~=subject]').map(({ textContent }) => textContent)).to.deep.equal(['Question 2', 'Question 3']);
    await link('Question 1');
    expect(takeConsole()).to.deep.equal([
      'error: <ticket-list>: renderRow failed, and rows of our own stand in. Error: no',
    ]);
    await expect(list).to.be.accessible();
  });

  it('survives what it has made throwing', async () => {
    const broken = {
      toString: () => {
        throw new Error('in between');
      },
    };
    await stage((_, { href }) => html`<a href=${href} title=${broken}>x</a>`);
    await link('The hub is silent');
    expect(takeConsole().length).to.equal(1);
  });

  it('follows another function', async () => {
    const { list } = await stage(cardRow);
    list.renderRow = ({ subject }, { href }) => html`<a href=${href}>Re: ${subject}</a>`;
    await link('Re: The hub is silent');
    list.renderRow = undefined;
    await until(() => all('[part~=subject]').length);
    expect(list.children.length).to.equal(0);
  });

  it('goes before a template', async () => {
    const { list } = await stage(card);
    list.renderRow = () => 'By function';
    await text('By function');
    expect(all('.card').length).to.equal(0);
  });
});

describe('<ticket-list>, with rows by a template', () => {
  it('fills in what our own row says, and what a `<time>` knows', async () => {
    const bob = { id: 'bob', name: 'Bob Fraser' };
    const fields = ['number', 'requester', 'company', 'status', 'turn', 'unread', 'why', 'property:seats'];
    const markup = fields.map((field) => `<i data-field="${field}">Sample</i>`).join(' ');
    await stage(`<a data-field="subject"></a><p>${markup}</p><time data-field="updated"></time>`, [
      ticketOf({ requester: bob, unread: true, properties: { seats: '1200' } }),
    ]);
    await text('#1042 Bob Fraser Acme In progress With us New reply you asked 1,200');
    const time = all('time')[0] as HTMLTimeElement;
    expect(time.dateTime).to.equal('2026-01-06T10:00:00.000Z');
    expect(time.title).to.match(/^January 6, 2026/);
    expect(all('[data-field=requester]')[0]?.dir).to.equal('auto');
  });

  it('lays our link over a row that has none', async () => {
    const { list } = await stage('<b data-field="subject"></b><a href="#help">Help</a>');
    const over = await link('The hub is silent');
    expect(over.href).to.equal(new URL('?ticket=t1', location.href).href);
    const help = await link('Help');
    expect(help.getAttribute('href')).to.equal('#help');
    list.focusTicket('t1');
    expect(focused()).to.equal(over);
    await expect(list).to.be.accessible();
  });

  it('leaves an unknown field empty, and tells the console of it once', async () => {
    const { changed } = await stage(
      '<a data-field="subject"></a><i data-field="sujbect">x</i><i data-field="property:sets"></i>',
      ticketsOf(3),
    );
    await changed(ticketsOf(4));
    expect(takeConsole().map((words) => /"(.*?)"/.exec(words)?.[1])).to.deep.equal(['sujbect', 'property:sets']);
    expect(
      all('i')
        .map(({ textContent }) => textContent)
        .join(''),
    ).to.equal('');
  });

  it('is made anew when the template is changed, or another is put there', async () => {
    const { list } = await stage(card);
    const first = list.querySelector('template') as HTMLTemplateElement;
    first.innerHTML = '<a>Open <span data-field="number"></span></a>';
    await link('Open #1042');
    first.content.querySelector('a')?.classList.add('big');
    await until(() => all('a.big').length);
    first.replaceWith(template('<p><a data-field="subject"></a> again</p>'));
    await text('The hub is silent again');
    list.querySelector('template')?.remove();
    await until(() => all('[part~=subject]').length);
    expect(list.children.length).to.equal(0);
  });

  it('comes in the place of our rows when the page adds it later', async () => {
    const list = show('ticket-list', { backend: fakeBackend() });
    await inState(list, 'ready');
    list.append(template(card));
    await until(() => all('.card').length === 1);
    await inState(list, 'ready');
  });

  it('waits for what a page that is still being read has not sent yet', async () => {
    const { list } = await stage('');
    await link('The hub is silent');
    list.querySelector('template')?.content.append(template(card).content);
    await until(() => all('.card').length === 1);
  });

  it('speaks the language around it', async () => {
    document.documentElement.lang = 'pl';
    await stage('<a data-field="subject"></a> <i data-field="turn"></i>', [ticketOf({ turn: 'contact' })]);
    await text('Twoja kolej');
  });
});

describe('<ticket-list>, with very many rows of the page', function () {
  this.timeout(20_000);

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
