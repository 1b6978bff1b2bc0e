import { type DefineOptions, register } from '../register.js';
import { PortalLoginElement } from './portal-login-element.js';

/** Registers `<portal-login>` unless the tag is taken. */
export const definePortalLogin = (options?: DefineOptions): void =>
  register('portal-login', PortalLoginElement, options);

declare global {
  interface HTMLElementTagNameMap {
    'portal-login': PortalLoginElement;
  }
}
