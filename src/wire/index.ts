export * from './admin.js';
export * from './live.js';
export * from './routes.js';
export * from './schemas.js';
export * from './staff.js';
