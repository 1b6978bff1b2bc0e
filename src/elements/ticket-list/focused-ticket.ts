/** The ticket in whose row the focus is. What is inside a row may be the page's own, which lies in the page's tree. */
export function focusedTicket(host: HTMLElement): string | undefined {
  const outside = (host.getRootNode() as Document | ShadowRoot).activeElement;
  const active = host.shadowRoot?.activeElement ?? (host.contains(outside) ? outside : null);
  return active?.closest<HTMLElement>('[data-ticket]')?.dataset.ticket;
}
