import type { Place } from '../../context/route-context.js';

const topOf = (element: Element): number => element.getBoundingClientRect().top;

/** The link of a ticket in a list, ours or one that a page has made of it. */
export const linkIn = (list: Element | null | undefined, ticket: Place): HTMLElement | null | undefined =>
  list?.shadowRoot?.querySelector(`[data-ticket="${CSS.escape(`${ticket}`)}"]`);

/** Where what is scrolled to see more of the portal begins in the window. */
const edgeOf = (scroller: Element): number => Math.max(0, topOf(scroller));

/**
 * How far down the window the link of a ticket is in a list that was scrolled to it. Nothing where the list begins in sight,
 * as it shall afterwards.
 */
export function placeInWindow(list: Element | null | undefined, ticket: Place, scroller: Element): number | undefined {
  const link = linkIn(list, ticket);
  return list && link && topOf(list) < edgeOf(scroller) ? topOf(link) : undefined;
}

/**
 * The list has become a pane beside a ticket that opens at its top: the link that was followed stays where it was in the
 * window, any other comes into sight.
 *
 * @param scroller what is scrolled to see more of the portal
 * @param before where the link was in the window when it was followed
 */
export function settle(pane: Element, scroller: Element, link?: HTMLElement | null, before?: number): void {
  const frame = pane.parentElement as HTMLElement;
  if (topOf(frame) < edgeOf(scroller)) frame.scrollIntoView({ behavior: 'instant' });
  if (link && before !== undefined) pane.scrollTop += topOf(link) - before;
  link?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}
