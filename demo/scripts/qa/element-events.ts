import type { EventEntry } from './log.js';

/** What elements tell the page around them. A test holds this list to the manifest. */
export const eventNames = [
  'portal-open',
  'portal-close',
  'portal-navigate',
  'portal-session-changed',
  'portal-ticket-select',
  'portal-ticket-created',
  'portal-reply-sent',
  'portal-error',
] as const;

/** Hears every event of the elements in this page. */
export function listenToElements(tell: (entry: EventEntry) => void): void {
  for (const name of eventNames) {
    document.addEventListener(name, (event) => {
      const [path, detail] = [pathOf(event), detailOf(event)];
      const at = Math.round(performance.timeOrigin + performance.now());
      // Whoever cancels it does so while it is on its way.
      queueMicrotask(() => tell({ at, name, detail, path, canceled: event.defaultPrevented }));
    });
  }
}

/** The fields that the event's own class has: the library puts nothing private into them. */
function detailOf(event: Event): Record<string, unknown> {
  const { isTrusted: _, ...own } = { ...event };
  return own;
}

/** Through which elements and parts it came, the outermost first: `customer-portal › ::part(main) › ticket-list`. */
const pathOf = (event: Event): string =>
  event
    .composedPath()
    .filter((node): node is HTMLElement => node instanceof HTMLElement)
    .map((node) => (node.shadowRoot ? node.localName : node.part.length > 0 ? `::part(${node.part[0]})` : ''))
    .filter(Boolean)
    .toReversed()
    .join(' › ');
