import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { Counts, Page, Portal, Ticket, TicketQuery } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { listen } from './announcements.js';
import { fakeBackend, portal, sessionOf, ticketOf, ticketsOf } from './fake-backend.js';
import { alert, all, button, field, focused, inState, part, show, text, type, until } from './screen.js';

defineTicketList();

const pageOf = (items: readonly Ticket[], nextCursor: string | null = null): Page<Ticket> => ({ items, nextCursor });
const subjects = () => all('[part~=subject]').map((subject) => subject.textContent);
const search = () => part('search') as Promise<HTMLInputElement>;
const params = () => new URLSearchParams(location.search);

/** A field that has its name as `aria-label`. */
const labelled = async (label: string) => {
  await until(() => all(`[aria-label="${label}"]`).length, `nothing is called “${label}”`);
  return all(`[aria-label="${label}"]`)[0] as HTMLSelectElement;
};

function choose(select: HTMLSelectElement | HTMLInputElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

const statuses: Portal['statuses'] = [
  { id: 'open', category: 'open', label: 'In progress' },
  { id: 'done', category: 'closed', label: 'Closed' },
];

const properties: Portal['properties'] = [
  { name: 'product', type: 'choice', label: 'Product', options: [{ value: 'hub', label: 'Hub' }] },
  { name: 'site', type: 'text', label: 'Site', options: null },
  { name: 'seats', type: 'number', label: 'Seats', options: null },
  { name: 'due', type: 'date', label: 'Due', options: null },
  { name: 'paid', type: 'boolean', label: 'Paid', options: null },
];

/** Notes what it is asked for; `changes` as in `fakeBackend`. */
function askedBackend(changes: Partial<PortalBackend> = {}, settings: Partial<Portal> = {}) {
  const asked: TicketQuery[] = [];
  const backend = fakeBackend({
    portal: async () => ({ ...portal, statuses, properties, ...settings }),
    ...changes,
    listTickets: async (query = {}, options) => {
      asked.push(query);
      return changes.listTickets?.(query, options) ?? pageOf([ticketOf({ subject: `About ${query.q ?? 'all'}` })]);
    },
  });
  return { asked, backend };
}

const counts: NonNullable<PortalBackend['counts']> = async () => ({
  scopes: {
    all: 1000,
    mine: 9,
    participating: 3,
    company: [
      { id: 'acme', name: 'Acme', count: 24 },
      { id: 'globex', name: 'Globex', count: 4 },
    ],
  },
  states: { open: 15, closed: 9 },
  statuses: { open: 15, done: 9 },
  requesters: [
    { id: 'alice', name: 'Alice Moreau', count: 9 },
    { id: 'bob', name: 'Bob Fraser', count: 15 },
  ],
  unread: 2,
});
const withCounts = { features: [...portal.features, 'counts'] };

describe('<ticket-list>, its tools', () => {
  it('asks for what is typed once no more is, and aborts the question before', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const slow = deferred<Page<Ticket>>();
    const { asked, backend } = askedBackend({
      listTickets: async ({ q } = {}, options) => {
        signals.push(options?.signal);
        return q === 'hu' ? slow.promise : pageOf([ticketOf({ subject: `About ${q ?? 'all'}` })]);
      },
    });
    show('ticket-list', { backend });
    type(await search(), 'h');
    type(await search(), 'hu');
    await until(() => asked.length === 2);
    expect(asked[1]?.q).to.equal('hu');
    expect(subjects(), 'the old rows stay').to.deep.equal(['About all']);
    await until(() => all('[part=list][aria-busy=true]').length, 'they are not dimmed');
    type(await search(), 'hub ');
    await until(() => subjects()[0] === 'About hub');
    expect(signals[1]?.aborted).to.be.true;
    slow.resolve(pageOf([ticketOf({ subject: 'Too late' })]));
    await slow.promise;
    await until(() => all('[part=list][aria-busy=false]').length);
    expect(subjects()).to.deep.equal(['About hub']);
    expect(params().get('tickets.q')).to.equal('hub');
    expect((await search()).value, 'what is typed is left as it is').to.equal('hub ');
  });

  it('forgets the search by Escape, and keeps the key to itself', async () => {
    const { asked, backend } = askedBackend();
    show('ticket-list', { backend });
    const heard: string[] = [];
    document.body.addEventListener('keydown', ({ key }) => heard.push(key), { once: true });
    (await search()).focus();
    type(await search(), 'hub');
    await until(() => asked.length === 2);
    await sendKeys({ press: 'Escape' });
    await until(() => asked.length === 3);
    expect(asked[2]?.q).to.be.undefined;
    expect((await search()).value).to.equal('');
    expect(heard).to.be.empty;
    expect(params().has('tickets.q')).to.be.false;
  });

  it('shows what matched as text, marked by its ranges and nothing else', async () => {
    const snippet = {
      text: '<b>hub</b> and hub',
      marks: [
        [3, 6],
        [15, 18],
      ] as const,
    };
    const { backend } = askedBackend({ listTickets: async () => pageOf([ticketOf({ snippet })]) });
    show('ticket-list', { backend });
    const found = await part('snippet');
    expect(found.textContent).to.equal('<b>hub</b> and hub');
    expect(
      [...found.querySelectorAll('*')].map(({ localName, textContent }) => [localName, textContent]),
    ).to.deep.equal([
      ['mark', 'hub'],
      ['mark', 'hub'],
    ]);
  });

  it('says how many there are once the answer is there, in the plural of its language', async () => {
    const { said, allSaid } = listen('region');
    document.documentElement.lang = 'pl';
    const { backend } = askedBackend({ listTickets: async ({ q } = {}) => pageOf(ticketsOf(q ? 22 : 3)) });
    show('ticket-list', { backend });
    type(await search(), 'hub');
    await until(() => subjects().length === 22);
    await allSaid();
    // What other tests had to say may come this late.
    expect(said.filter((words) => /zgł/.test(words))).to.deep.equal(['22 zgłoszenia']);
  });

  it('works without any numbers where the backend has none', async () => {
    const { asked, backend } = askedBackend();
    show('ticket-list', { backend });
    const scope = await labelled('Whose tickets');
    expect([...scope.options].map(({ text: words }) => words)).to.deep.equal([
      'All tickets',
      'Asked by me',
      'I take part',
      'Acme',
    ]);
    choose(scope, 'company');
    await until(() => asked.at(-1)?.scope === 'company');
    expect(all('[part~=count]')).to.be.empty;
  });

  it('has a number beside every choice where the backend has them, and every company', async () => {
    const { backend } = askedBackend({ counts }, withCounts);
    show('ticket-list', { backend });
    await button('Open 15');
    const scope = await labelled('Whose tickets');
    expect([...scope.options].map(({ text: words, value }) => [value, words])).to.deep.equal([
      ['all', 'All tickets (1,000+)'],
      ['mine', 'Asked by me (9)'],
      ['participating', 'I take part (3)'],
      ['company', 'Acme (24)'],
      ['company:globex', 'Globex (4)'],
    ]);
    (await button('Filter')).click();
    const status = (await field('Status')) as unknown as HTMLSelectElement;
    expect([...status.options].map(({ text: words }) => words)).to.deep.equal([
      'Any',
      'In progress (15)',
      'Closed (9)',
    ]);
  });

  it('keeps room for large numbers in a long list: nothing moves when they come', async () => {
    const numbers = deferred<Counts>();
    const { backend } = askedBackend(
      { counts: () => numbers.promise, listTickets: async () => ({ ...pageOf(ticketsOf(25)), nextCursor: 'more' }) },
      withCounts,
    );
    show('ticket-list', { backend });
    const last = await button('Closed');
    const { left } = last.getBoundingClientRect();
    numbers.resolve({ ...(await counts()), states: { open: 1000, closed: 1000 } });
    await button('Closed 1,000+');
    expect(last.getBoundingClientRect().left).to.equal(left);
  });

  it('shows who asked as a column and a filter in the list of a company', async () => {
    const bob = { id: 'bob', name: 'Bob Fraser' };
    const { asked, backend } = askedBackend(
      { counts, listTickets: async () => pageOf([ticketOf({ requester: bob })]) },
      withCounts,
    );
    const list = show('ticket-list', { backend, scope: 'company' });
    await part('cell-requester');
    expect(all('li [part~=cell-requester]').map(({ textContent }) => textContent)).to.deep.equal([
      'Asked by: Bob Fraser',
    ]);
    (await button('Filter')).click();
    choose(await field('Asked by'), 'bob');
    await until(() => asked.at(-1)?.requester === 'bob');
    await labelled('Remove the filter “Asked by: Bob Fraser”');
    await expect(list).to.be.accessible();
  });

  it('filters by whose turn it is, and by properties of each type', async () => {
    const { asked, backend } = askedBackend();
    show('ticket-list', { backend });
    (await button('Filter')).click();
    choose(await field('Whose turn'), 'contact');
    choose(await field('Product'), 'hub');
    choose(await field('Site'), ' Hill Road ');
    choose(await field('Paid'), 'true');
    choose(await labelled('Seats, from'), '5');
    await until(() => all('[aria-label="Remove the filter “Seats: 5 –”"]').length);
    choose(await labelled('Due, to'), '2026-04-01');
    await until(() => asked.at(-1)?.properties?.['due']);
    expect(asked.at(-1)).to.deep.equal({
      state: 'all',
      limit: 25,
      turn: 'contact',
      properties: { product: 'hub', site: 'Hill Road', paid: 'true', seats: '5..', due: '..2026-04-01' },
    });
    expect(params().get('tickets.property.due')).to.equal('..2026-04-01');
    await button('Filter 6');
    (await labelled('Remove the filter “Product: Hub”')).click();
    await until(() => !asked.at(-1)?.properties?.['product']);
    expect(focused(), 'the focus stays near').to.equal(await button('Filter 5'));
    (await button('Clear')).click();
    await until(() => !asked.at(-1)?.properties && !asked.at(-1)?.turn);
    expect([...params().keys()].filter((name) => name.startsWith('tickets.'))).to.be.empty;
  });

  it('sorts both ways', async () => {
    const { asked, backend } = askedBackend();
    show('ticket-list', { backend, sort: 'number' });
    await until(() => asked[0]?.sort === 'number');
    (await button('View')).click();
    choose(await field('Order'), '-created');
    await until(() => asked.at(-1)?.sort === '-created');
    expect(params().get('tickets.sort')).to.equal('-created');
    choose(await field('Order'), 'number');
    await until(() => !params().has('tickets.sort'), 'the address says what is as the page has it');
  });

  it('shows the columns of the page, then those of the reader, and has the backend keep them', async () => {
    const kept: unknown[] = [];
    const { backend } = askedBackend(
      {
        listTickets: async () => pageOf([ticketOf({ properties: { product: 'hub', seats: '1200', paid: 'false' } })]),
        setPreferences: async (input) => {
          kept.push(input);
          return { columns: null, followsCompany: false };
        },
      },
      { features: [...portal.features, 'setPreferences'] },
    );
    show('ticket-list', { backend, columns: 'number property:product property:seats property:paid nonsense' });
    await until(() => all('[part~=cell]').length);
    const cells = () => all('li [part~=cell]').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
    await until(() => cells().length === 4);
    expect(cells()).to.deep.equal(['Number: #1042', 'Product: Hub', 'Seats: 1,200', 'Paid: No']);
    (await button('View')).click();
    (await field('Opened')).click();
    (await field('Product')).click();
    await until(() => kept.length === 2);
    expect(kept.at(-1)).to.deep.equal({ columns: ['number', 'property:seats', 'property:paid', 'created'] });
    expect(cells().length).to.equal(4);
  });

  it('shows the columns that the session remembers before those of the page', async () => {
    const session = async () => ({ ...sessionOf({ id: 'alice', name: 'Alice Moreau' }), columns: ['company'] });
    const { backend } = askedBackend({ session });
    show('ticket-list', { backend, columns: 'number' });
    await part('cell-company');
    expect(all('li [part~=cell]').map(({ textContent }) => textContent)).to.deep.equal(['Company: Acme']);
    expect(all('[part~=cell-number]')).to.be.empty;
  });

  it('closes what is open by Escape, and goes back to its button', async () => {
    const { backend } = askedBackend();
    show('ticket-list', { backend });
    (await button('Filter')).click();
    (await field('Status')).focus();
    await sendKeys({ press: 'Escape' });
    await until(() => !all('[part=panel]').length);
    expect(focused()).to.equal(await button('Filter'));
  });

  it('tells of a company that has nothing to show, and leads out of it', async () => {
    const { asked, backend } = askedBackend({
      listTickets: async ({ scope } = {}) => pageOf(scope ? [] : [ticketOf()]),
    });
    const list = show('ticket-list', { backend, scope: 'company' });
    await text('There is no ticket of Acme that you may see.');
    expect(list.matches(':state(none-here)')).to.be.true;
    await expect(list).to.be.accessible();
    (await button('Show all tickets')).click();
    await inState(list, 'ready');
    expect(asked.at(-1)?.scope).to.be.undefined;
    expect(params().get('tickets.scope')).to.equal('all');
  });

  it('tells both sides whose turn it is', async () => {
    const items = [ticketOf({ id: 'a', turn: 'contact' }), ticketOf({ id: 'b' }), ticketOf({ id: 'c', turn: null })];
    show('ticket-list', { backend: fakeBackend({ listTickets: async () => pageOf(items) }) });
    await text('Your turn');
    expect(all('[part~=state]').map(({ innerText }) => innerText.replace(/\s+/g, ' ').trim())).to.deep.equal([
      'Your turn In progress',
      'In progress With us',
      'In progress',
    ]);
  });

  it('downloads the list that is asked for, in the language of the reader', async () => {
    const exported: unknown[] = [];
    const saved: string[] = [];
    const { backend } = askedBackend(
      {
        exportTickets: async (query, options) => {
          exported.push([query, options?.locale]);
          return new Blob(['Number']);
        },
      },
      { features: [...portal.features, 'exportTickets'] },
    );
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push(this.download);
    };
    try {
      show('ticket-list', { backend, routing: 'none', state: 'open' });
      (await button('View')).click();
      (await button('Download as CSV')).click();
      await until(() => saved.length, 'nothing is downloaded');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(saved).to.deep.equal(['tickets.csv']);
    expect(exported).to.deep.equal([[{ state: 'open' }, 'en']]);
  });

  it('says what went wrong with a download, and tries again', async () => {
    let fails = true;
    const { backend } = askedBackend(
      {
        exportTickets: async () => {
          if (fails) throw new BackendError('rate-limited');
          return new Blob([]);
        },
      },
      { features: [...portal.features, 'exportTickets'] },
    );
    show('ticket-list', { backend, routing: 'none' });
    (await button('View')).click();
    (await button('Download as CSV')).click();
    await alert('Too many');
    fails = false;
    (await button('Try again')).click();
    await until(() => !all('[role=alert]').length, 'it still says so');
  });
});
