/** A reply was sent and stored. */
export class PortalReplySentEvent extends Event {
  readonly ticketId: string;
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
