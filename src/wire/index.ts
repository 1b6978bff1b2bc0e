export * from './admin.js';
export type { AdminDeskWire, NewDeskWire } from './admin-desk.js';
export * from './live.js';
export * from './routes.js';
export * from './schemas.js';
export * from './staff.js';
