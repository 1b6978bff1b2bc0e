import { describe } from 'vitest';

import { openBench } from '../e2e/layouts/bench.js';
import { startLoopback } from '../e2e/layouts/front.js';
import { layoutCases } from '../e2e/layouts/layout-cases.js';
import { chromiumEngine } from '../e2e/layouts/profiles.js';
import { firefoxEngine } from './firefox.js';

// As the demo runs: without TLS, and all pages on this machine.
describe.each([chromiumEngine, firefoxEngine])('in $name', (engine) => {
  const bench = openBench(engine, startLoopback);
  layoutCases(bench, 'everything');
});
