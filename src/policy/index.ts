export * from './actions.js';
export * from './explain.js';
export * from './filter.js';
export * from './project.js';
export * from './search.js';
export * from './spreadsheet.js';
export * from './visibility.js';
export * from './file-name.js';
