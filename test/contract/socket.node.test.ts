import { testOverSocket } from './socket.js';

await testOverSocket(null);
