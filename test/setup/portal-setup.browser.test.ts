import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import type { Permission, PortalChange, WelcomeInput } from '../../src/backend/setup/setup-backend.js';
import { nobody, owner, portal, setup, setupAnswers } from '../../src/testing/setup/setup-answers.js';
import { at, keeping, radio } from './setup-page.js';
import { alert, all, button, field, focused, heading, part, text, type, until } from '../elements/screen.js';

describe('<portal-setup>', () => {
  it('signs in, and says in the same words that address and password do not belong together', async () => {
    let tries = 0;
    at('', {
      session: async () => nobody,
      signIn: async () => {
        tries += 1;
        if (tries === 1) throw new BackendError('unauthenticated');
        return owner;
      },
    });
    type(await field('E-mail address'), 'olga@tarnfield.example');
    type(await field('Password'), 'wrong');
    (await button('Sign in')).click();
    await alert('The e-mail address or the password is wrong.');
    expect((await field('E-mail address')).value).to.equal('olga@tarnfield.example');
    await until(() => focused()?.id === 'password');
    type(await field('Password'), 'the right one');
    (await button('Sign in')).click();
    await heading('Your portals');
  });

  it('welcomes the first one by a link that does not stay in the address, and keeps what a refusal was about', async () => {
    const tried: WelcomeInput[] = [];
    at('welcome=abc', {
      welcome: async (input) => {
        tried.push(input);
        if (tried.length === 1)
          throw new BackendError('invalid', undefined, { fields: [{ path: 'password', code: 'too-short' }] });
        return owner;
      },
    });
    await heading('Welcome to Portico');
    expect(location.hash).to.equal('');
    const typed = {
      'Your company': 'Tarnfield',
      'Your name': 'Olga Nowak',
      'E-mail address': 'olga@tarnfield.example',
      'New password': 'short',
    };
    for (const [label, words] of Object.entries(typed)) type(await field(label), words);
    (await button('Begin')).click();
    await alert('This password is too short.');
    for (const [label, words] of Object.entries(typed)) expect((await field(label)).value).to.equal(words);
    type(await field('New password'), 'three words in a row');
    (await button('Begin')).click();
    await heading('Your portals');
    expect(tried.at(-1)).to.deep.equal({
      token: 'abc',
      name: 'Olga Nowak',
      password: 'three words in a row',
      account: 'Tarnfield',
      email: 'olga@tarnfield.example',
    });
  });

  it('leads from a name through four steps to what is pasted', async () => {
    const { kept, changes, answers } = keeping();
    const made: PortalChange[] = [];
    at('/new/name', {
      ...answers,
      createPortal: async (input) => {
        made.push(input);
        kept.portal = { ...kept.portal, name: input.name, slug: input.slug };
        return kept.portal;
      },
    });
    type(await field('Portal name'), 'Pomoc Tarnfield');
    expect((await part('tab')).textContent).to.equal('Pomoc Tarnfield');
    (await button('Next: Connect a domain')).click();
    await until(() => location.hash === '#/pomoc-tarnfield/address');
    expect(made).to.deep.equal([{ name: 'Pomoc Tarnfield', slug: 'pomoc-tarnfield', open: false }]);
    await radio('pomoc.tarnfield.example');
    await text('https://pomoc.tarnfield.example/pomoc-tarnfield/');
    (await button('Next: Set up your tickets')).click();
    await radio('All of their company');
    (await button('Next: Set up access')).click();
    type(await field('Pages of yours that may show the portal'), 'https://docs.tarnfield.example');
    (await button('Finish portal set-up')).click();
    await heading('“Pomoc Tarnfield” is open');
    expect(changes.map(({ version }) => version)).to.deep.equal([3, 4, 5]);
    expect(changes[0]).to.deep.include({ slug: 'pomoc-tarnfield', domain: 'p'.repeat(22), followsDomain: true });
    expect(changes.map(({ step }) => step)).to.deep.equal(['tickets', 'access', undefined]);
    expect(changes[1]?.permission).to.deep.equal({ kind: 'company' });
    expect(changes[2]).to.deep.include({ open: true, origins: ['https://docs.tarnfield.example'] });
  });

  it('keeps what was typed in a step across a reload of the page', async () => {
    const before = at('/help/name');
    type(await field('Portal name'), 'Half a na');
    before.remove();
    at('/help/name');
    expect((await field('Portal name')).value).to.equal('Half a na');
  });

  it('finds a step as it was, once somebody has signed in again', async () => {
    const { changes, answers } = keeping();
    let ended = true;
    at('/help/name', {
      ...answers,
      updatePortal: async (slug, change) => {
        if (ended) throw new BackendError('session-expired');
        return answers.updatePortal(slug, change);
      },
      signIn: async () => {
        ended = false;
        return owner;
      },
    });
    type(await field('Portal name'), 'A name that stays');
    (await button('Next: Connect a domain')).click();
    type(await field('E-mail address'), 'olga@tarnfield.example');
    type(await field('Password'), 'her password');
    (await button('Sign in')).click();
    expect((await field('Portal name')).value).to.equal('A name that stays');
    (await button('Next: Connect a domain')).click();
    await until(() => changes.length === 1);
    expect(changes[0]?.name).to.equal('A name that stays');
  });

  it('shows somebody else who signs in after it nothing of what the one before saw and typed', async () => {
    const other = { id: 'z'.repeat(22), name: 'Gus Webb', email: 'gus@globex.example', role: 'admin' as const };
    let who = owner;
    const asked: string[] = [];
    at('/help/name', {
      getPortal: async () => {
        asked.push(who.staff?.name ?? '');
        if (who !== owner) throw new BackendError('not-found');
        return portal;
      },
      updatePortal: async () => {
        throw new BackendError('session-expired');
      },
      signIn: async () => {
        who = { ...owner, staff: other, account: { id: 'y'.repeat(22), name: 'Globex' } };
        return who;
      },
    });
    type(await field('Portal name'), 'A secret name');
    (await button('Next: Connect a domain')).click();
    type(await field('E-mail address'), other.email);
    type(await field('Password'), 'his password');
    (await button('Sign in')).click();
    await until(() => asked.at(-1) === other.name);
    await text('Globex');
    expect(document.body.innerText).not.to.include('Tarnfield');
    expect(Object.values(sessionStorage).join()).not.to.include('A secret name');
  });

  it('says what somebody else has changed, and saves what was typed at the next press', async () => {
    const { kept, changes, answers } = keeping({ open: true });
    at('/help/name', {
      ...answers,
      updatePortal: async (slug, change) => {
        if (change.version !== kept.portal.version)
          throw new BackendError('conflict', undefined, { fields: [{ path: 'version', code: 'changed' }] });
        return answers.updatePortal(slug, change);
      },
    });
    type(await field('Portal name'), 'Mine');
    kept.portal = { ...kept.portal, name: 'Theirs', origins: ['https://docs.tarnfield.example'], version: 7 };
    (await button('Save')).click();
    await alert('changed this portal meanwhile: Portal name, Pages of yours that may show the portal.');
    expect((await field('Portal name')).value).to.equal('Mine');
    (await button('Save')).click();
    await text('Saved.');
    expect(changes).to.deep.equal([{ name: 'Mine', version: 7 }]);
  });

  it('refuses a slug at its field, and nothing else of the form is lost', async () => {
    const { changes, answers } = keeping();
    at('/help/address', answers);
    await radio('pomoc.tarnfield.example');
    type(await field('Slug'), 'admin');
    await alert('The server needs this word for itself.');
    (await button('Next: Set up your tickets')).click();
    await until(() => focused()?.id === 'slug');
    expect(changes).to.deep.equal([]);
    expect((await field('pomoc.tarnfield.example')).checked).to.equal(true);
    expect((await field('Slug')).value).to.equal('admin');
  });

  it('connects another domain by Enter, and chooses it', async () => {
    const known = [...setup.domains];
    const { changes, answers } = keeping();
    at('/help/address', {
      ...answers,
      setup: async () => ({ ...setup, domains: [...known] }),
      createDomain: async ({ host, locale }) => {
        const domain = { id: 'n'.repeat(22), kind: 'connected' as const, host, locale, portals: 0 };
        known.push(domain);
        return domain;
      },
    });
    (await button('Connect another domain')).click();
    (await field('Domain')).focus();
    await sendKeys({ type: 'Help.Tarnfield.Example' });
    await sendKeys({ press: 'Enter' });
    await until(() => all('input[name=domain]').length === 3);
    expect((await field('help.tarnfield.example')).checked).to.equal(true);
    expect(changes).to.deep.equal([]);
  });

  it('writes a filter of two groups, clones and deletes one, and asks what it does', async () => {
    const asked: Permission[] = [];
    const { changes, answers } = keeping();
    at('/help/tickets', {
      ...answers,
      effectOf: async (slug, permission, options) => {
        asked.push(permission);
        return setupAnswers.effectOf(slug, permission, options);
      },
    });
    await radio('All of their company, for chosen customers');
    const input = (name: string) => all(`[name="${name}"]`)[0] as HTMLInputElement;
    await until(() => input('property-0-0'));
    (await button('Next: Set up access')).click();
    await alert('Say for each filter which property it is about');
    type(input('property-0-0'), 'role');
    type(input('value-0-0'), 'manager');
    (await button('Clone group')).click();
    await until(() => input('property-1-0'));
    expect(focused()).to.equal(input('property-1-0'));
    type(input('property-1-0'), 'seats');
    const operator = input('operator-1-0');
    operator.value = 'greater';
    operator.dispatchEvent(new Event('change', { bubbles: true }));
    type(input('value-1-0'), 'many');
    (await button('Next: Set up access')).click();
    await alert('Enter a number');
    type(input('value-1-0'), '20');
    await text('12 contacts match.');
    const role = { property: 'role', operator: 'is', value: 'manager' } as const;
    const seats = { property: 'seats', operator: 'greater', value: '20' } as const;
    expect(asked.at(-1)).to.deep.equal({ kind: 'company-if', groups: [[role], [seats]] });
    all('button')
      .findLast(({ textContent }) => textContent === 'Delete group')
      ?.click();
    (await button('Next: Set up access')).click();
    await until(() => changes.length === 1);
    expect(changes[0]?.permission).to.deep.equal({ kind: 'company-if', groups: [[role]] });
  });

  it('does not save a filter that matches nobody', async () => {
    const { changes, answers } = keeping();
    at('/help/tickets', {
      ...answers,
      effectOf: async () => ({ contacts: 0, more: 0, fewer: 0, matching: 0 }),
    });
    await radio('All of their company, for chosen customers');
    await until(() => all('[name="property-0-0"]')[0]);
    type(all('[name="property-0-0"]')[0] as HTMLInputElement, 'role');
    type(all('[name="value-0-0"]')[0] as HTMLInputElement, 'nobody has it');
    await text('0 contacts match.');
    (await button('Next: Set up access')).click();
    await alert('This filter matches nobody.');
    expect(changes).to.deep.equal([]);
  });

  it('asks again what a filter matches before it is saved, however quickly', async () => {
    const { changes, answers } = keeping();
    at('/help/tickets', {
      ...answers,
      effectOf: async (_slug, permission) => ({
        contacts: 0,
        more: 0,
        fewer: 0,
        matching: JSON.stringify(permission).includes('nobody') ? 0 : 12,
      }),
    });
    await radio('All of their company, for chosen customers');
    await until(() => all('[name="property-0-0"]')[0]);
    type(all('[name="property-0-0"]')[0] as HTMLInputElement, 'role');
    type(all('[name="value-0-0"]')[0] as HTMLInputElement, 'manager');
    await text('12 contacts match.');
    type(all('[name="value-0-0"]')[0] as HTMLInputElement, 'nobody has it');
    (await button('Next: Set up access')).click();
    await alert('This filter matches nobody.');
    expect(changes).to.deep.equal([]);
  });

  it('shows what a customer would see by Enter, under what is written and not saved', async () => {
    const asked: Permission['kind'][] = [];
    at('/help/tickets', {
      whatIf: async (slug, permission, contact, options) => {
        asked.push(permission.kind);
        return setupAnswers.whatIf(slug, permission, contact, options);
      },
    });
    await radio('All of their company');
    (await field('E-mail address of a contact')).focus();
    await sendKeys({ type: 'bob@acme.example' });
    await sendKeys({ press: 'Enter' });
    await until(async () =>
      (await part('sight')).textContent.includes('Bob Okafor would see 24 tickets with all of Acme.'),
    );
    expect(new Set(asked)).to.deep.equal(new Set(['company']));
    expect(location.hash).to.equal('#/help/tickets');
  });

  it('finds mistakes in addresses of pages, and puts right those that are plain', async () => {
    const { changes, answers } = keeping();
    at('/help/access', answers);
    const origins = await field('Pages of yours that may show the portal');
    type(origins, 'docs.tarnfield.example/help\nhttps://*.tarnfield.example');
    (await button('Finish portal set-up')).click();
    await alert('write https:// in front of it');
    await alert('there are no wildcards');
    (await button('Use https://docs.tarnfield.example')).click();
    await until(() => origins.value === 'https://docs.tarnfield.example\nhttps://*.tarnfield.example');
    expect(changes).to.deep.equal([]);
  });

  it('says by itself where the page was seen', async () => {
    let isSeen = false;
    at('/help/done', {
      seenPages: async () =>
        isSeen ? [{ url: 'https://docs.tarnfield.example/help/contact', seenAt: '2026-03-02T08:00:00.000Z' }] : [],
    });
    await text('We have not seen your page yet.');
    isSeen = true;
    await text('Seen on https://docs.tarnfield.example/help/contact');
  });

  it('asks nothing of a server any more once it is gone', async () => {
    const asked = { gone: 0, there: 0 };
    const counting = (name: keyof typeof asked) => ({
      seenPages: async () => {
        asked[name] += 1;
        return [];
      },
    });
    const gone = at('/help/done', counting('gone'));
    await text('We have not seen your page yet.');
    gone.remove();
    const before = asked.gone;
    at('/help/done', counting('there'));
    await until(() => asked.there === 2);
    expect(asked.gone).to.equal(before);
  });

  it('speaks another language at once, and keeps what was typed', async () => {
    at('/help/name');
    type(await field('Portal name'), 'A name that stays');
    document.documentElement.lang = 'pl';
    expect((await field('Nazwa portalu')).value).to.equal('A name that stays');
    await button('Dalej: Podłącz domenę');
  });

  it('shows another account nothing of the one before, after signing out', async () => {
    at('/help/name', { signIn: async () => ({ ...owner, account: { id: 'z'.repeat(22), name: 'Globex' } }) });
    await field('Portal name');
    (await button('Sign out')).click();
    await heading('Sign in as staff');
    expect(document.body.innerText).not.to.include('Tarnfield');
  });
});
