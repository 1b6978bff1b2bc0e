import { define } from '../../../src/define.js';

/** A copy of the elements that has been bundled with the page, and is there first. */
define();
