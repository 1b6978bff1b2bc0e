import { describe, expect, onTestFinished, test } from 'vitest';

import { openIssuer } from './sign-in/sso-issuer.js';
import { openSetupPage } from './setup-page.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

/** The adapter that the rooms ask by, before a real server: each room's tests answer for it. */
describe('the adapter of the rooms', () => {
  test('makes, renames and deletes an inbox', async () => {
    const page = await openSetupPage(small.fixture);
    const { id } = await page.createInbox('Returns');
    expect(await page.renameInbox(id, 'Returns and repairs')).toMatchObject({
      name: 'Returns and repairs',
      tickets: 0,
    });
    await page.deleteInbox(id);
    expect((await page.listInboxes()).map(({ name }) => name)).toEqual(['Support', 'Sales']);
    await expect(page.createInbox('Sales')).rejects.toMatchObject({ code: 'conflict', fields: [{ path: 'name' }] });
  });

  test('makes, moves and deletes a status', async () => {
    const page = await openSetupPage(small.fixture);
    const { id } = await page.createStatus({
      category: 'open',
      label: { en: 'Checked', pl: 'Sprawdzone' },
      inboxes: null,
    });
    await page.updateStatus(id, { position: 0 });
    expect((await page.listStatuses())[0]).toMatchObject({ id, label: { pl: 'Sprawdzone' }, tickets: 0 });
    await page.deleteStatus(id);
    expect((await page.listStatuses()).map((status) => status.id)).not.toContain(id);
  });

  test('reads the audit log by event', async () => {
    const page = await openSetupPage(small.fixture);
    await page.createInbox('Returns');
    const { items } = await page.listAudit({ event: 'inbox-created' });
    expect(items).toMatchObject([{ event: 'inbox-created', actor: { kind: 'staff' }, names: { actor: 'olga' } }]);
  });

  test('finds no desk where there is none, and hears that one is not known', async () => {
    const page = await openSetupPage(small.fixture);
    await expect(page.getDesk()).rejects.toMatchObject({ code: 'not-found' });
    await expect(page.setDesk({ kind: 'nothing', settings: {}, secret: {} })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'kind' }],
    });
  });

  test('takes a provider that answers, changes it and removes it', async () => {
    const page = await openSetupPage(small.fixture);
    const { issuer, close } = await openIssuer();
    onTestFinished(() => close());
    const input = { label: 'Acme', issuer, clientId: 'portal' };
    const { id } = await page.createConnection('help', { ...input, clientSecret: 'hidden' });
    expect(await page.updateConnection('help', id, { ...input, label: 'Acme staff' })).toMatchObject({
      ...{ label: 'Acme staff', hasSecret: true },
    });
    expect(await page.listConnections('help')).toHaveLength(1);
    await page.deleteConnection('help', id);
    expect(await page.listConnections('help')).toEqual([]);
    await expect(page.createConnection('help', { ...input, issuer: 'acme' })).rejects.toMatchObject({
      fields: [{ path: 'issuer', code: 'malformed' }],
    });
  });
});
