/**
 * Somebody closes the dialog of `<customer-portal layout="dialog">`. Cancel it to keep it open; a browser may insist, and
 * close it all the same.
 */
export class PortalCloseEvent extends Event {
  constructor() {
    super('portal-close', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-close': PortalCloseEvent;
  }
}
