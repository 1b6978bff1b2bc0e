import { expect } from '@open-wc/testing';
import { html, nothing } from 'lit';

import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { RenderRow } from '../../src/elements/ticket-list/render-row.js';
import { takeConsole } from '../support/console.js';
import { fakeBackend, ticketOf, ticketsOf } from './fake-backend.js';
import { card, cardRow, stage, template } from './own-rows.js';
import { all, focused, inState, link, show, text, until } from './screen.js';

defineTicketList();

/* Rows that the page makes, by a function or by a template. What is inside them is the page's, and lies in its own tree. */

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
