import { type DefineOptions, register } from '../register.js';
import { TicketDetailElement } from './ticket-detail-element.js';

/** Registers `<ticket-detail>` unless the tag is taken. */
export const defineTicketDetail = (options?: DefineOptions): void =>
  register('ticket-detail', TicketDetailElement, options);

declare global {
  interface HTMLElementTagNameMap {
    'ticket-detail': TicketDetailElement;
  }
}
