import { test } from 'vitest';

import {
  conformanceCases,
  runCase,
  skipReason,
  type ConformanceCase,
  type ConformanceTarget,
} from '../../src/testing/conformance/index.js';

/** Every case of the suite as a test; one that cannot be asked is skipped under its reason. */
export function testConformance(target: ConformanceTarget, tagOf?: (one: ConformanceCase) => string): void {
  for (const one of conformanceCases) {
    const reason = skipReason(one, target);
    test(one.name, async (context) => {
      if (reason !== null) context.skip(reason);
      await runCase(one, target, tagOf?.(one));
    });
  }
}
