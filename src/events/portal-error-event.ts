import type { ErrorCode } from '../model/index.js';

/** A read or a write failed. The element shows it too; it carries nothing that is private. */
export class PortalErrorEvent extends Event {
  /** What kind of failure it was, in a word that is the same in every language. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    super('portal-error', { bubbles: true, composed: true });
    this.code = code;
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-error': PortalErrorEvent;
  }
}
