// Starts the worker from its TypeScript source: `--import tsx` has no effect in a worker thread of Node 20.
import { register } from 'tsx/esm/api';

register();
await import('./pglite-worker.ts');
