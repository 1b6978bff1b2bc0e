import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import { definePortalLogin } from '../../src/elements/portal-login/define.js';
import type { Message, Session } from '../../src/model/index.js';
import { draftPlace } from '../../src/controllers/draft-controller.js';
import { Outbox } from '../../src/controllers/outbox.js';
import { PortalClient } from '../../src/controllers/portal-client.js';
import { readDraft, saveDraft } from '../../src/storage/draft-store.js';
import { deferred } from '../support/deferred.js';
import { alice, fakeBackend, messageOf, portal, sessionOf, signedOut } from './fake-backend.js';
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
import { refuse, signInBackend } from './sign-in.js';

definePortalLogin();

const anonymous = { session: async () => signedOut };

async function enter(password = 'secret'): Promise<void> {
  type(await field('E-mail address'), 'alice@acme.example');
  type(await field('Password'), password);
  (await button('Sign in')).click();
}

describe('<portal-login>', () => {
  it('shows a calm skeleton, never the form, while it is not known who is signed in', async () => {
    const session = deferred<Session>();
    const login = show('portal-login', { backend: fakeBackend({ session: () => session.promise }) });
    await inState(login, 'loading');
    expect(all('input')).to.be.empty;
    await expect(login).to.be.accessible();
    session.resolve(sessionOf(alice));
    await inState(login, 'signed-in');
  });

  it('says who is signed in, with the company', async () => {
    const login = show('portal-login', { backend: fakeBackend() });
    expect((await part('person')).textContent).to.equal('Alice Moreau · Acme');
    await expect(login).to.be.accessible();
  });

  it('offers one native form that password managers understand', async () => {
    const login = show('portal-login', { backend: fakeBackend(anonymous) });
    const [email, password] = [await field('E-mail address'), await field('Password')];
    expect(email.form).to.equal(password.form);
    expect([email.type, email.name, email.autocomplete]).to.deep.equal(['email', 'email', 'username']);
    expect([password.type, password.autocomplete]).to.deep.equal(['password', 'current-password']);
    expect((await button('Sign in')).matches('[type=submit]')).to.be.true;
    await expect(login).to.be.accessible();
  });

  it('signs in with the keys alone, and tells the page', async () => {
    const asked: unknown[] = [];
    const signIn = async (input: unknown) => {
      asked.push(input);
      return sessionOf(alice);
    };
    show('portal-login', { backend: fakeBackend({ ...anonymous, signIn }) });
    const events = heard('portal-session-changed');
    (await field('E-mail address')).focus();
    await sendKeys({ type: ' alice@acme.example' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'secret' });
    await sendKeys({ press: 'Enter' });
    await until(() => events.length);
    expect(asked).to.deep.equal([{ method: 'password', email: 'alice@acme.example', password: 'secret' }]);
    expect(events.map(({ signedIn, bubbles, composed }) => [signedIn, bubbles, composed])).to.deep.equal([
      [true, true, true],
    ]);
    expect(focused()).to.equal(await part('person'));
  });

  it('asks once while an answer is on its way', async () => {
    const answer = deferred<Session>();
    let asked = 0;
    const signIn = () => {
      asked += 1;
      return answer.promise;
    };
    show('portal-login', { backend: fakeBackend({ ...anonymous, signIn }) });
    await enter();
    const waiting = await button('Signing in …');
    waiting.click();
    expect(waiting.getAttribute('aria-disabled')).to.equal('true');
    answer.resolve(sessionOf(alice));
    await part('person');
    expect(asked).to.equal(1);
  });

  it('says calmly that the password is wrong, and keeps the address', async () => {
    const signIn = () => Promise.reject(new BackendError('unauthenticated'));
    const login = show('portal-login', { backend: fakeBackend({ ...anonymous, signIn }) });
    const errors = heard('portal-error');
    await enter();
    await alert('The e-mail address or the password is wrong.');
    expect((await field('E-mail address')).value).to.equal('alice@acme.example');
    expect(focused()).to.equal(await field('Password'));
    expect(errors, 'a wrong password is no failure of the portal').to.be.empty;
    await expect(login).to.be.accessible();
  });

  it('says when to try again after too many attempts', async () => {
    const signIn = () => Promise.reject(new BackendError('rate-limited', undefined, { retryAfter: 70 }));
    show('portal-login', { backend: fakeBackend({ ...anonymous, signIn }) });
    const errors = heard('portal-error');
    await enter();
    await alert('Too many attempts. Try again in 2 minutes.');
    expect(errors.map(({ code }) => code)).to.deep.equal(['rate-limited']);
  });

  it('asks for what is missing before it asks the backend', async () => {
    show('portal-login', { backend: fakeBackend({ ...anonymous, signIn: () => expect.fail('asked') }) });
    (await button('Sign in')).click();
    await alert('Enter your e-mail address.');
    expect(focused()).to.equal(await field('E-mail address'));
    type(await field('E-mail address'), 'alice@acme.example');
    (await button('Sign in')).click();
    await alert('Enter your password.');
    expect((await field('Password')).getAttribute('aria-invalid')).to.equal('true');
  });

  it('shows and hides the password', async () => {
    show('portal-login', { backend: fakeBackend(anonymous) });
    const toggle = await button('Show password');
    toggle.click();
    await until(() => toggle.getAttribute('aria-pressed') === 'true');
    expect((await field('Password')).type).to.equal('text');
    toggle.click();
    await until(() => toggle.getAttribute('aria-pressed') === 'false');
    expect((await field('Password')).type).to.equal('password');
  });

  it('signs out, tells the page, and is ready for the next one', async () => {
    show('portal-login', { backend: fakeBackend() });
    const events = heard('portal-session-changed');
    (await button('Sign out')).click();
    await heading('Sign in');
    await until(() => events.length);
    expect(events.map(({ signedIn }) => signedIn)).to.deep.equal([false]);
    expect(focused()).to.equal(await field('E-mail address'));
  });

  it('asks nothing about what was sent a moment ago', async () => {
    const answer = deferred<Message>();
    let signedOutTimes = 0;
    const backend = fakeBackend({
      reply: () => answer.promise,
      signOut: async () => void (signedOutTimes += 1),
    });
    show('portal-login', { backend });
    await button('Sign out');
    const client = PortalClient.of(backend);
    const sending = { at: new Date().toISOString(), locale: 'en', ticketId: 't1', input: { body: 'Sent' } };
    const draft = { values: { body: 'Sent' }, idempotencyKey: crypto.randomUUID(), sending };
    const arriving = Outbox.of(client).send(draftPlace(client, 'ticket:t1')!, draft);
    (await button('Sign out')).click();
    await button('Sign out');
    expect(signedOutTimes, 'not before it has arrived').to.equal(0);
    answer.resolve(messageOf({ id: 'm2' }));
    await arriving;
    await until(() => signedOutTimes === 1);
    expect(all('[part=unsent]')).to.be.empty;
  });

  it('asks before it deletes what is written and not sent, and can be told to stay', async () => {
    let signedOutTimes = 0;
    const backend = fakeBackend({ signOut: async () => void (signedOutTimes += 1) });
    const login = show('portal-login', { backend });
    await button('Sign out');
    const place = draftPlace(PortalClient.of(backend), 'ticket:t1')!;
    saveDraft(place, { values: { body: 'Half' }, idempotencyKey: 'key' });
    (await button('Sign out')).click();
    await text('One text is written and not sent. Signing out deletes it.');
    await until(() => focused()?.getAttribute('part') === 'unsent');
    await expect(login).to.be.accessible();
    (await button('Stay signed in')).click();
    await until(() => !all('[part=unsent]').length);
    expect((await readDraft(place))?.values.body).to.equal('Half');
    (await button('Sign out')).click();
    (await button('Delete and sign out')).click();
    await until(() => signedOutTimes === 1);
    await until(async () => (await readDraft(place)) === undefined);
  });

  it('stays signed in and says why when signing out fails', async () => {
    const signOut = () => Promise.reject(new BackendError('offline'));
    show('portal-login', { backend: fakeBackend({ signOut }) });
    (await button('Sign out')).click();
    await alert('There is no connection.');
    await part('person');
  });

  it('signs out everywhere, when asked to', async () => {
    const scopes: unknown[] = [];
    const login = show('portal-login', { backend: fakeBackend({ signOut: async (scope) => void scopes.push(scope) }) });
    const events = heard('portal-session-changed');
    (await part('person')).click();
    const everywhere = await button('Sign out everywhere');
    await expect(login).to.be.accessible();
    everywhere.click();
    await heading('Sign in');
    await until(() => events.length);
    expect(scopes).to.deep.equal(['all']);
  });

  it('signs out other devices, and stays signed in here', async () => {
    const scopes: unknown[] = [];
    const login = show('portal-login', { backend: fakeBackend({ signOut: async (scope) => void scopes.push(scope) }) });
    const events = heard('portal-session-changed');
    (await part('person')).click();
    (await button('Sign out other devices')).click();
    await text('All other devices are signed out.');
    await part('person');
    await expect(login).to.be.accessible();
    expect([scopes, events]).to.deep.equal([['others'], []]);
  });

  it('says when a session ends with the page', async () => {
    const login = show('portal-login', {
      backend: fakeBackend({ session: async () => ({ ...sessionOf(alice), untilReload: true }) }),
    });
    await text(
      'This browser keeps no cookies of the portal on this page: when you leave or reload it, you sign in again.',
    );
    await expect(login).to.be.accessible();
  });

  it('remembers that somebody was signed in here, and not who', async () => {
    const memory = () => Object.entries(localStorage).filter(([key]) => key.startsWith('portico:'));
    show('portal-login', { backend: fakeBackend() });
    await part('person');
    await until(() => memory().length);
    expect(memory()).to.deep.equal([['portico:hint:', '1']]);
    (await button('Sign out')).click();
    await heading('Sign in');
    expect(memory()).to.deep.equal([['portico:hint:', '0']]);
  });

  it('keeps nothing of one person for the next', async () => {
    show('portal-login', { backend: fakeBackend(anonymous) });
    await enter();
    (await button('Sign out')).click();
    expect((await field('E-mail address')).value + (await field('Password')).value).to.equal('');
  });

  it('offers no form where the portal signs nobody in', async () => {
    const { signIn: _signIn, ...backend } = fakeBackend(anonymous);
    const login = show('portal-login', { backend });
    await text('Sign in on this website to see your tickets.');
    expect(all('form')).to.be.empty;
    await expect(login).to.be.accessible();
  });

  it('offers no way in that its backend cannot go', async () => {
    const { startSignIn: _start, signInElsewhere: _elsewhere, ...backend } = signInBackend().backend;
    show('portal-login', { backend });
    await button('Sign in');
    expect(all('button').map(({ textContent }) => textContent.trim())).to.deep.equal(['Show', 'Sign in']);
  });

  it('names the code after a wrong password, where there are codes', async () => {
    show('portal-login', { backend: signInBackend(undefined, { signIn: refuse('unauthenticated') }).backend });
    await enter();
    await alert('The e-mail address or the password is wrong. You can also have a code sent to you.');
  });

  it('has no way out when the portal offers none', async () => {
    const features = portal.features.filter((feature) => feature !== 'signOut');
    show('portal-login', { backend: fakeBackend({ portal: async () => ({ ...portal, features }) }) });
    await part('person');
    expect(all('button')).to.be.empty;
  });

  it('offers to try again when the portal cannot be reached', async () => {
    let down = true;
    const session = async () => {
      if (down) throw new BackendError('unavailable');
      return sessionOf(alice);
    };
    const login = show('portal-login', { backend: fakeBackend({ session }) });
    await alert('The portal cannot be reached.');
    await expect(login).to.be.accessible();
    down = false;
    (await button('Try again')).click();
    await part('person');
  });

  it('says that a portal is not open yet, and asks again only when told to', async () => {
    let [open, asked] = [false, 0];
    const session = async () => {
      asked += 1;
      if (!open) throw new BackendError('not-open', undefined, { retryAfter: 60 });
      return sessionOf(alice);
    };
    const login = show('portal-login', { backend: fakeBackend({ session }) });
    await alert('This portal is not open yet.');
    document.documentElement.lang = 'pl';
    await alert('Ten portal nie jest jeszcze otwarty.');
    document.documentElement.lang = 'en';
    await alert('This portal is not open yet.');
    expect(asked).to.equal(1);
    await expect(login).to.be.accessible();
    open = true;
    (await button('Try again')).click();
    await part('person');
    expect(asked).to.equal(2);
  });

  it('says that a session has ended', async () => {
    let session = sessionOf(alice);
    show('portal-login', { backend: fakeBackend({ session: async () => session }) });
    await part('person');
    session = signedOut;
    dispatchEvent(new Event('focus'));
    await text('Your session has ended. Sign in again; what you typed is still here.');
  });

  it('speaks Polish, and keeps what is typed when the language changes', async () => {
    const login = show('portal-login', { backend: fakeBackend(anonymous) });
    type(await field('E-mail address'), 'alice@acme.example');
    document.documentElement.lang = 'pl';
    await heading('Zaloguj się');
    expect((await field('Adres e-mail')).value).to.equal('alice@acme.example');
    await expect(login).to.be.accessible();
  });

  it('can be removed while it waits', async () => {
    const session = deferred<Session>();
    const login = show('portal-login', { backend: fakeBackend({ session: () => session.promise }) });
    await inState(login, 'loading');
    login.remove();
    session.resolve(sessionOf(alice));
    await session.promise;
    document.body.append(login);
    await part('person');
  });
});
