/** The browser tests in every engine that can be had here, one engine after the other. For the runner of `.ci/engines.mjs`. */
import { defaultReporter } from '@web/test-runner';

import { suite } from '../browser-suite.mjs';
import { chromium } from './chromium.mjs';
import { firefox } from './firefox.mjs';
import { engineReporter } from './report.mjs';
import { webkit } from './webkit.mjs';

const { ENGINES, TEST_FILES, RESULTS_FILE } = process.env;
const launchers = { chromium, firefox, webkit };

export default {
  ...suite,
  files: TEST_FILES.split('\n'),
  // Anything else, and a WebKit that has one window would show its pages in frames of one another.
  concurrency: 1,
  concurrentBrowsers: 1,
  browsers: ENGINES.split(' ').map((name) => launchers[name]()),
  // The first page of an engine waits for the engine.
  browserStartTimeout: 120_000,
  testsFinishTimeout: 1_800_000,
  reporters: [defaultReporter({ reportTestProgress: false }), engineReporter(RESULTS_FILE)],
};
