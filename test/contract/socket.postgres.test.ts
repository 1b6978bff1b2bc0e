import { inject } from 'vitest';
import { testOverSocket } from './socket.js';

const postgres = inject('postgres');
if (!postgres) throw new Error('These tests run with --mode postgres.');
await testOverSocket(postgres);
