import { describe } from 'vitest';

import { openBench } from '../e2e/layouts/bench.js';
import { startCompany } from '../e2e/layouts/front.js';
import { layoutCases } from '../e2e/layouts/layout-cases.js';
import { strangerCases } from '../e2e/layouts/stranger-cases.js';
import { firefoxEngine } from './firefox.js';

const bench = openBench(firefoxEngine, startCompany);
describe('help pages', () => layoutCases(bench, 'everything'));
describe('strangers', () => strangerCases(bench, 'everything'));
