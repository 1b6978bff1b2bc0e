import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { BackendError } from '../../src/backend/backend-error.js';
import type { OwnedStatus, StatusChange } from '../../src/backend/setup/account-backend.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { ownStatuses, statusList } from '../../src/testing/setup/account-answers.js';
import { portal, setup } from '../../src/testing/setup/setup-answers.js';
import { alert, all, button, field, focused, text, type, until } from '../elements/screen.js';
import { at } from './setup-page.js';

const refusing = (path: string, code: string) => new BackendError('conflict', undefined, { fields: [{ path, code }] });
const rows = () => all('[part~=row]').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
const names = () => all('[part~=row] strong').map(({ textContent }) => textContent);

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
