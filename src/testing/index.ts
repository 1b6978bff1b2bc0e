export * from './conformance/index.js';
export * from './faults.js';
export { memoryTarget } from './memory-target.js';
