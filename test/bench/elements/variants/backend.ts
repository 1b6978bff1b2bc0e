import type { PortalBackend } from '../../../../src/backend/portal-backend.js';
import { answers, type TicketPage } from '../tickets.js';

let page: TicketPage | undefined;
let wake: (() => void) | undefined;

/** The answer from now on; who waits for the first one gets it. */
export function release(next: TicketPage): void {
  page = next;
  wake?.();
}

/** Alice is signed in; her tickets are there when they are released. */
export const createHeldBackend = (): PortalBackend => ({
  session: async () => answers.session,
  portal: async () => answers.portal,
  async listTickets() {
    if (!page) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return page as TicketPage;
  },
  counts: async () => answers.counts,
  setPreferences: async () => ({ columns: null, followsCompany: false }),
  getTicket: () => Promise.reject(new Error('not asked for')),
  listMessages: () => Promise.reject(new Error('not asked for')),
  subscribe: async () => {},
});
