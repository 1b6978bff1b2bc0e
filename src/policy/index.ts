export * from './actions.js';
export * from './project.js';
export * from './visibility.js';
