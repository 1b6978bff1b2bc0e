import { expect } from '@open-wc/testing';

import { defineSupportForm } from '../../src/elements/support-form/define.js';
import type { NewTicket } from '../../src/model/index.js';
import { fakeBackend, signedOut, ticketOf, sessionOf, alice } from './fake-backend.js';
import { choose, filesBackend, rows, sentTo, textFile } from './files.js';
import { all, button, field, focused, heading, show, type, until } from './screen.js';

defineSupportForm();

async function fill(): Promise<void> {
  type(await field('Subject'), 'The hub is silent');
  type(await field('How can we help?'), 'Since Monday.');
}

function keeping() {
  const tickets: NewTicket[] = [];
  const createTicket = async (input: NewTicket) => {
    tickets.push(input);
    return ticketOf({ id: 'new1', number: 1043 });
  };
  return { tickets, createTicket };
}

describe('files of a new ticket', () => {
  it('go along in the order shown, and are gone with the form', async () => {
    const { tickets, createTicket } = keeping();
    const { backend, sent } = filesBackend({ createTicket });
    const form = show('support-form', { backend });
    await fill();
    await choose(textFile('one.txt'));
    await choose(textFile('two.txt'));
    await sentTo(sent, 2);
    sent[1]?.arrive();
    sent[0]?.arrive();
    await button('Remove one.txt');
    await button('Remove two.txt');
    await expect(form).to.be.accessible();
    (await button('Send')).click();
    await heading('Thank you. Your ticket is #1043.');
    expect(tickets.map(({ attachments }) => attachments)).to.deep.equal([['id-one.txt', 'id-two.txt']]);
    (await button('Send another')).click();
    await button('Add files');
    expect(rows()).to.deep.equal([]);
  });

  it('are waited for; what is missing in the form is said first', async () => {
    const { tickets, createTicket } = keeping();
    const { backend, sent } = filesBackend({ createTicket });
    show('support-form', { backend });
    await choose(textFile());
    await sentTo(sent, 1);
    (await button('Send')).click();
    await until(() => all('[part=problem]').length === 2);
    await fill();
    (await button('Send')).click();
    await button('Waiting for files …');
    expect(tickets).to.have.length(0);
    sent[0]?.arrive();
    await heading('Thank you. Your ticket is #1043.');
    expect(tickets[0]?.attachments).to.deep.equal(['id-hub.txt']);
  });

  it('hold the form when one fails, with the focus on it and every word in its place', async () => {
    const { tickets, createTicket } = keeping();
    const { backend, sent } = filesBackend({ createTicket });
    show('support-form', { backend });
    await fill();
    await choose(textFile());
    await sentTo(sent, 1);
    sent[0]?.fail('offline');
    const again = await button('Try again: hub.txt');
    (await button('Send')).click();
    await until(() => focused() === again);
    expect(tickets).to.have.length(0);
    expect((await field('How can we help?')).value).to.equal('Since Monday.');
  });

  it('wait with the words for whoever has to sign in again', async () => {
    let session = sessionOf(alice);
    const { backend, sent } = filesBackend({ session: async () => session });
    show('support-form', { backend });
    await fill();
    await choose(textFile());
    await sentTo(sent, 1);
    session = signedOut;
    sent[0]?.fail('session-expired');
    await until(() => !all('form').length);
    session = sessionOf(alice);
    dispatchEvent(new Event('focus'));
    (await button('Try again: hub.txt')).click();
    await sentTo(sent, 2);
    sent[1]?.arrive();
    await button('Remove hub.txt');
    expect((await field('Subject')).value).to.equal('The hub is silent');
  });

  it('are not offered where the backend takes none', async () => {
    show('support-form', { backend: fakeBackend() });
    await button('Send');
    expect(all('[part~=files-box]')).to.have.length(0);
  });
});
