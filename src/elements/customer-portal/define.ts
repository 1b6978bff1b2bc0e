import { type DefineOptions, register } from '../register.js';
import { CustomerPortalElement } from './customer-portal-element.js';

/** Registers `<customer-portal>` unless the tag is taken. */
export const defineCustomerPortal = (options?: DefineOptions): void =>
  register('customer-portal', CustomerPortalElement, options);

declare global {
  interface HTMLElementTagNameMap {
    'customer-portal': CustomerPortalElement;
  }
}
