import { beforeEach, describe, expect, test } from 'vitest';

import type { BackendError } from '../../src/backend/backend-error.js';
import type { SetupBackend } from '../../src/backend/setup/setup-backend.js';
import { openSetupPage } from './setup-page.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();
let page: SetupBackend;

beforeEach(async () => {
  page = await openSetupPage(small.fixture);
});

const refused = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ code, fields }: BackendError) => ({ code, fields }),
  );
const at = (path: string, code: string) => ({ code: 'conflict', fields: [{ path, code }] });

describe('the page of an admin', () => {
  test('makes, renames and deletes inboxes, and hears what is in the way', async () => {
    const { id } = await page.createInbox('Returns');
    expect(await refused(page.createInbox('returns'))).toEqual(at('name', 'taken'));
    expect(await page.renameInbox(id, 'Repairs', 'Returns')).toMatchObject({ name: 'Repairs', tickets: 0 });
    expect(await refused(page.renameInbox(id, 'Mine', 'Returns'))).toEqual(at('was', 'changed'));
    const [support] = await page.listInboxes();
    expect(await refused(page.deleteInbox(support?.id ?? ''))).toEqual(at('portals', 'in-use'));
    const shown = await page.updatePortal('help', { inboxes: [support?.id ?? '', id] });
    expect(shown.inboxes.map(({ name }) => name)).toEqual(['Support', 'Repairs']);
    await page.updatePortal('help', { inboxes: [support?.id ?? ''] });
    await page.deleteInbox(id);
    expect((await page.listInboxes()).map(({ name }) => name)).toEqual(['Support', 'Sales']);
  });

  test('makes, changes, moves and deletes statuses, under whatever id they have', async () => {
    const made = await page.createStatus({ category: 'open', label: { en: 'On hold' }, inboxes: null });
    const was = { category: made.category, label: made.label, inboxes: made.inboxes };
    const label = { en: 'With us', pl: 'U nas' };
    expect(await page.updateStatus(made.id, { label, was })).toMatchObject({ label });
    expect(await refused(page.updateStatus(made.id, { label: { en: 'x' }, was }))).toEqual(at('was', 'changed'));
    await page.updateStatus(made.id, { position: 0 });
    expect((await page.listStatuses()).map(({ id }) => id)[0]).toBe('on-hold');
    // What a help desk calls them may be anything.
    await small.database.asSuperuser(`UPDATE tickets SET status = 'working' WHERE status = 'new'`);
    await small.database.asSuperuser(`UPDATE statuses SET id = 'in progress/50 %' WHERE id = 'new'`);
    await page.deleteStatus('in progress/50 %');
    expect(await refused(page.deleteStatus('working'))).toEqual(at('replacement', 'missing'));
    await page.deleteStatus('working', 'on-hold');
    expect((await page.listStatuses()).map(({ id, tickets }) => [id, tickets])).toEqual([
      ['on-hold', 5],
      ['waiting', 0],
      ['closed', 1],
    ]);
  });

  test('reads who did what, by kind and person', async () => {
    const { staff } = await page.session();
    await page.createInbox('Returns');
    const inboxes = { event: 'inbox-created,inbox-deleted' };
    const { items } = await page.listAudit({ ...inboxes, actor: staff?.id ?? '' });
    expect(items).toMatchObject([
      { event: 'inbox-created', actor: { kind: 'staff', id: staff?.id }, names: { actor: 'olga', inbox: 'Returns' } },
    ]);
    expect((await page.listAudit({ ...inboxes, actor: 'admin' })).items).toEqual([]);
  });

  test('says a portal’s own word for a ticket in the forms that its languages need', async () => {
    const en = { one: 'case', other: 'cases', nominative: 'cases' };
    expect((await page.updatePortal('help', { words: { ticket: { en } } })).words).toEqual({ ticket: { en } });
    const pl = { one: 'sprawa', few: 'sprawy', many: 'spraw', nominative: 'sprawy' };
    expect(await refused(page.updatePortal('help', { words: { ticket: { en, pl } } }))).toEqual({
      code: 'invalid',
      fields: [{ path: 'words.ticket.pl.other', code: 'missing' }],
    });
  });
});
