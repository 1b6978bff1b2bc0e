export * from './portal-close-event.js';
export * from './portal-error-event.js';
export * from './portal-navigate-event.js';
export * from './portal-open-event.js';
export * from './portal-reply-sent-event.js';
export * from './portal-session-changed-event.js';
export * from './portal-ticket-created-event.js';
export * from './portal-ticket-select-event.js';

/** Our events bubble out of shadow roots: a page may listen where it likes. */
type PortalEventMap = Pick<HTMLElementEventMap, Extract<keyof HTMLElementEventMap, `portal-${string}`>>;

declare global {
  interface DocumentEventMap extends PortalEventMap {}
  interface WindowEventMap extends PortalEventMap {}
}
