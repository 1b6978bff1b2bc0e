import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import type { AuditSearch, Inbox, OwnedStatus, StatusChange } from '../../src/backend/setup/account-backend.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { auditEntries, inboxList, statusList, ownStatuses } from '../../src/testing/setup/account-answers.js';
import { portal, setup } from '../../src/testing/setup/setup-answers.js';
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

/** A server that keeps statuses, and what was asked of it. */
function keepingStatuses() {
  const kept: { statuses: readonly OwnedStatus[] } = { statuses: statusList };
  const asked: unknown[] = [];
  const answers = {
    listPortals: async () => [{ ...portal, locales: ['en', 'pl'] }],
    listStatuses: async () => kept.statuses,
    createStatus: async (input) => {
      asked.push(input);
      const made = { ...input, id: 'made', tickets: 0 };
      kept.statuses = [...kept.statuses, made];
      return made;
    },
    updateStatus: async (id, change: StatusChange) => {
      asked.push([id, change]);
      const { position, ...rest } = change;
      const status = { ...kept.statuses.find((one) => one.id === id)!, ...rest };
      const others = kept.statuses.filter((one) => one.id !== id);
      const place = position ?? kept.statuses.findIndex((one) => one.id === id);
      kept.statuses = others.toSpliced(place, 0, status);
      return status;
    },
    deleteStatus: async (id, replacement) => {
      asked.push([id, replacement]);
      kept.statuses = kept.statuses.filter((one) => one.id !== id);
    },
  } satisfies Partial<SetupBackend>;
  return { kept, asked, answers };
}

describe('<portal-setup>: statuses', () => {
  it('say what they mean, and what the order makes of a ticket', async () => {
    at('/account/statuses', keepingStatuses().answers);
    await button('Change: Closed');
    const lines = rows().map((row) => row.replace(/ Up .*$/, ''));
    expect(lines).to.deep.equal([
      'Received Open · 12 tickets Polski: Przyjęte A new ticket begins with this status.',
      'In progress Open · 41 tickets Polski: W toku',
      'With engineering Open · 0 tickets A customer’s reply brings a ticket here that waited or was closed, and so does opening it again.',
      'Awaiting your reply Waiting for the customer · 8 tickets Polski: Czekamy na Twoją odpowiedź An answer of yours brings an open ticket here.',
      'Closed Closed · 848 tickets Polski: Zamknięte A ticket that a customer closes gets this status.',
    ]);
    // The last ones of their kind stay.
    expect(all('[part~=delete]').map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
      'Delete: Received',
      'Delete: In progress',
      'Delete: With engineering',
    ]);
  });

  it('are moved by buttons and by arrow keys, and the cursor moves along', async () => {
    const { asked, answers } = keepingStatuses();
    at('/account/statuses', answers);
    (await button('Down: Received')).click();
    await until(() => all('[part=moved]')[0]?.textContent === 'Received is in place 2 of 5 now.');
    expect(names().slice(0, 3)).to.deep.equal(['In progress', 'Received', 'With engineering']);
    await until(() => focused()?.ariaLabel === 'Down: Received');
    await sendKeys({ press: 'ArrowDown' });
    await until(() => names()[2] === 'Received');
    await sendKeys({ press: 'ArrowUp' });
    await until(() => names()[1] === 'Received');
    await until(() => focused()?.ariaLabel === 'Up: Received');
    (await button('Up: In progress')).click();
    expect(asked).to.deep.equal([
      ['new', { position: 1 }],
      ['new', { position: 2 }],
      ['new', { position: 1 }],
    ]);
  });

  it('may be of some inboxes alone, and are then shown as what tickets go through there', async () => {
    const { kept, asked, answers } = keepingStatuses();
    kept.statuses = ownStatuses;
    at('/account/statuses', answers);
    await button('Change: Closed');
    expect(rows()[0]).to.match(/^Disputed Open · 3 tickets Polski: Sporne Only in: Billing Up/);
    const pipeline = await field('What tickets go through in');
    pipeline.value = 'b'.repeat(22);
    pipeline.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => rows()[0]?.includes('A new ticket begins with this status.'));
    pipeline.value = 's'.repeat(22);
    pipeline.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => names().length === 5);
    expect(rows()[0]).to.match(/^Received .+ A new ticket begins with this status\./);
    (await button('Change: Received')).click();
    (await field('Those of these inboxes alone')).click();
    (await button('Save')).click();
    await alert('Choose at least one inbox.');
    (await field('Support')).click();
    (await button('Save')).click();
    await until(() => asked.length === 1);
    const [id, change] = asked[0] as [string, StatusChange];
    expect([id, change.inboxes]).to.deep.equal(['new', ['s'.repeat(22)]]);
  });

  it('are added with words for each language of the portals, none of them needed but one', async () => {
    const { asked, answers } = keepingStatuses();
    at('/account/statuses', answers);
    (await button('Add a status')).click();
    (await button('Add a status')).click();
    await alert('This is still missing.');
    await until(() => focused()?.id === 'label-en');
    type(await field('Polski'), ' Wstrzymane ');
    const category = await field('What it means');
    category.value = 'closed';
    category.dispatchEvent(new Event('change', { bubbles: true }));
    await text('It is done: customers find the ticket among the closed ones.');
    (await button('Add a status')).click();
    await button('Change: Wstrzymane');
    expect(asked).to.deep.equal([{ category: 'closed', label: { pl: 'Wstrzymane' }, inboxes: null }]);
  });

  it('are changed, keep words of languages that no portal has, and say at its field what is refused', async () => {
    const { asked, answers, kept } = keepingStatuses();
    const de = { ...statusList[0]!, label: { ...statusList[0]?.label, de: 'Neu' } };
    kept.statuses = [de, ...statusList.slice(1)];
    let tries = 0;
    at('/account/statuses', {
      ...answers,
      updateStatus: async (id, change) => {
        tries += 1;
        if (tries === 1) throw refusing('category', 'last');
        return answers.updateStatus(id, change);
      },
    });
    (await button('Change: Received')).click();
    type(await field('English'), 'Arrived');
    type(await field('Polski'), '');
    (await button('Save')).click();
    await alert('Tickets need a status of each kind. Make another one of this kind first.');
    await until(() => focused()?.id === 'category');
    expect((await field('English')).value).to.equal('Arrived');
    (await button('Save')).click();
    await button('Change: Arrived');
    expect(asked).to.deep.equal([
      [
        'new',
        {
          ...{ category: 'open', label: { en: 'Arrived', de: 'Neu' }, inboxes: null },
          was: { category: 'open', label: de.label, inboxes: null },
        },
      ],
    ]);
  });

  it('that somebody else has changed meanwhile say how they are now, and lose nothing that is typed', async () => {
    const { asked, answers, kept } = keepingStatuses();
    at('/account/statuses', {
      ...answers,
      updateStatus: async (id, change) => {
        const now = kept.statuses[0]!;
        if (change.was?.label['en'] !== now.label['en']) throw refusing('was', 'changed');
        return answers.updateStatus(id, change);
      },
    });
    (await button('Change: Received')).click();
    type(await field('Polski'), 'Mamy to');
    kept.statuses = [{ ...statusList[0]!, label: { en: 'Arrived' } }, ...statusList.slice(1)];
    (await button('Save')).click();
    await alert('Somebody else has changed it meanwhile: English: Arrived and Open.');
    expect((await field('Polski')).value).to.equal('Mamy to');
    expect((await field('English')).value).to.equal('Received');
    (await button('Save')).click();
    await button('Change: Received');
    expect(asked).to.deep.equal([
      [
        'new',
        {
          category: 'open',
          label: { en: 'Received', pl: 'Mamy to' },
          inboxes: null,
          was: { category: 'open', label: { en: 'Arrived' }, inboxes: null },
        },
      ],
    ]);
  });

  it('are deleted only with another one for their tickets', async () => {
    const { asked, answers } = keepingStatuses();
    at('/account/statuses', answers);
    (await button('Delete: In progress')).click();
    const replacement = await field('Its 41 tickets get');
    expect(replacement.value).to.equal('new');
    replacement.value = 'closed';
    replacement.dispatchEvent(new Event('change', { bubbles: true }));
    expect(asked).to.deep.equal([]);
    (await button('Delete for good')).click();
    await until(() => names().length === 4);
    expect(asked).to.deep.equal([['open', 'closed']]);
  });

  it('of a help desk are named and ordered here, and neither made nor deleted', async () => {
    at('/account/statuses', { setup: async () => ({ ...setup, desk: { kind: 'rt', keepsProperties: false } }) });
    await button('Change: Received');
    await button('Down: Received');
    await text('A ticket that a customer closes gets this status.');
    await text('A ticket that a customer opens again gets this status.');
    expect(document.body.innerText).not.to.include('A new ticket begins');
    expect(all('[part~=add], [part~=delete]')).to.deep.equal([]);
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
