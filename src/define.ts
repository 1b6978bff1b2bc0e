import { createRestBackend } from './backend/rest/rest-backend.js';
import { setBackendFactory, setDefaultAddress } from './context/backend-source.js';
import { defineCustomerPortal } from './elements/customer-portal/define.js';
import { definePortalLogin } from './elements/portal-login/define.js';
import type { DefineOptions } from './elements/register.js';
import { defineSupportForm } from './elements/support-form/define.js';
import { defineTicketDetail } from './elements/ticket-detail/define.js';
import { defineTicketList } from './elements/ticket-list/define.js';

export type { DefineOptions } from './elements/register.js';

setBackendFactory(async (address) => {
  if (address !== 'demo') return createRestBackend({ address });
  const { createMemoryBackend } = await import('./backend/memory/memory-backend.js');
  return createMemoryBackend({ storage: tabStorage() });
});

/** Where the demo is kept across a reload, if the page may keep anything. */
function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/** Registers all tags. A tag that is taken stays as it is. */
export function define(options?: DefineOptions): void {
  defineCustomerPortal(options);
  definePortalLogin(options);
  defineTicketList(options);
  defineTicketDetail(options);
  defineSupportForm(options);
}

/** Registers all tags; elements that were given no backend use the portal at this address. */
export function start(address: string, options?: DefineOptions): void {
  setDefaultAddress(address);
  define(options);
}
