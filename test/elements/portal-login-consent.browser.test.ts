import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import { createMemoryBackend, createStore, demoWorld } from '../../src/backend/memory/memory-backend.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { draftPlace } from '../../src/controllers/draft-controller.js';
import { PortalClient } from '../../src/controllers/portal-client.js';
import { definePortalLogin } from '../../src/elements/portal-login/define.js';
import { readDraft, saveDraft } from '../../src/storage/draft-store.js';
import { all, button, field, focused, heading, heard, part, show, text, type, until } from './screen.js';
import { refuse } from './sign-in.js';

definePortalLogin();

const consent = {
  en: 'We keep what you write, <b>as it is</b>.\n\nRead https://lumen.example/privacy first.',
  pl: 'Przechowujemy to, co napiszesz.',
};
const world = { ...demoWorld, portal: { ...demoWorld.portal, consent } };

/** A portal that asks, and what was changed about its answers. */
const asking = (changes: Partial<PortalBackend> = {}): PortalBackend => ({
  ...createMemoryBackend({ store: createStore({ world }) }),
  ...changes,
});

async function enter(): Promise<void> {
  type(await field('E-mail address'), 'alice@acme.example');
  type(await field('Password'), world.password);
  (await button('Sign in')).click();
}

const agree = async () => (await button('I agree and go on')).click();

async function signIn(backend: PortalBackend): Promise<void> {
  await backend.signIn?.({ method: 'password', email: 'alice@acme.example', password: world.password });
  await backend.signIn?.({ method: 'consent', version: 1, locale: 'en' });
}

describe('<portal-login> where the portal asks for a consent', () => {
  it('shows the notice after the password, and signs in who agrees', async () => {
    const backend = asking();
    const login = show('portal-login', { backend });
    const events = heard('portal-session-changed');
    await enter();
    await heading('Before you go on');
    await until(() => focused()?.getAttribute('part') === 'heading');
    expect(events, 'nobody is signed in yet').to.be.empty;
    expect((await backend.session()).contact).to.equal(null);
    await expect(login).to.be.accessible();
    await agree();
    await part('person');
    await until(() => events.length);
    expect(events.map(({ signedIn }) => signedIn)).to.deep.equal([true]);
    await until(() => focused() === all('[part=person]')[0]);
  });

  it('shows paragraphs and links of the owner, and none of their HTML', async () => {
    show('portal-login', { backend: asking() });
    await enter();
    const notice = await part('consent-text');
    expect([...notice.querySelectorAll('p')].map(({ textContent }) => textContent)).to.deep.equal([
      'We keep what you write, <b>as it is</b>.',
      'Read https://lumen.example/privacy first.',
    ]);
    expect(notice.querySelector('b')).to.equal(null);
    const link = notice.querySelector('a');
    expect([link?.href, link?.target, link?.rel]).to.deep.equal([
      'https://lumen.example/privacy',
      '_blank',
      'noopener noreferrer',
    ]);
  });

  it('speaks the language of the reader, also when that changes', async () => {
    const login = show('portal-login', { backend: asking() });
    await enter();
    await text('Read https://lumen.example/privacy first.');
    login.lang = 'pl';
    await text('Przechowujemy to, co napiszesz.');
    await button('Zgadzam się i przechodzę dalej');
    expect((await part('consent-text')).lang).to.equal('pl');
  });

  it('is still there after a reload', async () => {
    const backend = asking();
    await backend.signIn?.({ method: 'password', email: 'alice@acme.example', password: world.password });
    show('portal-login', { backend });
    await agree();
    await part('person');
  });

  it('signs nobody in who does not agree, and says so', async () => {
    const backend = asking();
    show('portal-login', { backend });
    const events = heard('portal-session-changed');
    await enter();
    (await button('Do not agree')).click();
    await text('You have not agreed, so you are not signed in. Nothing was recorded.');
    expect((await field('Password')).value, 'what was typed').to.equal('');
    expect(await backend.session()).to.not.have.property('pending');
    expect(events).to.be.empty;
  });

  it('shows a text that has changed meanwhile anew, and takes a yes to that', async () => {
    let version = 1;
    const own = asking();
    const backend: PortalBackend = {
      ...own,
      consent: async () => ({ version, locale: 'en', text: `Text ${version}`, givenAt: null }),
      signIn: async (input, options) => {
        if (input.method !== 'consent' || input.version === version) {
          return (own.signIn ?? expect.fail())(input.method === 'consent' ? { ...input, version: 1 } : input, options);
        }
        throw new BackendError('conflict', undefined, { fields: [{ path: 'version', code: 'changed' }] });
      },
    };
    show('portal-login', { backend });
    await enter();
    await text('Text 1');
    version = 2;
    await agree();
    await text('This text has changed in the meantime. Please read it again.');
    await text('Text 2');
    expect(all('[role=alert]:not([hidden])')).to.be.empty;
    await agree();
    await part('person');
  });

  it('asks to sign in again who has taken too long', async () => {
    const backend = asking({ consent: async () => ({ version: 1, locale: 'en', text: 'Read.', givenAt: null }) });
    show('portal-login', { backend });
    await enter();
    await text('Read.');
    await backend.signOut?.();
    await agree();
    await text('That took too long, so please sign in again.');
    await field('Password');
  });

  it('says what went wrong, keeps the notice, and lets it be tried again', async () => {
    const own = asking();
    let fails = true;
    const backend: PortalBackend = {
      ...own,
      signIn: (input, options) =>
        input.method === 'consent' && fails ? refuse('unavailable')() : (own.signIn ?? expect.fail())(input, options),
    };
    show('portal-login', { backend });
    await enter();
    await agree();
    await until(() => all('[role=alert]:not([hidden])').length);
    await text('Read https://lumen.example/privacy first.');
    fails = false;
    await agree();
    await part('person');
  });

  it('offers to read the notice again where it could not be had', async () => {
    let fails = true;
    const own = asking();
    const backend: PortalBackend = {
      ...own,
      consent: (options) => (fails ? refuse('unavailable')() : (own.consent ?? expect.fail())(options)),
    };
    show('portal-login', { backend });
    await enter();
    const retry = await button('Try again');
    expect(all('[part~=agree]')).to.be.empty;
    fails = false;
    retry.click();
    await agree();
    await part('person');
  });
});

describe('<portal-login> of who has agreed', () => {
  const openPanel = async () => {
    (await part('person')).click();
    (await button('What I agreed to')).click();
    await heading('What you agreed to');
  };

  it('shows what was agreed to and when, and puts the focus back when it is closed', async () => {
    const backend = asking();
    await signIn(backend);
    const login = show('portal-login', { backend });
    await openPanel();
    await text('Read https://lumen.example/privacy first.');
    expect((await part('consent')).textContent).to.match(/You agreed on .*\d{4}/);
    await expect(login).to.be.accessible();
    (await button('Close')).click();
    await until(() => !all('[part=consent]').length);
    await until(() => focused() === all('[part~=consent-open]')[0]);
  });

  it('withdraws after it was asked once, and is asked again at the next sign-in', async () => {
    const backend = asking();
    await signIn(backend);
    const login = show('portal-login', { backend });
    const events = heard('portal-session-changed');
    await openPanel();
    (await button('Withdraw consent')).click();
    await until(() => focused()?.getAttribute('part') === 'consent-question');
    await expect(login).to.be.accessible();
    (await button('Keep my consent')).click();
    await until(() => focused() === all('[part~=consent-withdraw]')[0]);
    expect((await backend.session()).contact).to.not.equal(null);
    (await button('Withdraw consent')).click();
    (await button('Withdraw and sign out')).click();
    await field('Password');
    await until(() => events.length);
    expect(events.map(({ signedIn }) => signedIn)).to.deep.equal([false]);
    await enter();
    await heading('Before you go on');
  });

  it('asks before it deletes what was typed, as every sign-out does', async () => {
    const backend = asking();
    await signIn(backend);
    show('portal-login', { backend });
    await openPanel();
    const client = PortalClient.of(backend);
    const place = draftPlace(client, 'ticket:t1') ?? expect.fail();
    saveDraft(place, { values: { body: 'Half' }, idempotencyKey: 'key' });
    (await button('Withdraw consent')).click();
    (await button('Withdraw and sign out')).click();
    await text('One text is written and not sent. Signing out deletes it.');
    (await button('Stay signed in')).click();
    await until(() => !all('[part=unsent]').length);
    expect((await backend.session()).contact).to.not.equal(null);
    expect((await readDraft(place))?.values.body).to.equal('Half');
  });

  it('has no such button at a portal that has never asked', async () => {
    const backend = createMemoryBackend({ store: createStore({ world: demoWorld }) });
    await backend.signIn({ method: 'password', email: 'alice@acme.example', password: world.password });
    show('portal-login', { backend });
    (await part('person')).click();
    await button('Sign out everywhere');
    expect(all('[part~=consent-open]')).to.be.empty;
  });
});
