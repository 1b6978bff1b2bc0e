import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { definePortalLogin } from '../../src/elements/portal-login/define.js';
import { defineTicketList } from '../../src/elements/ticket-list/define.js';
import { deferred } from '../support/deferred.js';
import { alice, sessionOf } from './fake-backend.js';
import {
  alert,
  all,
  button,
  cleanups,
  field,
  focused,
  heading,
  heard,
  part,
  show,
  text,
  type,
  until,
} from './screen.js';
import { openLink, pageAddress, pendingOf, purposeOf, refuse, signInBackend, waiting } from './sign-in.js';

definePortalLogin();
defineTicketList();

const onItsWay = 'If alice@acme.example may sign in here, a code is on its way. It is valid for 10 minutes.';

async function askForCode(): Promise<HTMLInputElement> {
  type(await field('E-mail address'), 'alice@acme.example');
  (await button('Send me a code instead')).click();
  return field('Code');
}

describe('signing in by a code', () => {
  beforeEach(() => {
    const { href } = location;
    const { state } = history;
    cleanups.push(() => history.replaceState(state, '', href));
  });

  it('is the way where there are no passwords, with the keys alone', async () => {
    const { backend, asked } = signInBackend(['email']);
    const login = show('portal-login', { backend });
    const events = heard('portal-session-changed');
    (await field('E-mail address')).focus();
    expect(all('input').length).to.equal(1);
    await sendKeys({ type: 'alice@acme.example' });
    await sendKeys({ press: 'Enter' });
    await text(onItsWay);
    await until(() => focused()?.id === 'code');
    await expect(login).to.be.accessible();
    await sendKeys({ type: 'k7qm-3xn4' });
    await sendKeys({ press: 'Enter' });
    await until(() => events.length);
    expect(asked).to.deep.equal([
      { method: 'email', email: 'alice@acme.example', page: pageAddress() },
      { method: 'code', code: 'k7qm-3xn4' },
    ]);
    expect(focused()).to.equal(await part('person'));
  });

  it('can be taken instead of the password', async () => {
    const { backend, asked } = signInBackend();
    const login = show('portal-login', { backend });
    await field('Password');
    await expect(login).to.be.accessible();
    await askForCode();
    expect(asked.length).to.equal(1);
  });

  it('asks for the address before a code is sent', async () => {
    const { backend, asked } = signInBackend();
    show('portal-login', { backend });
    (await button('Send me a code instead')).click();
    await alert('Enter your e-mail address.');
    expect(focused()).to.equal(await field('E-mail address'));
    expect(asked).to.be.empty;
  });

  it('has a field that phones know, and takes a code in whatever spelling', async () => {
    const { backend, asked } = signInBackend();
    show('portal-login', { backend });
    const code = await askForCode();
    const { inputMode, autocapitalize, spellcheck, maxLength } = code;
    expect([purposeOf(code), inputMode, autocapitalize, spellcheck, maxLength]).to.deep.equal([
      'one-time-code',
      'text',
      'characters',
      false,
      -1,
    ]);
    type(code, '  k7 qm — 3xn4 ');
    (await button('Sign in')).click();
    await part('person');
    expect(asked.at(-1)).to.deep.equal({ method: 'code', code: 'k7 qm — 3xn4' });
  });

  it('asks for the code when there is none', async () => {
    const { backend } = signInBackend();
    show('portal-login', { backend });
    const code = await askForCode();
    (await button('Sign in')).click();
    await alert('Enter the code from the e-mail.');
    expect(code.getAttribute('aria-invalid')).to.equal('true');
  });

  it('asks once while a code is on its way', async () => {
    const answer = deferred<ReturnType<typeof pendingOf>>();
    const { backend, asked } = signInBackend(['email'], { startSignIn: () => answer.promise });
    show('portal-login', { backend });
    type(await field('E-mail address'), 'alice@acme.example');
    (await button('Send me a code')).click();
    (await button('Sending …')).click();
    answer.resolve(pendingOf('email'));
    await field('Code');
    expect(asked.length).to.equal(1);
  });

  it('says that a code is wrong, and leaves it to be corrected', async () => {
    const { backend } = signInBackend(undefined, { signIn: refuse('unauthenticated', ['code', 'wrong']) });
    const login = show('portal-login', { backend });
    const errors = heard('portal-error');
    const code = await askForCode();
    type(code, 'K7QM3XN5');
    (await button('Sign in')).click();
    await alert('This code is not right.');
    expect([focused(), code.value]).to.deep.equal([code, 'K7QM3XN5']);
    expect(errors, 'a wrong code is no failure of the portal').to.be.empty;
    await expect(login).to.be.accessible();
  });

  it('offers another code when one has expired, and sends it to the same address', async () => {
    const { backend, asked } = signInBackend(undefined, { signIn: refuse('unauthenticated', ['code', 'expired']) });
    show('portal-login', { backend });
    const code = await askForCode();
    type(code, 'K7QM3XN4');
    (await button('Sign in')).click();
    await alert('This code has expired or was used already.');
    const another = await button('Send another code');
    expect(focused()).to.equal(another);
    another.click();
    await text('Another code is on its way. Only the newest one is valid.');
    expect([focused(), code.value]).to.deep.equal([code, '']);
    expect(asked.at(-1)).to.deep.equal(asked[0]);
  });

  it('goes back for another address, which is kept to be changed', async () => {
    const { backend } = signInBackend();
    show('portal-login', { backend });
    await askForCode();
    (await button('Use another address')).click();
    expect((await field('E-mail address')).value).to.equal('alice@acme.example');
    await until(() => focused()?.id === 'password');
  });

  it('keeps what was typed when sending fails, and says when to try again', async () => {
    const { backend } = signInBackend(undefined, {
      startSignIn: refuse('rate-limited', undefined, { retryAfter: 70 }),
    });
    show('portal-login', { backend });
    type(await field('E-mail address'), 'alice@acme.example');
    type(await field('Password'), 'half a pass');
    (await button('Send me a code instead')).click();
    await alert('Too many attempts. Try again in 2 minutes.');
    expect((await field('E-mail address')).value).to.equal('alice@acme.example');
    expect((await field('Password')).value).to.equal('half a pass');
  });

  it('goes on after a reload, also where the address has to be typed again', async () => {
    const { backend, asked } = signInBackend(undefined, { session: async () => waiting('email') });
    const login = show('portal-login', { backend });
    await text('If a•••@acme.example may sign in here, a code is on its way. It is valid for 10 minutes.');
    expect(document.activeElement, 'a page that opens takes no focus').to.equal(document.body);
    await expect(login).to.be.accessible();
    type(await field('Code'), 'K7QM 3XN4');
    (await button('Send another code')).click();
    await until(() => focused()?.id === 'email');
    expect(asked).to.be.empty;
  });

  it('fills in the code of a mail’s link, and signs in only by a click', async () => {
    openLink('top&portal_code=K7QM3XN4&ticket=t2');
    const { backend, asked } = signInBackend(undefined, { session: async () => waiting('email') });
    const login = show('portal-login', { backend });
    expect(location.hash, 'it leaves the address at once').to.equal('#top&ticket=t2');
    expect(history.state).to.deep.equal({ of: 'the page' });
    await heading('Sign in as a•••@acme.example?');
    await expect(login).to.be.accessible();
    expect(asked).to.be.empty;
    (await button('Continue')).click();
    await part('person');
    expect(asked).to.deep.equal([{ method: 'code', code: 'K7QM 3XN4' }]);
  });

  it('lets the code of a link be compared and typed when it is not taken', async () => {
    openLink('portal_code=K7QM3XN4');
    const { backend } = signInBackend(undefined, {
      session: async () => waiting('email'),
      signIn: refuse('unauthenticated', ['code', 'wrong']),
    });
    show('portal-login', { backend });
    (await button('Continue')).click();
    await alert('This code is not right.');
    expect((await field('Code')).value).to.equal('K7QM 3XN4');
    expect(focused()).to.equal(await field('Code'));
  });

  it('shows the code of a link to who asked for it in another browser', async () => {
    openLink('portal_code=k7qm3xn4');
    const { backend, asked } = signInBackend();
    const login = show('portal-login', { backend });
    await text('Type this code where you asked for it.');
    expect((await part('code')).textContent).to.equal('K7QM 3XN4');
    expect(all('input')).to.be.empty;
    await expect(login).to.be.accessible();
    (await button('Sign in on this page instead')).click();
    await until(() => focused()?.id === 'email');
    expect(asked).to.be.empty;
  });

  it('takes a link that is opened in the page itself', async () => {
    const { backend } = signInBackend(undefined, { session: async () => waiting('email') });
    show('portal-login', { backend });
    await field('Code');
    location.hash = 'portal_code=K7QM3XN4';
    await until(() => focused() === all('[part=heading]')[0]);
    await heading('Sign in as a•••@acme.example?');
    expect(location.hash).to.equal('');
  });

  it('is shared by what is elsewhere on the page', async () => {
    const { backend } = signInBackend();
    show('portal-login', { backend });
    show('ticket-list', { backend });
    await text('Sign in to see your tickets.');
    type(await askForCode(), 'K7QM3XN4');
    (await button('Sign in')).click();
    await heading('Your tickets');
    await part('person');
  });

  it('drops what is no code, and a link that somebody opens who is signed in', async () => {
    openLink('portal_code=Call+0900+123');
    const { backend } = signInBackend();
    show('portal-login', { backend }).setAttribute('id', 'first');
    await heading('Sign in');
    document.body.replaceChildren();
    openLink('portal_code=K7QM3XN4');
    show('portal-login', { backend: signInBackend(undefined, { session: async () => sessionOf(alice) }).backend });
    await part('person');
    expect(location.hash).to.equal('');
    document.body.replaceChildren();
    show('portal-login', { backend: signInBackend().backend });
    await heading('Sign in');
  });

  it('speaks Polish, and keeps what is typed when the language changes', async () => {
    const { backend } = signInBackend();
    const login = show('portal-login', { backend });
    type(await askForCode(), 'K7QM');
    document.documentElement.lang = 'pl';
    await heading('Wpisz kod');
    expect((await field('Kod')).value).to.equal('K7QM');
    await text(
      'Jeśli adres alice@acme.example uprawnia do logowania, kod jest już w drodze. Jest ważny przez 10 minut.',
    );
    await button('Wyślij nowy kod');
    await expect(login).to.be.accessible();
  });
});
