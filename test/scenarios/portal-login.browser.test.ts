import { testLooks } from './looks.js';

testLooks('portal-login');
