/**
 * The ticket in whose row the focus is; what the page has put into the row counts as what is in it. Not by `:focus-within`,
 * which Firefox takes for true a while longer where a row has moved.
 */
export function focusedTicket(host: HTMLElement): string | undefined {
  const { activeElement } = host.getRootNode() as Document | ShadowRoot;
  const inRow = host.shadowRoot?.activeElement ?? slotOf(host, activeElement);
  return inRow?.closest<HTMLElement>('[data-ticket]')?.dataset.ticket;
}

const slotOf = ({ children }: HTMLElement, focused: Element | null | undefined): Element | null | undefined =>
  focused && [...children].find((child) => child.contains(focused))?.assignedSlot;
