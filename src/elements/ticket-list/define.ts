import { type DefineOptions, register } from '../register.js';
import { TicketListElement } from './ticket-list-element.js';

/** Registers `<ticket-list>` unless the tag is taken. */
export const defineTicketList = (options?: DefineOptions): void => register('ticket-list', TicketListElement, options);

declare global {
  interface HTMLElementTagNameMap {
    'ticket-list': TicketListElement;
  }
}
