import { type DefineOptions, register } from '../register.js';
import { SupportFormElement } from './support-form-element.js';

/** Registers `<support-form>` unless the tag is taken. */
export const defineSupportForm = (options?: DefineOptions): void =>
  register('support-form', SupportFormElement, options);

declare global {
  interface HTMLElementTagNameMap {
    'support-form': SupportFormElement;
  }
}
