import { testLooks } from './looks.js';

testLooks('support-form');
