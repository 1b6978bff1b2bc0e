/** A new ticket was sent and stored. */
export class PortalTicketCreatedEvent extends Event {
  /** The id of the new ticket. */
  readonly ticketId: string;
  /** The number that people see. */
  readonly number: number;

  constructor(ticketId: string, number: number) {
    super('portal-ticket-created', { bubbles: true, composed: true });
    this.ticketId = ticketId;
    this.number = number;
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-ticket-created': PortalTicketCreatedEvent;
  }
}
