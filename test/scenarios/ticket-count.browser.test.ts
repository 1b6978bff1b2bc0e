import { testLooks } from './looks.js';

testLooks('ticket-count');
