import { describe } from 'vitest';

import { openBench } from './bench.js';
import { startCompany } from './front.js';
import { layoutCases } from './layout-cases.js';
import { chromiumEngine } from './profiles.js';
import { strangerCases } from './stranger-cases.js';

const bench = openBench(chromiumEngine, startCompany);
describe('help pages', () => layoutCases(bench, 'what differs'));
describe('strangers', () => strangerCases(bench, 'what differs'));
