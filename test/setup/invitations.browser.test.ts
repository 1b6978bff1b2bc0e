import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { Guest, Invitation } from '../../src/backend/setup/people-backend.js';
import type { OwnedPortal, SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { contact, disabled, invitations } from '../../src/testing/setup/people-answers.js';
import { portal, setup, setupAnswers } from '../../src/testing/setup/setup-answers.js';
import { alert, all, button, field, focused, heading, link, text, type, until } from '../elements/screen.js';
import { at } from './setup-page.js';

const own = setup.domains.find(({ kind }) => kind === 'connected')?.id ?? '';
const connected: OwnedPortal = { ...portal, open: true, domain: own };
const page = '/help/invitations';
const rows = () => all('[part~=row]').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

/** A server that keeps invitations to one portal. */
function inviting(given: readonly Invitation[] = invitations) {
  const kept = { open: given };
  const asked: (readonly Guest[])[] = [];
  const again: Guest[] = [];
  const groups: (readonly string[] | undefined)[] = [];
  const answers = {
    getPortal: async () => connected,
    listInvitations: async () => kept.open,
    inviteMany: async (slug, people, accessGroups) => {
      asked.push(people);
      groups.push(accessGroups);
      const lines = await setupAnswers.inviteMany(slug, people);
      const made = lines.filter(({ outcome }) => outcome === 'invited');
      kept.open = [...made.map(({ email }) => ({ ...(invitations[0] as Invitation), id: email, email })), ...kept.open];
      return lines;
    },
    invite: async (slug, guest, accessGroups) => {
      again.push(guest);
      groups.push(accessGroups);
      return setupAnswers.invite(slug, guest);
    },
    revokeInvitation: async (_slug, id) => {
      kept.open = kept.open.filter((open) => open.id !== id);
    },
  } satisfies Partial<SetupBackend>;
  return { asked, again, groups, answers };
}

describe('<portal-setup>: invitations', () => {
  it('go to everybody who is written, and those that cannot stay to be put right', async () => {
    const { asked, answers } = inviting();
    at('', { listPortals: async () => [connected], ...answers });
    (await link('Invitations: Tarnfield help')).click();
    await heading('Tarnfield help');
    (await button('Invite')).click();
    await alert('Write at least one e-mail address.');
    const lines = ['Pat Lee <pat@acme.example>', 'nobody', 'nora@initech.example', contact.email, disabled.email];
    type(await field('E-mail addresses'), lines.join('\n'));
    (await button('Invite 5 people')).click();
    await text('1 person invited');
    await until(() => focused()?.getAttribute('part') === 'report');
    expect(asked).to.deep.equal([
      [
        { email: 'pat@acme.example', name: 'Pat Lee' },
        ...['nobody', 'nora@initech.example', contact.email, disabled.email].map((email) => ({ email })),
      ],
    ]);
    await text('2 addresses refused');
    expect(rows().slice(0, 4)).to.deep.equal([
      'nobody This is not an e-mail address, or the name is too long.',
      'eve@globex.example This contact is disabled.',
      'nora@initech.example Invited before: nothing was sent again.',
      'bob@acme.example May sign in already.',
    ]);
    expect(rows()[4]).to.include('pat@acme.example until ');
    expect((await field('E-mail addresses')).value).to.equal('nobody\neve@globex.example');
  });

  it('are for people who are ticked in their list as well', async () => {
    const { asked, answers } = inviting();
    at('/people', { listPortals: async () => [{ ...connected, slug: 'first', name: 'First' }, connected], ...answers });
    (await link('Bob Okafor')).focus();
    const tick = (name: string) =>
      until(() => {
        const box = all(`input[aria-label="Choose ${name}"]`)[0];
        box?.click();
        return box;
      });
    await tick('Bob Okafor');
    await text('1 person chosen');
    await tick('Eve Lindqvist');
    const select = (await field('To which portal?')) as unknown as HTMLSelectElement;
    select.value = 'help';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    (await button('Invite 2 people to Tarnfield help')).click();
    await heading('Tarnfield help');
    expect((await field('E-mail addresses')).value).to.equal('bob@acme.example\neve@globex.example');
    (await button('Invite 2 people')).click();
    await until(() => asked.length);
    expect(asked[0]?.map(({ email }) => email)).to.deep.equal([contact.email, disabled.email]);
  });

  it('are sent again, and taken back', async () => {
    const { again, answers } = inviting();
    at(page, answers);
    (await button('Send again: nora@initech.example')).click();
    await text('Sent again to nora@initech.example. The earlier link ends.');
    expect(again).to.deep.equal([{ email: 'nora@initech.example' }]);
    (await button('Take back: nora@initech.example')).click();
    await text('The invitation to nora@initech.example is taken back.');
    expect(rows().length).to.equal(1);
    (await button('Take back: otto@initech.example')).click();
    await text('The invitation to otto@initech.example is taken back.');
    expect(rows()).to.deep.equal([]);
  });

  const obstacles: [why: string, change: Partial<OwnedPortal>, words: string, step: string][] = [
    [
      'on the server’s own domain',
      { domain: portal.domain },
      'From this server’s own domain no invitations',
      'address',
    ],
    ['that is not open', { open: false }, 'This portal is not open yet.', 'name'],
    [
      'only for single sign-on',
      { access: { kind: 'sso-only' } },
      'People come to this portal only by single',
      'access',
    ],
    ['without an access group', { accessGroups: [] }, 'This portal has no access group yet', 'access'],
  ];
  for (const [why, change, words, step] of obstacles) {
    it(`go to nobody from a portal ${why}, and say where that is changed`, async () => {
      const { answers } = inviting();
      at(page, { ...answers, getPortal: async () => ({ ...connected, ...change }) });
      const changing = await link('Change that');
      expect(changing.getAttribute('href')).to.equal(`#/help/${step}`);
      expect(all('[part=notice]')[0]?.textContent).to.include(words);
      expect(all('form, [part~=again]')).to.deep.equal([]);
      await button('Take back: nora@initech.example');
    });
  }

  describe('to a portal with several access groups', () => {
    const names = ['Customers', 'Partners', 'Resellers'];
    const several = (accessGroups: readonly string[] = names, open?: readonly Invitation[]) => {
      const { answers, ...rest } = inviting(open);
      return { ...rest, answers: { ...answers, getPortal: async () => ({ ...connected, accessGroups }) } };
    };
    const ticked = () => names.filter((_, place) => boxes()[place]?.checked);
    const boxes = () => all('form input[type=checkbox]') as HTMLInputElement[];

    it('say which those who are invited join, and that is kept for the next', async () => {
      const { groups, answers } = several();
      const before = at(page, answers);
      type(await field('E-mail addresses'), 'pat@acme.example');
      expect(ticked()).to.deep.equal(['Customers']);
      (await field('Customers')).click();
      (await button('Invite 1 person')).click();
      await alert('Choose at least one access group.');
      await until(() => focused() === boxes()[0]);
      (await field('Resellers')).click();
      (await field('Partners')).click();
      expect(all('[role=alert]').map(({ textContent }) => textContent.trim())).to.deep.equal([]);
      (await button('Invite 1 person')).click();
      await text('1 person invited');
      expect(groups).to.deep.equal([['Partners', 'Resellers']]);
      before.remove();
      at(page, answers);
      await field('Partners');
      expect(ticked()).to.deep.equal(['Partners', 'Resellers']);
    });

    it('are listed with them, and sent again keep them', async () => {
      const { groups, answers } = several(names, [
        { ...(invitations[0] as Invitation), accessGroups: ['Customers', 'Partners'] },
      ]);
      at(page, answers);
      (await button('Send again: nora@initech.example')).click();
      await text('Sent again to nora@initech.example. The earlier link ends.');
      expect(rows()[0]).to.include('Access groups: Customers and Partners');
      expect(groups).to.deep.equal([undefined]);
    });

    it('whose groups are gone say so, and are sent again with those that are ticked', async () => {
      const { groups, answers } = several(names, [{ ...(invitations[0] as Invitation), accessGroups: [] }]);
      at(page, answers);
      (await field('Partners')).click();
      expect(rows()[0]).to.include('None of its access groups belongs to this portal any more');
      (await button('Send again: nora@initech.example')).click();
      await until(() => groups.length);
      expect(groups).to.deep.equal([['Customers', 'Partners']]);
    });

    it('say when somebody takes one away meanwhile, and keep what was written', async () => {
      const { answers } = several();
      const left = { names };
      at(page, {
        ...answers,
        getPortal: async () => ({ ...connected, accessGroups: left.names }),
        inviteMany: async () => {
          left.names = ['Customers', 'Resellers'];
          throw new BackendError('invalid', undefined, { fields: [{ path: 'accessGroups.1', code: 'unknown' }] });
        },
      });
      type(await field('E-mail addresses'), 'pat@acme.example');
      (await field('Partners')).click();
      (await button('Invite 1 person')).click();
      await alert('Somebody has changed the access groups of this portal meanwhile.');
      await until(() => focused() === boxes()[0]);
      expect(boxes().map(({ checked }) => checked)).to.deep.equal([true, false]);
      expect((await field('E-mail addresses')).value).to.equal('pat@acme.example');
    });

    it('ask nothing where there is one alone', async () => {
      const { groups, answers } = several(['Partners']);
      at(page, answers);
      type(await field('E-mail addresses'), 'pat@acme.example');
      expect(boxes()).to.deep.equal([]);
      (await button('Invite 1 person')).click();
      await text('1 person invited');
      expect(groups).to.deep.equal([undefined]);
    });
  });

  it('keep what was written when the server cannot be reached', async () => {
    const { answers } = inviting();
    const failing = {
      ...answers,
      inviteMany: async () => {
        throw new BackendError('unavailable');
      },
    };
    const before = at(page, failing);
    type(await field('E-mail addresses'), 'pat@acme.example');
    (await button('Invite 1 person')).click();
    await until(() => focused()?.getAttribute('role') === 'alert');
    before.remove();
    at(page, failing);
    expect((await field('E-mail addresses')).value).to.equal('pat@acme.example');
  });
});
