import { defineTicketList } from '../../../../src/elements/ticket-list/define.js';
import type { TicketListElement } from '../../../../src/elements/ticket-list/ticket-list-element.js';
import { createHeldBackend, release } from './backend.js';
import type { Variant } from './variant.js';

let element: TicketListElement;
let isShown = false;

const root = () => element.shadowRoot as ShadowRoot;

export const variant: Variant = {
  async prepare(host) {
    defineTicketList();
    element = document.createElement('ticket-list');
    element.backend = createHeldBackend();
    host.append(element);
    while (!element.shadowRoot?.querySelector('[part~=header]')) await new Promise(requestAnimationFrame);
  },
  show(page) {
    release(page);
    if (isShown) void element.refresh();
    isShown = true;
  },
  root,
  isWhole: () => !!root().querySelector('[part=count]:not(:empty)'),
};
