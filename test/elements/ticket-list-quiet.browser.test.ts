import { expect } from '@open-wc/testing';

import { PortalClient } from '../../src/controllers/portal-client.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { Page, Ticket, TicketQuery } from '../../src/model/index.js';
import { listen } from './announcements.js';
import { fakeBackend, ticketOf, ticketsOf } from './fake-backend.js';
import { all, button, focused, inState, link, part, show, text, until } from './screen.js';

defineTicketList();

/*
 * What comes by itself: a poll, an event of the backend, a visitor who comes back. It moves no rows under anybody's eyes,
 * and touches of the page only what has changed.
 */

const subjects = () => all('[part~=subject]').map((subject) => subject.textContent);

/** A list with its tools, whose answer can be changed. */
async function stage(items: readonly Ticket[], nextCursor: string | null = null) {
  let answer: Page<Ticket> = { items, nextCursor };
  let asked = 0;
  const backend = fakeBackend({
    listTickets: async (query: TicketQuery = {}) => {
      asked += 1;
      const from = Number(query.cursor ?? 0);
      const page = answer.items.slice(from, from + (query.limit ?? 25));
      const end = from + page.length;
      return { items: page, nextCursor: end < answer.items.length ? String(end) : answer.nextCursor };
    },
  });
  const list = show('ticket-list', { backend });
  await inState(list, 'ready');
  await button('Filter');
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((more) => records.push(...more));
  observer.observe(list.renderRoot, { childList: true, subtree: true, characterData: true, attributes: true });
  return {
    list,
    records,
    /** The backend says that something may have changed, and answers so. */
    async changed(next: readonly Ticket[]) {
      answer = { items: next, nextCursor };
      const before = asked;
      records.length = 0;
      PortalClient.of(backend).changed();
      await until(() => asked > before);
      // Until the answer is read and rendered.
      await new Promise((resolve) => setTimeout(resolve));
      await list.updateComplete;
      records.push(...observer.takeRecords());
    },
    take: () => records.push(...observer.takeRecords()),
  };
}

describe('<ticket-list>, while somebody reads it', () => {
  it('touches nothing when nothing has changed', async () => {
    const { changed, records } = await stage(ticketsOf(25));
    await changed(ticketsOf(25));
    expect(records).to.be.empty;
  });

  it('touches one status where one has changed', async () => {
    const { changed, records } = await stage(ticketsOf(25));
    const solved = { id: 'solved', category: 'closed', label: 'Solved' } as const;
    await changed(ticketsOf(25).map((ticket, at) => (at === 3 ? { ...ticket, status: solved } : ticket)));
    expect(all('[part~=status-closed]').length).to.equal(1);
    expect(records.length).to.be.within(1, 2);
  });

  it('lets a new ticket wait behind a button, and puts it in its place by six changes at most', async () => {
    const { said, allSaid } = listen('region');
    const { changed, records, take } = await stage(ticketsOf(25));
    await changed([ticketOf({ id: 'new', subject: 'Just now' }), ...ticketsOf(25)]);
    const arrived = await button('1 new');
    expect(records.length).to.be.at.most(6);
    expect(subjects()[0], 'the rows are where they were').to.equal('Question 1');
    records.length = 0;
    arrived.click();
    await link('Just now');
    take();
    expect(records.length).to.be.at.most(6);
    expect(subjects().slice(0, 2)).to.deep.equal(['Just now', 'Question 1']);
    expect(subjects().length).to.equal(26);
    await until(() => focused()?.textContent === 'Just now');
    await allSaid();
    expect(said).to.deep.equal(['1 new']);
  });

  it('shows a ticket that the reader has just opened at once, with all that came before it', async () => {
    const { said, allSaid } = listen('region');
    const { changed } = await stage(ticketsOf(3));
    const own = ticketOf({ id: 'own', subject: 'Mine', updatedAt: ticketOf().createdAt });
    await changed([own, ticketOf({ id: 'new', subject: 'Not mine' }), ...ticketsOf(3)]);
    await link('Mine');
    expect(subjects().slice(0, 3)).to.deep.equal(['Mine', 'Not mine', 'Question 1']);
    expect(all('[part~=arrived]')).to.be.empty;
    await allSaid();
    expect(said).to.deep.equal([]);
  });

  it('counts what waits as it grows, and says it once each time', async () => {
    const { said, allSaid } = listen('region');
    const { changed } = await stage(ticketsOf(3));
    const fresh = (id: string) => ticketOf({ id, subject: `Subject ${id}` });
    await changed([fresh('a'), ...ticketsOf(3)]);
    await allSaid();
    await changed([fresh('b'), fresh('a'), ...ticketsOf(3)]);
    await button('2 new');
    await changed([fresh('b'), fresh('a'), ...ticketsOf(3)]);
    await allSaid();
    expect(said).to.deep.equal(['1 new', '2 new']);
  });

  it('brings a row up to date where it is, also when it belongs elsewhere by now', async () => {
    const { changed } = await stage(ticketsOf(3));
    const [one, two, three] = ticketsOf(3) as [Ticket, Ticket, Ticket];
    await changed([{ ...three, unread: true }, one, two]);
    expect(subjects()).to.deep.equal(['Question 1', 'Question 2', 'Question 3']);
    await text('New reply');
    expect(all('[part~=arrived]')).to.be.empty;
  });

  it('takes a ticket away at once that one may see no more, while a new one waits', async () => {
    const { changed } = await stage(ticketsOf(26));
    await changed([ticketOf({ id: 'new' }), ...ticketsOf(26).filter(({ id }) => id !== 't2')]);
    const expected = ticketsOf(26).filter(({ id }) => id !== 't2');
    expect(subjects()).to.deep.equal(expected.map(({ subject }) => subject));
    await button('1 new');
  });

  it('fills up at the end what was taken away, and calls none of that new', async () => {
    const { changed } = await stage(ticketsOf(60));
    await changed(ticketsOf(60).filter(({ id }) => id !== 't2'));
    const expected = ticketsOf(26).filter(({ id }) => id !== 't2');
    expect(subjects()).to.deep.equal(expected.map(({ subject }) => subject));
    expect(all('[part~=arrived]')).to.be.empty;
  });

  it('loads more after what waits, without a ticket twice or none at all', async () => {
    const { changed } = await stage(ticketsOf(60));
    await changed([ticketOf({ id: 'new', subject: 'Just now' }), ...ticketsOf(60)]);
    (await button('Show more')).click();
    await until(() => subjects().length === 50);
    (await button('1 new')).click();
    await until(() => subjects().length === 51);
    expect(subjects()).to.deep.equal(['Just now', ...ticketsOf(50).map(({ subject }) => subject)]);
  });

  it('shows everything at once where nobody looks', async () => {
    const { list, changed } = await stage(ticketsOf(3));
    list.hidden = true;
    await changed([ticketOf({ id: 'new', subject: 'Just now' }), ...ticketsOf(3)]);
    list.hidden = false;
    await link('Just now');
    expect(all('[part~=arrived]')).to.be.empty;
  });

  it('keeps the place of its tools, so that nothing moves when they come', async () => {
    const list = show('ticket-list', { backend: fakeBackend() });
    await until(() => all('[part~=row]').length);
    const before = all('[part~=row]')[0]?.getBoundingClientRect().top;
    await part('line');
    await list.updateComplete;
    expect(all('[part~=row]')[0]?.getBoundingClientRect().top).to.equal(before);
  });
});
