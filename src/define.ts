import { type EarlyAnswers, fetchWith } from './backend/rest/early-answers.js';
import { createRestBackend } from './backend/rest/rest-backend.js';
import { setBackendFactory, setDefaultAddress } from './context/backend-source.js';
import { defineCustomerPortal } from './elements/customer-portal/define.js';
import { definePortalLogin } from './elements/portal-login/define.js';
import type { DefineOptions } from './elements/register.js';
import { fillStandIns } from './elements/stand-ins.js';
import { loadCode } from './load-code.js';
import { defineTicketList } from './elements/ticket-list/define.js';

export type { DefineOptions } from './elements/register.js';
// For `HTMLElementTagNameMap`: types know nothing of what is imported inside a function.
export type {} from './elements/customer-portal/define.js';
export type {} from './elements/portal-login/define.js';
export type {} from './elements/support-form/define.js';
export type {} from './elements/ticket-count/define.js';
export type {} from './elements/ticket-detail/define.js';
export type {} from './elements/ticket-list/define.js';

let early: EarlyAnswers | undefined;

setBackendFactory(async (address) => {
  if (address !== 'demo')
    return createRestBackend({ address }, early?.address === address ? fetchWith(early) : undefined);
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

/**
 * Registers all tags. A tag that is taken stays as it is. What a visitor sees first is registered at once, a ticket,
 * the form and the number of unread tickets a moment later: await `customElements.whenDefined()` before calling their methods.
 */
export function define(options: DefineOptions = {}): void {
  defineCustomerPortal(options);
  definePortalLogin(options);
  defineTicketList(options);
  for (const [tag, load] of Object.entries(later)) void defineLater(tag, load, options);
}

const later: Readonly<Record<string, () => Promise<(options: DefineOptions) => void>>> = {
  'ticket-detail': async () => (await import('./elements/ticket-detail/define.js')).defineTicketDetail,
  'support-form': async () => (await import('./elements/support-form/define.js')).defineSupportForm,
  'ticket-count': async () => (await import('./elements/ticket-count/define.js')).defineTicketCount,
};

/** What the page has is not kept waiting. */
async function defineLater(tag: string, load: (typeof later)[string], options: DefineOptions): Promise<void> {
  if (!document.querySelector(options.prefix ? `${options.prefix}-${tag}` : tag)) await idle();
  (await loadCode(load))(options);
}

/** Safari has no idle callback; there a second is about as good. */
const idle = (): Promise<unknown> =>
  new Promise((resolve) => (globalThis.requestIdleCallback ?? ((done) => setTimeout(done, 1000)))(resolve));

/**
 * Registers all tags; elements that were given no backend use the portal at this address. The loader calls it.
 *
 * @param answers what was asked there already, as `EarlyAnswers` says
 */
export function start(
  address: string,
  options?: DefineOptions,
  answers: EarlyAnswers['answers'] = new Map(),
  language = '',
): void {
  early = { address, answers, language };
  setDefaultAddress(address);
  fillStandIns();
  define(options);
}
