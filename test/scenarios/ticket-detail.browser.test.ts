import { testLooks } from './looks.js';

testLooks('ticket-detail');
