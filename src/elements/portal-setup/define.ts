import { type DefineOptions, register } from '../register.js';
import { PortalSetupElement } from './portal-setup-element.js';

/** Registers `<portal-setup>` unless the tag is taken. No other entry does: it is for the company's own staff. */
export const definePortalSetup = (options?: DefineOptions): void =>
  register('portal-setup', PortalSetupElement, options);

declare global {
  interface HTMLElementTagNameMap {
    'portal-setup': PortalSetupElement;
  }
}
