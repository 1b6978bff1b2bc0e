import { type DefineOptions, register } from '../register.js';
import { TicketCountElement } from './ticket-count-element.js';

/** Registers `<ticket-count>` unless the tag is taken. */
export const defineTicketCount = (options?: DefineOptions): void =>
  register('ticket-count', TicketCountElement, options);

declare global {
  interface HTMLElementTagNameMap {
    'ticket-count': TicketCountElement;
  }
}
