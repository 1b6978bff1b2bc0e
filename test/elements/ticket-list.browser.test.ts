import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import { createMemoryBackend } from '../../src/backend/memory/memory-backend.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { Page, Ticket, TicketQuery } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { fakeBackend, signedOut, ticketOf, ticketsOf } from './fake-backend.js';
import { alert, all, button, focused, heard, inState, link, part, show, text, until } from './screen.js';

defineTicketList();

const pageOf = (items: readonly Ticket[], nextCursor: string | null = null): Page<Ticket> => ({ items, nextCursor });
const rows = () => all('[part~=row]').map((row) => row.innerText.replace(/\s+/g, ' ').trim());
const subjects = () => all('[part~=subject]').map((subject) => subject.textContent);

describe('<ticket-list>', () => {
  it('says for each ticket what it is about, why it is here, how it stands and since when', async () => {
    const list = show('ticket-list', { backend: fakeBackend() });
    await inState(list, 'ready');
    const [row = ''] = rows();
    expect(row).to.match(/^The hub is silent #1042 · you asked In progress With us Jan 6/);
    const time = all('time')[0] as HTMLTimeElement;
    expect(time.dateTime).to.equal('2026-01-06T10:00:00.000Z');
    expect(time.title).to.match(/^January 6, 2026/);
    expect((await link('The hub is silent')).href).to.equal(new URL('?ticket=t1', location.href).href);
    await expect(list).to.be.accessible();
  });

  it('explains a colleague’s ticket, and does not call it the reader’s turn', async () => {
    const bob = { id: 'bob', name: 'Bob Fraser' };
    const why = {
      relation: 'company' as const,
      company: { id: 'acme', name: 'Acme' },
      condition: { property: 'role', value: 'manager' },
    };
    const items = [ticketOf({ requester: bob, why, turn: 'contact' })];
    show('ticket-list', { backend: fakeBackend({ listTickets: async () => pageOf(items) }) });
    await text('#1042 · Bob Fraser · your company: Acme, because role = manager');
    expect(all('[part~=turn]')).to.be.empty;
  });

  it('is loud about one thing only: that it is the reader’s turn', async () => {
    const items = [ticketOf({ turn: 'contact' })];
    show('ticket-list', { backend: fakeBackend({ listTickets: async () => pageOf(items) }) });
    await text('Your turn');
  });

  it('marks what is unread by a word, not by weight alone', async () => {
    const items = [ticketOf({ unread: true })];
    const list = show('ticket-list', { backend: fakeBackend({ listTickets: async () => pageOf(items) }) });
    await text('New reply');
    expect(all('[part~=row-unread]').length).to.equal(1);
    await expect(list).to.be.accessible();
  });

  it('says of when its rows are while the help desk behind the portal does not answer', async () => {
    let asOf: string | null = new Date(new Date().setHours(12, 3, 0, 0)).toISOString();
    const listTickets = async () => ({ ...pageOf([ticketOf()]), asOf });
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await text('As of 12:03 PM. The help desk does not answer right now.');
    await expect(list).to.be.accessible();
    asOf = new Date(0).toISOString();
    await list.refresh();
    await text('Your tickets are still on their way here from the help desk.');
    asOf = null;
    await list.refresh();
    await until(() => !all('[part~=as-of]').length);
  });

  it('asks to sign in when nobody is', async () => {
    const list = show('ticket-list', { backend: fakeBackend({ session: async () => signedOut }) });
    await text('Sign in to see your tickets.');
    expect(list.matches(':state(signed-out)')).to.be.true;
    await expect(list).to.be.accessible();
  });

  it('is calm while it loads', async () => {
    const answer = deferred<Page<Ticket>>();
    const list = show('ticket-list', { backend: fakeBackend({ listTickets: () => answer.promise }) });
    await inState(list, 'loading');
    await until(() => all('[role=progressbar][aria-label="Loading …"]').length);
    await expect(list).to.be.accessible();
    answer.resolve(pageOf([ticketOf()]));
    await inState(list, 'ready');
  });

  it('tells no tickets yet from none that match', async () => {
    const states: (string | undefined)[] = [];
    const listTickets = async ({ state }: TicketQuery = {}) => {
      states.push(state);
      return pageOf(state === 'all' ? [ticketOf()] : []);
    };
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await inState(list, 'ready');
    (await button('Closed')).click();
    await text('No ticket matches this choice.');
    expect(list.matches(':state(no-match)')).to.be.true;
    await expect(list).to.be.accessible();
    (await button('Show all tickets')).click();
    await inState(list, 'ready');
    expect(states).to.deep.equal(['all', 'closed', 'all']);
    expect((await button('All')).getAttribute('aria-pressed')).to.equal('true');
  });

  it('says what to expect when there are no tickets at all', async () => {
    const list = show('ticket-list', { backend: fakeBackend({ listTickets: async () => pageOf([]) }) });
    await inState(list, 'empty');
    await expect(list).to.be.accessible();
  });

  it('says what went wrong, tells the page its code, and tries again', async () => {
    let down = true;
    const listTickets = async () => {
      if (down) throw new BackendError('server');
      return pageOf([ticketOf()]);
    };
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    const errors = heard('portal-error');
    await alert('Something went wrong on our side.');
    expect(list.matches(':state(failed)')).to.be.true;
    expect(errors.map(({ code }) => code)).to.deep.equal(['server']);
    await expect(list).to.be.accessible();
    down = false;
    (await button('Try again')).click();
    await inState(list, 'ready');
  });

  it('keeps the focus on a link whose row moves up', async () => {
    const [one, two, three] = ticketsOf(3) as [Ticket, Ticket, Ticket];
    let items = [one, two, three];
    const list = show('ticket-list', { backend: fakeBackend({ listTickets: async () => pageOf(items) }) });
    (await link('Question 3')).focus();
    items = [three, one, two];
    await list.refresh();
    await until(() => subjects()[0] === 'Question 3', 'the row has moved');
    await list.updateComplete;
    expect(focused()?.textContent).to.equal('Question 3');
  });

  it('keeps the rows beside the error when a refresh fails', async () => {
    let down = false;
    const listTickets = async () => {
      if (down) throw new BackendError('offline');
      return pageOf([ticketOf()]);
    };
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await inState(list, 'ready');
    down = true;
    await list.refresh();
    await alert('There is no connection.');
    expect(subjects()).to.deep.equal(['The hub is silent']);
  });

  it('asks again when the visitor comes back, and changes nothing on the screen when nothing changed', async () => {
    let asked = 0;
    const items = [ticketOf()];
    const listTickets = async () => {
      asked += 1;
      return pageOf(items);
    };
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await inState(list, 'ready');
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(list.renderRoot, { childList: true, subtree: true, characterData: true, attributes: true });
    dispatchEvent(new Event('focus'));
    await until(() => asked === 2);
    await list.updateComplete;
    expect(changes).to.be.empty;
  });

  it('loads more after the rows, and moves on to the first new one', async () => {
    const asked: TicketQuery[] = [];
    const listTickets = async (query: TicketQuery = {}) => {
      asked.push(query);
      return query.cursor ? pageOf(ticketsOf(2, 26)) : pageOf(ticketsOf(25), 'next');
    };
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await inState(list, 'ready');
    (await button('Show more')).click();
    await until(() => subjects().length === 27);
    await until(() => focused()?.textContent === 'Question 26');
    expect(asked[1]).to.deep.equal({ state: 'all', cursor: 'next' });
    expect(all('[part~=more]')).to.be.empty;
  });

  it('takes no row away when it refreshes after that', async () => {
    const everything = ticketsOf(60);
    const asked: TicketQuery[] = [];
    const listTickets = async (query: TicketQuery = {}) => {
      asked.push(query);
      const start = Number(query.cursor ?? 0);
      const end = start + (query.limit ?? 25);
      return pageOf(everything.slice(start, end), end < everything.length ? String(end) : null);
    };
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await inState(list, 'ready');
    (await button('Show more')).click();
    await until(() => subjects().length === 50);
    await list.refresh();
    expect(subjects().length).to.equal(50);
    expect(asked.at(-1)?.limit).to.equal(50);
  });

  it('offers to try again when more cannot be loaded', async () => {
    let down = true;
    const listTickets = async ({ cursor }: TicketQuery = {}) => {
      if (cursor && down) throw new BackendError('timeout');
      return cursor ? pageOf(ticketsOf(1, 26)) : pageOf(ticketsOf(25), 'next');
    };
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await inState(list, 'ready');
    (await button('Show more')).click();
    await alert('The answer took too long.');
    expect(subjects().length).to.equal(25);
    down = false;
    (await button('Try again')).click();
    await until(() => subjects().length === 26);
  });

  it('shows the answer to the last filter, whichever comes last', async () => {
    const slow = deferred<Page<Ticket>>();
    const listTickets = ({ state }: TicketQuery = {}) =>
      state === 'open' ? slow.promise : Promise.resolve(pageOf([ticketOf({ subject: `From ${state}` })]));
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await inState(list, 'ready');
    (await button('Open')).click();
    await until(() => all('[aria-busy=true]').length, 'the old rows are not dimmed');
    (await button('Closed')).click();
    await until(() => subjects()[0] === 'From closed');
    slow.resolve(pageOf([ticketOf({ subject: 'From open' })]));
    await slow.promise;
    await list.updateComplete;
    expect(subjects()).to.deep.equal(['From closed']);
  });

  it('asks the page before it opens a ticket', async () => {
    show('ticket-list', { backend: fakeBackend() });
    const subject = await link('The hub is silent');
    const before = location.href;
    const selected: string[] = [];
    const refuse = (event: HTMLElementEventMap['portal-ticket-select']) => {
      selected.push(event.ticketId);
      event.preventDefault();
    };
    document.body.addEventListener('portal-ticket-select', refuse, { once: true });
    subject.focus();
    await sendKeys({ press: 'Enter' });
    expect(selected).to.deep.equal(['t1']);
    expect(location.href).to.equal(before);
  });

  it('leaves a click with a modifier to the browser', async () => {
    show('ticket-list', { backend: fakeBackend() });
    const events = heard('portal-ticket-select');
    const click = new MouseEvent('click', { ctrlKey: true, bubbles: true, composed: true, cancelable: true });
    // Nothing in the page takes the click; the test does, so that no tab opens.
    let taken: boolean | undefined;
    document.addEventListener(
      'click',
      (event) => {
        taken = event.defaultPrevented;
        event.preventDefault();
      },
      { once: true },
    );
    (await link('The hub is silent')).dispatchEvent(click);
    expect(taken).to.be.false;
    expect(events).to.be.empty;
  });

  it('goes through headings, filters and rows with the keys', async () => {
    const list = show('ticket-list', { backend: fakeBackend() });
    await inState(list, 'ready');
    (await button('All')).focus();
    await sendKeys({ press: 'Tab' });
    expect(focused()).to.equal(await button('Open'));
    (await button('View')).focus();
    await sendKeys({ press: 'Tab' });
    expect(focused()).to.equal(await link('The hub is silent'));
  });

  it('shows nothing of one contact to the next', async () => {
    const backend = createMemoryBackend();
    const password = 'portico-demo-2026';
    await backend.signIn({ method: 'password', email: 'alice@acme.example', password });
    const list = show('ticket-list', { backend });
    await inState(list, 'ready');
    await backend.signIn({ method: 'password', email: 'dave@example.com', password });
    dispatchEvent(new Event('focus'));
    const own = (await backend.listTickets()).items.map(({ subject }) => subject);
    await until(() => subjects().join() === own.join());
  });

  it('speaks the page’s own words where it has some', async () => {
    const messages = { en: { 'list.heading': 'My requests', 'list.open': 'In work' } };
    show('ticket-list', { backend: fakeBackend(), messages });
    expect((await part('heading')).textContent).to.equal('My requests');
    await button('In work');
    await button('Closed');
  });

  it('speaks Polish, and asks for Polish labels', async () => {
    const locales: unknown[] = [];
    const listTickets: ReturnType<typeof fakeBackend>['listTickets'] = async (_query, options) => {
      locales.push(options?.locale);
      return pageOf([ticketOf({ unread: true, turn: 'contact' })]);
    };
    document.documentElement.lang = 'pl';
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    await text('Twoja kolej');
    expect((await part('meta')).textContent?.replace(/\s+/g, ' ').trim()).to.equal(
      'Nowa odpowiedź · #1042 · od Ciebie',
    );
    expect(locales).to.deep.equal(['pl']);
    await expect(list).to.be.accessible();
  });

  it('aborts its request when it is removed, and asks again when it is put back', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const answers = [deferred<Page<Ticket>>(), deferred<Page<Ticket>>()];
    const listTickets: ReturnType<typeof fakeBackend>['listTickets'] = (_query, options) => {
      signals.push(options?.signal);
      return (answers[signals.length - 1] ?? answers[1])?.promise ?? expect.fail();
    };
    const list = show('ticket-list', { backend: fakeBackend({ listTickets }) });
    const errors = heard('portal-error');
    await until(() => signals.length === 1);
    list.remove();
    expect(signals[0]?.aborted).to.be.true;
    answers[0]?.reject(signals[0]?.reason);
    document.body.append(list);
    await until(() => signals.length === 2);
    answers[1]?.resolve(pageOf([ticketOf()]));
    await inState(list, 'ready');
    expect(errors, 'an abort is no error').to.be.empty;
  });
});
