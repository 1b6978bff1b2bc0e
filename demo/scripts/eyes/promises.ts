import { conformanceCases, runCase, skipReason } from '../../../src/testing/conformance/index.js';
import { memoryTarget } from '../../../src/testing/memory-target.js';

export interface Promises {
  readonly kept: number;
  /** Names of the promises that were not kept. */
  readonly broken: readonly string[];
  /** Not asked: without a server there is no network that could break, and no session elsewhere. */
  readonly skipped: number;
}

/** Runs the conformance suite in this page, against the memory backend, each case in a world of its own. */
export async function checkPromises(): Promise<Promises> {
  const asked = conformanceCases.filter((one) => skipReason(one, memoryTarget) === null);
  const broken: string[] = [];
  for (const one of asked) {
    try {
      await runCase(one, memoryTarget);
    } catch {
      broken.push(one.name);
    }
  }
  return { kept: asked.length - broken.length, broken, skipped: conformanceCases.length - asked.length };
}
