import { expect, test } from 'vitest';

test('the public entry can be imported without a page, and registers nothing', async () => {
  const entry = await import('../src/index.js');
  expect(typeof globalThis.document).toBe('undefined');
  // Lit brings a registry of its own to where there is no page.
  for (const tag of ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form']) {
    expect(customElements.get(tag)).toBeUndefined();
  }
  expect(entry.TicketListElement).toBeTypeOf('function');
  expect(new entry.BackendError('offline').code).toBe('offline');
});
