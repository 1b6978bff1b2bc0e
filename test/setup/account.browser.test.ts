import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import type { AuditSearch, Inbox } from '../../src/backend/setup/account-backend.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { auditEntries, inboxList } from '../../src/testing/setup/account-answers.js';
import { setup } from '../../src/testing/setup/setup-answers.js';
import { alert, all, button, field, focused, heading, link, text, type, until } from '../elements/screen.js';
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

  it('that somebody else has renamed meanwhile say so, and lose nothing that is typed', async () => {
    const { answers, kept } = keepingInboxes();
    at('/account/inboxes', {
      ...answers,
      renameInbox: async (id, name, was) => {
        if (was !== kept.inboxes.find((inbox) => inbox.id === id)?.name) throw refusing('was', 'changed');
        return answers.renameInbox(id, name);
      },
    });
    (await button('Rename: Returns')).click();
    type(await field('Name of the inbox'), 'Send back');
    kept.inboxes = kept.inboxes.map((inbox) => (inbox.name === 'Returns' ? { ...inbox, name: 'Repairs' } : inbox));
    (await button('Save')).click();
    await alert('Somebody else has changed it meanwhile: Repairs.');
    expect((await field('Name of the inbox')).value).to.equal('Send back');
    (await button('Save')).click();
    await button('Rename: Send back');
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

  it('that were deleted while a portal was set up are said so where they are chosen', async () => {
    const { changes, answers } = keeping();
    let isGone = false;
    at('/help/tickets', {
      ...answers,
      setup: async () => ({ ...setup, inboxes: isGone && support ? [support] : setup.inboxes }),
      updatePortal: async (slug, change) => {
        if (change.inboxes?.includes(billing?.id ?? '')) {
          isGone = true;
          throw new BackendError('invalid', undefined, { fields: [{ path: 'inboxes.1', code: 'unknown' }] });
        }
        return answers.updatePortal(slug, change);
      },
    });
    (await field('Billing')).click();
    (await button('Next: Set up access')).click();
    await alert('One of these inboxes is there no more.');
    await until(() => !document.body.innerText.includes('Billing'));
    (await button('Next: Set up access')).click();
    await until(() => changes.length);
    expect(changes[0]?.inboxes).to.deep.equal([support?.id]);
  });

  it('of a help desk are only looked at', async () => {
    at('/account/inboxes', {
      setup: async () => ({ ...setup, desk: { kind: 'rt', keepsProperties: false } }),
      listInboxes: async () => inboxList.map((inbox) => ({ ...inbox, desk: true })),
    });
    await until(() => rows().length === 3);
    expect(all('[part~=base] button').map(({ textContent }) => textContent)).to.deep.equal(['Sign out']);
    expect(document.body.innerText).not.to.include('Add');
  });
});

describe('<portal-setup>: the audit log', () => {
  it('says who did what to whom, when, where, and what was before', async () => {
    at('/account/audit');
    await text('5 entries shown');
    const time = / \w+ \d+, 2026 at [\d:]+ [AP]M/;
    const lines = all('[part~=row]').map((row) =>
      [...row.querySelectorAll('p')].map((line) => line.textContent.replace(/\s+/g, ' ').trim().replace(time, ' then')),
    );
    expect(lines).to.deep.equal([
      ['Portal changed', 'Olga Nowak · then · help'],
      ['Contact changed Bob Okafor', 'Olga Nowak · then'],
      ['Looked at the tickets of a contact Bob Okafor', 'Olga Nowak · then · help'],
      ['Sign-in Bob Okafor Refused', 'A visitor who was not signed in · then · help'],
      ['Status changed waiting', 'A program with the admin token · then'],
    ]);
    const unsaid = 'Changed; what it was and is, is not kept here.';
    const pairs = all('[part=changes] > div').map((pair) => [...pair.children].map(({ textContent }) => textContent));
    expect(pairs).to.deep.equal([
      [
        'Which tickets do customers see?',
        'Only their own → All of their company, for chosen customers: role is manager',
      ],
      ['Signed in for', '24 hours → 60 minutes'],
      ['Name', unsaid],
      ['Primary company', 'nothing → Acme'],
      ['May sign in', 'yes → no'],
      ['E-mail address', unsaid],
      ['Place', '2 → 3'],
      ['Label', unsaid],
    ]);
    const [bob] = all('[part~=row] a') as HTMLAnchorElement[];
    expect(bob?.hash).to.equal(`#/people/${'c'.repeat(22)}`);
  });

  it('shows what is new to it by its code, and what is gone as gone', async () => {
    const event = {
      ...auditEntries[2]!,
      event: 'something-new',
      names: {},
      change: { 'a-setting': { before: 1, after: [] } },
    };
    at('/account/audit', { listAudit: async () => ({ items: [event], nextCursor: null }) });
    await text('1 entry shown');
    expect(rows()[0]).to.include('something-new (no longer there)');
    expect(rows()[0]).to.include('Somebody of the staff who is no longer there');
    expect(rows()[0]).to.include('a-setting1 → nothing');
  });

  it('is chosen from by kind and by person, across a reload, and shows more of that', async () => {
    const asked: AuditSearch[] = [];
    const listAudit: SetupBackend['listAudit'] = async (search) => {
      asked.push(search);
      return { items: auditEntries.slice(0, 1), nextCursor: search.actor && !search.cursor ? 'further' : null };
    };
    const before = at('/account/audit', { listAudit });
    const choose = async (label: string, value: string) => {
      const select = await field(label);
      await until(() => [...(select as unknown as HTMLSelectElement).options].some((option) => option.value === value));
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    };
    await choose('What happened', 'looks');
    await choose('By whom', 'm'.repeat(22));
    (await button('Show more')).click();
    await text('2 entries shown');
    const looks = { event: 'explain,preview,export,contact-exported' };
    const byMia = { ...looks, actor: 'm'.repeat(22) };
    expect(asked).to.deep.equal([{}, looks, byMia, { ...byMia, cursor: 'further' }]);
    before.remove();
    at('/account/audit', { listAudit });
    await until(() => asked.length === 5);
    expect(asked[4]).to.deep.equal(byMia);
    await until(async () => (await field('By whom')).value === 'm'.repeat(22));
  });
});
