import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { definePortalLogin } from '../../src/elements/portal-login/define.js';
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
import { openLink, pageAddress, purposeOf, refuse, signInBackend, waiting } from './sign-in.js';

definePortalLogin();

const password = 'seven quiet harbours';

const refusals = [
  ['too-short', 'This password is too short. Use at least 12 characters.'],
  ['too-long', 'This password is too long. Use at most 256 characters.'],
  ['known', 'This password is among those that everybody tries first. Choose another one.'],
  [
    'obvious',
    'This password contains too much of your name, your address or the name of this portal. Choose another one.',
  ],
] as const;

async function register(): Promise<void> {
  (await button('Create an account')).click();
  type(await field('Your name'), 'Alice Moreau');
  type(await field('E-mail address'), 'alice@acme.example');
  type(await field('New password'), password);
  (await button('Send me a code')).click();
}

async function askForReset(): Promise<void> {
  type(await field('E-mail address'), 'alice@acme.example');
  (await button('Forgot your password?')).click();
  (await button('Send me a code')).click();
  await field('New password');
}

async function changePassword(): Promise<void> {
  type(await field('Code'), 'K7QM 3XN4');
  type(await field('New password'), password);
  (await button('Change password')).click();
}

describe('registering', () => {
  it('asks for name, address and password, and then for the code', async () => {
    const { backend, asked } = signInBackend();
    const login = show('portal-login', { backend });
    const events = heard('portal-session-changed');
    (await button('Create an account')).click();
    await heading('Create an account');
    await until(() => focused()?.id === 'name');
    const purposes = all('input').map(purposeOf);
    expect(purposes).to.deep.equal(['name', 'username', 'new-password']);
    await expect(login).to.be.accessible();
    for (const words of ['Alice Moreau', 'alice@acme.example', password]) {
      await sendKeys({ type: words });
      await sendKeys({ press: 'Tab' });
    }
    (await field('New password')).focus();
    await sendKeys({ press: 'Enter' });
    type(await field('Code'), 'K7QM3XN4');
    (await button('Sign in')).click();
    await until(() => events.length);
    expect(asked).to.deep.equal([
      { method: 'register', name: 'Alice Moreau', email: 'alice@acme.example', password, page: pageAddress() },
      { method: 'code', code: 'K7QM3XN4' },
    ]);
  });

  it('asks for no password where the portal has none', async () => {
    const { backend, asked } = signInBackend(['email', 'register']);
    show('portal-login', { backend });
    (await button('Create an account')).click();
    type(await field('Your name'), 'Alice Moreau');
    type(await field('E-mail address'), 'alice@acme.example');
    expect(all('[type=password]')).to.be.empty;
    (await button('Send me a code')).click();
    await field('Code');
    expect(asked).to.deep.equal([
      { method: 'register', name: 'Alice Moreau', email: 'alice@acme.example', page: pageAddress() },
    ]);
  });

  it('asks for what is missing, field by field', async () => {
    const { backend, asked } = signInBackend();
    show('portal-login', { backend });
    (await button('Create an account')).click();
    const send = await button('Send me a code');
    send.click();
    await alert('Enter your name.');
    type(await field('Your name'), 'Alice Moreau');
    send.click();
    await alert('Enter your e-mail address.');
    type(await field('E-mail address'), 'alice@acme.example');
    send.click();
    await alert('Choose a new password.');
    expect(focused()).to.equal(await field('New password'));
    expect(asked).to.be.empty;
  });

  it('says that an address cannot register here, and keeps the rest', async () => {
    const { backend } = signInBackend(undefined, { startSignIn: refuse('forbidden', ['email', 'domain']) });
    const login = show('portal-login', { backend });
    await register();
    await alert('Addresses of this kind cannot register here.');
    expect(focused()).to.equal(await field('E-mail address'));
    expect((await field('Your name')).value).to.equal('Alice Moreau');
    expect((await field('New password')).value).to.equal(password);
    await expect(login).to.be.accessible();
  });

  it('says that an address is none', async () => {
    const { backend } = signInBackend(undefined, { startSignIn: refuse('invalid', ['email', 'invalid']) });
    show('portal-login', { backend });
    await register();
    await alert('This is not an e-mail address. Please check it.');
    expect((await field('E-mail address')).getAttribute('aria-invalid')).to.equal('true');
  });

  for (const [code, words] of refusals) {
    it(`says why a password is refused: ${code}`, async () => {
      const { backend } = signInBackend(undefined, { startSignIn: refuse('invalid', ['password', code]) });
      show('portal-login', { backend });
      await register();
      await alert(words);
      expect(focused()).to.equal(await field('New password'));
    });
  }

  it('goes back, and keeps what was typed', async () => {
    const { backend } = signInBackend();
    show('portal-login', { backend });
    (await button('Create an account')).click();
    type(await field('Your name'), 'Alice Moreau');
    type(await field('E-mail address'), 'alice@acme.example');
    (await button('Back to sign-in')).click();
    await until(() => focused()?.id === 'password');
    expect((await field('E-mail address')).value).to.equal('alice@acme.example');
    (await button('Create an account')).click();
    expect((await field('Your name')).value).to.equal('Alice Moreau');
  });
});

describe('a forgotten password', () => {
  it('is replaced with a code, and then used to sign in', async () => {
    const { backend, asked } = signInBackend();
    const login = show('portal-login', { backend });
    await askForReset();
    await until(() => focused()?.id === 'code');
    const fields = [...login.renderRoot.querySelectorAll('input')].map((input) => [purposeOf(input), input.value]);
    expect(fields, 'a password manager learns whose password it is').to.deep.equal([
      ['username', 'alice@acme.example'],
      ['one-time-code', ''],
      ['new-password', ''],
    ]);
    await expect(login).to.be.accessible();
    await changePassword();
    await text('Your password is changed, and every device is signed out. Sign in with the new password.');
    expect((await field('E-mail address')).value).to.equal('alice@acme.example');
    const current = await field('Password');
    expect([focused(), current.value]).to.deep.equal([current, '']);
    await expect(login).to.be.accessible();
    expect(asked).to.deep.equal([
      { method: 'reset', email: 'alice@acme.example', page: pageAddress() },
      { code: 'K7QM 3XN4', password },
    ]);
  });

  for (const [code, words] of refusals) {
    it(`says why the new one is refused: ${code}`, async () => {
      const { backend } = signInBackend(undefined, { setPassword: refuse('invalid', ['password', code]) });
      show('portal-login', { backend });
      await askForReset();
      await changePassword();
      await alert(words);
      expect(focused()).to.equal(await field('New password'));
      expect((await field('Code')).value).to.equal('K7QM 3XN4');
    });
  }

  it('says that the code is wrong or has expired, and keeps the password', async () => {
    let code = 'wrong';
    const { backend } = signInBackend(undefined, {
      setPassword: () => refuse('unauthenticated', ['code', code])(),
    });
    show('portal-login', { backend });
    await askForReset();
    await changePassword();
    await alert('This code is not right.');
    expect(focused()).to.equal(await field('Code'));
    code = 'expired';
    (await button('Change password')).click();
    await alert('This code has expired or was used already.');
    expect(focused()).to.equal(await button('Send another code'));
    expect((await field('New password')).value).to.equal(password);
  });

  it('goes on after a reload, and takes the code of the mail’s link', async () => {
    const { href } = location;
    cleanups.push(() => history.replaceState(null, '', href));
    openLink('portal_code=K7QM3XN4');
    const { backend, asked } = signInBackend(undefined, { session: async () => waiting('reset') });
    const login = show('portal-login', { backend });
    await heading('Choose a new password');
    expect((await field('Code')).value).to.equal('K7QM 3XN4');
    await expect(login).to.be.accessible();
    type(await field('New password'), password);
    (await button('Change password')).click();
    await until(() => focused()?.id === 'email');
    expect(asked).to.deep.equal([{ code: 'K7QM 3XN4', password }]);
  });

  it('shows what is typed, when asked to', async () => {
    const { backend } = signInBackend();
    show('portal-login', { backend });
    await askForReset();
    (await button('Show password')).click();
    await until(() => all('[type=password]').length === 0);
    expect((await field('New password')).type).to.equal('text');
  });
});

describe('an invitation', () => {
  const token = 'q1w2e3r4t5z6u7i8o9p0a1s2d3f4g5h6j7k8l9y0x1c';

  beforeEach(() => {
    const { href } = location;
    cleanups.push(() => history.replaceState(null, '', href));
    openLink(`portal_invitation=${token}`);
  });

  it('signs in with a password of one’s own', async () => {
    const { backend, asked } = signInBackend();
    const login = show('portal-login', { backend });
    expect(location.hash).to.equal('');
    await heading('You have been invited to Lumen Support');
    const [username, newPassword] = login.renderRoot.querySelectorAll('input');
    expect([username?.autocomplete, newPassword?.autocomplete]).to.deep.equal(['username', 'new-password']);
    await expect(login).to.be.accessible();
    type(await field('New password'), password);
    (await button('Continue')).click();
    await part('person');
    expect(asked).to.deep.equal([{ method: 'invitation', token, password }]);
  });

  it('needs no password where the portal has none', async () => {
    const { backend, asked } = signInBackend(['email']);
    show('portal-login', { backend });
    (await button('Continue')).click();
    await part('person');
    expect(asked).to.deep.equal([{ method: 'invitation', token }]);
  });

  it('that is over leads to the usual way', async () => {
    const { backend } = signInBackend(undefined, { signIn: refuse('unauthenticated', ['code', 'expired']) });
    const login = show('portal-login', { backend });
    type(await field('New password'), password);
    (await button('Continue')).click();
    await alert('This invitation has expired or was used already.');
    await expect(login).to.be.accessible();
    (await button('Sign in without the invitation')).click();
    await until(() => focused()?.id === 'email');
  });

  it('speaks Polish', async () => {
    document.documentElement.lang = 'pl';
    const login = show('portal-login', { backend: signInBackend().backend });
    await heading('Zaproszenie do portalu „Lumen Support”');
    await field('Nowe hasło');
    await expect(login).to.be.accessible();
  });
});
