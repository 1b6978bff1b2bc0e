import { expect } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import type { WriteOptions } from '../../src/backend/portal-backend.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import type { Message, MessagePage, Session } from '../../src/model/index.js';
import { saveDraft } from '../../src/storage/draft-store.js';
import { deferred } from '../support/deferred.js';
import { draftKeyOf } from '../support/draft-key.js';
import { alice, fakeBackend, messageOf, sessionOf, signedOut, ticketOf } from './fake-backend.js';
import { alert, all, button, field, focused, heard, inState, part, show, text, type, until } from './screen.js';

defineTicketDetail();

const pageOf = (items: readonly Message[], previousCursor: string | null = null): MessagePage => ({
  items,
  nextCursor: null,
  previousCursor,
});
const messages = () => all('[part~=text]').map((element) => element.textContent);
const reply = () => field('Your reply');
const sealedSession: Session = { ...sessionOf(alice), draftKey: draftKeyOf(1) };

describe('<ticket-detail>, replying', () => {
  it('sends a reply by Ctrl+Enter, says so, and tells the page', async () => {
    const sent: unknown[] = [];
    const answer = deferred<Message>();
    const backend = fakeBackend({
      reply: (id, { body }) => {
        sent.push([id, body]);
        return answer.promise;
      },
    });
    const thread = [messageOf()];
    backend.listMessages = async () => pageOf([...thread]);
    show('ticket-detail', { backend, ticketId: 't1' });
    const events = heard('portal-reply-sent');
    (await reply()).focus();
    await sendKeys({ type: 'It works again.' });
    await executeServerCommand('chord', ['Control', 'Enter']);
    expect((await button('Sending …')).getAttribute('aria-disabled')).to.equal('true');
    expect((await reply()).readOnly).to.be.true;
    expect(messages()).to.deep.equal(['It is silent since Monday.', 'It works again.']);
    const onItsWay = await part('message-sending');
    expect(onItsWay.textContent, 'nothing is claimed before the backend says so').to.contain('Sending …');
    expect((await reply()).value).to.equal('');
    const message = messageOf({ id: 'm2', text: 'It works again.' });
    thread.push(message);
    answer.resolve(message);
    await until(() => !all('[part~=message-sending]').length);
    expect(messages()).to.deep.equal(['It is silent since Monday.', 'It works again.']);
    expect(sent).to.deep.equal([['t1', 'It works again.']]);
    expect(events.map(({ ticketId, messageId }) => [ticketId, messageId])).to.deep.equal([['t1', 'm2']]);
    expect((await reply()).value).to.equal('');
    expect(focused()).to.equal(await reply());
  });

  it('keeps the words of a failed reply, and sends the same words with the same key', async () => {
    const keys: string[] = [];
    let down = true;
    const send = async (_id: string, { body }: { body: string }, { idempotencyKey }: WriteOptions) => {
      keys.push(idempotencyKey);
      if (down) throw new BackendError('server');
      return messageOf({ id: 'm2', text: body });
    };
    const detail = show('ticket-detail', { backend: fakeBackend({ reply: send }), ticketId: 't1' });
    type(await reply(), 'It works');
    (await button('Send reply')).click();
    await alert('Not sent. ');
    await expect(detail).to.be.accessible();
    expect((await reply()).value).to.equal('It works');
    (await button('Try again')).click();
    await until(() => keys.length === 2);
    await until(() => !(all('textarea')[0] as HTMLTextAreaElement).readOnly);
    type(await reply(), 'It works again');
    down = false;
    (await button('Try again')).click();
    await until(() => keys.length === 3 && !all('[part~=error]').length);
    expect(keys[0], 'a lost answer must not write twice').to.equal(keys[1]);
    expect(keys[2], 'other words are another reply').not.to.equal(keys[1]);
  });

  it('sends once, however often the button is pressed', async () => {
    const answer = deferred<Message>();
    let sent = 0;
    const send = () => {
      sent += 1;
      return answer.promise;
    };
    show('ticket-detail', { backend: fakeBackend({ reply: send }), ticketId: 't1' });
    type(await reply(), 'Once');
    const submit = await button('Send reply');
    submit.click();
    submit.click();
    answer.resolve(messageOf({ id: 'm2' }));
    await until(() => (all('textarea')[0] as HTMLTextAreaElement).value === '');
    expect(sent).to.equal(1);
  });

  it('asks for words, and for fewer where there are too many', async () => {
    const backend = fakeBackend({ reply: () => expect.fail('sent') });
    show('ticket-detail', { backend, ticketId: 't1' });
    (await button('Send reply')).click();
    await alert('Write your reply first.');
    expect(focused()).to.equal(await reply());
    type(await reply(), 'a'.repeat(101));
    (await button('Send reply')).click();
    await alert('Shorten your reply to 100 characters.');
    expect((await reply()).value.length).to.equal(101);
  });

  it('tells a colleague that a reply makes them take part', async () => {
    const why = { relation: 'company' as const, company: { id: 'acme', name: 'Acme' }, condition: null };
    show('ticket-detail', { backend: fakeBackend({ getTicket: async () => ticketOf({ why }) }), ticketId: 't1' });
    await reply();
    expect((await part('hint')).textContent).to.include('you take part in it from now on');
  });

  it('says that a reply opens a closed ticket again, and offers none where none is allowed', async () => {
    const status = { id: 'closed', category: 'closed' as const, label: 'Closed' };
    const backend = fakeBackend({
      getTicket: async (id) => ticketOf({ id, status, turn: null, actions: id === 't1' ? ['reply', 'reopen'] : [] }),
    });
    const detail = show('ticket-detail', { backend, ticketId: 't1' });
    await text('This ticket is closed. Your reply opens it again.');
    detail.ticketId = 't2';
    await until(() => !all('textarea').length);
    await inState(detail, 'ready');
  });

  it('keeps the words through an ended session, for the same contact only', async () => {
    let session: Session = sessionOf(alice);
    let isOver = true;
    const sent: string[] = [];
    const backend = fakeBackend({
      session: async () => session,
      reply: async (_id, { body }) => {
        if (isOver) throw new BackendError('session-expired');
        sent.push(body);
        return messageOf({ id: 'm2', text: body });
      },
    });
    show('ticket-detail', { backend, ticketId: 't1' });
    type(await reply(), 'Half a sentence');
    (await button('Send reply')).click();
    await text('Sign in to read this ticket.');
    isOver = false;
    const signIn = async (next: Session) => {
      session = next;
      dispatchEvent(new Event('focus'));
    };
    await signIn(sessionOf({ id: 'bob', name: 'Bob Fraser' }));
    expect((await reply()).value).to.equal('');
    await signIn(signedOut);
    await text('Sign in to read this ticket.');
    await signIn(sessionOf(alice));
    await until(() => sent.length === 1);
    expect(sent, 'it is sent, as it was asked for').to.deep.equal(['Half a sentence']);
    await until(async () => (await reply()).value === '' && !all('[part~=message-sending]').length);
  });

  it('keeps what was not sent through an ended session', async () => {
    let session: Session = sessionOf(alice);
    const backend = fakeBackend({ session: async () => session });
    show('ticket-detail', { backend, ticketId: 't1' });
    type(await reply(), 'Half a sentence');
    session = signedOut;
    dispatchEvent(new Event('focus'));
    await text('Sign in to read this ticket.');
    session = sessionOf(alice);
    dispatchEvent(new Event('focus'));
    await until(async () => (await reply()).value === 'Half a sentence');
  });

  it('shows who has answered meanwhile before it sends', async () => {
    const thread = [messageOf()];
    const sent: string[] = [];
    const backend = fakeBackend({
      listMessages: async () => pageOf([...thread]),
      reply: async (_id, { body }) => {
        sent.push(body);
        return messageOf({ id: 'm3', text: body });
      },
    });
    show('ticket-detail', { backend, ticketId: 't1' });
    type(await reply(), 'Any news?');
    thread.push(messageOf({ id: 'm2', text: 'It is fixed.', author: { id: 's1', name: 'Nora', side: 'support' } }));
    (await button('Send reply')).click();
    await alert('Nora has answered meanwhile. Read it, then send yours.');
    expect([messages().at(-1), (await reply()).value, sent]).to.deep.equal(['It is fixed.', 'Any news?', []]);
    (await button('Send reply')).click();
    await until(() => sent.length === 1);
    await until(async () => (await reply()).value === '');
  });

  it('does not hold a reply back because nobody can say who has answered meanwhile', async () => {
    let isDown = false;
    const sent: string[] = [];
    const backend = fakeBackend({
      listMessages: async () => {
        if (isDown) throw new BackendError('unavailable');
        return pageOf([messageOf()]);
      },
      reply: async (_id, { body }) => {
        sent.push(body);
        return messageOf({ id: 'm2', text: body });
      },
    });
    show('ticket-detail', { backend, ticketId: 't1' });
    type(await reply(), 'Any news?');
    isDown = true;
    (await button('Send reply')).click();
    await until(() => sent.length === 1);
  });

  it('goes on with a reply that was on its way when the page went, under its key', async () => {
    const keys: string[] = [];
    const answer = deferred<Message>();
    const gone = fakeBackend({
      session: async () => sealedSession,
      reply: (_id, _input, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        return answer.promise;
      },
    });
    const detail = show('ticket-detail', { backend: gone, ticketId: 't1' });
    type(await reply(), 'Does it get there?');
    (await button('Send reply')).click();
    await until(() => keys.length === 1);
    detail.remove();
    const next = fakeBackend({
      session: async () => sealedSession,
      reply: async (_id, { body }, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        return messageOf({ id: 'm2', text: body });
      },
    });
    show('ticket-detail', { backend: next, ticketId: 't1' });
    await until(() => keys.length === 2 && !all('[part~=message-sending]').length);
    expect(keys[0]).to.equal(keys[1]);
    expect((await reply()).value).to.equal('');
    answer.resolve(messageOf({ id: 'm2' }));
  });

  it('asks before it sends again what was on its way long ago', async () => {
    const sending = {
      at: new Date(Date.now() - 25 * 3_600_000).toISOString(),
      locale: 'en',
      ticketId: 't1',
      input: { body: 'Long ago' },
    };
    const place = { scope: `help:${alice.id}:`, draftKey: sealedSession.draftKey, name: 'ticket:t1' };
    saveDraft(place, { values: { body: 'Long ago' }, idempotencyKey: crypto.randomUUID(), sending });
    const sent: string[] = [];
    const backend = fakeBackend({
      session: async () => sealedSession,
      reply: async (_id, { body }) => {
        sent.push(body);
        return messageOf({ id: 'm2', text: body });
      },
    });
    show('ticket-detail', { backend, ticketId: 't1' });
    await alert('We do not know whether this was sent.');
    expect([(await reply()).value, sent]).to.deep.equal(['Long ago', []]);
    (await button('Send reply')).click();
    await until(() => sent.length === 1);
  });

  it('keeps the words of each ticket apart', async () => {
    const detail = show('ticket-detail', { backend: fakeBackend(), ticketId: 't1' });
    type(await reply(), 'For the first');
    detail.ticketId = 't2';
    await until(() => (all('textarea')[0] as HTMLTextAreaElement | undefined)?.value === '');
    type(await reply(), 'For the second');
    detail.ticketId = 't1';
    await until(() => (all('textarea')[0] as HTMLTextAreaElement | undefined)?.value === 'For the first');
  });

  it('lets a reply arrive that is on its way when it is removed', async () => {
    const answer = deferred<Message>();
    const detail = show('ticket-detail', { backend: fakeBackend({ reply: () => answer.promise }), ticketId: 't1' });
    type(await reply(), 'On its way');
    (await button('Send reply')).click();
    await button('Sending …');
    detail.remove();
    answer.resolve(messageOf({ id: 'm2' }));
    await answer.promise;
    document.body.append(detail);
    expect((await reply()).value, 'it is sent and no draft any more').to.equal('');
  });
});
