export * from './counts.js';
export * from './error-code.js';
export * from './message.js';
export * from './portal.js';
export * from './session.js';
export * from './ticket.js';
