/** All that is about the notice: only portals that ask load it. */
export { ConsentPanel } from './consent-panel.js';
export { ConsentStep } from './consent-step.js';
