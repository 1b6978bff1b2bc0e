export * from './portal-error-event.js';
export * from './portal-navigate-event.js';
export * from './portal-reply-sent-event.js';
export * from './portal-session-changed-event.js';
export * from './portal-ticket-created-event.js';
export * from './portal-ticket-select-event.js';
