import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';

import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { Message, MessagePage, MessageQuery, TicketDetail } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { fakeBackend, log, messageOf, signedOut, ticketOf } from './fake-backend.js';
import {
  alert,
  all,
  button,
  field,
  focused,
  heading,
  heard,
  inState,
  part,
  show,
  text,
  type,
  until,
} from './screen.js';
import { listen } from './announcements.js';

defineTicketDetail();

const pageOf = (items: readonly Message[], previousCursor: string | null = null): MessagePage => ({
  items,
  nextCursor: null,
  previousCursor,
});
const mia = { id: 'mia', name: 'Mia Lindqvist', side: 'support' as const };
const messages = () => all('[part~=text]').map((element) => element.textContent);
const reply = () => field('Your reply');

describe('<ticket-detail>', () => {
  it('shows subject, status, reason and thread', async () => {
    const thread = [
      messageOf({ text: 'It is silent.\nSince Monday.' }),
      messageOf({ id: 'm2', author: mia, text: 'We look into it.' }),
      messageOf({ id: 'm3', kind: 'status', text: '', status: { from: 'Received', to: 'In progress' } }),
    ];
    const detail = show('ticket-detail', {
      backend: fakeBackend({ listMessages: async () => pageOf(thread) }),
      ticketId: 't1',
    });
    await heading('The hub is silent');
    const facts = all('[part~=meta]')[0]?.textContent?.replace(/\s+/g, ' ').trim();
    expect(facts).to.equal('#1042 · you asked · opened Jan 5');
    expect(all('article').map((article) => article.innerText.replace(/\s+/g, ' ').trim())).to.deep.equal([
      'You Jan 5 It is silent. Since Monday.',
      'Mia Lindqvist Support · Jan 5 We look into it.',
    ]);
    expect((await part('event')).innerText).to.include('Status changed from “Received” to “In progress”');
    await expect(detail).to.be.accessible();
  });

  it('takes what people wrote for text, in whatever direction it runs', async () => {
    const hostile = '<img src=x onerror=alert(1)> שלום';
    show('ticket-detail', {
      backend: fakeBackend({
        getTicket: async () => ticketOf({ subject: hostile }),
        listMessages: async () => pageOf([messageOf({ text: hostile })]),
      }),
      ticketId: 't1',
    });
    await heading(hostile);
    expect(messages()).to.deep.equal([hostile]);
    expect(all('img')).to.be.empty;
    for (const name of ['heading', 'text']) expect((await part(name)).dir).to.equal('auto');
  });

  it('links the article that the ticket is about, and no address that is not of the web', async () => {
    const properties = { articleUrl: 'https://help.example/hub', articleTitle: 'When a hub goes offline' };
    const detail = show('ticket-detail', {
      backend: fakeBackend({
        getTicket: async (id) =>
          ticketOf({ id, properties: id === 't1' ? properties : { ...properties, articleUrl: 'javascript:alert(1)' } }),
      }),
      ticketId: 't1',
    });
    const article = (await part('article')) as HTMLAnchorElement;
    expect([article.href, article.textContent]).to.deep.equal(Object.values(properties));
    detail.ticketId = 't2';
    await until(() => !all('[part~=article]').length);
  });

  it('is calm while it loads', async () => {
    const ticket = deferred<TicketDetail>();
    const detail = show('ticket-detail', { backend: fakeBackend({ getTicket: () => ticket.promise }), ticketId: 't1' });
    await inState(detail, 'loading');
    await expect(detail).to.be.accessible();
    ticket.resolve(ticketOf());
    await inState(detail, 'ready');
  });

  it('asks to sign in when nobody is', async () => {
    const detail = show('ticket-detail', {
      backend: fakeBackend({ session: async () => signedOut }),
      ticketId: 't1',
    });
    await text('Sign in to read this ticket.');
    expect(detail.matches(':state(signed-out)')).to.be.true;
    await expect(detail).to.be.accessible();
  });

  it('says the same of a ticket that is not there and of one that is not for this contact', async () => {
    const getTicket = () => Promise.reject(new BackendError('not-found'));
    const detail = show('ticket-detail', { backend: fakeBackend({ getTicket }), ticketId: 't9' });
    await heading('Ticket not found');
    await text('It does not exist, or you may not see it.');
    expect(detail.matches(':state(not-found)')).to.be.true;
    await expect(detail).to.be.accessible();
  });

  it('takes a ticket off the screen that the contact may no longer see', async () => {
    let gone = false;
    const getTicket = async () => {
      if (gone) throw new BackendError('not-found');
      return ticketOf();
    };
    const detail = show('ticket-detail', { backend: fakeBackend({ getTicket }), ticketId: 't1' });
    await inState(detail, 'ready');
    gone = true;
    await detail.refresh();
    await heading('Ticket not found');
    expect(messages()).to.be.empty;
  });

  it('keeps thread and typed words beside the error when a refresh fails', async () => {
    let down = false;
    const listMessages = async () => {
      if (down) throw new BackendError('server');
      return pageOf([messageOf()]);
    };
    const detail = show('ticket-detail', { backend: fakeBackend({ listMessages }), ticketId: 't1' });
    type(await reply(), 'One more thing');
    down = true;
    await detail.refresh();
    await alert('Something went wrong on our side.');
    expect(messages()).to.deep.equal(['It is silent since Monday.']);
    expect((await reply()).value).to.equal('One more thing');
  });

  it('says what went wrong when nothing could be loaded, and tries again', async () => {
    let down = true;
    const getTicket = async () => {
      if (down) throw new BackendError('unavailable');
      return ticketOf();
    };
    const detail = show('ticket-detail', { backend: fakeBackend({ getTicket }), ticketId: 't1' });
    const errors = heard('portal-error');
    await alert('The portal cannot be reached.');
    expect(errors.map(({ code }) => code)).to.deep.equal(['unavailable']);
    await expect(detail).to.be.accessible();
    down = false;
    (await button('Try again')).click();
    await inState(detail, 'ready');
  });

  it('loads earlier messages above, moves on to the first of them, and keeps them at a refresh', async () => {
    const queries: MessageQuery[] = [];
    const numbered = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => messageOf({ id: `m${from + index}`, text: `Words ${from + index}` }));
    let newest = numbered(26, 25);
    const listMessages = async (_id: string, query: MessageQuery = {}) => {
      queries.push(query);
      return query.before ? pageOf(numbered(1, 25)) : pageOf(newest, 'before-26');
    };
    const detail = show('ticket-detail', { backend: fakeBackend({ listMessages }), ticketId: 't1' });
    (await button('Show earlier messages')).click();
    await until(() => messages().length === 50);
    await until(() => focused()?.textContent?.includes('Words 1'));
    expect(queries[1]).to.deep.equal({ before: 'before-26' });
    expect(all('[part~=earlier]')).to.be.empty;
    newest = numbered(27, 25);
    await detail.refresh();
    await until(() => messages().length === 51);
    expect(messages()[0]).to.equal('Words 1');
    expect(messages().at(-1)).to.equal('Words 51');
  });

  it('offers to try again when earlier messages cannot be loaded', async () => {
    let down = true;
    const listMessages = async (_id: string, { before }: MessageQuery = {}) => {
      if (before && down) throw new BackendError('offline');
      return before ? pageOf([messageOf({ id: 'm0', text: 'The first' })]) : pageOf([messageOf()], 'before');
    };
    show('ticket-detail', { backend: fakeBackend({ listMessages }), ticketId: 't1' });
    (await button('Show earlier messages')).click();
    await alert('There is no connection.');
    down = false;
    (await button('Try again')).click();
    await until(() => messages().length === 2);
  });

  it('hands a file to the downloads, under its own name', async () => {
    const asked: string[] = [];
    const backend = fakeBackend({
      listMessages: async () => pageOf([messageOf({ attachments: [log] })]),
      download: async (id) => {
        asked.push(id);
        return new Blob(['log']);
      },
    });
    show('ticket-detail', { backend, ticketId: 't1' });
    const saved: string[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      saved.push(`${this.download} ${this.protocol}`);
    };
    (await button('hub.log (2 kB)')).click();
    await until(() => saved.length);
    HTMLAnchorElement.prototype.click = click;
    expect(asked).to.deep.equal(['f1']);
    expect(saved).to.deep.equal(['hub.log blob:']);
  });

  it('says at the file when it could not be had', async () => {
    const backend = fakeBackend({
      listMessages: async () => pageOf([messageOf({ attachments: [log] })]),
      download: () => Promise.reject(new BackendError('not-found')),
    });
    show('ticket-detail', { backend, ticketId: 't1' });
    (await button('hub.log (2 kB)')).click();
    await alert('It does not exist');
  });

  it('says once that support has answered, and that of nothing else', async () => {
    const { said, allSaid } = listen('ariaNotify');
    const thread = [messageOf(), messageOf({ id: 'm2', author: mia, text: 'We look into it.' })];
    const backend = fakeBackend({ listMessages: async () => pageOf([...thread]) });
    const detail = show('ticket-detail', { backend, ticketId: 't1' });
    await inState(detail, 'ready');
    thread.push(messageOf({ id: 'm3', text: 'A colleague writes.' }));
    await detail.refresh();
    thread.push(messageOf({ id: 'm4', author: mia, text: 'It is mended.' }));
    await detail.refresh();
    await detail.refresh();
    await allSaid();
    expect(said).to.deep.equal(['New reply from Mia Lindqvist']);
  });

  it('marks what is shown as read, once', async () => {
    const read: string[] = [];
    const backend = fakeBackend({
      getTicket: async () => ticketOf({ unread: true }),
      markRead: async (id) => {
        read.push(id);
      },
    });
    const detail = show('ticket-detail', { backend, ticketId: 't1' });
    await until(() => read.length);
    detail.requestUpdate();
    await detail.updateComplete;
    expect(read).to.deep.equal(['t1']);
  });

  it('speaks Polish, and keeps the words when the language changes', async () => {
    const locales: unknown[] = [];
    const getTicket: ReturnType<typeof fakeBackend>['getTicket'] = async (id, options) => {
      locales.push(options?.locale);
      return ticketOf({ id });
    };
    const detail = show('ticket-detail', { backend: fakeBackend({ getTicket }), ticketId: 't1' });
    type(await reply(), 'W połowie');
    document.documentElement.lang = 'pl';
    expect((await field('Twoja odpowiedź')).value).to.equal('W połowie');
    await until(() => locales.length === 2);
    expect(locales).to.deep.equal(['en', 'pl']);
    await expect(detail).to.be.accessible();
  });

  it('aborts its requests when it is removed, and asks again when it is put back', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const ticket = deferred<TicketDetail>();
    const getTicket: ReturnType<typeof fakeBackend>['getTicket'] = (_id, options) => {
      signals.push(options?.signal);
      return signals.length === 1 ? ticket.promise : Promise.resolve(ticketOf());
    };
    const detail = show('ticket-detail', { backend: fakeBackend({ getTicket }), ticketId: 't1' });
    const errors = heard('portal-error');
    await until(() => signals.length === 1);
    detail.remove();
    expect(signals[0]?.aborted).to.be.true;
    ticket.reject(signals[0]?.reason);
    document.body.append(detail);
    await inState(detail, 'ready');
    expect(errors).to.be.empty;
  });
});
