/** Somebody signed in or out in `<portal-login>`. */
export class PortalSessionChangedEvent extends Event {
  /** Whether somebody is signed in now. Who it is, an event does not say. */
  readonly signedIn: boolean;

  constructor(signedIn: boolean) {
    super('portal-session-changed', { bubbles: true, composed: true });
    this.signedIn = signedIn;
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-session-changed': PortalSessionChangedEvent;
  }
}
