import { defaultReporter } from '@web/test-runner';

import { resultsReporter } from './.ci/browser-results.mjs';
import { suite } from './.ci/browser-suite.mjs';
import { chromium } from './.ci/engines/chromium.mjs';

const { RESULTS_FILE } = process.env;

export default {
  ...suite,
  concurrency: 2,
  browsers: [chromium()],
  reporters: [
    defaultReporter({ reportTestProgress: !RESULTS_FILE }),
    ...(RESULTS_FILE ? [resultsReporter(RESULTS_FILE)] : []),
  ],
};
