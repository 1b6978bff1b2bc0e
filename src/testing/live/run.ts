import { ConformanceError } from '../conformance/check.js';
import { absentCases } from './cases/absent.cases.js';
import { agreeCases } from './cases/agree.cases.js';
import { cursorCases } from './cases/cursor.cases.js';
import { suiteCases } from './cases/from-suite.cases.js';
import { headerCases, originCases } from './cases/guard.cases.js';
import { listCases } from './cases/list.cases.js';
import { sessionCases } from './cases/session.cases.js';
import { shapeCases } from './cases/shape.cases.js';
import { threadCases } from './cases/thread.cases.js';
import { writeCases } from './cases/write.cases.js';
import { unseenBy } from './compare.js';
import { promises, Skipped, type LiveCase, type LiveNeed } from './live-case.js';
import { openPortal, reasonOf, type LivePortal, type PersonInput } from './portal.js';

export { LiveError, type PersonInput } from './portal.js';

/** Every question that a portal can be asked whose data nobody here has made. */
export const liveCases: readonly LiveCase[] = [
  ...shapeCases,
  ...sessionCases,
  ...absentCases,
  ...cursorCases,
  ...listCases,
  ...agreeCases,
  ...threadCases,
  ...originCases,
  ...headerCases,
  ...writeCases,
  ...suiteCases,
];

export interface LiveResult {
  readonly promise: string;
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped; holds nobody's texts. */
  readonly why: string | null;
}

export interface LiveReport {
  readonly portal: string;
  readonly address: string;
  readonly people: readonly { readonly email: string; readonly tickets: number }[];
  /** Requests that were sent. */
  readonly requests: number;
  /** In the order of the promises. */
  readonly cases: readonly LiveResult[];
}

export interface LiveOptions {
  /** With slug: `https://support.example.com/help`. */
  readonly address: string;
  readonly people: readonly PersonInput[];
  /** Whether a ticket may be opened, as the first person. */
  readonly write: boolean;
}

/**
 * Asks a running portal every case that its people allow, one after the other.
 *
 * @param asked default: all of them
 * @throws LiveError when it cannot be asked at all
 */
export async function runLive(
  { address, people, write }: LiveOptions,
  asked: readonly LiveCase[] = liveCases,
): Promise<LiveReport> {
  const portal = await openPortal(address, people);
  try {
    const order = Object.values<string>(promises);
    const cases = asked.toSorted((one, other) => order.indexOf(one.promise) - order.indexOf(other.promise));
    const results: LiveResult[] = [];
    for (const one of cases) results.push(await runOne(one, portal, lacking(portal, write)));
    return {
      portal: portal.settings.name,
      address: portal.address,
      people: portal.people.map(({ email, tickets }) => ({ email, tickets: tickets.length })),
      requests: portal.requests(),
      cases: results,
    };
  } finally {
    await portal.close();
  }
}

async function runOne(
  { promise, name, needs = [], run }: LiveCase,
  portal: LivePortal,
  lacks: Readonly<Record<LiveNeed, string | null>>,
): Promise<LiveResult> {
  const missing = needs.map((need) => lacks[need]).find((why) => why !== null);
  if (missing) return { promise, name, result: 'skipped', why: missing };
  try {
    await run(portal);
    return { promise, name, result: 'passed', why: null };
  } catch (error) {
    if (error instanceof Skipped) return { promise, name, result: 'skipped', why: error.message };
    // An answer where a refusal was due is told of, not shown: it may hold what nobody should read in a log.
    const why = error instanceof ConformanceError ? error.message.replace(/(got an answer).*/s, '$1') : reasonOf(error);
    return { promise, name, result: 'failed', why: why.replaceAll(/\s+/g, ' ') };
  }
}

/** What cannot be asked of this portal, and why. */
function lacking({ people }: LivePortal, write: boolean): Readonly<Record<LiveNeed, string | null>> {
  const areStrangers = people.some((viewer) => unseenBy(viewer, people).length > 0);
  return {
    person: people.length > 0 ? null : 'needs --people',
    strangers:
      people.length < 2
        ? 'needs two people in --people'
        : areStrangers
          ? null
          : 'needs two people of whom one sees a ticket that the other does not',
    write: write ? null : 'needs --write',
  };
}
