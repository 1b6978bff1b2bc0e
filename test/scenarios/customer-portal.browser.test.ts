import { testLooks } from './looks.js';

testLooks('customer-portal');
