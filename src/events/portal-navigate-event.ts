/** Somebody goes to another place in `<customer-portal>`. Cancel it to stay, or to go there in your own way. */
export class PortalNavigateEvent extends Event {
  /** A ticket's id, `new` for the form, `null` for the list. */
  readonly place: string | null;
  /** The address that the page would get. */
  readonly href: string;

  constructor(place: string | null, href: string) {
    super('portal-navigate', { bubbles: true, composed: true, cancelable: true });
    this.place = place;
    this.href = href;
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-navigate': PortalNavigateEvent;
  }
}
