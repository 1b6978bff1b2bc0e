import { isStepName, type StepName } from './steps/step.js';

const keyOf = (slug: string): string => `portico:left-at:${slug}`;

/** Keeps for this browser at which step somebody has left a portal; `undefined` once it is done. */
export function rememberStep(slug: string, step: StepName | undefined): void {
  try {
    if (step) localStorage.setItem(keyOf(slug), step);
    else localStorage.removeItem(keyOf(slug));
  } catch {
    // Without storage one begins at the first step, where all that was saved is filled in.
  }
}

/** Where to go on with a portal. */
export function stepLeftAt(slug: string): StepName {
  try {
    const step = localStorage.getItem(keyOf(slug)) ?? undefined;
    return isStepName(step) ? step : 'name';
  } catch {
    return 'name';
  }
}
