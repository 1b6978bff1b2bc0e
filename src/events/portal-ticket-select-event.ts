/** Somebody follows the link of a ticket. Cancel it to open the ticket in your own way. */
export class PortalTicketSelectEvent extends Event {
  /** The id of the ticket that the link leads to. */
  readonly ticketId: string;

  constructor(ticketId: string) {
    super('portal-ticket-select', { bubbles: true, composed: true, cancelable: true });
    this.ticketId = ticketId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-ticket-select': PortalTicketSelectEvent;
  }
}
