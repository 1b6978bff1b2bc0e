import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { Inbox } from '../../src/backend/setup/account-backend.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { inboxList } from '../../src/testing/setup/account-answers.js';
import { setup } from '../../src/testing/setup/setup-answers.js';
import { alert, all, button, field, focused, heading, link, type, until } from '../elements/screen.js';
import { at, keeping } from './setup-page.js';

const refusing = (path: string, code: string) => new BackendError('conflict', undefined, { fields: [{ path, code }] });
const rows = () => all('[part~=row]').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
const names = () => all('[part~=row] strong').map(({ textContent }) => textContent);

/** A server that keeps inboxes. */
function keepingInboxes() {
  const kept: { inboxes: readonly Inbox[] } = { inboxes: inboxList };
  const empty: Inbox = inboxList[2];
  const answers = {
    listInboxes: async () => kept.inboxes,
    createInbox: async (name) => {
      const made = { ...empty, id: 'n'.repeat(22), name };
      kept.inboxes = [...kept.inboxes, made];
      return made;
    },
    renameInbox: async (id, name) => {
      kept.inboxes = kept.inboxes.map((inbox) => (inbox.id === id ? { ...inbox, name } : inbox));
      return { ...empty, name };
    },
    deleteInbox: async (id) => {
      kept.inboxes = kept.inboxes.filter((inbox) => inbox.id !== id);
    },
  } satisfies Partial<SetupBackend>;
  return { kept, answers };
}

describe('<portal-setup>: inboxes', () => {
  it('are an area of their own, each with what uses it', async () => {
    at('');
    (await link('Settings')).click();
    await heading('Inboxes');
    expect(location.hash).to.equal('#/account/inboxes');
    await button('Rename: Billing');
    expect(rows()).to.deep.equal([
      'Support 812 tickets New tickets come from Tarnfield help and Pomoc Tarnfield Rename',
      'Billing 97 tickets Also shown in Tarnfield help Assigned to Mia Lindqvist Rename',
      'Returns 0 tickets No portal shows it. Rename Delete',
    ]);
  });

  it('are added, renamed and deleted, and say at the field that a name is taken', async () => {
    const { answers } = keepingInboxes();
    let tries = 0;
    at('/account/inboxes', {
      ...answers,
      createInbox: async (name) => {
        tries += 1;
        if (tries === 1) throw refusing('name', 'taken');
        return answers.createInbox(name);
      },
    });
    (await button('Add an inbox')).click();
    await until(() => focused()?.id === 'name');
    (await button('Add an inbox')).click();
    await alert('This is still missing.');
    type(await field('Name of the inbox'), ' Billing ');
    (await button('Add an inbox')).click();
    await alert('Another inbox is called so.');
    expect((await field('Name of the inbox')).value).to.equal(' Billing ');
    type(await field('Name of the inbox'), 'Repairs');
    (await button('Add an inbox')).click();
    await button('Rename: Repairs');
    await until(() => focused()?.textContent === 'Inboxes');
    (await button('Rename: Returns')).click();
    expect((await field('Name of the inbox')).value).to.equal('Returns');
    type(await field('Name of the inbox'), 'Send back');
    (await button('Save')).click();
    (await button('Delete: Send back')).click();
    expect(names()).to.deep.equal(['Support', 'Billing', 'Send back', 'Repairs']);
    (await button('Cancel')).click();
    (await button('Delete: Send back')).click();
    (await button('Delete for good')).click();
    await until(() => names().length === 3);
    expect(names()).to.deep.equal(['Support', 'Billing', 'Repairs']);
  });

  it('say why one cannot be deleted, when that was not to be seen', async () => {
    at('/account/inboxes', {
      deleteInbox: async () => {
        throw refusing('tickets', 'deleted');
      },
    });
    (await button('Delete: Returns')).click();
    (await button('Delete for good')).click();
    await alert('Deleted tickets are kept in it, so it has to stay.');
    expect(names()).to.include('Returns');
  });

  const [support, billing] = setup.inboxes;

  it('are chosen by a portal: one for new tickets, and others that are shown', async () => {
    const { changes, answers } = keeping();
    at('/help/tickets', answers);
    (await field('Billing')).click();
    (await button('Next: Set up access')).click();
    await until(() => changes.length);
    expect(changes[0]?.inboxes).to.deep.equal([support?.id, billing?.id]);
  });

  it('go on to be shown when another one receives new tickets, until that is taken away', async () => {
    const { changes, answers } = keeping({ open: true });
    at('/help/tickets', answers);
    const chosen = await field('Inbox for new tickets');
    chosen.value = billing?.id ?? '';
    chosen.dispatchEvent(new Event('change', { bubbles: true }));
    await until(async () => (await field('Support')).checked);
    (await button('Save')).click();
    await until(() => changes.length === 1);
    (await field('Support')).click();
    (await button('Save')).click();
    await until(() => changes.length === 2);
    expect(changes.map(({ inboxes }) => inboxes)).to.deep.equal([[billing?.id, support?.id], [billing?.id]]);
  });

  it('of a help desk are only looked at', async () => {
    at('/account/inboxes', {
      setup: async () => ({ ...setup, desk: { kind: 'rt' } }),
      listInboxes: async () => inboxList.map((inbox) => ({ ...inbox, desk: true })),
    });
    await until(() => rows().length === 3);
    expect(all('[part~=base] button').map(({ textContent }) => textContent)).to.deep.equal(['Sign out']);
    expect(document.body.innerText).not.to.include('Add');
  });
});
