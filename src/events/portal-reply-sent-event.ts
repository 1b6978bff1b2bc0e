/** A reply was sent and stored. */
export class PortalReplySentEvent extends Event {
  /** The id of the ticket that was answered. */
  readonly ticketId: string;
  /** The id of the reply. */
  readonly messageId: string;

  constructor(ticketId: string, messageId: string) {
    super('portal-reply-sent', { bubbles: true, composed: true });
    this.ticketId = ticketId;
    this.messageId = messageId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-reply-sent': PortalReplySentEvent;
  }
}
