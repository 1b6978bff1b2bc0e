export * from './conformance/index.js';
export * from './faults.js';
export { createInProcess, type InProcess, type Jar } from './in-process.js';
export { memoryTarget } from './memory-target.js';
export { createRestTarget, type RestTargetOptions } from './rest-target.js';
