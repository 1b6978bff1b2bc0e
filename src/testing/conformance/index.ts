import { actionCases } from './cases/action.cases.js';
import { consentCases } from './cases/consent.cases.js';
import { countCases } from './cases/counts.cases.js';
import { editCases } from './cases/edit.cases.js';
import { exportCases } from './cases/export.cases.js';
import { failureCases } from './cases/failure.cases.js';
import { filterCases } from './cases/filter.cases.js';
import { formCases } from './cases/form.cases.js';
import { followUpCases } from './cases/follow-up.cases.js';
import { listCases } from './cases/list.cases.js';
import { participantCases } from './cases/participant.cases.js';
import { propertyCases } from './cases/property.cases.js';
import { preferencesCases } from './cases/preferences.cases.js';
import { ratingCases } from './cases/rating.cases.js';
import { searchCases } from './cases/search.cases.js';
import { sessionCases } from './cases/session.cases.js';
import { threadCases } from './cases/thread.cases.js';
import { visibilityCases } from './cases/visibility.cases.js';
import { writeCases } from './cases/write.cases.js';
import { seedOf } from './seed.js';
import type { ConformanceCase, ConformanceTarget } from './world.js';

export { ConformanceError } from './check.js';
export { seedOf } from './seed.js';
export type * from './world.js';

/**
 * What every `PortalBackend` promises, one plain case a promise, for any test runner. Cases share nothing: each opens a
 * portal of its own and may run in any order.
 */
export const conformanceCases: readonly ConformanceCase[] = [
  ...sessionCases,
  ...consentCases,
  ...visibilityCases,
  ...listCases,
  ...filterCases,
  ...propertyCases.map((one) => ({ ...one, needs: ['propertyFilters' as const] })),
  ...countCases.map((one) => ({ ...one, needs: [...(one.needs ?? []), 'counts' as const] })),
  ...searchCases.map((one) => ({ ...one, needs: [...(one.needs ?? []), 'search' as const] })),
  ...threadCases,
  ...writeCases,
  ...formCases.map((one) => ({
    ...one,
    needs: ['createTicket' as const, 'properties' as const, 'forms' as const],
  })),
  ...followUpCases.map((one) => ({ ...one, needs: ['createTicket' as const, 'followUps' as const] })),
  ...ratingCases.map((one) => ({ ...one, needs: [...(one.needs ?? []), 'rate' as const] })),
  ...editCases.map((one) => ({ ...one, needs: [...(one.needs ?? []), 'edit' as const, 'properties' as const] })),
  ...participantCases.map((one) => ({ ...one, needs: [...(one.needs ?? []), 'addParticipant' as const] })),
  ...actionCases,
  ...preferencesCases,
  ...exportCases,
  ...failureCases,
];

/** Why this case cannot be asked of this target; `null` when it can. */
export function skipReason(test: ConformanceCase, target: ConformanceTarget): string | null {
  const lacking = test.needs?.find((need) => target.lacks?.[need] !== undefined);
  return (lacking && target.lacks?.[lacking]) ?? null;
}

/**
 * Runs the case in a world of its own.
 *
 * @param tag in front of every id of the world's seed; at most 22 letters, digits and dashes
 * @throws ConformanceError when a promise was not kept
 */
export async function runCase(test: ConformanceCase, target: ConformanceTarget, tag = randomTag()): Promise<void> {
  const world = await target.open(seedOf(tag, test));
  try {
    await test.run(world);
  } finally {
    await world.close();
  }
}

const randomTag = () => `case-${crypto.randomUUID().slice(0, 13)}`;
