import { expect } from '@open-wc/testing';

import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { definePortalLogin } from '../../src/elements/portal-login/define.js';
import { defineSupportForm } from '../../src/elements/support-form/define.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import type { Portal } from '../../src/model/index.js';
import { deferred } from '../support/deferred.js';
import { fakeBackend, portal, ticketsOf } from './fake-backend.js';
import { all, button, field, focused, heading, inState, link, part, show, text, type, until } from './screen.js';
import { signInBackend } from './sign-in.js';

definePortalLogin();
defineTicketList();
defineTicketDetail();
defineSupportForm();

const speak = (language: string) => {
  document.documentElement.lang = language;
};

const inquiry = { one: 'inquiry', other: 'inquiries', nominative: 'inquiries' };
const sprawa = { one: 'sprawa', few: 'sprawy', many: 'spraw', other: 'sprawy', nominative: 'sprawy' };

/** A portal with a word of its own in each of these languages, and a list of the languages that it was asked in. */
function worded(words: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const asked: unknown[] = [];
  const backend = fakeBackend({
    portal: async ({ locale = '' } = {}) => {
      asked.push(locale);
      return { ...portal, words: { ticket: words[locale] ?? null } };
    },
  });
  return { backend, asked };
}

describe('a change of language', () => {
  it('keeps a reply and the place in it', async () => {
    show('ticket-detail', { backend: fakeBackend(), ticketId: 't1' });
    const box = await field('Your reply');
    type(box, 'It is mended.');
    box.focus();
    box.setSelectionRange(3, 5);
    for (const [language, label] of [
      ['pl', 'Twoja odpowiedź'],
      ['ar', 'ردّك'],
      ['en', 'Your reply'],
    ] as const) {
      speak(language);
      expect(await field(label)).to.equal(box);
      expect([box.value, box.selectionStart, box.selectionEnd]).to.deep.equal(['It is mended.', 3, 5]);
      expect(focused()).to.equal(box);
    }
  });

  it('keeps both fields of the form, and the complaint about one of them', async () => {
    show('support-form', { backend: fakeBackend() });
    const subject = await field('Subject');
    type(await field('How can we help?'), 'Since Monday.');
    (await part('submit')).click();
    await text('There is a problem');
    subject.focus();
    speak('de');
    expect(await field('Betreff')).to.equal(subject);
    await text('Bitte prüfen Sie Ihre Angaben');
    expect(all('[part=error]').map(({ textContent }) => textContent)).to.deep.equal(['Geben Sie einen Betreff ein.']);
    expect((await field('Wie können wir helfen?')).value).to.equal('Since Monday.');
    expect(focused()).to.equal(subject);
  });

  it('keeps what is typed to sign in, on the step that it was typed in', async () => {
    show('portal-login', { backend: signInBackend().backend });
    type(await field('E-mail address'), 'alice@acme.example');
    const password = await field('Password');
    type(password, 'secret');
    password.focus();
    speak('pl');
    expect(await field('Hasło')).to.equal(password);
    expect([(await field('Adres e-mail')).value, password.value]).to.deep.equal(['alice@acme.example', 'secret']);
    expect(focused()).to.equal(password);
  });

  it('keeps the words until those of the other language are there', async () => {
    const list = show('ticket-list', { backend: fakeBackend() });
    await heading('Your tickets');
    speak('de');
    await heading('Ihre Tickets');
    expect((await part('base')).lang).to.equal('de');
    await expect(list).to.be.accessible();
  });
});

describe('two languages on a page', () => {
  it('are spoken side by side, by elements that share a backend', async () => {
    const { backend, asked } = worded({ en: inquiry, pl: sprawa });
    for (const language of ['en', 'pl', 'pl']) show('ticket-list', { backend, lang: language });
    await heading('Your inquiries');
    await until(
      () =>
        all('[part=heading]')
          .map(({ textContent }) => textContent)
          .join() === 'Your inquiries,Sprawy,Sprawy',
    );
    expect(asked.toSorted(), 'each language once').to.deep.equal(['en', 'pl']);
  });

  it('may lie in each other, through shadow roots', async () => {
    const outer = document.createElement('div');
    outer.lang = 'pl';
    const root = outer.attachShadow({ mode: 'open' });
    root.innerHTML =
      '<section><ticket-list></ticket-list></section><section lang="ar"><ticket-list></ticket-list></section>';
    const backend = fakeBackend();
    for (const list of root.querySelectorAll('ticket-list')) list.backend = backend;
    document.body.append(outer);
    const bases = () => all('[part=base]').map(({ lang, dir }) => `${lang} ${dir}`);
    await heading('Zgłoszenia');
    await heading('التذاكر');
    expect(bases()).to.deep.equal(['pl ltr', 'ar rtl']);
    outer.lang = 'de';
    await heading('Ihre Tickets');
    expect(bases()).to.deep.equal(['de ltr', 'ar rtl']);
  });
});

describe('the direction of an element', () => {
  const directions = async (page: string) => {
    document.body.innerHTML = page;
    const list = document.querySelector('ticket-list');
    if (list) list.backend = fakeBackend();
    await part('list');
    return getComputedStyle(await part('base')).direction;
  };

  it('is that of its language', async () => {
    expect(await directions('<ticket-list lang="ar"></ticket-list>')).to.equal('rtl');
    expect(await directions('<div lang="ar"><div lang="en"><ticket-list></ticket-list></div></div>')).to.equal('ltr');
    expect(await directions('<div lang="he"><ticket-list></ticket-list></div>'), 'English words').to.equal('ltr');
  });

  it('is what the page says beside the language or inside of it', async () => {
    expect(await directions('<div lang="ar" dir="ltr"><ticket-list></ticket-list></div>')).to.equal('ltr');
    expect(await directions('<div lang="ar"><p dir="ltr"><ticket-list></ticket-list></p></div>')).to.equal('ltr');
    expect(await directions('<div dir="ltr"><p lang="ar"><ticket-list></ticket-list></p></div>')).to.equal('rtl');
  });

  it('follows a change of either', async () => {
    const list = show('ticket-list', { backend: fakeBackend() });
    await inState(list, 'ready');
    const base = await part('base');
    speak('ar');
    await until(() => base.dir === 'rtl');
    list.lang = 'ar';
    list.dir = 'ltr';
    await until(() => base.dir === 'ltr');
  });
});

describe("the portal's word for a ticket", () => {
  it('stands wherever ours would', async () => {
    const { backend } = worded({ en: inquiry });
    const full = show('ticket-list', { backend });
    await until(() => all('[role=group]').length);
    expect(all('[role=group]').map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Inquiries shown']);
    full.remove();
    const list = show('ticket-list', {
      backend: { ...backend, listTickets: async () => ({ items: [], nextCursor: null }) },
    });
    await heading('Your inquiries');
    await text('You have no inquiries yet. When you ask for help, you will find the answers here.');
    list.remove();
    show('support-form', { backend });
    await heading('New inquiry');
  });

  it('is counted with in Polish', async () => {
    const said: string[] = [];
    Object.assign(document, { ariaNotify: (words: string) => said.push(words) });
    const { backend } = worded({ pl: sprawa });
    let items = ticketsOf(5);
    speak('pl');
    const list = show('ticket-list', {
      backend: { ...backend, listTickets: async () => ({ items, nextCursor: null }) },
    });
    await heading('Sprawy');
    await button('Filtruj');
    items = ticketsOf(2);
    list.state = 'open';
    await until(() => said.length);
    Object.assign(document, { ariaNotify: undefined });
    expect(said).to.deep.equal(['2 sprawy']);
  });

  it('follows the language, once the portal has answered in it', async () => {
    const polish = deferred<Portal>();
    const english = { ...portal, words: { ticket: inquiry } };
    const answers: PortalBackend['portal'] = async ({ locale } = {}) => (locale === 'pl' ? polish.promise : english);
    show('ticket-list', { backend: fakeBackend({ portal: answers }) });
    await heading('Your inquiries');
    speak('pl');
    await heading('Zgłoszenia');
    polish.resolve({ ...portal, words: { ticket: sprawa } });
    await heading('Sprawy');
    speak('en');
    await heading('Your inquiries');
  });

  it('is asked for in the language shown, from the first request on', async () => {
    const { backend, asked } = worded({ en: inquiry });
    speak('de');
    show('ticket-list', { backend });
    await heading('Ihre Tickets');
    expect(asked).to.deep.equal(['de']);
  });

  it('is ours where the portal cannot be asked in another language', async () => {
    let down = false;
    const english = { ...portal, words: { ticket: inquiry } };
    const answers: PortalBackend['portal'] = async () => (down ? Promise.reject(new Error('down')) : english);
    show('ticket-list', { backend: fakeBackend({ portal: answers }) });
    await heading('Your inquiries');
    down = true;
    speak('pl');
    await heading('Zgłoszenia');
    await link('The hub is silent');
  });
});

describe("the page's own wording", () => {
  it('replaces single texts, those for screen readers included, and leaves the rest', async () => {
    const { backend } = worded({ en: inquiry });
    show('ticket-list', { backend, messages: { en: { 'list.show': 'Which ones', 'list.all': 'Everything' } } });
    await text('Everything');
    expect(all('[role=group]').map(({ ariaLabel }) => ariaLabel)).to.deep.equal(['Which ones']);
    await heading('Your inquiries');
  });

  it('has the last word on the word for a ticket, in its own language alone', async () => {
    const { backend } = worded({ en: inquiry, pl: sprawa });
    const messages = { en: { ticket_one: 'case', ticket_other: 'cases', tickets: 'cases' } };
    show('ticket-list', { backend, messages });
    await heading('Your cases');
    speak('pl');
    await heading('Sprawy');
  });
});
