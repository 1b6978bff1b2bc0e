import { loadCode } from '../../load-code.js';
import { defineTicketList } from '../ticket-list/define.js';
import { definePortalLogin } from '../portal-login/define.js';
import type { PortalElement } from '../portal-element.js';
import type { DefineOptions } from '../register.js';

type Define = (options: DefineOptions) => void;

interface Made<E> {
  readonly element: E;
  readonly ready: Promise<void>;
}

/** What is seen first comes with the portal; the rest is loaded when the visitor goes there. */
const elements = {
  login: ['portal-login', () => definePortalLogin],
  list: ['ticket-list', () => defineTicketList],
  detail: ['ticket-detail', async () => (await import('../ticket-detail/define.js')).defineTicketDetail],
  form: ['support-form', async () => (await import('../support-form/define.js')).defineSupportForm],
} as const satisfies Record<string, readonly [string, () => Define | Promise<Define>]>;

/** Names of the slots that hold an element. */
export type Slotted = keyof typeof elements;

/**
 * Makes the default element of a slot, in the portal's own registry and under the portal's own prefix. It may be
 * upgraded a moment later; `ready` fails when its code cannot be loaded.
 */
export const makeElement = (portal: HTMLElement, slot: Slotted): Made<PortalElement> => {
  const [tag, load] = elements[slot];
  return makeTag(portal, tag, load);
};

/** Makes one of our elements, in the same way. */
export function makeTag<E extends HTMLElement>(
  portal: HTMLElement,
  tag: string,
  load: () => Define | Promise<Define>,
): Made<E> {
  const prefix = portal.localName.replace(/-?customer-portal$/, '');
  const { customElementRegistry: registry } = portal as { customElementRegistry?: CustomElementRegistry | null };
  const options = registry ? { customElementRegistry: registry } : {};
  const element = document.createElement(prefix ? `${prefix}-${tag}` : tag, options as ElementCreationOptions);
  const define = async () => (await loadCode(async () => load()))({ prefix, ...(registry && { registry }) });
  return { element: element as E, ready: define() };
}
