/** Somebody opens the dialog of `<customer-portal layout="dialog">`. Cancel it to keep it closed. */
export class PortalOpenEvent extends Event {
  constructor() {
    super('portal-open', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-open': PortalOpenEvent;
  }
}
