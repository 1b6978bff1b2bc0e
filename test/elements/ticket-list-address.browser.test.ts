import { expect } from '@open-wc/testing';

import { PortalClient } from '../../src/controllers/portal-client.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { Session, TicketQuery } from '../../src/model/index.js';
import { alice, fakeBackend, sessionOf, signedOut, ticketOf } from './fake-backend.js';
import { button, cleanups, inState, part, show, type, until } from './screen.js';

defineTicketList();

function stage(session: () => Session = () => sessionOf(alice)) {
  const asked: TicketQuery[] = [];
  const backend = fakeBackend({
    session: async () => session(),
    listTickets: async (query = {}) => {
      asked.push(query);
      return { items: [ticketOf()], nextCursor: null };
    },
  });
  return { asked, backend };
}

const address = location.href;
const goTo = (change: string) => history.replaceState({ of: 'the page' }, '', change);
const queryWith = (more: string) => `${location.pathname}${location.search}${location.search ? '&' : '?'}${more}`;

describe('<ticket-list>, in the address of its page', () => {
  it('begins with what the address asks, before what the page says', async () => {
    goTo(queryWith('tickets.state=closed&tickets.q=hub&tickets.property.product=Hub+2&tickets.sort=nonsense&mine=1'));
    const { asked, backend } = stage();
    show('ticket-list', { backend, state: 'open', scope: 'mine' });
    await until(() => asked.length);
    const expected = { state: 'closed', scope: 'mine', q: 'hub', properties: { product: 'Hub 2' }, limit: 25 };
    expect(asked).to.deep.equal([expected]);
  });

  it('writes its own names only, into the entry that there is, and leaves the page its state', async () => {
    goTo(queryWith('mine=1#above'));
    const { backend } = stage();
    show('ticket-list', { backend });
    const { length } = history;
    (await button('Closed')).click();
    const url = new URL(location.href);
    expect(url.searchParams.get('tickets.state')).to.equal('closed');
    expect([url.searchParams.get('mine'), url.hash]).to.deep.equal(['1', '#above']);
    expect(history.state).to.deep.equal({ of: 'the page' });
    expect(history.length).to.equal(length);
    (await button('All')).click();
    expect(new URL(location.href).searchParams.has('tickets.state')).to.be.false;
  });

  it('follows back and forward', async () => {
    const { asked, backend } = stage();
    const list = show('ticket-list', { backend });
    await inState(list, 'ready');
    (await button('Closed')).click();
    await until(() => asked.length === 2);
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
    await until(() => asked.length === 3);
    history.back();
    await until(() => asked.length === 4);
    expect(asked.map(({ state }) => state)).to.deep.equal(['all', 'closed', 'all', 'closed']);
  });

  it('keeps it in the hash where the page wants it so, or nowhere', async () => {
    const { asked, backend } = stage();
    const inHash = show('ticket-list', { backend, routing: 'hash' });
    (await button('Open')).click();
    expect(location.hash).to.equal('#tickets.state=open');
    inHash.remove();
    history.replaceState(null, '', address);
    show('ticket-list', { backend, routing: 'none' });
    (await button('Open')).click();
    await until(() => asked.at(-1)?.state === 'open');
    expect(location.href).to.equal(address);
  });

  it('takes what the page sets later', async () => {
    const { asked, backend } = stage();
    const list = show('ticket-list', { backend });
    (await button('Closed')).click();
    list.state = 'open';
    await until(() => asked.at(-1)?.state === 'open');
    expect(new URL(location.href).searchParams.has('tickets.state')).to.be.false;
    expect((await button('Open')).getAttribute('aria-pressed')).to.equal('true');
  });

  it('forgets what somebody looked for when they sign out', async () => {
    let session = sessionOf(alice);
    const { backend } = stage(() => session);
    const list = show('ticket-list', { backend });
    type((await part('search')) as HTMLInputElement, 'salary');
    await until(() => location.search.includes('salary'));
    session = signedOut;
    PortalClient.of(backend).enter();
    await inState(list, 'signed-out');
    expect(location.search).not.to.contain('salary');
  });

  it('keeps it for whose session has only ended', async () => {
    const { backend } = stage();
    const list = show('ticket-list', { backend });
    type((await part('search')) as HTMLInputElement, 'hub');
    await until(() => location.search.includes('tickets.q=hub'));
    PortalClient.of(backend).expire();
    await inState(list, 'signed-out');
    expect(location.search).to.contain('tickets.q=hub');
    cleanups.push(() => history.replaceState(null, '', address));
  });
});
