import { findFirefox } from '../firefox.mjs';
import { FreshPages } from './fresh-pages.mjs';

/**
 * A Firefox as the distribution ships it, over WebDriver BiDi. One page at a time: behind another it would not have the
 * focus, and nothing can make it believe so.
 */
export function firefox() {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox found: run `node .ci/bootstrap.mjs --firefox`.');
  return new FreshPages('Firefox', { browser: 'firefox', executablePath }, 1);
}
