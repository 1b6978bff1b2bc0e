export * from './admin.js';
export * from './answers.js';
export type { AdminDeskWire, NewDeskWire } from './admin-desk.js';
export * from './live.js';
export * from './requests.js';
export * from './routes.js';
export * from './schemas.js';
export * from './staff.js';
