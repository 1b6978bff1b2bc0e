import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import { provideRoute } from '../../src/context/route-context.js';
import { defineSupportForm } from '../../src/elements/support-form/define.js';
import type { NewTicket, TicketDetail } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { draftKeyOf } from '../support/draft-key.js';
import { alice, fakeBackend, portal, sessionOf, signedOut, ticketOf } from './fake-backend.js';
import {
  alert,
  all,
  button,
  field,
  focused,
  heading,
  heard,
  inState,
  link,
  show,
  text,
  type,
  until,
} from './screen.js';

defineSupportForm();

async function fill(subject = 'The hub is silent', message = 'Since Monday.'): Promise<void> {
  type(await field('Subject'), subject);
  type(await field('How can we help?'), message);
}

describe('<support-form>', () => {
  it('sends subject and message with the keys alone, says the number, and tells the page', async () => {
    const sent: NewTicket[] = [];
    const createTicket = async (input: NewTicket) => {
      sent.push(input);
      return ticketOf({ id: 'new1', number: 1043 });
    };
    const form = show('support-form', { backend: fakeBackend({ createTicket }) });
    const events = heard('portal-ticket-created');
    (await field('Subject')).focus();
    await expect(form).to.be.accessible();
    await sendKeys({ type: 'The hub is silent' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'Since Monday.' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    const thanks = await heading('Thank you. Your ticket is #1043.');
    await until(() => focused() === thanks, 'the thanks have no focus');
    expect(sent).to.deep.equal([{ subject: 'The hub is silent', message: 'Since Monday.', properties: {} }]);
    expect(events.map(({ ticketId, number }) => [ticketId, number])).to.deep.equal([['new1', 1043]]);
    expect(form.matches(':state(sent)')).to.be.true;
    await expect(form).to.be.accessible();
  });

  it('begins anew when asked to', async () => {
    show('support-form', { backend: fakeBackend() });
    await fill();
    (await button('Send')).click();
    (await button('Send another')).click();
    const first = await heading('New ticket');
    await until(() => focused() === first);
    expect((await field('Subject')).value).to.equal('');
  });

  it('sends the article along, and says so beforehand', async () => {
    const sent: NewTicket[] = [];
    const createTicket = async (input: NewTicket) => {
      sent.push(input);
      return ticketOf();
    };
    show('support-form', {
      backend: fakeBackend({ createTicket }),
      articleUrl: 'https://help.example/hub',
      articleTitle: 'When a hub goes offline',
    });
    await text('About the article: When a hub goes offline');
    await fill();
    (await button('Send')).click();
    await until(() => sent.length);
    expect(sent[0]?.properties).to.deep.equal({
      articleUrl: 'https://help.example/hub',
      articleTitle: 'When a hub goes offline',
    });
  });

  it('lists what is missing, with the focus on the list and a way to each field', async () => {
    const form = show('support-form', { backend: fakeBackend({ createTicket: () => expect.fail('sent') }) });
    (await button('Send')).click();
    await alert('There is a problem');
    expect(focused()?.textContent).to.include('There is a problem');
    const address = location.href;
    (await link('Describe what you need help with.')).click();
    const message = await field('How can we help?');
    expect(focused()).to.equal(message);
    expect(location.href).to.equal(address);
    expect(message.getAttribute('aria-invalid')).to.equal('true');
    expect(message.getAttribute('aria-describedby')).to.equal('message-problem');
    await expect(form).to.be.accessible();
  });

  it('asks for fewer words, and cuts none off', async () => {
    show('support-form', { backend: fakeBackend({ createTicket: () => expect.fail('sent') }) });
    await fill('s'.repeat(201), 'm'.repeat(101));
    (await button('Send')).click();
    await link('Shorten the subject to 200 characters.');
    await link('Shorten the message to 100 characters.');
    expect((await field('Subject')).value.length).to.equal(201);
  });

  it('does not count blanks around a subject', async () => {
    const made: NewTicket[] = [];
    const createTicket = async (input: NewTicket) => {
      made.push(input);
      return ticketOf();
    };
    show('support-form', { backend: fakeBackend({ createTicket }) });
    await fill(`  ${'s'.repeat(200)}  `);
    (await button('Send')).click();
    await heading('Thank you. Your ticket is #1042.');
    expect(made.map(({ subject }) => subject)).to.deep.equal(['s'.repeat(200)]);
  });

  it('keeps the words when sending fails, names the field that the backend refused, and sends with the same key', async () => {
    const keys: string[] = [];
    const fields = [{ path: 'subject', code: 'invalid' }];
    const createTicket: NonNullable<ReturnType<typeof fakeBackend>['createTicket']> = async (_input, options) => {
      keys.push(options.idempotencyKey);
      throw new BackendError('invalid', undefined, { fields });
    };
    const form = show('support-form', { backend: fakeBackend({ createTicket }) });
    const errors = heard('portal-error');
    await fill();
    (await button('Send')).click();
    await link('Check the subject.');
    expect((await field('Subject')).value).to.equal('The hub is silent');
    expect(errors.map(({ code }) => code)).to.deep.equal(['invalid']);
    await expect(form).to.be.accessible();
    (await button('Send')).click();
    await until(() => keys.length === 2);
    expect(keys[0]).to.equal(keys[1]);
  });

  it('says what went wrong when it is no field’s fault', async () => {
    show('support-form', { backend: fakeBackend({ createTicket: () => Promise.reject(new BackendError('offline')) }) });
    await fill();
    (await button('Send')).click();
    await alert('Not sent. There is no connection.');
  });

  it('sends once, however often the button is pressed', async () => {
    const answer = deferred<TicketDetail>();
    let sent = 0;
    const createTicket = () => {
      sent += 1;
      return answer.promise;
    };
    show('support-form', { backend: fakeBackend({ createTicket }) });
    await fill();
    (await button('Send')).click();
    (await button('Sending …')).click();
    answer.resolve(ticketOf());
    await heading('Thank you. Your ticket is #1042.');
    expect(sent).to.equal(1);
  });

  it('keeps the draft of each article apart, and finds it again', async () => {
    const backend = fakeBackend();
    const form = show('support-form', { backend, articleUrl: 'https://help.example/hub' });
    await fill('About the hub');
    form.remove();
    const other = show('support-form', { backend, articleUrl: 'https://help.example/valve' });
    expect((await field('Subject')).value).to.equal('');
    other.remove();
    show('support-form', { backend, articleUrl: 'https://help.example/hub' });
    await until(async () => (await field('Subject')).value === 'About the hub');
  });

  it('goes on with a ticket that was on its way when the page went, as it was given', async () => {
    const sealed = { ...sessionOf(alice), draftKey: draftKeyOf(1) };
    const made: [input: unknown, key: string][] = [];
    const answer = deferred<TicketDetail>();
    const gone = fakeBackend({
      session: async () => sealed,
      createTicket: (input, { idempotencyKey }) => {
        made.push([input, idempotencyKey]);
        return answer.promise;
      },
    });
    const form = show('support-form', { backend: gone, articleUrl: '/hub', articleTitle: 'The hub' });
    await fill('About the hub');
    (await button('Send')).click();
    await until(() => made.length === 1);
    form.remove();
    const next = fakeBackend({
      session: async () => sealed,
      createTicket: async (input, { idempotencyKey }) => {
        made.push([input, idempotencyKey]);
        return ticketOf();
      },
    });
    show('support-form', { backend: next, articleUrl: '/hub', articleTitle: 'The hub, renamed' });
    await heading('Thank you. Your ticket is #1042.');
    expect(made[1]).to.deep.equal(made[0]);
    answer.resolve(ticketOf());
  });

  it('links the new ticket inside a portal', async () => {
    const went: unknown[] = [];
    const frame = document.createElement('div');
    document.body.append(frame);
    provideRoute(frame, {
      place: 'new',
      routing: 'none',
      key: 'ticket',
      href: (place) => `?ticket=${place}`,
      go: (place) => went.push(place),
    }).hostConnected();
    const form = document.createElement('support-form');
    form.backend = fakeBackend();
    frame.append(form);
    await fill();
    (await button('Send')).click();
    const open = await link('Open the ticket');
    expect(open.getAttribute('href')).to.equal('?ticket=new1');
    open.click();
    expect(went).to.deep.equal(['new1']);
  });

  it('asks to sign in when nobody is', async () => {
    const form = show('support-form', { backend: fakeBackend({ session: async () => signedOut }) });
    await text('Sign in to ask for help.');
    expect(form.matches(':state(signed-out)')).to.be.true;
    await expect(form).to.be.accessible();
  });

  it('says so when the portal takes no tickets', async () => {
    const form = show('support-form', { backend: fakeBackend({ portal: async () => ({ ...portal, features: [] }) }) });
    await inState(form, 'unavailable');
    expect(all('form')).to.be.empty;
    await expect(form).to.be.accessible();
  });

  it('says what went wrong when the portal cannot be reached', async () => {
    const form = show('support-form', {
      backend: fakeBackend({ portal: () => Promise.reject(new BackendError('timeout')) }),
    });
    await alert('The answer took too long.');
    expect(form.matches(':state(failed)')).to.be.true;
    await expect(form).to.be.accessible();
  });

  it('speaks Polish, and keeps the words when the language changes', async () => {
    const form = show('support-form', { backend: fakeBackend() });
    await fill();
    document.documentElement.lang = 'pl';
    expect((await field('Temat')).value).to.equal('The hub is silent');
    expect((await field('W czym możemy pomóc?')).value).to.equal('Since Monday.');
    await expect(form).to.be.accessible();
  });

  it('can be removed while it sends, and the ticket arrives', async () => {
    const answer = deferred<TicketDetail>();
    const form = show('support-form', { backend: fakeBackend({ createTicket: () => answer.promise }) });
    await fill();
    (await button('Send')).click();
    await button('Sending …');
    form.remove();
    answer.resolve(ticketOf());
    await answer.promise;
    document.body.append(form);
    await heading('Thank you. Your ticket is #1042.');
  });
});
