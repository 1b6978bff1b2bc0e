/** The ticket in whose row the focus is; what is in the row may be slotted, and counts as what is in it. */
export const focusedTicket = ({ shadowRoot }: HTMLElement): string | undefined =>
  shadowRoot?.querySelector<HTMLElement>('[data-ticket]:focus-within')?.dataset.ticket;
