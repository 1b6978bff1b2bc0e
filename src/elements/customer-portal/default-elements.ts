import { PortalLoginElement } from '../portal-login/portal-login-element.js';
import { SupportFormElement } from '../support-form/support-form-element.js';
import { TicketDetailElement } from '../ticket-detail/ticket-detail-element.js';
import { TicketListElement } from '../ticket-list/ticket-list-element.js';

const tags = {
  login: ['portal-login', PortalLoginElement.parts],
  list: ['ticket-list', TicketListElement.parts],
  detail: ['ticket-detail', TicketDetailElement.parts],
  form: ['support-form', SupportFormElement.parts],
} as const;

/** Names of the slots that hold an element. */
export type Slotted = keyof typeof tags;

/**
 * Makes the default element of a slot, from the portal's own registry and with the portal's own prefix. Its parts are
 * exported under the name of the slot: `row` of the list is `list-row` from outside.
 */
export function makeElement(portal: HTMLElement, slot: Slotted): HTMLElement {
  const [tag, parts] = tags[slot];
  const prefix = portal.localName.replace('customer-portal', '');
  const { customElementRegistry } = portal as { customElementRegistry?: CustomElementRegistry | null };
  const element = document.createElement(prefix + tag, {
    ...(customElementRegistry && { customElementRegistry }),
  } as ElementCreationOptions);
  element.setAttribute('exportparts', parts.map((part) => `${part}:${slot}-${part}`).join());
  return element;
}
